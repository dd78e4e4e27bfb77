package scheme

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"jaring/internal/jaring"
)

func TestReadSettings_WhatIsLeftOutKeepsItsDefault(t *testing.T) {
	s, err := ReadSettings([]byte(`{"bpu.band_gap": "none", "pu.rounding": "up"}`))
	want := DefaultSettings()
	want.BandGap, want.Rounding = "none", Up
	if err != nil || s != want {
		t.Errorf("%+v %v", s, err)
	}
}

func TestReadSettings_RefusesAllAtOnce(t *testing.T) {
	_, err := ReadSettings([]byte(`{"bpu.bandgap": "none", "pu.rounding": "bankers"}`))
	errs, _ := err.(jaring.Errors)
	if len(errs) != 2 || errs[0].Key != "scheme.setting.name" || errs[1].Key != "scheme.setting.unknown" {
		t.Errorf("%v", err)
	}
	for _, text := range []string{``, `[]`, `{"pu.rounding": 1}`, `{} {}`, `{"pu.rounding"`} {
		if _, err := ReadSettings([]byte(text)); jaring.KeyOf(err) != "scheme.setting.malformed" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// FuzzReadSettings: whatever a file holds, it is settings with which a book is made, or findings.
func FuzzReadSettings(f *testing.F) {
	for _, text := range []string{`{}`, `{"pu.rounding": "up"}`, `{"pu.rounding": null}`, `{"": ""}`, `[`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := ReadSettings(text)
		if err != nil {
			if jaring.CodeOf(err) != jaring.Invalid {
				t.Fatalf("not a finding: %v", err)
			}
			return
		}
		if found := s.check(); len(found) > 0 {
			t.Fatal(found)
		}
	})
}

// Two settings are two books: a bill tells by which of them it was made.
func TestSettings_ChangeTheVersion(t *testing.T) {
	seen := map[string]string{Load().Version: "the defaults"}
	for _, x := range DefaultSettings().All() {
		for _, word := range x.Words[1:] {
			s, err := ReadSettings(fmt.Appendf(nil, `{%q: %q}`, x.Name, word))
			if err != nil {
				t.Fatal(err)
			}
			b := bookWith(t, s)
			if other, taken := seen[b.Version]; taken {
				t.Errorf("%s %s has the version of %s", x.Name, word, other)
			}
			seen[b.Version] = x.Name
		}
	}
}

func bookWith(t *testing.T, s Settings) *Book {
	t.Helper()
	b, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSetting_PenaltyGrowth(t *testing.T) {
	s := DefaultSettings()
	s.PenaltyGrowth = "compound"
	for book, want := range map[*Book]jaring.Rupiah{Load(): 60_000, bookWith(t, s): 61_208} {
		got, _, err := book.Penalty(jaring.PU, jaring.NewMonth(2026, 1), 1_000_000, 3)
		if err != nil || got != want {
			t.Errorf("%d, want %d, %v", got, want, err)
		}
	}
	if _, _, err := bookWith(t, s).Penalty(jaring.PU, jaring.NewMonth(2026, 1), maxMoney, 1200); jaring.KeyOf(err) != "months.range" {
		t.Errorf("a hundred years of it: %v", err)
	}
}

func TestSetting_WaitEdge(t *testing.T) {
	s := DefaultSettings()
	s.WaitEdge = "begun"
	p := Person{Segment: jaring.BPU, Income: 1_000_000, Covered: 2}
	for book, want := range map[*Book]jaring.Rupiah{Load(): 10_000_000, bookWith(t, s): 42_000_000} {
		if x, err := book.Death(p, jaring.NewDay(2026, 11, 21)); err != nil || x.Amount != want {
			t.Errorf("%d, want %d, %v", x.Amount, want, err)
		}
	}
}

func TestSetting_ClaimEdge(t *testing.T) {
	s := DefaultSettings()
	s.ClaimEdge = "excluded"
	for book, want := range map[*Book]jaring.Day{Load(): jaring.NewDay(2031, 5, 10), bookWith(t, s): jaring.NewDay(2031, 5, 9)} {
		if last, _, err := book.ClaimUntil(jaring.NewDay(2026, 5, 10)); err != nil || last != want {
			t.Errorf("%s, want %s, %v", last, want, err)
		}
	}
}

// TestDocs_EverySettingIsExplained: no open point without its line, its default and its words.
func TestDocs_EverySettingIsExplained(t *testing.T) {
	text, err := os.ReadFile(docPoints)
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if cells := strings.Split(line, "|"); len(cells) > 3 {
			lines[strings.Trim(cells[1], " `")] = line
		}
	}
	for _, x := range DefaultSettings().All() {
		for _, word := range x.Words {
			if !strings.Contains(lines[x.Name], "`"+word+"`") {
				t.Errorf("%s: its line does not say %s", x.Name, word)
			}
		}
	}
	for _, name := range []string{"cover.arrears_months", "cover.wait_unbroken"} {
		if lines[name] == "" {
			t.Errorf("%s is not explained", name)
		}
	}
}
