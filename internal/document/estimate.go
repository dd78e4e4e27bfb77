package document

import (
	"fmt"
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
)

// Estimate tells what a family would get, by what may happen, and explains each sum. It
// begins with the sentence that it is an estimate, never a decision.
func Estimate(book *scheme.Book, e *scheme.Estimate, lang i18n.Lang, at time.Time) *Doc {
	d := New(A4, lang, at)
	d.Title(d.Say("document.estimate.title", nil))
	d.Lead(d.Say("estimate.disclaimer", nil))
	d.Pairs(d.person(e)...)
	t := Table{Columns: []Column{{d.Say("document.estimate.case", nil), 6, false}, {d.Say("document.program", nil), 1, false}, {d.Say("document.amount", nil), 3, true}}}
	for i := range e.Items {
		t.Rows = append(t.Rows, []string{d.Say(e.Items[i].Key, nil), string(e.Items[i].Program), d.figure(&e.Items[i])})
	}
	d.Table(t)
	for i := range e.Items {
		item := &e.Items[i]
		if len(item.Benefit.Steps) > 0 {
			d.Heading(fmt.Sprintf("%s – %s", d.Say(item.Key, nil), d.figure(item)))
			d.steps(item.Benefit.Steps)
		}
	}
	d.heirs(book, e.On)
	d.rules(e.Version)
	return d
}

func (d *Doc) figure(item *scheme.Item) string {
	if item.NoLimit {
		return d.Say("estimate.care.no_limit", nil)
	}
	return item.Benefit.Amount.String()
}

// person is for whom the estimate is.
func (d *Doc) person(e *scheme.Estimate) []Pair {
	income := e.Person.Income.String()
	if e.Person.Income == 0 {
		income = d.Say("document.asked.lowest", nil)
	}
	key := "income"
	if e.Person.Segment == jaring.PU {
		key = "wage"
	}
	pairs := []Pair{
		{d.Say("document.asked."+key, nil), income},
		{d.Say("document.asked.covered", nil), fmt.Sprint(e.Person.Covered)},
		{d.Say("document.asked.paid", nil), fmt.Sprint(e.Person.Paid)},
	}
	for i := range e.Items {
		if n := e.Items[i].Children; n > 0 {
			pairs = append(pairs, Pair{d.Say("document.asked.children", nil), fmt.Sprint(n)})
			break
		}
	}
	return append(pairs, Pair{d.Say("document.asked.on", nil), i18n.Day(d.lang, e.On)})
}

// heirs tells who inherits, the first that exists.
func (d *Doc) heirs(book *scheme.Book, on jaring.Day) {
	heirs, rule, err := book.Heirs(on)
	if err != nil {
		return
	}
	d.Heading(d.Say("estimate.heirs", nil))
	for i, h := range heirs {
		d.Text(fmt.Sprintf("%d. %s", i+1, d.Say("heirs."+h, nil)))
	}
	d.Note(fmt.Sprintf("%s · %s [%s]", rule.Article, rule.Source, rule.Mark))
}
