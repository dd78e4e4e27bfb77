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

// QuoteCmd prices contributions: each month and programme with its rule, article
// and source.
type QuoteCmd struct {
	Segment    string `enum:"BPU,PU" default:"BPU" help:"Segment: BPU (own-account) or PU (wage worker)."`
	Month      string `required:"" placeholder:"YYYY-MM" help:"First contribution month."`
	Months     int    `default:"1" help:"Months ahead; each is priced by its own rules."`
	Programs   string `default:"JKK,JKM" help:"Programmes: JKK, JKM, JHT; PU also JP, JKP."`
	Income     int64  `placeholder:"RUPIAH" help:"BPU: income a month."`
	LowestBand bool   `help:"BPU: the lowest row of the table instead of an income."`
	Sector     string `default:"other" help:"transport or other."`
	Funding    string `default:"self" help:"Who pays: self, csr, apbd, apbn, apbdes."`
	Kind       string `default:"self_employed" help:"self_employed or employer_owner."`
	Registered string `placeholder:"YYYY-MM" help:"Month of joining, where a relief asks for it."`
	PaidUpTo   string `placeholder:"YYYY-MM" help:"Last month paid, where a relief asks for it."`
	Credit     int64  `placeholder:"RUPIAH" help:"JKK/JKM money carried forward."`
	Wage       int64  `placeholder:"RUPIAH" help:"PU: wage a month."`
	RiskClass  string `placeholder:"I-V" help:"PU: risk class of the workplace."`
	Size       string `help:"PU: micro, small, medium or large."`
	Industry   string `help:"PU: food, textile, leather, footwear, toys, furniture or other."`
	Workers    int    `help:"PU: active workers of the employer."`
	lawFiles
	Explain bool   `help:"Say why: every step with its article."`
	PDF     string `name:"pdf" placeholder:"FILE" help:"Write the explanation as PDF too."`
	Lang    string `enum:"id,en" default:"id" help:"Language: id or en."`
	JSON    bool   `name:"json" help:"Stable JSON instead of text."`
}

// Help is shown below the flags.
func (c *QuoteCmd) Help() string {
	return "Example: jaring quote --month 2026-10 --income 1000000 --programs JKK,JKM --sector transport --funding self --months 3 --explain"
}

// Run prints the quote on stdout. Errors: what the question lacks, exit code 2.
func (c *QuoteCmd) Run() error { return c.print(os.Stdout, os.Stderr) }

func (c *QuoteCmd) print(out, talk io.Writer) error {
	lang := i18n.Lang(c.Lang)
	book, quote, err := c.answer()
	if err != nil {
		return complain(talk, lang, err)
	}
	if err := writePDF(c.PDF, document.Quote(book, &quote, lang, time.Now())); err != nil {
		return complain(talk, lang, err)
	}
	if !c.Explain {
		quote.Steps = nil
	}
	if c.JSON {
		e := json.NewEncoder(out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(newQuoteJSON(book, &quote, lang))
	}
	return quoteText(out, book, &quote, lang)
}

// writePDF writes d to a file; without a name it writes nothing. Error: cli.unwritable.
func writePDF(name string, d *document.Doc) error {
	if name == "" {
		return nil
	}
	file, err := d.Bytes()
	if err != nil {
		return err
	}
	if err := os.WriteFile(name, file, 0o600); err != nil {
		return jaring.NewError(jaring.Invalid, "cli.unwritable", "path", name)
	}
	return nil
}

func (c *QuoteCmd) answer() (*scheme.Book, scheme.Quote, error) {
	book, err := c.book()
	if err != nil {
		return nil, scheme.Quote{}, err
	}
	q, err := c.question()
	if err != nil {
		return nil, scheme.Quote{}, err
	}
	quote, err := book.Price(q)
	return book, quote, err
}

func (c *QuoteCmd) question() (scheme.Question, error) {
	var errs jaring.Errors
	q := scheme.Question{
		Segment: jaring.Segment(c.Segment), Months: c.Months, Income: jaring.Rupiah(c.Income), LowestBand: c.LowestBand,
		Sector: jaring.Sector(c.Sector), Funding: jaring.Funding(c.Funding), Kind: jaring.WorkerKind(c.Kind),
		Wage: jaring.Rupiah(c.Wage), RiskClass: scheme.RiskClass(c.RiskClass), Size: scheme.EmployerSize(c.Size),
		Industry: scheme.Industry(c.Industry), Workers: c.Workers, Credit: jaring.Rupiah(c.Credit), Explain: c.Explain || c.PDF != "",
	}
	if c.Months == 0 { // not "left out": the flag has a default
		errs = append(errs, jaring.NewError(jaring.Invalid, "months.range", "min", 1, "max", scheme.MaxMonths).At("months"))
	}
	readMonth := func(text string, into *jaring.Month, field string) {
		if text == "" {
			return
		}
		m, err := jaring.ParseMonth(text)
		if err != nil {
			errs = append(errs, jaring.NewError(jaring.Invalid, "month.malformed").At(field))
		}
		*into = m
	}
	readMonth(c.Month, &q.FirstMonth, "month")
	readMonth(c.Registered, &q.Registered, "registered")
	readMonth(c.PaidUpTo, &q.PaidUpTo, "paid-up-to")
	var err error
	if q.Programs, err = jaring.ParsePrograms(c.Programs); err != nil {
		errs = append(errs, findings(err)...)
	}
	return q, errs.OrNil()
}

func quoteText(out io.Writer, book *scheme.Book, q *scheme.Quote, lang i18n.Lang) error {
	say := func(key string, args jaring.Args) string { return i18n.Text(lang, key, args) }
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s\n\n", say("quote.title", jaring.Args{"segment": string(q.Question.Segment), "months": q.Question.Months, "first": q.Question.FirstMonth}))
	for i, l := range q.Lines {
		if i == 0 || q.Lines[i-1].Month != l.Month {
			due, err := book.DueDate(q.Question.Segment, l.Month)
			if err != nil {
				return err
			}
			fmt.Fprintf(w, "%s\t\t%s\n", i18n.Text(lang, "quote.month", jaring.Args{"month": l.Month}), say("quote.due", jaring.Args{"day": due}))
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\n", l.Program, i18n.Rupiah(lang, l.Amount), l.Rule.Article)
		if l.Relief != nil {
			fmt.Fprintf(w, "\t\t%s\n", say("quote.relieved", jaring.Args{"full": l.Full, "article": l.Relief.Article}))
		}
	}
	fmt.Fprintf(w, "\n%s\t%s\n", say("quote.total", nil), i18n.Rupiah(lang, q.Payable))
	if q.Full != q.Total {
		fmt.Fprintf(w, "%s\t%s\n", say("quote.full", nil), i18n.Rupiah(lang, q.Full))
	}
	if len(q.Steps) > 0 {
		fmt.Fprintf(w, "\n%s\n", say("quote.why", nil))
	}
	quoteSteps(w, q.Steps, lang)
	fmt.Fprintf(w, "\n%s\n", say("quote.rules", jaring.Args{"version": q.Version}))
	return w.Flush()
}

func quoteSteps(w io.Writer, steps []scheme.Step, lang i18n.Lang) {
	var last jaring.Month
	for i := range steps {
		s := &steps[i]
		if s.Month != 0 && s.Month != last {
			last = s.Month
			fmt.Fprintf(w, "%s\n", i18n.Text(lang, "quote.month", jaring.Args{"month": s.Month}))
		}
		fmt.Fprintf(w, "  %s", saySteps(s, lang))
		if s.Rule != nil {
			fmt.Fprintf(w, " [%s]", s.Rule.Article)
		}
		fmt.Fprintln(w)
	}
}

// saySteps is one step in lang.
func saySteps(s *scheme.Step, lang i18n.Lang) string {
	point := byte(',')
	if lang == i18n.EN {
		point = '.'
	}
	return s.Say(func(key string, args jaring.Args) string { return i18n.Text(lang, key, args) }, point)
}
