package jaring

// Kinds of events at the desk; their subject is the office.
const (
	MoneyAssigned  EventKind = "money.assigned" // Other says to whom, or to which bill
	MoneyMoved     EventKind = "money.moved"    // to the book of another office, which is Other
	MoneyRefunded  EventKind = "money.refunded"
	StatementAdded EventKind = "statement.added"
	DayClosed      EventKind = "day.closed" // Other says which day; Digest is of its figures
)
