package core

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jaring/internal/jaring"
)

func differences(t testing.TB, day jaring.Day, ours []Held, theirs []StatementRow) (found []Difference) {
	t.Helper()
	report, err := Reconcile(day, Rows(ours), Rows(theirs), func(d Difference) error {
		found = append(found, d)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if report.Differences() != len(found) || report.Ours != len(ours) || report.Theirs != len(theirs) {
		t.Fatalf("%+v of %d, %d: %d found", report, len(ours), len(theirs), len(found))
	}
	return found
}

const day = jaring.Day(20261006)

func held(i int) Held {
	e := enrolment(i)
	return Held{e.MessageID, day, fmt.Sprintf("S26%08d", i), e.Programs, e.FirstMonth, e.LastMonth}
}

func stated(i int) StatementRow {
	h := held(i)
	return StatementRow{h.MessageID, h.KPJ, h.Programs, h.From, h.To}
}

func TestReconcile(t *testing.T) {
	waiting, later := held(2), held(2)
	waiting.Acknowledged, waiting.KPJ = 0, ""
	later.Acknowledged = day.Add(1)
	other := stated(2)
	other.KPJ, other.Programs, other.To = "S2699999999", jaring.Programs{jaring.JKK}, other.To-1
	for _, c := range []struct {
		rule   string
		ours   []Held
		theirs []StatementRow
		want   []string
	}{
		{"equal", []Held{held(1), held(2)}, []StatementRow{stated(1), stated(2)}, nil},
		{"both empty", nil, nil, nil},
		{"missing at the core", []Held{held(1), held(2), held(3)}, []StatementRow{stated(1), stated(3)}, []string{"2 missing_at_core S2600000002|"}},
		{"the core lost all", []Held{held(1), held(2)}, nil, []string{"1 missing_at_core S2600000001|", "2 missing_at_core S2600000002|"}},
		{"unknown here", []Held{held(2)}, []StatementRow{stated(1), stated(2), stated(3)}, []string{"1 unknown_here |S2600000001", "3 unknown_here |S2600000003"}},
		{"stated twice", []Held{held(1)}, []StatementRow{stated(1), stated(1)}, []string{"1 unknown_here |S2600000001"}},
		{"all that can differ", []Held{held(2)}, []StatementRow{other}, []string{"2 kpj_differs S2600000002|S2699999999",
			"2 programmes_differ JKK+JKM|JKK", "2 months_differ 2026-10…2026-12|2026-10…2026-11"}},
		{"sent and not yet answered", []Held{waiting}, nil, nil},
		{"held there, the answer lost", []Held{waiting}, []StatementRow{stated(2)}, []string{"2 kpj_differs |S2600000002"}},
		{"acknowledged after the day", []Held{later}, nil, nil},
	} {
		t.Run(c.rule, func(t *testing.T) {
			var got []string
			for _, d := range differences(t, day, c.ours, c.theirs) {
				got = append(got, fmt.Sprintf("%c %s %s|%s", d.WorkerID[35], d.Kind, d.Ours, d.Theirs))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReconcileStops(t *testing.T) {
	broken := errors.New("broken")
	fails := func(yield func(StatementRow, error) bool) {
		if yield(stated(1), nil) {
			yield(StatementRow{}, broken)
		}
	}
	nothing := func(Difference) error { return nil }
	if _, err := Reconcile(day, Rows([]Held{held(1)}), fails, nothing); !errors.Is(err, broken) {
		t.Error(err)
	}
	if _, err := Reconcile(day, Rows([]Held{held(1)}), Rows[StatementRow](nil), func(Difference) error { return broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	for _, ours := range [][]Held{{held(2), held(1)}, {held(1), held(1)}} {
		_, err := Reconcile(day, Rows(ours), Rows[StatementRow](nil), nothing)
		wantKey(t, err, jaring.Internal, "error.internal")
	}
	_, err := Reconcile(day, Rows[Held](nil), Rows([]StatementRow{stated(2), stated(1)}), nothing)
	wantKey(t, err, jaring.Internal, "error.internal")
}

// No difference when the statement says what we believe, whatever that is; and each
// single fault is found, named, and the only one.
func TestReconcileProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		ids := slices.Sorted(slices.Values(rapid.SliceOfDistinct(rapid.IntRange(1, 5000), func(i int) int { return i }).Draw(rt, "ids")))
		var ours []Held
		var theirs []StatementRow
		for _, i := range ids {
			h := held(i)
			h.From += jaring.Month(rapid.IntRange(0, 5).Draw(rt, "from"))
			h.To = h.From + jaring.Month(rapid.IntRange(0, 11).Draw(rt, "months"))
			ours = append(ours, h)
			theirs = append(theirs, StatementRow{h.MessageID, h.KPJ, h.Programs, h.From, h.To})
		}
		if got := differences(t, day, ours, theirs); len(got) != 0 {
			rt.Fatalf("equal sides differ: %v", got)
		}
		if len(ids) == 0 {
			return
		}
		at := rapid.IntRange(0, len(ids)-1).Draw(rt, "at")
		want := rapid.SampledFrom(DifferenceKinds).Draw(rt, "kind")
		switch want {
		case MissingAtCore:
			theirs = slices.Delete(theirs, at, at+1)
		case UnknownHere:
			ours = slices.Delete(ours, at, at+1)
		case KPJDiffers:
			theirs[at].KPJ = "S2699999999"
		case ProgramsDiffer:
			theirs[at].Programs = jaring.Programs{jaring.JKK, jaring.JKM, jaring.JHT}
		case MonthsDiffer:
			theirs[at].To++
		}
		got := differences(t, day, ours, theirs)
		if len(got) != 1 || got[0].Kind != want || got[0].MessageID != enrolment(ids[at]).MessageID {
			rt.Fatalf("want one %s, got %v", want, got)
		}
	})
}

func BenchmarkReconcile(b *testing.B) {
	const n = 100_000
	ours, theirs := make([]Held, n), make([]StatementRow, n)
	for i := range n {
		ours[i], theirs[i] = held(i+1), stated(i+1)
	}
	var side iter.Seq2[Held, error] = Rows(ours)
	b.ReportAllocs()
	for b.Loop() {
		if r, err := Reconcile(day, side, Rows(theirs), func(Difference) error { return nil }); err != nil || r.Differences() != 0 {
			b.Fatal(r, err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
