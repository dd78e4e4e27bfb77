package document_test

import (
	"slices"
	"testing"

	"jaring/internal/document"
	"jaring/internal/document/documenttest"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// A board is one sheet of either size, says how far the place has come, and no number that can go stale.
func TestVillageBoard(t *testing.T) {
	b := document.Board{Kind: "village", Name: "Sungai Baung", District: "Muara Bulian", Regency: "Kabupaten Batanghari", Criteria: jaring.DefaultAwareCriteria(),
		Address: "https://jaring.example/desa/AAAAAAAAAAAAAAAAAAAAAA"}
	for i, s := range jaring.AwareSteps {
		b.Steps = append(b.Steps, document.BoardStep{Step: s, Day: jaring.NewDay(2026, 3, 1+i), Reference: "SK Bupati 12/2026"})
	}
	for lang, want := range map[i18n.Lang][]string{
		i18n.ID: {"Desa sadar jaminan sosial ketenagakerjaan", "Sungai Baung", "Muara Bulian · Kabupaten Batanghari", "Pindai untuk angka hari ini", "Bertahan", "6 Maret 2026"},
		i18n.EN: {"A village aware of employment social security", "Scan for today's numbers", "Kept"},
	} {
		for _, paper := range []document.Paper{document.A4, document.A3} {
			file := bytesOf(t, document.VillageBoard(b, paper, lang, made))
			lines := documenttest.Text(t, file)
			for _, w := range want {
				if !slices.Contains(lines, w) {
					t.Errorf("%s: %q is missing in %q", lang, w, lines)
				}
			}
			if n := len(pageObject.FindAll(file, -1)); n != 1 {
				t.Errorf("%s: %d pages", lang, n)
			}
		}
	}
}
