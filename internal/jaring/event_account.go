package jaring

// Kinds of events about offices and accounts.
const (
	OfficeAdded     EventKind = "office.added"
	OfficeRenamed   EventKind = "office.renamed"
	OfficePhoneSet  EventKind = "office.phone_set" // Other says which; empty: none
	OfficeAreasSet  EventKind = "office.areas_set" // Other says from which day
	OfficeClosed    EventKind = "office.closed"
	AccountDisabled EventKind = "account.disabled"
	PasswordChanged EventKind = "account.password_changed"
)
