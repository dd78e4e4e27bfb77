package jaring

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func anywhere(string) bool { return true }

// TestRepairSwapFindsTheSlip: whoever exchanges two neighbouring digits of the area or the birth part is
// either shown the place, or nothing when two exchanges would explain it; never another place alone.
func TestRepairSwapFindsTheSlip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y, m := rapid.IntRange(1950, 2010).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month")
		d := rapid.IntRange(1, DaysIn(NewMonth(y, m))).Draw(t, "day")
		sex, offset := Male, 0
		if rapid.Bool().Draw(t, "woman") {
			sex, offset = Female, 40
		}
		digits := []byte(fmt.Sprintf("150601%02d%02d%02d%04d", d+offset, m, y%100, rapid.IntRange(9001, 9999).Draw(t, "serial")))
		place := rapid.IntRange(1, 11).Draw(t, "place")
		if digits[place-1] == digits[place] {
			return
		}
		digits[place-1], digits[place] = digits[place], digits[place-1]
		slip, err := ParseNIK(string(digits))
		if err != nil {
			t.Fatal(err)
		}
		only := func(issuance string) bool { return issuance == "150601" }
		if got, ok := slip.RepairSwap(NewDay(y, m, d), sex, only); ok && got != place {
			t.Fatalf("%d, want %d", got, place)
		} else if !ok {
			t.Fatal("the slip was not found")
		}
	})
}

func TestRepairSwapSaysNothing(t *testing.T) {
	n := mustNIK(t, "1506012111809001")
	for name, ask := range map[string]func() (int, bool){
		"where nothing is wrong but the serial": func() (int, bool) { return n.RepairSwap(NewDay(1980, 11, 22), Male, anywhere) },
		"without a birth date":                  func() (int, bool) { return n.RepairSwap(0, Male, anywhere) },
		"without a NIK":                         func() (int, bool) { return NIK{}.RepairSwap(NewDay(1980, 11, 21), Male, anywhere) },
		"where the area would be none": func() (int, bool) {
			return n.RepairSwap(NewDay(1980, 11, 12), Male, func(string) bool { return false })
		},
		"where the sex would be another": func() (int, bool) { return n.RepairSwap(NewDay(1980, 11, 12), Female, anywhere) },
	} {
		if place, ok := ask(); ok {
			t.Errorf("%s: exchange %d", name, place)
		}
	}
	if place, ok := n.RepairSwap(NewDay(1980, 11, 12), Male, anywhere); !ok || place != 7 {
		t.Errorf("%d %v, want 7", place, ok)
	}
}

func TestRepairBirth(t *testing.T) {
	n := mustNIK(t, "1506014408729001") // a woman, 4 August 1972
	for _, c := range []struct{ stated, want string }{
		{"1972-08-05", "1972-08-04"}, {"1972-09-04", "1972-08-04"}, {"1971-08-04", "1972-08-04"}, {"1972-04-08", "1972-08-04"},
		{"1971-08-05", ""}, {"1972-08-04", ""}, {"2001-01-01", ""},
	} {
		stated, _ := ParseDay(c.stated)
		got, ok := n.RepairBirth(stated)
		if !ok {
			got = 0
		}
		if got.String() != c.want {
			t.Errorf("%s: %q, want %q", c.stated, got, c.want)
		}
	}
	if _, ok := mustNIK(t, "1506013102729001").RepairBirth(NewDay(1972, 2, 28)); ok {
		t.Error("31 February was offered")
	}
}

func TestEndsInZero(t *testing.T) {
	for _, digits := range []string{"1506012111809001", "1506012111809010", "1506012111809999"} {
		if n := mustNIK(t, digits); n.EndsInZero() != (digits[15] == '0') {
			t.Errorf("the last digit of a NIK of serial %s", digits[12:])
		}
	}
	if (NIK{}).EndsInZero() {
		t.Error("no NIK ends in zero")
	}
}
