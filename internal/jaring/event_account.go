package jaring

// Kinds of events about offices and accounts.
const (
	OfficeAdded     EventKind = "office.added"
	AccountDisabled EventKind = "account.disabled"
	PasswordChanged EventKind = "account.password_changed"
)
