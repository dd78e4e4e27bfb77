package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func newQuoteCmd() *QuoteCmd {
	return &QuoteCmd{
		Segment: "BPU", Month: "2026-10", Months: 3, Programs: "JKK,JKM", Income: 1_000_000,
		Sector: "transport", Funding: "self", Kind: "self_employed", Lang: "id",
	}
}

func TestQuote_JSONHasEachMonthAndProgrammeWithItsRule(t *testing.T) {
	c := newQuoteCmd()
	c.JSON, c.Explain = true, true
	var out, talk bytes.Buffer
	if err := c.print(&out, &talk); err != nil || talk.Len() > 0 {
		t.Fatal(err, talk.String())
	}
	var got struct {
		Version string
		Total   int
		Lines   []struct {
			Month, Program, Due, Rule, Article, Source, Mark string
			Amount                                           int
			Relief                                           *struct{ Rule, Article, Factor string }
		}
		Explanation []struct{ Key, Text, Article string }
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Total != 25_200 || len(got.Lines) != 6 || !strings.HasPrefix(got.Version, "id-") {
		t.Fatalf("got %+v", got)
	}
	for _, l := range got.Lines {
		if l.Month == "" || l.Due == "" || l.Rule == "" || l.Article == "" || l.Source == "" || l.Mark == "" || l.Relief == nil || l.Relief.Factor != "1/2" {
			t.Errorf("line lacks something: %+v", l)
		}
	}
	for _, s := range got.Explanation {
		if s.Text == s.Key || strings.Contains(s.Text, "{") {
			t.Errorf("step without words: %+v", s)
		}
	}
}

func TestQuote_TextSaysWhyInBothLanguages(t *testing.T) {
	for lang, want := range map[string]string{"id": "Mengapa segini?", "en": "Why this amount?"} {
		c := newQuoteCmd()
		c.Explain, c.Lang = true, lang
		var out, talk bytes.Buffer
		if err := c.print(&out, &talk); err != nil {
			t.Fatal(err)
		}
		for _, part := range []string{want, "PP 50/2025", "PP 44/2015 Lampiran II"} {
			if !strings.Contains(out.String(), part) {
				t.Errorf("%s: no %q in\n%s", lang, part, &out)
			}
		}
	}
}

func TestQuote_WrongUseSaysAllAtOnceAndExitsWithTwo(t *testing.T) {
	c := newQuoteCmd()
	c.Income, c.Sector, c.Programs = 0, "sea", "JP"
	var out, talk bytes.Buffer
	err := c.print(&out, &talk)
	var exit exitError
	if !errors.As(err, &exit) || exit.ExitCode() != 2 || out.Len() > 0 || strings.Count(talk.String(), "\n") != 3 {
		t.Errorf("err %v, talk %q, out %q", err, talk.String(), out.String())
	}
}
