package app

import (
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// presentPayment is the contribution that a person's page shows: the one that waits, else
// the last that is settled; nil for none.
func presentPayment(m *store.MembershipRecord) *store.PaymentRecord {
	if p := openPayment(m); p != nil {
		return p
	}
	return LastSettled(m)
}

// MonthState is what a person's page shows of a month: protected (paid and confirmed), paid,
// waiting, grace (can be made up) or none.
func (v *WorkerView) MonthState(month jaring.Month) string {
	state := "none"
	for _, m := range v.All {
		for _, p := range m.Payments {
			switch {
			case month < p.FirstMonth || month > p.LastMonth():
			case p.State == "settled" && !p.ConfirmedAt.IsZero():
				return "protected"
			case p.State == "settled":
				state = "paid"
			case p.State == "waiting" && state == "none":
				state = "waiting"
			}
		}
	}
	last := LastSettled(v.Membership)
	if state == "none" && v.Worker.Standing == jaring.StandingGrace && last != nil && month > last.LastMonth() && month <= v.Today.Month() {
		state = "grace"
	}
	return state
}

// toldAs is a membership as the core is told of one of its contributions: each is a message of its
// own, and the first bears the membership's id.
func toldAs(m *store.MembershipRecord, p *store.PaymentRecord) *store.MembershipRecord {
	told := *m
	told.ID, told.Programs, told.FirstMonth, told.Months = jaring.MembershipID(p.ID), p.Programs, p.FirstMonth, p.Months
	told.PaidOn, told.PaidAt, told.ConfirmedAt, told.Quote.Total = p.SettledOn, p.SettledAt, p.ConfirmedAt, p.Total
	return &told
}
