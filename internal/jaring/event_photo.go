package jaring

// Kinds of events about what somebody was shown.
const (
	PhotoRevealed EventKind = "worker.photo_revealed"
	BodyOpened    EventKind = "account.sealed_opened" // a sealed record, for its own sender
)
