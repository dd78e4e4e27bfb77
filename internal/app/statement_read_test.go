package app

import (
	"testing"
	"unicode/utf8"

	"jaring/internal/jaring"
)

// Banks write amounts as they like; cents and riddles are refused.
func TestStatementAmount(t *testing.T) {
	for text, want := range map[string]jaring.Rupiah{"16800": 16_800, "16.800": 16_800, "16,800": 16_800, "Rp16.800": 16_800, "Rp 16.800,00": 16_800, "IDR 16,800.00": 16_800,
		"16800.00": 16_800, "16800,00": 16_800, "1.234.567": 1_234_567, "1,234,567.00": 1_234_567, "+16.800": 16_800, "-16.800": -16_800, "(16.800,00)": -16_800,
		"16.800 CR": 16_800, "16,800.00 DB": -16_800, "16.800 K": 16_800, "16.800 D": -16_800, "-16.800 DB": -16_800, "0": 0} {
		if got, ok := statementAmount(text); !ok || got != want {
			t.Errorf("%q: %s %t, want %s", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "16.800,50", "16800.50", "1.23", "1,2,3", "seribu", "16.80", "9999999999999", "--5", "Rp", "16.800.", "1e3"} {
		if got, ok := statementAmount(text); ok {
			t.Errorf("%q is taken for %s", text, got)
		}
	}
}

// Whatever somebody uploads: lines that a database keeps, or a reason.
func FuzzReadStatement(f *testing.F) {
	for _, seed := range []string{"date,amount\n2026-11-21,16.800\n", "Tanggal;Keterangan;Debet;Kredit\n21/11/26;a;;16.800,00\n;;;\nSaldo;;;1\n", "\ufeffTgl\tJumlah\n\"21-11-2026\n", "date,amount\n\x00,\xff\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lines, err := readStatement(text)
		if (err == nil) != (len(lines) > 0) {
			t.Fatalf("%d lines and %v", len(lines), err)
		}
		for _, l := range lines {
			if l.Day.Year() < 2000 || l.Place < 2 || len(l.Reference) > maxReference || len(l.Said) > maxSaid || !utf8.ValidString(l.Reference+l.Said) || max(l.Amount, -l.Amount) > 2*maxLineAmount {
				t.Fatalf("%+v", l)
			}
		}
	})
}
