package jaring

// RosterState is how far a sponsor's list has come.
type RosterState string

// States of a list. It can be sent anew until it is approved.
const (
	RosterReceived   RosterState = "received"   // the file is here, waits to be judged
	RosterJudging    RosterState = "judging"    // rows are being judged
	RosterReady      RosterState = "judged"     // somebody mends it, or a second person approves it
	RosterUnreadable RosterState = "unreadable" // the file holds no list; it says why
	RosterStopped    RosterState = "cancelled"
	RosterToEnrol    RosterState = "approved" // its people are being entered, all of them or nobody
	RosterToPay      RosterState = "enrolled" // its bill waits
	RosterToStart    RosterState = "paid"     // the money is here; all start together
	RosterRunning    RosterState = "started"
)

// Open reports whether a list can still be sent anew or called off.
func (s RosterState) Open() bool {
	switch s {
	case RosterReceived, RosterJudging, RosterReady, RosterUnreadable:
		return true
	}
	return false
}

// PaidMonths are months that somebody pays for a person, or has promised to.
type PaidMonths struct {
	By   string // a sponsor's id; empty for the person
	Name string // the sponsor's
	From Month
	To   Month
}

// FreeMonths are those of n months from first that nobody pays for yet: the longest unbroken run, of equal ones the
// earliest; none when all are paid. Who came first stays and the later one gives way, whoever they are. Own rule.
func FreeMonths(first Month, n int, taken []PaidMonths) (from Month, months int) {
	run := 0
	for i := range n {
		m := first.Add(i)
		if run++; paidIn(m, taken) {
			run = 0
		}
		if run > months {
			from, months = m.Add(1-run), run
		}
	}
	return from, months
}

func paidIn(m Month, taken []PaidMonths) bool {
	for _, p := range taken {
		if p.From <= m && m <= p.To {
			return true
		}
	}
	return false
}
