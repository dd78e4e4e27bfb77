package scheme_test

import (
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/scheme"
)

// A step that holds in three months is told once, one that a relief changes twice.
func TestSpans_TellEachStepOnce(t *testing.T) {
	q := scheme.Question{Segment: jaring.BPU, Programs: jaring.Programs{jaring.JKK, jaring.JKM}, FirstMonth: jaring.NewMonth(2026, 11), Months: 4,
		Income: 2_500_000, Sector: jaring.SectorOther, Funding: jaring.FundingSelf, Explain: true}
	quote, err := scheme.Load().Price(q)
	if err != nil {
		t.Fatal(err)
	}
	months := map[string]int{}
	for _, s := range scheme.Spans(quote.Steps) {
		if months[s.Key+string(s.Program)] != 0 {
			t.Errorf("%s is told twice", s.Key)
		}
		months[s.Key+string(s.Program)] = len(s.Months)
	}
	want := map[string]int{"step.bpu.row": 1, "step.bpu.rateJKK": 4, "step.bpu.flatJKM": 4, "step.reliefJKK": 2, "step.reliefJKM": 2}
	for key, n := range want {
		if months[key] != n {
			t.Errorf("%s holds in %d months, want %d", key, months[key], n)
		}
	}
	if len(months) != len(want) {
		t.Error(months)
	}
}
