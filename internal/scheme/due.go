package scheme

import (
	"time"

	"jaring/internal/jaring"
)

// DueDate is the last day to pay the contribution of month m: the day of the
// rule (or of a relief that moves it), or the next working day when that one is a
// Saturday, Sunday or holiday. Errors: segment.unknown, scheme.no_rule.
func (b *Book) DueDate(segment jaring.Segment, m jaring.Month) (jaring.Day, error) {
	due, _, err := b.dueRule(segment, m)
	if err != nil {
		return 0, err
	}
	month := m.Add(due.Offset)
	day := jaring.NewDay(month.Year(), month.Number(), min(due.Day, jaring.DaysIn(month)))
	return b.NextWorkingDay(day), nil
}

// dueRule is the due day of month m with the rule that sets it.
func (b *Book) dueRule(segment jaring.Segment, m jaring.Month) (Due, *Rule, error) {
	key, ok := map[jaring.Segment]string{jaring.BPU: "bpu.due", jaring.PU: "pu.due"}[segment]
	if !ok {
		return Due{}, nil, jaring.NewError(jaring.Invalid, "segment.unknown", "text", string(segment)).At("segment")
	}
	rule, err := b.on(key, m.First())
	if err != nil {
		return Due{}, nil, err
	}
	for _, r := range b.reliefsOn(m.First(), segment) {
		if r.Relief.Due != nil {
			return *r.Relief.Due, r, nil
		}
	}
	return *rule.Due, rule, nil
}

// Penalty is what payment of due rupiah costs on top when it comes months
// months late: nothing for BPU; for PU simple or compound by setting
// pu.penalty_growth.
// Errors: segment.unknown, scheme.no_rule, months.range, contribution.range.
func (b *Book) Penalty(segment jaring.Segment, m jaring.Month, due jaring.Rupiah, months int) (jaring.Rupiah, []Step, error) {
	if due < 0 || due > maxMoney {
		return 0, nil, jaring.NewError(jaring.Invalid, "contribution.range", "max", maxMoney)
	}
	if months < 0 || months > 1200 {
		return 0, nil, jaring.NewError(jaring.Invalid, "months.range", "min", 0, "max", 1200)
	}
	key, ok := map[jaring.Segment]string{jaring.BPU: "bpu.penalty", jaring.PU: "pu.penalty"}[segment]
	if !ok {
		return 0, nil, jaring.NewError(jaring.Invalid, "segment.unknown", "text", string(segment)).At("segment")
	}
	rule, err := b.on(key, m.First())
	if err != nil {
		return 0, nil, err
	}
	rate := *rule.Ratio
	for _, r := range b.reliefsOn(m.First(), segment) {
		if r.Relief.Penalty != nil && !rate.IsZero() {
			rule, rate = r, *r.Relief.Penalty
		}
	}
	amount := rate.times(Ratio{int64(months), 1}).of(due, b.Settings.Rounding)
	if b.Settings.PenaltyGrowth == "compound" {
		if amount, err = b.compound(due, rate, months); err != nil {
			return 0, nil, err
		}
	}
	step := Step{Key: "step.penalty", Month: m, Rule: rule, Base: due, Factor: rate, Count: months, Amount: amount}
	return amount, []Step{step}, nil
}

// compound is the penalty that itself bears a penalty from month to month, each rounded. Error:
// months.range beyond what arithmetic holds.
func (b *Book) compound(due jaring.Rupiah, rate Ratio, months int) (sum jaring.Rupiah, err error) {
	for i := range months {
		if sum > maxMoney {
			return 0, jaring.NewError(jaring.Invalid, "months.range", "min", 0, "max", i)
		}
		sum += rate.of(due+sum, b.Settings.Rounding)
	}
	return sum, nil
}

// NextWorkingDay is d, or the first day after it that is neither Saturday,
// Sunday nor a holiday of the book.
func (b *Book) NextWorkingDay(d jaring.Day) jaring.Day {
	for range 60 { // no run of holidays is longer; a broken file must not hang
		if b.isWorkingDay(d) {
			return d
		}
		d = d.Add(1)
	}
	return d
}

// AddWorkingDays is the nth working day after d.
func (b *Book) AddWorkingDays(d jaring.Day, n int) jaring.Day {
	for range n {
		d = b.NextWorkingDay(d.Add(1))
	}
	return d
}

func (b *Book) isWorkingDay(d jaring.Day) bool {
	switch d.Time().Weekday() {
	case time.Saturday, time.Sunday:
		return false
	}
	return !b.every[int(d)%10000] && !b.single[d]
}

func (b *Book) addHolidays(r *Rule) {
	for _, h := range r.Days {
		switch {
		case h.Joint && b.Settings.JointLeave != "holiday":
		case h.Every != "":
			if t, err := time.Parse("01-02", h.Every); err == nil {
				b.every[int(t.Month())*100+t.Day()] = true
			}
		default:
			b.single[h.Day] = true
		}
	}
}
