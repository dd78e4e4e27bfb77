package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"text/tabwriter"

	"jaring/internal/app"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
)

// RulesDiffCmd compares two versions of the rules.
type RulesDiffCmd struct {
	A         string `arg:"" help:"\"shipped\", or a rule file on top of the shipped rules."`
	B         string `arg:"" help:"The same, for the version to compare with."`
	SettingsA string `type:"existingfile" placeholder:"FILE" help:"How open points are decided in the first version, as JSON."`
	SettingsB string `type:"existingfile" placeholder:"FILE" help:"The same, for the second."`

	Month string `required:"" placeholder:"YYYY-MM" help:"Contribution month."`
	DB    string `name:"db" placeholder:"URL" help:"Price everybody in this book, by sector and regency; the rows of the table when left out."`
	Lang  string `enum:"id,en" default:"id" help:"Language: id or en."`
	JSON  bool   `name:"json" help:"Stable JSON instead of text."`
}

// Help is shown below the flags.
func (c *RulesDiffCmd) Help() string {
	return "Example: jaring rules diff shipped coming.json --month 2027-03 --db sqlite:data/jaring.db\nExit 0 when nothing differs, 1 when something does."
}

// Run prints on stdout. Exit code 1 when the versions differ in the month.
func (c *RulesDiffCmd) Run() error { return c.print(os.Stdout, os.Stderr) }

func (c *RulesDiffCmd) print(out, talk io.Writer) error {
	lang := i18n.Lang(c.Lang)
	a, b, m, err := c.books()
	if err != nil {
		return complain(talk, lang, err)
	}
	effects, err := c.effects(a, b, m)
	if err != nil {
		return complain(talk, lang, err)
	}
	changes := scheme.Changes(a, b, m.First())
	if c.JSON {
		err = diffJSON(out, a, b, m, changes, effects)
	} else {
		err = diffText(out, lang, a, b, changes, effects)
	}
	if err == nil && differ(a, b, changes, effects) {
		return errAnswerNo
	}
	return err
}

func (c *RulesDiffCmd) books() (a, b *scheme.Book, m jaring.Month, err error) {
	if m, err = jaring.ParseMonth(c.Month); err != nil {
		return nil, nil, 0, err
	}
	if a, err = namedBook(c.A, c.SettingsA); err != nil {
		return nil, nil, 0, err
	}
	b, err = namedBook(c.B, c.SettingsB)
	return a, b, m, err
}

// effects prices the rows of the table, or everybody in a book, by both versions.
func (c *RulesDiffCmd) effects(a, b *scheme.Book, m jaring.Month) ([]scheme.Effect, error) {
	if c.DB == "" {
		next, err := a.Rows(m)
		if err != nil {
			return nil, err
		}
		return scheme.Compare(a, b, next), nil
	}
	ctx := context.Background()
	db, err := openExisting(ctx, c.DB)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return app.WhatIf(ctx, db, a, b, m)
}

func namedBook(name, settings string) (*scheme.Book, error) {
	f := lawFiles{RuleSettings: settings}
	if name != "shipped" {
		f.Rules = []string{name}
	}
	return f.book()
}

// differ tells whether anybody or anything is not the same by both versions.
func differ(a, b *scheme.Book, changes []scheme.Change, effects []scheme.Effect) bool {
	return len(changes) > 0 || a.Settings != b.Settings || slices.ContainsFunc(effects, func(e scheme.Effect) bool { return e.More+e.Less > 0 })
}

func diffText(out io.Writer, lang i18n.Lang, a, b *scheme.Book, changes []scheme.Change, effects []scheme.Effect) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s → %s\n\n", a.Version, b.Version)
	for _, c := range changes {
		fmt.Fprintf(w, "%s\t%s\t→\t%s\n", c.Key, diffSide(c.Before, lang), diffSide(c.After, lang))
	}
	after := b.Settings.All()
	for i, s := range a.Settings.All() {
		if s.Value != after[i].Value {
			fmt.Fprintf(w, "%s\t%s\t→\t%s\n", s.Name, s.Value, after[i].Value)
		}
	}
	fmt.Fprintln(w)
	for _, e := range effects {
		fmt.Fprintf(w, "%s\t%d\t%s\t→\t%s\t+%d\t−%d", e.Group, e.People, i18n.Rupiah(lang, e.Before), i18n.Rupiah(lang, e.After), e.More, e.Less)
		if e.Unpriced > 0 {
			fmt.Fprintf(w, "\t%s", i18n.Text(lang, "diff.unpriced", jaring.Args{"n": e.Unpriced}))
		}
		fmt.Fprintln(w)
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
		None   int           `json:"unpriced"`
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
		report.Effects = append(report.Effects, effect{e.Group, e.People, e.More, e.Less, e.Unpriced, e.Before, e.After})
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(report)
}
