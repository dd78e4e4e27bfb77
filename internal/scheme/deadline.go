package scheme

import "jaring/internal/jaring"

// ClaimUntil is the last day on which a work accident of day accident may be
// claimed; see setting jkk.claim_edge. Error: scheme.no_rule.
func (b *Book) ClaimUntil(accident jaring.Day) (jaring.Day, *Rule, error) {
	rule, err := b.on("jkk.claim.years", accident)
	if err != nil {
		return 0, nil, err
	}
	m := jaring.NewMonth(accident.Year()+*rule.Count, accident.MonthNumber())
	last := jaring.NewDay(m.Year(), m.Number(), min(accident.DayNumber(), jaring.DaysIn(m)))
	if b.Settings.ClaimEdge == "excluded" {
		last = last.Add(-1)
	}
	return last, rule, nil
}

// PayUntil is the last day on which the fund pays in time a claim of program that
// was complete on day complete. Errors: program.no_rule, scheme.no_rule.
func (b *Book) PayUntil(program jaring.Program, complete jaring.Day) (jaring.Day, *Rule, error) {
	key := map[jaring.Program]string{jaring.JKK: "jkk.pay.days", jaring.JKM: "jkm.pay.days"}[program]
	if key == "" {
		return 0, nil, jaring.NewError(jaring.Invalid, "program.no_rule", "program", string(program))
	}
	rule, err := b.on(key, complete)
	if err != nil {
		return 0, nil, err
	}
	return b.AddWorkingDays(complete, *rule.Count), rule, nil
}

// ReportUntil is the last day for report I of a work accident of day accident,
// and for report II of cure, disability or death on that day. Error:
// scheme.no_rule before April 2021.
func (b *Book) ReportUntil(accident jaring.Day) (jaring.Day, *Rule, error) {
	rule, err := b.on("jkk.report.hours", accident)
	if err != nil {
		return 0, nil, err
	}
	return accident.Add((*rule.Count + 23) / 24), rule, nil
}

// ConcludeUntil is the last day on which a suspected work accident, reported on
// day reported, is to be concluded; until then care is at the fund's cost.
// Error: scheme.no_rule before 6 October 2023.
func (b *Book) ConcludeUntil(reported jaring.Day) (jaring.Day, *Rule, error) {
	rule, err := b.on("jkk.conclude.days", reported)
	if err != nil {
		return 0, nil, err
	}
	return reported.Add(*rule.Count), rule, nil
}
