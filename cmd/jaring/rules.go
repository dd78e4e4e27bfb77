package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"jaring/internal/area"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
)

// RulesCmd is about the law itself: worked cases, what held when, what a coming
// regulation changes.
type RulesCmd struct {
	Check RulesCheckCmd `cmd:"" help:"Run worked cases against the rules."`
	List  RulesListCmd  `cmd:"" help:"The rules in force on a day."`
	Diff  RulesDiffCmd  `cmd:"" help:"Two versions of the rules compared."`
}

// RulesCheckCmd works the cases of a file.
type RulesCheckCmd struct {
	File string `arg:"" help:"CSV with the columns id, kind, inputs, expected."`
	lawFiles
	Lang string `enum:"id,en" default:"id" help:"Language of what could not be worked: id or en."`
}

// Help is shown below the flags.
func (c *RulesCheckCmd) Help() string {
	return "Example: jaring rules check golden.csv\nPrints each case that differs with got and expected, then `N cases, M differ`. Exit 1 when M > 0."
}

// Run prints on stdout. Exit code 1 when a case differs, 2 for an unreadable file.
func (c *RulesCheckCmd) Run() error { return c.print(os.Stdout, os.Stderr) }

func (c *RulesCheckCmd) print(out, talk io.Writer) error {
	lang := i18n.Lang(c.Lang)
	book, err := c.book()
	if err != nil {
		return complain(talk, lang, err)
	}
	file, err := os.Open(c.File)
	if err != nil {
		fmt.Fprintln(talk, err)
		return errWrongUse
	}
	defer file.Close()
	report, err := book.RunCases(file, areaKnown)
	if err != nil {
		return complain(talk, lang, err)
	}
	for _, f := range report.Findings {
		got := f.Got
		if f.Err != nil {
			got = "error: " + strings.Join(sentences(lang, f.Err), " ")
		}
		fmt.Fprintf(out, "%s (line %d): got %s, expected %s\n", f.ID, f.Line, got, f.Expected)
	}
	fmt.Fprintf(out, "%d cases, %d differ\n", report.Cases, report.Differ())
	if report.Differ() > 0 {
		return errAnswerNo
	}
	return nil
}

// areaKnown reports whether the first six digits of a NIK name a known place.
func areaKnown(digits string) bool {
	_, known := area.Load().Issuance(digits)
	return known != area.Unknown
}

// sentences are the findings of err in lang.
func sentences(lang i18n.Lang, err error) []string {
	var out []string
	for _, e := range findings(err) {
		text := i18n.Error(lang, e)
		if e.Field != "" {
			text = e.Field + ": " + text
		}
		out = append(out, text)
	}
	return out
}

// RulesListCmd lists the rules in force.
type RulesListCmd struct {
	On       string `placeholder:"DATE" help:"Day, as 2026-10-01; today when left out."`
	Settings bool   `help:"How the open points are decided, instead of the rules."`
	lawFiles
	Lang string `enum:"id,en" default:"id" help:"Language: id or en."`
	JSON bool   `name:"json" help:"Stable JSON instead of text."`
}

// Help is shown below the flags.
func (c *RulesListCmd) Help() string { return "Example: jaring rules list --on 2026-10-01" }

// Run prints on stdout.
func (c *RulesListCmd) Run() error { return c.print(os.Stdout, os.Stderr) }

func (c *RulesListCmd) print(out, talk io.Writer) error {
	lang := i18n.Lang(c.Lang)
	on, err := dayOrToday(c.On)
	if err != nil {
		return complain(talk, lang, err)
	}
	book, err := c.book()
	if err != nil {
		return complain(talk, lang, err)
	}
	if c.Settings {
		return c.points(out, book)
	}
	rules := book.FindRules(on)
	if c.JSON {
		e := json.NewEncoder(out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(struct {
			Version string         `json:"version"`
			On      jaring.Day     `json:"on"`
			Rules   []*scheme.Rule `json:"rules"`
		}{book.Version, on, rules})
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, r := range rules {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", r.Key, r.ID, ruleSpan(r), ruleValue(r, lang), r.Mark, r.Article)
	}
	fmt.Fprintf(w, "\n%s\n", i18n.Text(lang, "quote.rules", jaring.Args{"version": book.Version}))
	return w.Flush()
}

// points prints how the open points are decided.
func (c *RulesListCmd) points(out io.Writer, book *scheme.Book) error {
	if c.JSON {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		return e.Encode(book.Settings)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, s := range book.Settings.All() {
		fmt.Fprintf(w, "%s\t%s\t(%s)\n", s.Name, s.Value, strings.Join(s.Words, ", "))
	}
	fmt.Fprintf(w, "\n%s\n", i18n.Text(i18n.Lang(c.Lang), "quote.rules", jaring.Args{"version": book.Version}))
	return w.Flush()
}

func dayOrToday(text string) (jaring.Day, error) {
	if text == "" {
		return jaring.DayIn(time.Now(), time.Local), nil
	}
	return jaring.ParseDay(text)
}

func ruleSpan(r *scheme.Rule) string {
	if r.To == 0 {
		return r.From.String() + " –"
	}
	return r.From.String() + " – " + r.To.String()
}

// ruleValue is the value of r in one short word or more.
func ruleValue(r *scheme.Rule, lang i18n.Lang) string {
	point := byte(',')
	if lang == i18n.EN {
		point = '.'
	}
	switch {
	case r.Amount != nil:
		return i18n.Rupiah(lang, *r.Amount)
	case r.Ratio != nil:
		return r.Ratio.Percent(point)
	case r.Count != nil:
		return fmt.Sprint(*r.Count)
	case r.Words != nil:
		return strings.Join(r.Words, "+")
	case r.Relief != nil:
		return r.Relief.Programs.String() + " " + r.Relief.Factor.Percent(point)
	case r.Due != nil:
		return fmt.Sprintf("%d (+%d)", r.Due.Day, r.Due.Offset)
	}
	return fmt.Sprintf("[%d]", len(r.Bands)+len(r.Rates)+len(r.Levels)+len(r.Days))
}
