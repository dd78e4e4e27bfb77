package jaring

// Kinds of events at the desk; their subject is the office unless said otherwise.
const (
	MoneyAssigned  EventKind = "money.assigned" // Other says to whom, or to which bill
	MoneyRefunded  EventKind = "money.refunded"
	CreditRefunded EventKind = "credit.refunded" // of a worker, who is its subject
	StatementAdded EventKind = "statement.added"
	DayClosed      EventKind = "day.closed" // Other says which day; Digest is of its figures
)
