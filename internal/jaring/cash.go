package jaring

// CashSettings bound the cash in an agent's hands. Own rules: nothing prescribes them (harm: Lebak 2024).
type CashSettings struct {
	Limit     Rupiah // most that an agent may hold; above it cash is switched off, registration is not
	Days      int    // after so many days cash should have been deposited
	BranchDay int    // on this day the branch head is told
}

// DefaultCashSettings are the stated defaults: Rp500.000, the next day, the third day.
func DefaultCashSettings() CashSettings {
	return CashSettings{Limit: 500_000, Days: 1, BranchDay: 3}
}

// Check says whether the settings can be worked by. Error: cash.settings.
func (s CashSettings) Check() error {
	if s.Limit < 0 || s.Days < 1 || s.BranchDay < s.Days {
		return NewError(Invalid, "cash.settings")
	}
	return nil
}

// MayTake says why an agent who holds open may take no cash now; nil when he may. It never refuses a
// receipt: that is written when the cash is taken already.
// Errors: cash.blocked (args reason), cash.over_limit (args limit, open).
func (s CashSettings) MayTake(open Rupiah, blocked string) error {
	switch {
	case blocked != "":
		return NewError(Forbidden, "cash.blocked", "reason", blocked)
	case open >= s.Limit:
		return NewError(Forbidden, "cash.over_limit", "limit", s.Limit, "open", open)
	}
	return nil
}

// CashAge is how many days cash has been in an agent's hands: 0 on the day it was taken.
func CashAge(taken, today Day) int { return max(0, taken.DaysUntil(today)) }

// CaseKind is why a person at the branch must look at cash.
type CaseKind string

// Kinds of cases.
const (
	CaseDispute      CaseKind = "dispute"       // a worker says that something is wrong
	CaseCounterTwice CaseKind = "counter_twice" // a device used a number of a receipt again
	CaseCounterGap   CaseKind = "counter_gap"   // numbers between were never sent
	CaseSignature    CaseKind = "signature"     // the device did not sign this
	CaseOverLimit    CaseKind = "over_limit"    // cash was taken above the limit
	CaseNoPower      CaseKind = "no_power"      // the agent may take no cash, or not of this worker
	CasePrice        CaseKind = "price"         // the months cost something else by the rules
	CaseNobody       CaseKind = "nobody"        // the registration was refused: cash of a person whom we do not have
	CaseOverdue      CaseKind = "overdue"       // cash is too long in an agent's hands
)

// CaseKinds lists all kinds.
var CaseKinds = []CaseKind{CaseDispute, CaseCounterTwice, CaseCounterGap, CaseSignature, CaseOverLimit, CaseNoPower, CasePrice, CaseNobody, CaseOverdue}

// OfReceipt reports whether the kind speaks of one receipt, not of an agent's cash as a whole.
func (k CaseKind) OfReceipt() bool { return k != CaseOverLimit && k != CaseOverdue && k != CaseNoPower }

// CaseDecision closes a case.
type CaseDecision string

// Decisions.
const (
	CaseFounded   CaseDecision = "founded"
	CaseUnfounded CaseDecision = "unfounded"
	CaseMended    CaseDecision = "mended"
)

// CaseDecisions lists all decisions.
var CaseDecisions = []CaseDecision{CaseFounded, CaseUnfounded, CaseMended}

// CaseNo is the number of a case as people say it, of random bytes.
func CaseNo(random [8]byte) string {
	for i, b := range random {
		random[i] = ReceiptLetters[b&31]
	}
	return "K-" + string(random[:4]) + "-" + string(random[4:])
}

// Kinds of events about cash.
const (
	CashTaken     EventKind = "cash.taken"     // an agent holds a worker's money
	CashMoved     EventKind = "cash.moved"     // it follows a record that was merged
	CashDeposited EventKind = "cash.deposited" // it is with the fund, and waits there
	CashToppedUp  EventKind = "cash.topped_up" // an agent has deposited ahead
	CashOverdue   EventKind = "cash.overdue"   // once a day while cash is too long in an agent's hands
	CashBlocked   EventKind = "cash.blocked"
	CashUnblocked EventKind = "cash.unblocked"
	CaseOpened    EventKind = "case.opened"
	CaseDecided   EventKind = "case.decided"
)
