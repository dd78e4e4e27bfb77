package jaring

import "time"

// MembershipState is how far a membership has come.
type MembershipState string

// States of a membership: registered → paid → confirmed. Review comes before,
// the others end it.
const (
	StateReview     MembershipState = "review"
	StateRegistered MembershipState = "registered"
	StatePaid       MembershipState = "paid"      // money is with the fund
	StateConfirmed  MembershipState = "confirmed" // the fund's core has acknowledged
	StateWithdrawn  MembershipState = "withdrawn"
	StateEnded      MembershipState = "ended"
)

// Membership is one stay of a person in a segment with its programmes and months.
type Membership struct {
	ID           MembershipID
	Worker       WorkerID
	Segment      Segment
	Programs     Programs
	Income       Rupiah // a month; 0 with LowestBand
	LowestBand   bool
	Sector       Sector
	Funding      Funding
	State        MembershipState
	FirstMonth   Month
	Months       int
	RegisteredAt time.Time
	PaidOn       Day // the day the money was with the fund
	PaidAt       time.Time
	ConfirmedAt  time.Time
	CoreState    CoreState
	CoreReason   string
}

// LastMonth is the last month that the membership's first payment covers.
func (m Membership) LastMonth() Month { return m.FirstMonth.Add(m.Months - 1) }

// CoreState is how far the fund's core system is told.
type CoreState string

// States at the port to the fund's core.
const (
	CoreNone         CoreState = ""
	CoreQueued       CoreState = "queued"
	CoreSent         CoreState = "sent"
	CoreAcknowledged CoreState = "acknowledged"
	CoreRejected     CoreState = "rejected"
)
