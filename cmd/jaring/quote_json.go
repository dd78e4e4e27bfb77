package main

import (
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
)

// ruleJSON names a rule: its id, article, source and how well it is sourced.
type ruleJSON struct {
	ID      string      `json:"rule"`
	Article string      `json:"article"`
	Source  string      `json:"source"`
	Mark    scheme.Mark `json:"mark"`
}

func newRuleJSON(r *scheme.Rule) *ruleJSON {
	if r == nil {
		return nil
	}
	return &ruleJSON{r.ID, r.Article, r.Source, r.Mark}
}

// quoteJSON is the stable answer of `jaring quote --json`; money is whole rupiah.
type quoteJSON struct {
	Version    string          `json:"version"`
	Segment    jaring.Segment  `json:"segment"`
	Programs   jaring.Programs `json:"programs"`
	FirstMonth jaring.Month    `json:"first_month"`
	Months     int             `json:"months"`
	Total      jaring.Rupiah   `json:"total"`
	Full       jaring.Rupiah   `json:"full"`
	Employer   jaring.Rupiah   `json:"employer"`
	Employee   jaring.Rupiah   `json:"employee"`
	Deferred   jaring.Rupiah   `json:"deferred"`
	CreditUsed jaring.Rupiah   `json:"credit_used"`
	CreditLeft jaring.Rupiah   `json:"credit_left"`
	Payable    jaring.Rupiah   `json:"payable"`
	Lines      []lineJSON      `json:"lines"`
	Steps      []stepJSON      `json:"explanation,omitempty"`
}

type lineJSON struct {
	Month    jaring.Month   `json:"month"`
	Program  jaring.Program `json:"program"`
	Due      jaring.Day     `json:"due"`
	Base     jaring.Rupiah  `json:"base"`
	Full     jaring.Rupiah  `json:"full"`
	Amount   jaring.Rupiah  `json:"amount"`
	Employer jaring.Rupiah  `json:"employer"`
	Employee jaring.Rupiah  `json:"employee"`
	Deferred jaring.Rupiah  `json:"deferred"`
	*ruleJSON
	Relief *reliefJSON `json:"relief"`
}

type reliefJSON struct {
	*ruleJSON
	Factor scheme.Ratio `json:"factor"`
}

// stepJSON is one step of an explanation with its values and its words.
type stepJSON struct {
	Key     string         `json:"key"`
	Month   jaring.Month   `json:"month,omitzero"`
	Program jaring.Program `json:"program,omitempty"`
	Input   jaring.Rupiah  `json:"input,omitempty"`
	From    jaring.Rupiah  `json:"from,omitempty"`
	To      jaring.Rupiah  `json:"to,omitempty"`
	Base    jaring.Rupiah  `json:"base,omitempty"`
	Factor  *scheme.Ratio  `json:"factor,omitempty"`
	Count   int            `json:"count,omitempty"`
	Limit   int            `json:"limit,omitempty"`
	Until   jaring.Month   `json:"until,omitzero"`
	Amount  jaring.Rupiah  `json:"amount"`
	*ruleJSON
	Text string `json:"text"`
}

func newQuoteJSON(book *scheme.Book, q *scheme.Quote, lang i18n.Lang) quoteJSON {
	out := quoteJSON{
		Version: q.Version, Segment: q.Question.Segment, Programs: q.Question.Programs,
		FirstMonth: q.Question.FirstMonth, Months: q.Question.Months, Total: q.Total, Full: q.Full,
		Employer: q.Employer, Employee: q.Employee, Deferred: q.Deferred,
		CreditUsed: q.CreditUsed, CreditLeft: q.CreditLeft, Payable: q.Payable,
	}
	for _, l := range q.Lines {
		due, _ := book.DueDate(q.Question.Segment, l.Month) // a month that has a price has a due date
		line := lineJSON{
			Month: l.Month, Program: l.Program, Due: due, Base: l.Base, Full: l.Full, Amount: l.Amount,
			Employer: l.Employer, Employee: l.Employee, Deferred: l.Deferred, ruleJSON: newRuleJSON(l.Rule),
		}
		line.ruleJSON.Mark = l.Mark
		if l.Relief != nil {
			line.Relief = &reliefJSON{newRuleJSON(l.Relief), l.Relief.Relief.Factor}
		}
		out.Lines = append(out.Lines, line)
	}
	out.Steps = newStepsJSON(q.Steps, lang)
	return out
}

func newStepsJSON(steps []scheme.Step, lang i18n.Lang) []stepJSON {
	var out []stepJSON
	for i := range steps {
		s := &steps[i]
		step := stepJSON{
			Key: s.Key, Month: s.Month, Program: s.Program, Input: s.Input, From: s.From, To: s.To, Base: s.Base,
			Count: s.Count, Limit: s.Limit, Until: s.Until, Amount: s.Amount, ruleJSON: newRuleJSON(s.Rule), Text: saySteps(s, lang),
		}
		if s.Factor.Den != 0 {
			step.Factor = &s.Factor
		}
		out = append(out, step)
	}
	return out
}
