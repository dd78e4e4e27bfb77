package document_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/document"
	"jaring/internal/document/documenttest"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
)

var update = flag.Bool("update", false, "write the words of today into testdata")

// golden compares the words of a document with those in testdata. The version of the rules is
// left out: it changes with every rule.
func golden(t *testing.T, name string, d *document.Doc) {
	t.Helper()
	got := strings.ReplaceAll(strings.Join(documenttest.Text(t, bytesOf(t, d)), "\n")+"\n", scheme.Load().Version, "VERSION")
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s: %s", name, diff)
	}
}

func priced(t *testing.T, q scheme.Question) *scheme.Quote {
	t.Helper()
	q.Explain = true
	quote, err := scheme.Load().Price(q)
	if err != nil {
		t.Fatal(err)
	}
	return &quote
}

var (
	trader = scheme.Question{Segment: jaring.BPU, Programs: jaring.Programs{jaring.JKK, jaring.JKM, jaring.JHT}, FirstMonth: jaring.NewMonth(2026, 11), Months: 6,
		Income: 3_000_000, Sector: jaring.SectorTransport, Funding: jaring.FundingSelf, Credit: 5_000}
	weaver = scheme.Question{Segment: jaring.PU, Programs: jaring.Programs{jaring.JKK, jaring.JKM, jaring.JHT, jaring.JP, jaring.JKP},
		FirstMonth: jaring.NewMonth(2026, 1), Months: 3, Wage: 15_000_000, RiskClass: "II", Size: scheme.Medium, Industry: scheme.IndustryTextile, Workers: 80}
)

func TestQuote_SaysEveryStepWithItsArticle(t *testing.T) {
	for _, lang := range i18n.Langs {
		who := document.Pair{Name: "Nama", Value: "Siti Aminah"}
		golden(t, "quote."+string(lang), document.Quote(scheme.Load(), priced(t, trader), lang, made, who))
		golden(t, "wage."+string(lang), document.Quote(scheme.Load(), priced(t, weaver), lang, made))
	}
}

func TestEstimate_SaysEveryStepWithItsArticle(t *testing.T) {
	p := scheme.Person{Segment: jaring.BPU, Income: 1_000_000, Covered: 2, Paid: 2}
	e, err := scheme.Load().Estimate(p, jaring.Programs{jaring.JKK, jaring.JKM, jaring.JHT}, 2, jaring.NewDay(2026, 11, 21))
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range i18n.Langs {
		golden(t, "estimate."+string(lang), document.Estimate(scheme.Load(), &e, lang, made))
	}
}

// A bill whose rules are gone keeps its amounts and says why its steps are missing.
func TestQuote_RememberedWithoutItsRules(t *testing.T) {
	q := priced(t, trader)
	q.Steps, q.Version = nil, "id-old"
	for i := range q.Lines {
		q.Lines[i].Rule, q.Lines[i].Relief = nil, nil
	}
	text := strings.Join(documenttest.Text(t, bytesOf(t, document.Quote(scheme.Load(), q, i18n.EN, made))), " ")
	for _, want := range []string{"made by the rules id-old", "Rp29.500", q.Payable.String()} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
}
