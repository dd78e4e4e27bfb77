package httpapi

import (
	"encoding/json"
	"flag"
	"log/slog"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"jaring/internal/acts"
	"jaring/internal/app"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
)

func askRules(t *testing.T, query, lang string) (rulesAnswer, *httptest.ResponseRecorder) {
	t.Helper()
	h := New(Config{App: acts.New(app.Config{Book: scheme.Load(), Now: time.Now}), Version: "test", Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC) }})
	r := httptest.NewRequest("GET", "/api/v1/rules"+query, nil)
	r.Header.Set("Accept-Language", lang)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	var a rulesAnswer
	if w.Code == 200 {
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
	}
	return a, w
}

func ruleOf(t *testing.T, a rulesAnswer, id string) ruleItem {
	t.Helper()
	for _, it := range a.Items {
		if it.ID == id {
			return it
		}
	}
	t.Fatalf("no rule %s", id)
	return ruleItem{}
}

// TestRules_EveryRuleIsSaidInBothLanguages: no key, and no word of a rule, is left bare.
func TestRules_EveryRuleIsSaidInBothLanguages(t *testing.T) {
	for _, lang := range i18n.Langs {
		say := ruleWords{lang}
		for _, r := range scheme.Load().Rules() {
			it := say.item(r)
			if !i18n.Known("rule."+r.Key) || it.Value == "" || strings.Contains(it.Value+it.Title, "rule.") {
				t.Errorf("%s %s: title %q, value %q", lang, r.ID, it.Title, it.Value)
			}
			if r.Count != nil && ruleUnits[r.Key] == "" {
				t.Errorf("%s counts something that has no name", r.Key)
			}
			if it.Table == nil {
				continue
			}
			for _, row := range append(it.Table.Rows, it.Table.Heads) {
				if len(row) != len(it.Table.Numbers) || strings.Contains(strings.Join(row, " "), "rule.") {
					t.Errorf("%s %s: row %q", lang, r.ID, row)
				}
			}
		}
	}
}

// TestRules_NotesOfShippedRulesAreTheirOwnInEnglish: a translation must not drift from its rule.
func TestRules_NotesOfShippedRulesAreTheirOwnInEnglish(t *testing.T) {
	for _, r := range scheme.Load().Rules() {
		if r.Note != "" && i18n.Text(i18n.EN, "rule.note."+r.ID, nil) != r.Note {
			t.Errorf("%s: the English note is not the rule's", r.ID)
		}
	}
}

func TestRules_OfADay(t *testing.T) {
	a, _ := askRules(t, "", "id")
	if a.On != jaring.NewDay(2026, 11, 21) || a.Version != scheme.Load().Version || len(a.Items) != len(scheme.Load().FindRules(a.On)) {
		t.Fatalf("on %v, %d rules of %s", a.On, len(a.Items), a.Version)
	}
	bands := ruleOf(t, a, "bpu.bands.2015")
	if bands.Group != "bpu" || bands.Value != "33 lapis, dasar Rp1.000.000 sampai Rp20.700.000" || len(bands.Table.Rows) != 33 || bands.Mark == "" || bands.Source == "" {
		t.Errorf("bands: %+v", bands)
	}
	if wait := ruleOf(t, a, "jkm.wait.months.2025"); wait.Value != "3 bulan" || wait.Article != "Permenaker 1/2025" || wait.From != jaring.NewDay(2025, 2, 24) {
		t.Errorf("wait: %+v", wait)
	}
	if relief := ruleOf(t, a, "relief.pp50_2025.transport"); relief.Title != "Keringanan iuran BPU, angkutan" || relief.Value != "JKK, JKM dibayar 50%" || relief.To == 0 {
		t.Errorf("relief: %+v", relief)
	}
	en, _ := askRules(t, "?on=2026-11-21", "en")
	if got := ruleOf(t, en, "pu.due.2015"); got.Value != "day 15 of the next month" || got.Group != "deadline" {
		t.Errorf("due in English: %+v", got)
	}
	old, _ := askRules(t, "?on=2014-01-01", "id")
	if len(old.Items) != 0 {
		t.Errorf("before the first rule: %d", len(old.Items))
	}
}

func TestRules_ChangedSince(t *testing.T) {
	a, _ := askRules(t, "?on=2025-02-24&since=2025-02-23", "en")
	got := map[string]ruleChange{}
	for _, c := range a.Changes {
		got[c.Key] = c
	}
	wait := got["jkm.wait.months"]
	if wait.Before == nil || wait.After == nil || wait.Before.Value != "0 months" || wait.After.Value != "3 months" {
		t.Errorf("wait: %+v", wait)
	}
	if amount := got["jkm.wait.amount"]; amount.Before != nil || amount.After == nil || amount.After.Value != "Rp10,000,000" {
		t.Errorf("amount: %+v", amount)
	}
	same, _ := askRules(t, "?on=2025-02-24&since=2025-02-24", "en")
	if len(same.Changes) != 0 {
		t.Errorf("the same day: %+v", same.Changes)
	}
	ends, _ := askRules(t, "?on=2027-01-01&since=2026-12-31", "en")
	for _, c := range ends.Changes {
		if c.Key == "relief" && (c.Before == nil || c.After != nil) {
			t.Errorf("a relief that ends becomes no other: %+v", c)
		}
	}
}

func TestRules_RefuseWhatIsNoDay(t *testing.T) {
	for _, query := range []string{"?on=2026-02-30", "?on=besok", "?since=0"} {
		if _, w := askRules(t, query, "id"); w.Code != 422 || !strings.Contains(w.Body.String(), "date.malformed") || strings.Contains(w.Body.String(), "besok") {
			t.Errorf("%s: %d %s", query, w.Code, w.Body)
		}
	}
}

// TestRules_TheScreensTestThePriceTablesOfToday keeps the tables with which the screens
// test their own price equal to those that phones get; run with -update after a change.
func TestRules_TheScreensTestThePriceTablesOfToday(t *testing.T) {
	const file = "../../web/src/lib/price/testdata/pack.json"
	want := string(scheme.Load().Pack()) + "\n"
	if updating() {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil || string(got) != want {
		t.Errorf("%s is not what phones get: go test ./internal/httpapi -run PriceTables -update (%v)", file, err)
	}
}

func updating() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}
