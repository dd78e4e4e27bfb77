package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jaring/internal/i18n"
	"jaring/internal/scheme"
)

const golden = "../../internal/scheme/testdata/golden.csv"

func tempFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func exitCode(err error) int {
	var exit exitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	return -1
}

func TestRulesCheck_GoldenCases(t *testing.T) {
	var out, talk bytes.Buffer
	err := (&RulesCheckCmd{File: golden, Lang: "id"}).print(&out, &talk)
	if exitCode(err) != 0 || out.String() != "111 cases, 0 differ\n" {
		t.Errorf("exit %v, %s%s", err, &out, &talk)
	}
}

func TestRulesCheck_PrintsWhatDiffersAndExitsWithOne(t *testing.T) {
	file := tempFile(t, "cases.csv", "id,kind,inputs,expected,source\n"+
		"A,contribution,segment=BPU;month=2025-06;income=1000000;programs=JKK;output=jkk,10000,x\n"+
		"B,contribution,segment=BPU;month=2025-06;income=1000000;programs=JKK;output=jkk,12000,x\n"+
		"C,contribution,segment=BPU;month=2025-06;colour=red;output=jkk,10000,x\n")
	var out, talk bytes.Buffer
	err := (&RulesCheckCmd{File: file, Lang: "en"}).print(&out, &talk)
	want := "B (line 3): got 10000, expected 12000\nC (line 4): got error: Key colour is not known for this kind of case., expected 10000\n3 cases, 2 differ\n"
	if exitCode(err) != 1 || out.String() != want {
		t.Errorf("exit %v\n%s", err, &out)
	}
}

func TestRulesCheck_UnreadableExitsWithTwo(t *testing.T) {
	for _, file := range []string{"no such file", tempFile(t, "x.csv", ""), tempFile(t, "y.csv", "a,b\n")} {
		var out, talk bytes.Buffer
		if err := (&RulesCheckCmd{File: file, Lang: "id"}).print(&out, &talk); exitCode(err) != 2 || talk.Len() == 0 || out.Len() > 0 {
			t.Errorf("%s: exit %v, talk %q", file, err, &talk)
		}
	}
}

func TestRulesList_EveryRuleOfTheDay(t *testing.T) {
	var out, talk bytes.Buffer
	if err := (&RulesListCmd{On: "2026-10-01", Lang: "id", JSON: true}).print(&out, &talk); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Rules []struct{ ID, Article, Source string }
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil || len(got.Rules) != len(scheme.Load().FindRules(20261001)) {
		t.Errorf("%d rules, %v", len(got.Rules), err)
	}
	out.Reset()
	if err := (&RulesListCmd{On: "2026-10-01", Lang: "en"}).print(&out, &talk); err != nil || !strings.Contains(out.String(), "Rp6,800") {
		t.Errorf("%v\n%s", err, &out)
	}
	if err := (&RulesListCmd{On: "2026-13-01", Lang: "id"}).print(&out, &talk); exitCode(err) != 2 {
		t.Errorf("an impossible day: %v", err)
	}
}

const comingRegulation = `{"name":"an invented regulation","as_of":"2026-11-21","rules":[
 {"id":"bpu.jkm.2027","key":"bpu.jkm","from":"2027-03","replaces":["bpu.jkm.2015"],"article":"invented","source":"a test","mark":"L","amount":8000}]}`

func TestRulesDiff_ShowsAComingRegulation(t *testing.T) {
	file := tempFile(t, "coming.json", comingRegulation)
	var out, talk bytes.Buffer
	err := (&RulesDiffCmd{A: "shipped", B: file, Month: "2027-03", Lang: "id"}).print(&out, &talk)
	if exitCode(err) != 1 || !strings.Contains(out.String(), "Rp8.000 [bpu.jkm.2027") {
		t.Errorf("%v\n%s%s", err, &out, &talk)
	}
	if err = (&RulesDiffCmd{A: "shipped", B: file, Month: "2027-02", Lang: "id", JSON: true}).print(&out, &talk); exitCode(err) != 0 {
		t.Errorf("before it begins: %v", err)
	}
}

func TestBenefit_AFamilyOfFour(t *testing.T) {
	c := &BenefitCmd{Segment: "BPU", Programs: "JKK,JKM,JHT", Income: 1_000_000, MonthsCovered: 3, MonthsContributed: 36, Children: 2, Balance: 5_000_000, On: "2026-10-01", Lang: "id", JSON: true, Explain: true}
	var out, talk bytes.Buffer
	if err := c.print(&out, &talk); err != nil {
		t.Fatal(err, talk.String())
	}
	var got struct {
		Items []struct {
			Key    string
			Amount *int
		}
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]int{
		"estimate.work_death": 70_000_000, "estimate.total_disability": 68_000_000, "estimate.death": 42_000_000,
		"estimate.school.jkk": 174_000_000, "estimate.school.jkm": 174_000_000, "estimate.temporary_disability": 1_000_000,
		"estimate.transport": 17_000_000, "estimate.homecare": 20_000_000, "estimate.jht": 5_000_000,
	}
	for _, item := range got.Items {
		if item.Key == "estimate.care" {
			if item.Amount != nil {
				t.Error("care has no limit")
			}
			continue
		}
		if item.Amount == nil || *item.Amount != want[item.Key] {
			t.Errorf("%s: %v, want %d", item.Key, item.Amount, want[item.Key])
		}
		delete(want, item.Key)
	}
	if len(want) > 0 {
		t.Errorf("missing %v", want)
	}
	c.JSON, c.Lang = false, "en"
	if err := c.print(&out, &talk); err != nil || strings.Contains(out.String(), "{") && !strings.Contains(out.String(), "}") {
		t.Error(err)
	}
}

// TestSteps_EveryKeyHasWords works all golden cases' sources through the rooms
// that explain, and says every step in both languages.
func TestSteps_EveryKeyHasWords(t *testing.T) {
	for _, key := range scheme.StepKeys {
		for _, lang := range i18n.Langs {
			s := scheme.Step{Key: key}
			if text := saySteps(&s, lang); text == key || strings.Contains(text, "{") {
				t.Errorf("%s: %s has no words or a value too few: %q", lang, key, text)
			}
		}
	}
}
