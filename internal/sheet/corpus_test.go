package sheet

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/area"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/roster"
)

var update = flag.Bool("update", false, "write the expected findings anew; then read every line of what changed")

// nasty is a file as somebody may send it.
type nasty struct {
	name  string
	file  []byte
	terms roster.Agreement
	sheet string
}

// today is the day on which the corpus is judged.
var today = jaring.NewDay(2026, 11, 21)

// verdict is what is expected of a file: an error, or findings as "row field verdict code → suggestion".
type verdict struct {
	Error    string   `json:"error,omitempty"`
	Sum      string   `json:"sum,omitempty"`
	Findings []string `json:"findings,omitempty"`
}

const goldenFile = "testdata/corpus.json"

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// corpus is every nasty file; the golden file has what is expected of each.
var corpus = sync.OnceValue(func() []nasty {
	return slices.Concat(textCorpus(), columnCorpus(), cellCorpus(), villageCorpus(), termsCorpus(), bookCorpus(), brokenCorpus(), strangerCorpus())
})

// TestCorpus holds each nasty file against the findings that were read and approved.
func TestCorpus(t *testing.T) {
	all := corpus()
	if len(all) < 60 {
		t.Fatalf("only %d files", len(all))
	}
	got := map[string]verdict{}
	for _, n := range all {
		if _, twice := got[n.name]; twice {
			t.Fatalf("two files are called %s", n.name)
		}
		got[n.name] = judgeFile(t, n)
	}
	if *update {
		text, _ := json.MarshalIndent(got, "", " ")
		text = []byte(strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(text)))
		if err := os.WriteFile(goldenFile, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]verdict
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	for _, name := range sortedKeys(got) {
		if diff := cmp.Diff(want[name], got[name]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if len(want) != len(got) {
		t.Errorf("%d expected, %d files", len(want), len(got))
	}
}

// judgeFile reads and judges a file, and holds what is true of every file.
func judgeFile(t *testing.T, n nasty) (v verdict) {
	t.Helper()
	if n.terms.Area == "" {
		n.terms.Area = "15.06"
	} else if n.terms.Area == "-" {
		n.terms.Area = ""
	}
	if err := n.terms.Check(area.Load()); err != nil {
		t.Fatal(n.name, err)
	}
	l, err := OpenRoster(bytes.NewReader(n.file), int64(len(n.file)), i18n.ID, Options{Sheet: n.sheet})
	if err != nil {
		return verdict{Error: refusal(t, n.name, err)}
	}
	j := roster.NewJudge(n.terms, area.Load(), today)
	err = l.Listen(j, Listening{Tell: func(f roster.Finding) error {
		v.Findings = append(v.Findings, line(t, n.name, f))
		return nil
	}})
	if err != nil {
		return verdict{Error: refusal(t, n.name, err)}
	}
	s := j.Sum()
	v.Sum = fmt.Sprintf("%d rows: %d ok, %d warned (%d held), %d rejected (%d mendable)", s.Rows, s.OK, s.Warned, s.Held, s.Rejected, s.Mendable)
	if s.Rows != s.OK+s.Warned+s.Rejected || s.Findings != len(v.Findings) {
		t.Errorf("%s: the sum is not the sum: %+v, %d findings", n.name, s, len(v.Findings))
	}
	return v
}

// refusal is the key of an error that says in one sentence, in both languages, what to do.
func refusal(t *testing.T, name string, err error) string {
	t.Helper()
	var e *jaring.Error
	if !errors.As(err, &e) || e.Code != jaring.Invalid {
		t.Fatalf("%s: %v is no sentence for whoever sent it", name, err)
	}
	args := ""
	for _, k := range sortedKeys(e.Args) {
		args += fmt.Sprintf(" %s=%v", k, e.Args[k])
	}
	for _, lang := range i18n.Langs {
		if said := i18n.Error(lang, e); strings.ContainsAny(said, "{}") || said == e.Key {
			t.Errorf("%s: %s says %q", name, lang, said)
		}
	}
	return e.Key + args
}

// line is a finding in short; no sentence may hold a NIK.
func line(t *testing.T, name string, f roster.Finding) string {
	t.Helper()
	for _, lang := range i18n.Langs {
		said := Say(lang, f)
		if strings.ContainsAny(said.Message+said.Suggestion, "{}") || said.Message == f.Key {
			t.Errorf("%s: row %d in %s: %q %q", name, f.Row, lang, said.Message, said.Suggestion)
		}
		if longNumber(said.Message) || longNumber(said.Suggestion) {
			t.Errorf("%s: row %d tells a NIK: %q %q", name, f.Row, said.Message, said.Suggestion)
		}
	}
	said := Say(i18n.ID, f)
	out := fmt.Sprintf("%d %s %s %s", f.Row, f.Field, f.Verdict, f.Key)
	if !f.Mendable {
		out += " (final)"
	}
	if said.Suggestion != "" {
		out += " → " + said.Suggestion
	}
	return out
}

// longNumber knows twelve digits in a row.
func longNumber(text string) bool {
	run := 0
	for _, r := range text {
		if run++; r < '0' || r > '9' {
			run = 0
		}
		if run == 12 {
			return true
		}
	}
	return false
}
