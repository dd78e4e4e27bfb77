package app

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jaring/internal/jaring"
	"jaring/internal/scheme"
)

// What is remembered of a price is that price, and a year of equal months is kept once.
func TestQuoteLinesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines []scheme.Line
		month := jaring.NewMonth(2026, 11)
		for range rapid.IntRange(0, 30).Draw(t, "months") {
			month = month.Add(rapid.SampledFrom([]int{1, 1, 1, 2}).Draw(t, "step"))
			for _, p := range rapid.SampledFrom([][]jaring.Program{{jaring.JKK}, {jaring.JKK, jaring.JKM}, {jaring.JKK, jaring.JKM}}).Draw(t, "programmes") {
				full := rapid.SampledFrom([]jaring.Rupiah{10_000, 16_800}).Draw(t, "full")
				lines = append(lines, scheme.Line{Month: month, Program: p, Full: full, Amount: full / rapid.SampledFrom([]jaring.Rupiah{1, 2}).Draw(t, "relief")})
			}
		}
		kept, err := ParseQuoteLines(QuoteLines(scheme.Quote{Lines: lines}))
		if err != nil {
			t.Fatal(err)
		}
		var got []scheme.Line
		for _, l := range kept {
			got = append(got, scheme.Line{Month: l.Month, Program: l.Program, Amount: l.Amount, Full: max(l.Amount, l.Full)})
		}
		if diff := cmp.Diff(lines, got); diff != "" {
			t.Error(diff)
		}
	})
	var year []scheme.Line
	for i := range 12 {
		for _, p := range []jaring.Program{jaring.JKK, jaring.JKM} {
			year = append(year, scheme.Line{Month: jaring.NewMonth(2026, 11).Add(i), Program: p, Amount: 6800, Full: 6800})
		}
	}
	if want, got := `[{"m":"2026-11","n":12,"p":"JKK","a":6800},{"m":"2026-11","n":12,"p":"JKM","a":6800}]`, QuoteLines(scheme.Quote{Lines: year}); got != want {
		t.Error(got)
	}
}

// Bills that were kept month by month are still read.
func TestQuoteLinesOfOld(t *testing.T) {
	got, err := ParseQuoteLines(`[{"m":"2026-11","p":"JKK","a":5000,"f":10000},{"m":"2026-11","p":"JKM","a":6800},{"m":"2026-12","p":"JKK","a":10000}]`)
	want := []QuoteLine{{jaring.NewMonth(2026, 11), jaring.JKK, 5000, 10_000}, {jaring.NewMonth(2026, 11), jaring.JKM, 6800, 0}, {jaring.NewMonth(2026, 12), jaring.JKK, 10_000, 0}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
}
