package jaring

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestParseRupiah(t *testing.T) {
	for text, want := range map[string]Rupiah{
		"16800": 16_800, "16.800": 16_800, "Rp16.800": 16_800, "rp 16.800,00": 16_800, " Rp 1.600.000 ": 1_600_000, "-5": -5, "−Rp22.800": -22_800, "0": 0,
		"9000000000000000": 9_000_000_000_000_000,
	} {
		if got, err := ParseRupiah(text); err != nil || got != want {
			t.Errorf("%q: %v %v, want %v", text, got, err, want)
		}
	}
	for text, key := range map[string]string{
		"": "money.malformed", "Rp": "money.malformed", "16,80": "money.malformed", "16.80": "money.malformed", "1.6.800": "money.malformed", "1600.000": "money.malformed",
		".800": "money.malformed", "16.800,50": "money.malformed", "1e6": "money.malformed", "１６": "money.malformed", "+5": "money.malformed", "Rp-5": "money.malformed", "5 000": "money.malformed",
		"9000000000000001": "money.too_large", "99999999999999999999": "money.too_large",
	} {
		if _, err := ParseRupiah(text); KeyOf(err) != key {
			t.Errorf("%q: %v, want %s", text, err, key)
		}
	}
}

var (
	moneyForm = regexp.MustCompile(`^\s*[-−]?([Rr][Pp]\s*)?[0-9]{1,}(\.[0-9]{3})*(,00)?\s*$`)
	monthForm = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`)
)

// FuzzParseRupiah: what is taken has the written form, stays within bounds, and reads the
// same again from its own text.
func FuzzParseRupiah(f *testing.F) {
	for _, seed := range []string{"16800", "Rp16.800", "-1", "Rp 16.800,00", "16.80", "", "9000000000000001", "−Rp22.800", "rp", "1.000.000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := ParseRupiah(text)
		if err != nil {
			if key := KeyOf(err); key != "money.malformed" && key != "money.too_large" {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		if !moneyForm.MatchString(strings.Join(strings.Fields(text), " ")) {
			t.Errorf("%q was taken as %v", text, r)
		}
		if r > maxRupiah || r < -maxRupiah {
			t.Errorf("%q is %v", text, r)
		}
		if again, err := ParseRupiah(r.String()); err != nil || again != r {
			t.Errorf("%q: %s reads as %v %v", text, r.String(), again, err)
		}
	})
}

// FuzzParseMonth: taken is what has the form and is no earlier than 1900; days and months
// of it agree with the calendar of package time.
func FuzzParseMonth(f *testing.F) {
	for _, seed := range []string{"2026-10", "2026-13", "1899-12", "2026-1", "", "2024-02", "9999-12", "２０２６-10"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseMonth(text)
		if ok := monthForm.MatchString(text) && text >= "1900"; ok != (err == nil) {
			t.Fatalf("%q: %v", text, err)
		}
		if err != nil {
			return
		}
		if m.String() != text || m.Add(14).Add(-14) != m || m.First().Month() != m || m.Last().Month() != m {
			t.Errorf("%q: %s, %s to %s", text, m, m.First(), m.Last())
		}
		if last := time.Date(m.Year(), time.Month(m.Number())+1, 0, 0, 0, 0, 0, time.UTC); last.Day() != m.Last().DayNumber() {
			t.Errorf("%s ends on %s", text, m.Last())
		}
		var back Month
		if b, err := json.Marshal(m); err != nil || json.Unmarshal(b, &back) != nil || back != m {
			t.Errorf("%s by JSON: %s", text, back)
		}
	})
}

// FuzzParseDay: taken is what package time takes, no earlier than 1850.
func FuzzParseDay(f *testing.F) {
	for _, seed := range []string{"2026-11-21", "1985-02-31", "2024-02-29", "2023-02-29", "1849-12-31", "2026-1-1", "", "2026-11-21T00:00:00Z", "9999-12-31"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDay(text)
		want, timeErr := time.Parse(time.DateOnly, text)
		if ok := timeErr == nil && want.Year() >= 1850; ok != (err == nil) {
			t.Fatalf("%q: %v, package time says %v", text, err, timeErr)
		}
		if err != nil {
			if key := KeyOf(err); key != "date.malformed" && key != "date.impossible" {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		if d.String() != text || !d.Time().Equal(want) || d.Add(40).Add(-40) != d || d.DaysUntil(d.Add(40)) != 40 || d.AgeOn(d) != 0 {
			t.Errorf("%q: %s", text, d)
		}
	})
}
