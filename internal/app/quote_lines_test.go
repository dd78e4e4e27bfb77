package app

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/jaring"
	"jaring/internal/scheme"
)

// Lines of a price that are written by hand are the JSON that the library writes.
func TestQuoteLinesAreJSON(t *testing.T) {
	lines := []scheme.Line{{Month: jaring.NewMonth(2026, 11), Program: jaring.JKK, Amount: 5000, Full: 10000}, {Month: jaring.NewMonth(2027, 1), Program: jaring.JKM, Amount: 6800, Full: 6800}}
	for n := range len(lines) + 1 {
		want := make([]QuoteLine, n)
		for i, l := range lines[:n] {
			want[i] = QuoteLine{Month: l.Month, Program: l.Program, Amount: l.Amount}
			if l.Full != l.Amount {
				want[i].Full = l.Full
			}
		}
		text, _ := json.Marshal(want)
		if diff := cmp.Diff(string(text), quoteLines(scheme.Quote{Lines: lines[:n]})); diff != "" {
			t.Error(diff)
		}
	}
}
