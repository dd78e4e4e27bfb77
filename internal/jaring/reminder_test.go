package jaring

import (
	"slices"
	"testing"
)

func TestReminderKindOn_OneKindADayTheLatest(t *testing.T) {
	end, grace := dayOf(t, "2027-01-31"), dayOf(t, "2027-04-30")
	s := DefaultReminderSettings()
	for day, want := range map[string]ReminderKind{
		"2026-12-31": "", "2027-01-01": "b30", "2027-01-23": "b30", "2027-01-24": "b7", "2027-01-29": "b7", "2027-01-30": "b1", "2027-01-31": "b1",
		"2027-02-01": "a1", "2027-03-01": "a1", "2027-03-02": "a30", "2027-04-15": "a30", "2027-04-16": "a75", "2027-04-30": "a75", "2027-05-01": "",
	} {
		kind, ok := s.KindOn(end, grace, dayOf(t, day))
		if ok != (want != "") || ok && kind != want {
			t.Errorf("%s: %q %t, want %q", day, kind, ok, want)
		}
	}
	if _, ok := (ReminderSettings{}).KindOn(end, grace, end); ok {
		t.Error("no days, no reminder")
	}
	if kind, ok := (ReminderSettings{Before: []int{0}}).KindOn(end, grace, end); !ok || kind != "b0" {
		t.Errorf("on the last day: %q", kind)
	}
	if !s.Last("a75") || s.Last("a30") || (ReminderSettings{}).Last("a75") {
		t.Error("which is the last")
	}
}

func TestParseReminderDays(t *testing.T) {
	for text, want := range map[string][]int{"30,7,1": {30, 7, 1}, " 1 , 30,75": {1, 30, 75}, "": nil, "0": {0}} {
		if got, err := ParseReminderDays(text); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
	for _, text := range []string{"x", "-1", "93", "7,7", "1;2"} {
		if _, err := ParseReminderDays(text); KeyOf(err) != "reminder.days" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestAskedReminder(t *testing.T) {
	kind := AskedReminder(dayOf(t, "2026-11-21"))
	if day, ok := kind.Asked(); !ok || day.String() != "2026-11-21" || kind != "d2026-11-21" {
		t.Errorf("%s: %s %t", kind, day, ok)
	}
	for _, other := range []ReminderKind{"b30", "a1", "d", "dx"} {
		if _, ok := other.Asked(); ok {
			t.Errorf("%s is none", other)
		}
	}
}

// A cohort is counted when it joins, by the months that the core confirms, and by nothing else.
func TestTally_Cohorts(t *testing.T) {
	joined := monthOf(t, "2026-11")
	counts := map[Counter]int64{}
	add := func(c Counter, n int64) { counts[c] += n }
	f := Facts{Month: joined, Joined: joined, Agent: "a", Campaign: "c", Offices: []OfficeID{"o", "top"}, Area: "15.71", Programs: "JKK+JKM"}
	Tally(WorkerRegistered, f, add)
	f.PaidTo = monthOf(t, "2027-01")
	Tally(ContributionSettled, f, add)
	f.PaidTo = 0
	f.From, f.To = joined, monthOf(t, "2027-01")
	Tally(CoreConfirmed, f, add)
	f.From, f.To, f.PaidWas, f.PaidTo = monthOf(t, "2027-02"), monthOf(t, "2027-12"), monthOf(t, "2027-01"), monthOf(t, "2027-12")
	Tally(ContributionRenewed, f, add)
	f.PaidWas, f.PaidTo = 0, 0
	Tally(CoreConfirmed, f, add)
	for _, m := range []struct {
		measure Measure
		month   string
		want    int64
	}{{JoinedIn, "2026-11", 1}, {Kept(1), "2026-11", 1}, {Kept(3), "2026-11", 1}, {Kept(6), "2026-11", 1}, {Kept(12), "2026-11", 1}, {PaidUntil, "2027-01", 0}, {PaidUntil, "2027-12", 1}} {
		for d, value := range map[Dimension]string{ByAll: "", ByAgent: "a", ByCampaign: "c", ByOffice: "top"} {
			if got := counts[Counter{d, value, m.measure, monthOf(t, m.month)}]; got != m.want {
				t.Errorf("%s %s by %s: %d, want %d", m.measure, m.month, d, got, m.want)
			}
		}
		if counts[Counter{ByArea, "15.71", m.measure, monthOf(t, m.month)}] != 0 {
			t.Errorf("%s has no marginal of areas", m.measure)
		}
	}
}
