package jaring

// Outlook answers "what if I pay on that day?" for one person.
type Outlook struct {
	On           Day
	CoveredFrom  Day // 0 when the months lie in the past
	CoveredUntil Day

	// GapFrom and GapUntil are the days without cover between the last cover and
	// CoveredFrom; both 0 when there are none. Whether an event in them is paid
	// once the arrears are paid is not certain, and never counted as protected.
	GapFrom, GapUntil Day

	// ArrearsFrom and ArrearsTo are unpaid months before the paid ones that may
	// still be made up; both 0 when there are none.
	ArrearsFrom, ArrearsTo Month

	NewRegistration bool // the stay had ended: number and waits begin anew
	WaitRestarts    bool // the full months of cover (JKM) begin at 0 again
	YearsRestart    bool // the years of contribution (scholarship) begin at 0 again
	FullMonths      int  // full months of cover that stay counted on day On
}

// CoverIfPaid tells what a payment for months months from month first would do
// when the money reaches the fund on day on. first 0 means: the month after the
// last paid one while that has not begun to be late, else the month of on.
func CoverIfPaid(h CoverHistory, on Day, first Month, months int, s CoverSettings) Outlook {
	before := CoverOn(h, on, s)
	if first == 0 {
		first = on.Month()
		if before.Until.Month() >= first {
			first = before.Until.Month().Add(1)
		}
	}
	last := first.Add(max(1, months) - 1)
	after := h
	after.Registered = registeredBy(h.Registered, on)
	after.Payments = append(append([]CoverPayment(nil), h.Payments...), CoverPayment{From: first, To: last, Fund: on})
	began := max(on, first.First())
	o := Outlook{On: on, CoveredUntil: last.Last(), NewRegistration: before.Standing == StandingEnded}
	if began <= o.CoveredUntil {
		o.CoveredFrom = began
	} else {
		o.CoveredUntil = 0
	}
	o.gap(before, first)
	later := CoverOn(after, max(on, began), s)
	o.YearsRestart = o.NewRegistration || before.MonthsPaid > 0 && later.MonthsPaid <= int(last-first)+1
	o.FullMonths = later.FullMonths
	o.WaitRestarts = before.FullMonths > 0 && later.FullMonths < before.FullMonths
	o.WaitRestarts = o.WaitRestarts || o.NewRegistration
	return o
}

// gap fills the days without cover and the months that may be made up.
func (o *Outlook) gap(before Cover, first Month) {
	if before.Until == 0 || o.CoveredFrom == 0 || o.CoveredFrom <= before.Until.Add(1) {
		return
	}
	o.GapFrom, o.GapUntil = before.Until.Add(1), o.CoveredFrom.Add(-1)
	if unpaid := before.Until.Month().Add(1); before.Standing == StandingGrace && unpaid < first {
		o.ArrearsFrom, o.ArrearsTo = unpaid, first.Add(-1)
	}
}

func registeredBy(registered, on Day) Day {
	if registered == 0 {
		return on
	}
	return registered
}
