package ledger_test

import (
	"testing"

	"jaring/internal/ledger"
)

// What is read is written back to the letter.
func FuzzParsePostings(f *testing.F) {
	for _, text := range []string{"fund -15200 2026-11", "clearing/bank 45600\nfund -45600", "adjustment 0", "", "fund", "fund 9223372036854775808"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		ps, err := ledger.ParsePostings(text)
		if err == nil && ledger.PostingsText(ps) != text {
			t.Errorf("%q came back as %q", text, ledger.PostingsText(ps))
		}
	})
}
