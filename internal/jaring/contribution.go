package jaring

import "time"

// ContributionID names the months of a membership that are asked for and paid together. The
// first contribution of a membership bears the membership's id.
type ContributionID string

// Payment is a contribution as its payer sees it: months of a membership, what they cost and the
// code to pay them by. Total = Credit + Amount, in rupiah.
type Payment struct {
	ID          ContributionID
	Code        string // digits for a virtual account; unique, but a part paid leaves its rest under the same code
	Worker      WorkerID
	Membership  MembershipID
	Programs    Programs
	FirstMonth  Month
	Months      int
	Total       Rupiah // what the months cost
	Credit      Rupiah // what the payer had already
	Amount      Rupiah // what is to be paid, or was
	Due         Day
	State       string // waiting, settled, cancelled
	Channel     string
	Reference   string
	SettledOn   Day // the day the money was with the fund
	SettledAt   time.Time
	ConfirmedAt time.Time
	Entry       int64 // place of the settling entry in the worker's ledger
	Holds       Day   // PU: the last day on which the month after it need not be paid; 0 else
}

// LastMonth is the last month of the contribution.
func (p Payment) LastMonth() Month { return p.FirstMonth.Add(p.Months - 1) }

// Covers is the contribution as the fold of cover takes it.
func (p Payment) Covers() CoverPayment {
	return CoverPayment{Programs: p.Programs, From: p.FirstMonth, To: p.LastMonth(), Start: StartFund, Fund: p.SettledOn, Holds: p.Holds}
}

// EmployedHistoryOf is CoverHistoryOf for a wage worker: cover starts on the day of the complete entry, however late the
// employer pays (rules of cover: brought in by an employer).
func EmployedHistoryOf(entered Day, payments []Payment, zone *time.Location) CoverHistory {
	h := CoverHistoryOf(entered, payments, zone)
	for i := range h.Payments {
		h.Payments[i].Start, h.Payments[i].Entry = StartEntry, entered
	}
	return h
}

// CoverHistoryOf folds contributions into the history that decides a person's cover: those that are
// settled, and what the core has acknowledged of them. zone decides on which day it did.
func CoverHistoryOf(registered Day, payments []Payment, zone *time.Location) CoverHistory {
	h := CoverHistory{Registered: registered}
	for _, p := range payments {
		if p.SettledOn == 0 {
			continue
		}
		h.Payments = append(h.Payments, p.Covers())
		if !p.ConfirmedAt.IsZero() {
			h.Acks = append(h.Acks, CoverAck{Day: DayIn(p.ConfirmedAt, zone), Programs: p.Programs, From: p.FirstMonth, To: p.LastMonth()})
		}
	}
	return h
}

// CoverHoldsUntil is the last day before the calendar alone changes where a person stands, 0
// when it never does. A payment that the core has never acknowledged waits for the core, not
// for the calendar.
func CoverHoldsUntil(h CoverHistory, day Day, s CoverSettings) Day {
	now := CoverOn(h, day, s)
	if now.Standing == StandingWaiting || now.Standing == StandingPaid && len(h.Acks) == 0 {
		return 0
	}
	turns := []Day{now.Start, now.Until.Add(1)}
	for m := day.Month(); m <= now.GraceUntil.Month(); m++ { // cover begins, ends and is acknowledged by months
		turns = append(turns, m.Add(1).First())
	}
	until := Day(0)
	for _, turn := range turns {
		if turn > day && (until == 0 || turn <= until) && CoverOn(h, turn, s).Standing != now.Standing {
			until = turn.Add(-1)
		}
	}
	return until
}
