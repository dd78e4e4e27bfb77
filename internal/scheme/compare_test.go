package scheme

import (
	"testing"

	"jaring/internal/jaring"
)

func inventedBook(t testing.TB) *Book {
	t.Helper()
	b, err := New(DefaultSettings(), coming(flatJKM+`,"replaces":["bpu.jkm.2015"]}`))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestChanges_OnlyWhatDiffersOnTheDay(t *testing.T) {
	invented := inventedBook(t)
	if got := Changes(Load(), invented, day(t, "2027-02-28")); len(got) != 0 {
		t.Errorf("before it begins: %+v", got)
	}
	got := Changes(Load(), invented, day(t, "2027-03-01"))
	if len(got) != 1 || got[0].Key != "bpu.jkm" || got[0].Before.ID != "bpu.jkm.2015" || got[0].After.ID != "bpu.jkm.2027" {
		t.Errorf("got %+v", got)
	}
}

func TestCompare_SumsByGroup(t *testing.T) {
	invented := inventedBook(t)
	next, err := Load().Rows(month(t, "2027-03"))
	if err != nil {
		t.Fatal(err)
	}
	got := Compare(Load(), invented, next)
	if len(got) != 2 || got[0].Group != "other" || got[0].People != 33 || got[0].More != 33 || got[0].After-got[0].Before != 33*1200 ||
		got[1].After-got[1].Before != 33*600 { // transport pays half until March 2027
		t.Errorf("got %+v", got)
	}
}

// BenchmarkCompare prices a million people by two books for each iteration.
func BenchmarkCompare(b *testing.B) {
	invented := inventedBook(b)
	const people = 1_000_000
	b.ReportAllocs()
	for b.Loop() {
		i := 0
		Compare(Load(), invented, func(q *Question) (string, bool) {
			i++
			*q = Question{
				Segment: jaring.BPU, Programs: jaring.Programs{jaring.JKK, jaring.JKM}[:2], FirstMonth: jaring.NewMonth(2027, 3), Months: 1,
				Income: jaring.Rupiah(1 + i*7919%20_000_000), Sector: jaring.SectorOther,
			}
			return "other", i <= people
		})
	}
}
