package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"jaring/internal/document"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
)

// BenefitCmd estimates what a family would get.
type BenefitCmd struct {
	Segment           string `enum:"BPU,PU" default:"BPU" help:"Segment: BPU or PU."`
	Programs          string `default:"JKK,JKM" help:"Programmes that the person has."`
	Income            int64  `placeholder:"RUPIAH" help:"Income or wage a month; BPU: the lowest row when left out."`
	MonthsCovered     int    `default:"0" help:"Full months of cover in this stay."`
	MonthsContributed int    `default:"0" help:"Months of contribution."`
	Children          int    `default:"0" help:"Children who go, or will go, to school."`
	Balance           int64  `placeholder:"RUPIAH" help:"JHT balance; what was paid in, without returns, when left out."`
	On                string `placeholder:"DATE" help:"Day of the event, as 2026-10-01; today when left out."`
	lawFiles
	Explain bool   `help:"Say why: every step with its article."`
	Lang    string `enum:"id,en" default:"id" help:"Language: id or en."`
	PDF     string `name:"pdf" placeholder:"FILE" help:"Write the explanation as PDF too."`
	JSON    bool   `name:"json" help:"Stable JSON instead of text."`
}

// Help is shown below the flags.
func (c *BenefitCmd) Help() string {
	return "Example: jaring benefit --income 1000000 --programs JKK,JKM --months-covered 4 --months-contributed 40 --children 2 --explain"
}

// Run prints the estimate on stdout. Errors: what the question lacks, exit code 2.
func (c *BenefitCmd) Run() error { return c.print(os.Stdout, os.Stderr) }

func (c *BenefitCmd) print(out, talk io.Writer) error {
	lang := i18n.Lang(c.Lang)
	book, estimate, err := c.answer()
	if err != nil {
		return complain(talk, lang, err)
	}
	if err := writePDF(c.PDF, document.Estimate(book, &estimate, lang, time.Now())); err != nil {
		return complain(talk, lang, err)
	}
	if c.JSON {
		return benefitJSON(out, &estimate, lang)
	}
	return benefitText(out, book, &estimate, lang, c.Explain)
}

func (c *BenefitCmd) answer() (*scheme.Book, scheme.Estimate, error) {
	book, err := c.book()
	if err != nil {
		return nil, scheme.Estimate{}, err
	}
	on, err := dayOrToday(c.On)
	if err != nil {
		return nil, scheme.Estimate{}, err
	}
	programs, err := jaring.ParsePrograms(c.Programs)
	if err != nil {
		return nil, scheme.Estimate{}, err
	}
	p := scheme.Person{Segment: jaring.Segment(c.Segment), Income: jaring.Rupiah(c.Income), Covered: c.MonthsCovered, Paid: c.MonthsContributed, Balance: jaring.Rupiah(c.Balance)}
	estimate, err := book.Estimate(p, programs, c.Children, on)
	return book, estimate, err
}

func benefitText(out io.Writer, book *scheme.Book, e *scheme.Estimate, lang i18n.Lang, explain bool) error {
	say := func(key string, args jaring.Args) string { return i18n.Text(lang, key, args) }
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s\n\n", say("estimate.title", jaring.Args{"income": e.Person.Income, "day": e.On}))
	for _, item := range e.Items {
		amount := i18n.Rupiah(lang, item.Benefit.Amount)
		if item.NoLimit {
			amount = say("estimate.care.no_limit", nil)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", item.Program, say(item.Key, nil), amount)
		for i := range item.Benefit.Steps {
			if s := &item.Benefit.Steps[i]; explain {
				fmt.Fprintf(w, "\t  %s [%s]\n", saySteps(s, lang), s.Rule.Article)
			}
		}
	}
	if heirs, rule, err := book.Heirs(e.On); err == nil && explain {
		fmt.Fprintf(w, "\n%s [%s]\n", say("estimate.heirs", nil), rule.Article)
		for i, h := range heirs {
			fmt.Fprintf(w, "%d. %s\n", i+1, say("heirs."+h, nil))
		}
	}
	fmt.Fprintf(w, "\n%s %s\n", say("estimate.disclaimer", nil), say("quote.rules", jaring.Args{"version": e.Version}))
	return w.Flush()
}

// itemJSON is one thing that may happen; amount is null where there is no limit.
type itemJSON struct {
	Key     string         `json:"key"`
	Text    string         `json:"text"`
	Program jaring.Program `json:"program"`
	Amount  *jaring.Rupiah `json:"amount"`
	AtMost  bool           `json:"at_most"`
	Parts   []partJSON     `json:"parts"`
	Steps   []stepJSON     `json:"explanation"`
}

type partJSON struct {
	Key    string        `json:"key"`
	Amount jaring.Rupiah `json:"amount"`
	*ruleJSON
}

func benefitJSON(out io.Writer, e *scheme.Estimate, lang i18n.Lang) error {
	report := struct {
		Version string        `json:"version"`
		On      jaring.Day    `json:"on"`
		Income  jaring.Rupiah `json:"income"`
		Note    string        `json:"note"`
		Items   []itemJSON    `json:"items"`
	}{e.Version, e.On, e.Person.Income, i18n.Text(lang, "estimate.disclaimer", nil), nil}
	for _, item := range e.Items {
		x := itemJSON{Key: item.Key, Text: i18n.Text(lang, item.Key, nil), Program: item.Program, AtMost: item.AtMost, Parts: []partJSON{}, Steps: []stepJSON{}}
		if !item.NoLimit {
			x.Amount = &item.Benefit.Amount
		}
		for _, p := range item.Benefit.Parts {
			x.Parts = append(x.Parts, partJSON{p.Key, p.Amount, newRuleJSON(p.Rule)})
		}
		x.Steps = append(x.Steps, newStepsJSON(item.Benefit.Steps, lang)...)
		report.Items = append(report.Items, x)
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(report)
}
