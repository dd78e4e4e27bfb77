package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jaring/internal/document/documenttest"
	"jaring/internal/jaringtest"
)

// An open point decided otherwise is another price, and another version.
func TestRuleSettings_DecideAPrice(t *testing.T) {
	points := tempFile(t, "points.json", `{"bpu.band_gap": "none", "funding.apbdes": "like_apbd"}`)
	village := func(settings string) string {
		c := newQuoteCmd()
		c.Funding, c.RuleSettings = "apbdes", settings
		var out, talk bytes.Buffer
		if err := c.print(&out, &talk); err != nil {
			t.Fatal(err, talk.String())
		}
		return out.String()
	}
	if own, like := village(""), village(points); !strings.Contains(own, "Rp25.200") || !strings.Contains(like, "Rp50.400") {
		t.Errorf("%s\n%s", own, like)
	}
}

func TestRuleSettings_ANameThatIsNoneStopsEveryCommand(t *testing.T) {
	law := lawFiles{RuleSettings: tempFile(t, "points.json", `{"bpu.bandgap": "none"}`)}
	quote, benefit := newQuoteCmd(), &BenefitCmd{Segment: "BPU", Programs: "JKK,JKM", On: "2026-10-01", Lang: "en"}
	quote.lawFiles, quote.Lang, benefit.lawFiles = law, "en", law
	for name, c := range map[string]printer{"quote": quote, "benefit": benefit, "rules list": &RulesListCmd{lawFiles: law, Lang: "en"},
		"rules check": &RulesCheckCmd{File: golden, lawFiles: law, Lang: "en"},
		"rules diff":  &RulesDiffCmd{A: "shipped", B: "shipped", SettingsB: law.RuleSettings, Month: "2026-10", Lang: "en"}} {
		var out, talk bytes.Buffer
		err := c.print(&out, &talk)
		if exitCode(err) != 2 || strings.Count(talk.String(), "\n") != 1 || !strings.HasPrefix(talk.String(), "There is no setting bpu.bandgap. Choices: bpu.band_gap,") {
			t.Errorf("%s: %v %s", name, err, &talk)
		}
	}
	var talk bytes.Buffer
	if code := Run(t.Context(), []string{"serve", "--db", jaringtest.SQLiteURL(t), "--keys", keyFile(t), "--rule-settings", law.RuleSettings}, &talk, &talk); code != 2 ||
		!strings.Contains(talk.String(), "bpu.bandgap") {
		t.Errorf("serve: %d %s", code, &talk)
	}
}

func TestRulesDiff_TwoSettings(t *testing.T) {
	points := tempFile(t, "points.json", `{"relief.employer_owner": "included"}`)
	var out, talk bytes.Buffer
	c := &RulesDiffCmd{A: "shipped", B: "shipped", SettingsB: points, Month: "2026-10", Lang: "id"}
	if err := c.print(&out, &talk); exitCode(err) != 1 || !strings.Contains(out.String(), "relief.employer_owner") {
		t.Errorf("%v %s%s", err, &out, &talk)
	}
}

func TestRulesList_Settings(t *testing.T) {
	var out, talk bytes.Buffer
	if err := (&RulesListCmd{Settings: true, Lang: "id"}).print(&out, &talk); err != nil || !strings.Contains(out.String(), "(lower_edge, none)") {
		t.Errorf("%v %s", err, &out)
	}
}

func TestPDF_ExplainsAPriceAndAnEstimate(t *testing.T) {
	dir := t.TempDir()
	quote, benefit := newQuoteCmd(), &BenefitCmd{Segment: "BPU", Programs: "JKK,JKM,JHT", On: "2026-10-01", Lang: "en", PDF: filepath.Join(dir, "b.pdf")}
	quote.PDF = filepath.Join(dir, "q.pdf")
	for file, want := range map[printer][2]string{quote: {quote.PDF, "Mengapa Rp25.200?"}, benefit: {benefit.PDF, "What would my family get?"}} {
		var out, talk bytes.Buffer
		if err := file.print(&out, &talk); err != nil {
			t.Fatal(err, talk.String())
		}
		text, err := os.ReadFile(want[0])
		if err != nil {
			t.Fatal(err)
		}
		said := strings.Join(documenttest.Text(t, text), "\n")
		for _, part := range []string{want[1], "PP 44/2015"} {
			if !strings.Contains(said, part) {
				t.Errorf("no %q in %s", part, said)
			}
		}
		if strings.Contains(out.String(), "Langkah") || strings.Contains(out.String(), "masuk lapis") {
			t.Errorf("steps that nobody asked for: %s", &out)
		}
	}
	quote.PDF = filepath.Join(dir, "none", "q.pdf")
	var out, talk bytes.Buffer
	if err := quote.print(&out, &talk); exitCode(err) != 2 || talk.Len() == 0 {
		t.Errorf("a folder that is not there: %v", err)
	}
}
