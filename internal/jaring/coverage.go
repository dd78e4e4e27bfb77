package jaring

import (
	"cmp"
	"slices"
)

// CoverStart is the rule by which a payment begins to cover.
type CoverStart string

// Rules of start. docs/rules tells how well each is sourced.
const (
	// StartFund, self-paid: the day the money is with the fund. A reading.
	StartFund CoverStart = "fund"
	// StartEntry, brought in by an employer or a wadah: the day the complete
	// entry is received, or the agreed day if later. Source: handbook p59, p67. Mark H.
	StartEntry CoverStart = "entry"
	// StartRoster, sponsored: all accepted rows together, on the agreed day, or
	// when the bill is settled; never before the entry. Own rule on StartEntry.
	StartRoster CoverStart = "roster"
)

// CoverPayment is one payment for the months From to To, both included.
type CoverPayment struct {
	Programs Programs
	From, To Month
	Start    CoverStart // empty = StartFund
	Taken    Day        // an agent took cash; 0 = not by hand. Covers nothing
	Fund     Day        // the money is with the fund, or was paid from an agent's float; 0 = not yet
	Entry    Day        // the complete entry was received
	Agreed   Day        // start by agreement (PKS)
	// Holds is the last day, beyond To, for which nothing is overdue: a wage worker's month is paid in the month after it, and
	// until then cover goes on. A reading of the due day of PU on the start of cover by entry. 0 = no longer than To.
	Holds Day
}

// lastDay is the last day that p covers.
func (p CoverPayment) lastDay() Day { return max(p.To.Last(), p.Holds) }

// month is the month of p by which month m is covered; 0 for none.
func (p CoverPayment) month(m Month) Month {
	if m < p.From || m > p.lastDay().Month() {
		return 0
	}
	return min(m, p.To)
}

// CoverAck is the core's acknowledgement of person, programmes and months.
type CoverAck struct {
	Day      Day
	Programs Programs
	From, To Month
}

// CoverHistory is all that decides a person's cover.
type CoverHistory struct {
	Registered Day // registration complete; 0 = not yet
	Payments   []CoverPayment
	Acks       []CoverAck
}

// CoverSettings are the points of cover that the sources leave open.
type CoverSettings struct {
	// ArrearsMonths may be made up after the end; then the stay is over. Default
	// ArrearsMonths, 3.
	ArrearsMonths int
	// WaitUnbroken: FullMonths counts the present unbroken run alone; default is
	// all cover of the stay, since only a new registration is said to start the
	// waiting again.
	WaitUnbroken bool
}

// DefaultCoverSettings are the stated defaults.
func DefaultCoverSettings() CoverSettings {
	return CoverSettings{ArrearsMonths: ArrearsMonths}
}

// Cover is where a person stands on a day. Standing is one of StandingWaiting (nothing
// with the fund; with Cash: received by an agent, not yet protected), StandingPaid
// (with Confirmed: acknowledged, cover has not begun), StandingProtected,
// StandingGrace (menyusul: not protected, not certain) and StandingEnded (a later
// payment is a new registration).
type Cover struct {
	Standing     Standing
	Confirmed    bool     // the core has acknowledged the month of today, or the first that is to come
	Programs     Programs // covered and confirmed today; empty unless protected
	Since        Day      // first day of this stay's cover
	Start        Day      // first day of the present or last unbroken run
	Until        Day      // last day of that run
	GraceUntil   Day      // last day on which arrears may be paid
	Cash         bool     // money is in an agent's hands besides
	UnpaidMonths int      // months begun without payment since the last paid one
	MonthsPaid   int      // months paid in this stay, those ahead too
	MonthsBegun  int      // of them, those that have begun: the months of contribution by now; what lies ahead is refunded after a claim (Perdir 22/2022 item 10)
	FullMonths   int      // full months of cover that have passed before today; see CoverSettings.WaitUnbroken
}

// Protected reports whether the person counts as terlindungi.
func (c Cover) Protected() bool { return c.Standing == StandingProtected }

// CoverOn folds h into the cover on day today. Payments and acknowledgements
// that lie after today do not count.
func CoverOn(h CoverHistory, today Day, s CoverSettings) Cover {
	stay, cash := lastStay(h, today, s)
	if stay == nil {
		return Cover{Standing: StandingWaiting, Cash: cash}
	}
	return stay.on(today, h.Acks, cash, s)
}

// begins is the day from which p covers at the earliest, 0 for not yet.
func (p CoverPayment) begins(registered Day) Day {
	var day Day
	switch p.Start {
	case StartEntry:
		if p.Entry != 0 {
			day = max(p.Entry, p.Agreed)
		}
	case StartRoster:
		settled := p.Fund
		if p.Agreed != 0 {
			settled = p.Agreed
		}
		if p.Entry != 0 && settled != 0 {
			day = max(p.Entry, settled)
		}
	default:
		day = p.Fund
	}
	if day == 0 || registered == 0 || p.From == 0 || p.To < p.From {
		return 0
	}
	return max(day, registered)
}

// known reports whether a day can know of p: entry by agreement lies ahead until
// it begins.
func (p CoverPayment) known(registered, today Day) bool {
	day := p.begins(registered)
	return day != 0 && day <= today
}

type span struct{ from, to Day }

// stay is one unbroken membership: payments no more than the arrears months apart.
type stay struct {
	payments []CoverPayment
	runs     []span // days covered, in order, no two touching
	months   map[Month]bool
	last     Month // last month paid
}

// lastStay folds the payments known on today into the stay they end with; cash
// tells whether an agent still holds money.
func lastStay(h CoverHistory, today Day, s CoverSettings) (st *stay, cash bool) {
	var known []CoverPayment
	for _, p := range h.Payments {
		switch {
		case p.known(h.Registered, today):
			known = append(known, p)
		case p.Taken != 0 && p.Taken <= today:
			cash = true
		}
	}
	slices.SortStableFunc(known, func(a, b CoverPayment) int {
		return cmp.Or(cmp.Compare(a.begins(h.Registered), b.begins(h.Registered)), cmp.Compare(a.From, b.From))
	})
	for _, p := range known {
		begins := p.begins(h.Registered)
		if st == nil || begins > st.graceUntil(s) || int(p.From-st.last)-1 > s.ArrearsMonths {
			st = &stay{months: map[Month]bool{}}
		}
		st.add(p, begins)
	}
	return st, cash
}

func (st *stay) graceUntil(s CoverSettings) Day { return st.last.Add(s.ArrearsMonths).Last() }

func (st *stay) add(p CoverPayment, begins Day) {
	st.payments = append(st.payments, p)
	for m := p.From; m <= p.To; m++ {
		st.months[m] = true
	}
	st.last = max(st.last, p.To)
	if covers := (span{max(begins, p.From.First()), p.lastDay()}); covers.from <= covers.to {
		st.runs = joinSpans(append(st.runs, covers))
	}
}

// joinSpans sorts spans and joins those that touch or overlap.
func joinSpans(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	joined := spans[:1]
	for _, next := range spans[1:] {
		if tail := &joined[len(joined)-1]; next.from <= tail.to.Add(1) {
			tail.to = max(tail.to, next.to)
		} else {
			joined = append(joined, next)
		}
	}
	return joined
}

func (st *stay) on(today Day, acks []CoverAck, cash bool, s CoverSettings) Cover {
	c := Cover{Cash: cash, GraceUntil: st.graceUntil(s), MonthsPaid: len(st.months), MonthsBegun: st.monthsUntil(today.Month())}
	run, covered := st.runAt(today)
	paidUntil := st.last.Last()
	if run.from != 0 {
		c.Since, c.Start, c.Until = st.runs[0].from, run.from, run.to
		paidUntil = run.to
	}
	if today > paidUntil {
		c.UnpaidMonths = int(today.Month() - paidUntil.Month())
	}
	c.FullMonths = st.fullMonths(run, today, s)
	switch {
	case covered:
		c.Standing = StandingPaid
		if c.Programs = st.confirmed(today.Month(), today, acks); len(c.Programs) > 0 {
			c.Standing, c.Confirmed = StandingProtected, true
		}
	case run.from > today:
		c.Standing = StandingPaid
		c.Confirmed = len(st.confirmed(run.from.Month(), today, acks)) > 0
	case today <= c.GraceUntil:
		c.Standing = StandingGrace
	default:
		c.Standing = StandingEnded
	}
	return c
}

// runAt is the run that holds day, else the last one before it, else the first
// one after it.
func (st *stay) runAt(day Day) (run span, covered bool) {
	for i, r := range st.runs {
		if i == 0 || r.from <= day {
			run = r
		}
	}
	return run, run.from != 0 && run.from <= day && day <= run.to
}

// confirmed is what is paid for month m, once the core has acknowledged all of it
// by today; else nothing.
func (st *stay) confirmed(m Month, today Day, acks []CoverAck) Programs {
	var paid, acked Programs
	m = st.paidMonth(m)
	for _, p := range st.payments {
		if p.From <= m && m <= p.To {
			paid = append(paid, p.Programs...)
		}
	}
	for _, p := range programOrder {
		confirmed := slices.ContainsFunc(acks, func(a CoverAck) bool {
			return a.Day != 0 && a.Day <= today && a.From <= m && m <= a.To && a.Programs.Has(p)
		})
		if paid.Has(p) && !confirmed {
			return nil
		}
		if paid.Has(p) {
			acked = append(acked, p)
		}
	}
	return acked
}

// paidMonth is m, or the latest paid month that holds on into it.
func (st *stay) paidMonth(m Month) Month {
	if st.months[m] {
		return m
	}
	held := Month(0)
	for _, p := range st.payments {
		held = max(held, p.month(m))
	}
	return held
}

// monthsUntil counts the months paid up to month m.
func (st *stay) monthsUntil(m Month) (n int) {
	for paid := range st.months {
		if paid <= m {
			n++
		}
	}
	return n
}

// fullMonths are those that are over: a month whose last day is today has not passed yet (Permenaker 1/2025 by setting
// jkm.wait_edge: nobody is promised the full sum too early).
func (st *stay) fullMonths(run span, today Day, s CoverSettings) int {
	passed := today.Add(-1)
	if s.WaitUnbroken {
		return FullMonths(run.from, min(run.to, passed))
	}
	n := 0
	for _, r := range st.runs {
		n += FullMonths(r.from, min(r.to, passed))
	}
	return n
}

// FullMonths is the number of whole months from day from to the end of day to:
// 10 January to 9 February is one, to 8 February none. 0 when to lies before from.
func FullMonths(from, to Day) int {
	if from == 0 || to < from {
		return 0
	}
	next := to.Add(1)
	n := int(next.Month() - from.Month())
	if next < sameDayOf(from, next.Month()) {
		n--
	}
	return n
}

// FullMonthsOn is the first day by which n full months have passed since from:
// with 10 January and 3 that is 10 April.
func FullMonthsOn(from Day, n int) Day { return sameDayOf(from, from.Month().Add(n)) }

// sameDayOf is the day of month m with d's number, or m's last.
func sameDayOf(d Day, m Month) Day {
	return NewDay(m.Year(), m.Number(), min(d.DayNumber(), DaysIn(m)))
}
