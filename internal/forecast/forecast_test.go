package forecast_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"jaring/internal/forecast"
	"jaring/internal/jaring"
)

var june = jaring.NewMonth(2026, 6)

func points(ns ...int64) (out []forecast.Point) {
	for i, n := range ns {
		out = append(out, forecast.Point{Month: june.Add(i - len(ns) + 1), N: n})
	}
	return out
}

func TestPaceAndLoss(t *testing.T) {
	for _, c := range []struct {
		name  string
		seen  []int64
		floor int64
		pace  forecast.Range
		loss  forecast.Loss
	}{
		{"it falls by two a month", []int64{40, 38, 36, 34}, 30, forecast.Range{Low: -2000, Mid: -2000, High: -2000}, forecast.Loss{Earliest: june + 3, Expected: june + 3, Latest: june + 3}},
		{"it stands", []int64{30, 30, 30, 30}, 30, forecast.Range{}, forecast.Loss{}},
		{"it grows", []int64{30, 33, 34, 40}, 30, forecast.Range{Low: 2000, Mid: 3000, High: 4500}, forecast.Loss{}},
		{"one odd month moves it little", []int64{10, 9, 8, 48, 47, 46}, 45, forecast.Range{Low: -1000, Mid: -1000, High: -1000}, forecast.Loss{Earliest: june + 2, Expected: june + 2, Latest: june + 2}},
		{"uncertain: it may last", []int64{50, 44, 45, 43, 44, 40}, 36, forecast.Range{Low: -4000, Mid: -2000, High: 1000}, forecast.Loss{Earliest: june + 2, Expected: june + 3}},
		{"below already", []int64{33, 32, 31, 29}, 30, forecast.Range{Low: -1500, Mid: -1000, High: -1000}, forecast.Loss{Earliest: june, Expected: june, Latest: june}},
	} {
		p, ok := forecast.PaceOf(points(c.seen...))
		last := points(c.seen...)[len(c.seen)-1]
		if !ok || p.Range != c.pace {
			t.Errorf("%s: pace %+v %v", c.name, p, ok)
		}
		if got := p.Below(last, c.floor); got != c.loss {
			t.Errorf("%s: %v, want %v", c.name, got, c.loss)
		}
	}
}

func TestTooLittleGivesNoForecast(t *testing.T) {
	for _, seen := range [][]forecast.Point{nil, points(1), points(1, 2, 3), {{june, 1}, {june, 2}, {june, 3}, {june, 4}}, {{june, 1}, {june - 1, 2}, {june - 2, 3}, {june - 3, 4}}} {
		if p, ok := forecast.PaceOf(seen); ok {
			t.Errorf("%v: %v", seen, p)
		}
	}
	if c, ok := forecast.Sum(points(0, 0, 5, 5, 9), 0, june.Add(6)); ok || c.Reached != 19 || c.Expected.High != 19 || c.Whole != 2 {
		t.Errorf("%v %v", c, ok)
	}
}

func TestAGapIsSharedByItsMonths(t *testing.T) {
	p, ok := forecast.PaceOf([]forecast.Point{{june - 7, 40}, {june - 3, 32}, {june - 1, 28}, {june, 26}})
	if !ok || p.Mid != -2000 {
		t.Errorf("%v %v", p, ok)
	}
}

func TestASumOfAYear(t *testing.T) {
	// 100, 200, 300 and 400 persons in whole months, 50 in the month that runs; six more are to come. Nobody was at
	// work before that, and what was won before the year sets the pace without being counted.
	c, ok := forecast.Sum(points(0, 100, 200, 300, 400, 50), june.Add(-1), june.Add(6))
	want := forecast.Course{Reached: 450, Expected: forecast.Range{Low: 450 + 125 + 6*175, Mid: 450 + 200 + 6*250, High: 450 + 275 + 6*325}, Whole: 4}
	if !ok || c != want {
		t.Errorf("%v, want %v", c, want)
	}
	if c, ok = forecast.Sum(points(9, 9, 9, 9, 9), 0, june); !ok || c.Expected != (forecast.Range{Low: 45, Mid: 45, High: 45}) {
		t.Errorf("%v: the month that runs has its share already", c)
	}
}

// The range holds the expectation, and a loss comes no earlier when more people are there.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seen := points(rapid.SliceOfN(rapid.Int64Range(0, 100_000), 4, 30).Draw(t, "seen")...)
		p, ok := forecast.PaceOf(seen)
		last := seen[len(seen)-1]
		at := p.At(last, last.Month.Add(rapid.IntRange(0, 24).Draw(t, "ahead")))
		if !ok || p.Low > p.Mid || p.Mid > p.High || at.Low > at.Mid || at.Mid > at.High || at.Low < 0 {
			t.Fatalf("%v %v", p, at)
		}
		floor := rapid.Int64Range(0, 100_000).Draw(t, "floor")
		late := func(m jaring.Month) jaring.Month {
			if m == 0 {
				return last.Month + forecast.Horizon + 1
			}
			return m
		}
		a, b := p.Below(last, floor), p.Below(forecast.Point{Month: last.Month, N: last.N + 1}, floor)
		if late(a.Earliest) > late(a.Expected) || late(a.Expected) > late(a.Latest) || late(b.Expected) < late(a.Expected) {
			t.Fatalf("%v %v", a, b)
		}
	})
}

func ExamplePace_Below() {
	seen := points(42, 41, 38, 36, 34)
	p, _ := forecast.PaceOf(seen)
	loss := p.Below(seen[len(seen)-1], 30)
	fmt.Println(p.Mid, loss.Earliest, loss.Expected, loss.Latest)
	// Output: -2000 2026-08 2026-09 2026-09
}
