package scheme

import (
	"slices"
	"testing"

	"jaring/internal/jaring"
)

func estimated(t *testing.T, p Person, on jaring.Day) map[string]Item {
	t.Helper()
	e, err := Load().Estimate(p, jaring.Programs{jaring.JKK, jaring.JKM, jaring.JHT}, 2, on)
	if err != nil {
		t.Fatal(err)
	}
	items := map[string]Item{}
	for _, item := range e.Items {
		items[item.Key] = item
	}
	return items
}

// Every item, the one without a sum too, names its articles.
func TestEstimate_EveryItemHasItsSteps(t *testing.T) {
	for _, p := range []Person{{Segment: jaring.BPU}, {Segment: jaring.PU, Income: 5_000_000, Covered: 40, Paid: 130}} {
		for key, item := range estimated(t, p, jaring.NewDay(2026, 11, 21)) {
			if len(item.Benefit.Steps) == 0 {
				t.Errorf("%s has no steps", key)
			}
			for _, s := range item.Benefit.Steps {
				known := slices.Contains(StepKeys, s.Key)
				if s.Rule == nil || s.Rule.Article == "" || s.Rule.Source == "" || !known {
					t.Errorf("%s: %+v", key, s)
				}
			}
		}
	}
}

func TestEstimate_PP82of2019LampiranIII_CareWithoutLimit(t *testing.T) {
	care := estimated(t, Person{Segment: jaring.BPU}, jaring.NewDay(2026, 11, 21))["estimate.care"]
	if !care.NoLimit || care.Benefit.Steps[0].Rule.ID != "jkk.care.2019" || care.Benefit.Steps[2].Count != 30 {
		t.Errorf("%+v", care)
	}
}

// PP 46/2015 art 22: what was paid in comes back in old age; after 10 years 30 % may be
// taken for housing, 10 % for other needs.
func TestEstimate_PP46of2015Art22_OldAge(t *testing.T) {
	on := jaring.NewDay(2026, 11, 21)
	for _, c := range []struct {
		p                    Person
		all, housing, others jaring.Rupiah
	}{
		{Person{Segment: jaring.BPU, Paid: 0}, 0, 0, 0},
		{Person{Segment: jaring.BPU, Paid: 119}, 119 * 20_000, 0, 0},
		{Person{Segment: jaring.BPU, Income: 3_000_000, Paid: 120}, 120 * 59_000, 2_124_000, 708_000},
		{Person{Segment: jaring.PU, Income: 5_000_000, Paid: 12}, 12 * 285_000, 0, 0},
		{Person{Segment: jaring.BPU, Paid: 120, Balance: 10_000_000}, 10_000_000, 3_000_000, 1_000_000},
	} {
		items := estimated(t, c.p, on)
		for key, want := range map[string]jaring.Rupiah{"estimate.jht": c.all, "estimate.jht.housing": c.housing, "estimate.jht.other": c.others} {
			if got := items[key].Benefit.Amount; got != want {
				t.Errorf("%+v: %s %d, want %d", c.p, key, got, want)
			}
		}
	}
	if e, err := Load().Estimate(Person{Segment: jaring.BPU}, jaring.Programs{jaring.JKM}, 0, on); err != nil || len(e.Items) != 1 {
		t.Errorf("without JHT: %+v %v", e, err)
	}
}
