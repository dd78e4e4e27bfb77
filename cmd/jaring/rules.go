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
	File  string   `arg:"" help:"CSV with the columns id, kind, inputs, expected."`
	Rules []string `type:"existingfile" placeholder:"FILE" help:"More rule files."`
	Lang  string   `enum:"id,en" default:"id" help:"Language of what could not be worked: id or en."`
}

// Help is shown below the flags.
func (c *RulesCheckCmd) Help() string {
	return "Example: jaring rules check golden.csv\nPrints each case that differs with got and expected, then `N cases, M differ`. Exit 1 when M > 0."
}

// Run prints on stdout. Exit code 1 when a case differs, 2 for an unreadable file.
func (c *RulesCheckCmd) Run() error { return c.print(os.Stdout, os.Stderr) }

func (c *RulesCheckCmd) print(out, talk io.Writer) error {
	lang := i18n.Lang(c.Lang)
	book, err := loadBook(c.Rules)
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
	On    string   `placeholder:"DATE" help:"Day, as 2026-10-01; today when left out."`
	Rules []string `type:"existingfile" placeholder:"FILE" help:"More rule files."`
	Lang  string   `enum:"id,en" default:"id" help:"Language: id or en."`
	JSON  bool     `name:"json" help:"Stable JSON instead of text."`
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
	book, err := loadBook(c.Rules)
	if err != nil {
		return complain(talk, lang, err)
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

// RulesDiffCmd compares two versions of the rules.
type RulesDiffCmd struct {
	A     string `arg:"" help:"\"shipped\", or a rule file on top of the shipped rules."`
	B     string `arg:"" help:"The same, for the version to compare with."`
	Month string `required:"" placeholder:"YYYY-MM" help:"Contribution month."`
	Lang  string `enum:"id,en" default:"id" help:"Language: id or en."`
	JSON  bool   `name:"json" help:"Stable JSON instead of text."`
}

// Help is shown below the flags.
func (c *RulesDiffCmd) Help() string {
	return "Example: jaring rules diff shipped coming.json --month 2027-03\nExit 0 when nothing differs, 1 when something does."
}

// Run prints on stdout. Exit code 1 when the versions differ in the month.
func (c *RulesDiffCmd) Run() error { return c.print(os.Stdout, os.Stderr) }

func (c *RulesDiffCmd) print(out, talk io.Writer) error {
	lang := i18n.Lang(c.Lang)
	a, b, m, err := c.books()
	if err != nil {
		return complain(talk, lang, err)
	}
	next, err := a.Rows(m)
	if err != nil {
		return complain(talk, lang, err)
	}
	changes, effects := scheme.Changes(a, b, m.First()), scheme.Compare(a, b, next)
	if c.JSON {
		err = diffJSON(out, a, b, m, changes, effects)
	} else {
		err = diffText(out, lang, a, b, changes, effects)
	}
	if err == nil && len(changes) > 0 {
		return errAnswerNo
	}
	return err
}

func (c *RulesDiffCmd) books() (a, b *scheme.Book, m jaring.Month, err error) {
	if m, err = jaring.ParseMonth(c.Month); err != nil {
		return nil, nil, 0, err
	}
	if a, err = namedBook(c.A); err != nil {
		return nil, nil, 0, err
	}
	b, err = namedBook(c.B)
	return a, b, m, err
}

func namedBook(name string) (*scheme.Book, error) {
	if name == "shipped" {
		return scheme.Load(), nil
	}
	return loadBook([]string{name})
}

func diffText(out io.Writer, lang i18n.Lang, a, b *scheme.Book, changes []scheme.Change, effects []scheme.Effect) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s → %s\n\n", a.Version, b.Version)
	for _, c := range changes {
		fmt.Fprintf(w, "%s\t%s\t→\t%s\n", c.Key, diffSide(c.Before, lang), diffSide(c.After, lang))
	}
	fmt.Fprintln(w)
	for _, e := range effects {
		fmt.Fprintf(w, "%s\t%d\t%s\t→\t%s\t+%d\t−%d\n", e.Group, e.People, i18n.Rupiah(lang, e.Before), i18n.Rupiah(lang, e.After), e.More, e.Less)
	}
	return w.Flush()
}

func diffSide(r *scheme.Rule, lang i18n.Lang) string {
	if r == nil {
		return "–"
	}
	return ruleValue(r, lang) + " [" + r.ID + ", " + r.Article + "]"
}

func diffJSON(out io.Writer, a, b *scheme.Book, m jaring.Month, changes []scheme.Change, effects []scheme.Effect) error {
	type change struct {
		Key    string       `json:"key"`
		Before *scheme.Rule `json:"before"`
		After  *scheme.Rule `json:"after"`
	}
	type effect struct {
		Group  string        `json:"group"`
		People int           `json:"people"`
		More   int           `json:"more"`
		Less   int           `json:"less"`
		Before jaring.Rupiah `json:"before"`
		After  jaring.Rupiah `json:"after"`
	}
	report := struct {
		A       string       `json:"a"`
		B       string       `json:"b"`
		Month   jaring.Month `json:"month"`
		Changes []change     `json:"changes"`
		Effects []effect     `json:"effects"`
	}{A: a.Version, B: b.Version, Month: m, Changes: []change{}, Effects: []effect{}}
	for _, c := range changes {
		report.Changes = append(report.Changes, change(c))
	}
	for _, e := range effects {
		report.Effects = append(report.Effects, effect{e.Group, e.People, e.More, e.Less, e.Before, e.After})
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(report)
}
