package document

import (
	"fmt"
	"strings"
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
)

// Quote explains what months cost: what was asked, each step with its article and source,
// month by month, and the sum. who comes first among what was asked: whose months they are. A
// quote without steps, one that is remembered without its rules, says so.
func Quote(book *scheme.Book, q *scheme.Quote, lang i18n.Lang, at time.Time, who ...Pair) *Doc {
	paper := A4
	if len(q.Question.Programs) > len([]jaring.Program{jaring.JKK, jaring.JKM, jaring.JHT}) {
		paper = A4Landscape
	}
	d := New(paper, lang, at)
	d.Title(d.Say("document.quote.title", jaring.Args{"sum": q.Payable}))
	first := q.Question.FirstMonth
	d.Lead(d.Say("document.quote.lead", jaring.Args{"months": q.Question.Months, "span": d.months(first, first.Add(q.Question.Months-1))}))
	d.Pairs(append(who, d.asked(&q.Question)...)...)
	d.Heading(d.Say("document.steps", nil))
	if len(q.Steps) == 0 {
		d.Text(d.Say("document.steps.none", jaring.Args{"version": q.Version}))
	} else {
		d.steps(q.Steps)
	}
	d.Heading(d.Say("document.months", nil))
	d.Table(d.monthTable(book, q))
	d.Pairs(d.sums(q)...)
	d.Strong(d.Say("document.quote.no_receipt", nil))
	d.rules(q.Version)
	return d
}

// rules names the version of the rules, and says what the marks mean.
func (d *Doc) rules(version string) {
	d.Note(d.Say("document.marks", nil))
	d.Note(d.Say("quote.rules", jaring.Args{"version": version}))
}

// months is "October 2026" or "October 2026 – March 2027".
func (d *Doc) months(first, last jaring.Month) string {
	text := d.Say("quote.month", jaring.Args{"month": first})
	if last > first {
		text += " – " + d.Say("quote.month", jaring.Args{"month": last})
	}
	return text
}

// asked is what the price was asked for, as far as it was said.
func (d *Doc) asked(q *scheme.Question) []Pair {
	var pairs []Pair
	add := func(said bool, key, value string) {
		if said {
			pairs = append(pairs, Pair{d.Say("document.asked."+key, nil), value})
		}
	}
	word := func(prefix, value string) string { return d.Say(prefix+strings.ToLower(value), nil) }
	month := func(m jaring.Month) string { return d.Say("quote.month", jaring.Args{"month": m}) }
	wage := q.Segment == jaring.PU
	add(true, "segment", word("segment.", string(q.Segment)))
	add(true, "programs", d.programs(q.Programs))
	add(wage, "wage", q.Wage.String())
	add(wage && q.RiskClass != "", "risk_class", string(q.RiskClass))
	add(wage && q.Size != "", "size", word("rule.size.", string(q.Size)))
	add(wage && q.Industry != scheme.IndustryOther, "industry", word("rule.industry.", string(q.Industry)))
	add(wage && q.Workers > 0, "workers", fmt.Sprint(q.Workers))
	add(!wage && q.LowestBand, "income", d.Say("document.asked.lowest", nil))
	add(!wage && !q.LowestBand, "income", q.Income.String())
	add(!wage, "sector", word("sector.", string(q.Sector)))
	add(!wage, "kind", word("document.kind.", string(q.Kind)))
	add(!wage, "funding", word("funding.", string(q.Funding)))
	add(q.Registered != 0, "registered", month(q.Registered))
	add(q.PaidUpTo != 0, "paid_up_to", month(q.PaidUpTo))
	add(q.Credit != 0, "credit", q.Credit.String())
	return pairs
}

func (d *Doc) programs(ps jaring.Programs) string {
	names := make([]string, len(ps))
	for i, p := range ps {
		names[i] = string(p)
	}
	return strings.Join(names, ", ")
}

// steps is a table of steps: each with what it rests on, and what came out.
func (d *Doc) steps(steps []scheme.Step) {
	t := Table{Columns: []Column{{d.Say("document.step", nil), 5, false}, {d.Say("document.law", nil), 3.4, false}, {d.Say("document.amount", nil), 1.8, true}}}
	for n, span := range scheme.Spans(steps) {
		said := fmt.Sprintf("%d. %s", n+1, span.Say(d.Say, d.point()))
		if last := len(span.Months) - 1; last >= 0 {
			said += "\n" + d.months(span.Months[0], span.Months[last])
		}
		law := ""
		if r := span.Rule; r != nil {
			law = fmt.Sprintf("%s\n%s [%s]", r.Article, r.Source, r.Mark)
		}
		amount := ""
		if span.Amount != 0 {
			amount = span.Amount.String()
		}
		t.Rows = append(t.Rows, []string{said, law, amount})
	}
	d.Table(t)
}

// point is the decimal sign of percentages.
func (d *Doc) point() byte {
	if d.lang == i18n.EN {
		return '.'
	}
	return ','
}

// monthTable is what each month costs, by programme.
func (d *Doc) monthTable(book *scheme.Book, q *scheme.Quote) Table {
	t := Table{Columns: []Column{{d.Say("document.month", nil), 2.2, false}, {d.Say("document.due", nil), 2.5, false}}}
	sums := make([]jaring.Rupiah, len(q.Question.Programs))
	for _, p := range q.Question.Programs {
		t.Columns = append(t.Columns, Column{string(p), 1.6, true})
	}
	t.Columns = append(t.Columns, Column{d.Say("document.full", nil), 1.8, true}, Column{d.Say("quote.total", nil), 1.8, true})
	for i := range q.Question.Months {
		m := q.Question.FirstMonth.Add(i)
		row := []string{d.months(m, m), ""}
		if due, err := book.DueDate(q.Question.Segment, m); err == nil {
			row[1] = i18n.Day(d.lang, due)
		}
		for n, p := range q.Question.Programs {
			amount := lineOf(q, m, p)
			sums[n] += amount
			row = append(row, amount.String())
		}
		full, amount := q.Month(m)
		t.Rows = append(t.Rows, append(row, full.String(), amount.String()))
	}
	t.Sum = []string{d.Say("quote.total", nil), ""}
	for _, sum := range sums {
		t.Sum = append(t.Sum, sum.String())
	}
	t.Sum = append(t.Sum, q.Full.String(), q.Total.String())
	return t
}

func lineOf(q *scheme.Quote, m jaring.Month, p jaring.Program) (amount jaring.Rupiah) {
	for i := range q.Lines {
		if l := &q.Lines[i]; l.Month == m && l.Program == p {
			amount += l.Amount
		}
	}
	return amount
}

// sums are the sums that are not nothing, and at last what is to be paid.
func (d *Doc) sums(q *scheme.Quote) (pairs []Pair) {
	for _, s := range []struct {
		key string
		sum jaring.Rupiah
	}{
		{"relief", q.Full - q.Total - q.Deferred}, {"deferred", q.Deferred}, {"employer", q.Employer}, {"employee", q.Employee},
		{"credit_used", q.CreditUsed}, {"credit_left", q.CreditLeft},
	} {
		if s.sum != 0 {
			pairs = append(pairs, Pair{d.Say("document.sum."+s.key, nil), s.sum.String()})
		}
	}
	return append(pairs, Pair{d.Say("document.sum.payable", nil), q.Payable.String()})
}
