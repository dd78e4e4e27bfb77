package scheme

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

const (
	docTable  = "../../docs/rules/table.md"
	docPoints = "../../docs/rules/open-points.md"
)

// TestDocs_TableIsWrittenFromTheRules keeps docs/rules/table.md equal to the
// rules; run with -update after a change.
func TestDocs_TableIsWrittenFromTheRules(t *testing.T) {
	want := docTableText()
	if *update {
		if err := os.WriteFile(docTable, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(docTable)
	if err != nil || string(got) != want {
		t.Errorf("docs/rules/table.md is not what the rules say: go test ./internal/scheme -run Docs -update (%v)", err)
	}
}

func docTableText() string {
	var b strings.Builder
	b.WriteString("# Every rule, with article, source and mark\n\n" +
		"Written by a test from internal/scheme/rules; do not edit. H = two sources agree or the article was read, " +
		"M = one source or a reading, L = weak. An end left open means until further notice.\n")
	group := ""
	for _, r := range Load().Rules() {
		if g, _, _ := strings.Cut(r.Key, "."); g != group {
			group = g
			b.WriteString("\n## " + g + "\n| rule | from | to | value | article | source | mark |\n|---|---|---|---|---|---|---|\n")
		}
		note := ""
		if r.Note != "" {
			note = "<br>" + r.Note
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s%s | %s |\n", r.ID, r.From, r.To, docValue(r), r.Article, r.Source, note, r.Mark)
	}
	return b.String()
}

func docValue(r *Rule) string {
	switch {
	case r.Amount != nil:
		return r.Amount.String()
	case r.Ratio != nil:
		return r.Ratio.Percent('.')
	case r.Count != nil:
		return fmt.Sprint(*r.Count)
	case r.Words != nil:
		return strings.Join(r.Words, " + ")
	case r.Bands != nil:
		return fmt.Sprintf("%d rows, bases %s to %s", len(r.Bands), r.Bands[0].Base, r.Bands[len(r.Bands)-1].Base)
	case r.Rates != nil:
		var parts []string
		for _, name := range sortedKeys(r.Rates) {
			parts = append(parts, name+" "+r.Rates[name].Percent('.'))
		}
		return strings.Join(parts, ", ")
	case r.Levels != nil:
		var parts []string
		for _, l := range r.Levels {
			parts = append(parts, fmt.Sprintf("%s %s × %d", l.Name, l.Amount, l.Years))
		}
		return strings.Join(parts, ", ")
	case r.Due != nil:
		return fmt.Sprintf("day %d, %d months later", r.Due.Day, r.Due.Offset)
	case r.Relief != nil:
		return fmt.Sprintf("%s pay %s", r.Relief.Programs, r.Relief.Factor.Percent('.'))
	}
	return fmt.Sprintf("%d days", len(r.Days))
}
