package scheme

import (
	"slices"

	"jaring/internal/jaring"
)

// Estimate is what a family would get, by what may happen. It is an estimate,
// never a decision.
type Estimate struct {
	Version string
	On      jaring.Day
	Person  Person
	Items   []Item
}

// Item is one thing that may happen and what it would pay. Key is its word:
// estimate.care (no limit: no amount), estimate.temporary_disability (a month),
// estimate.total_disability, estimate.work_death, estimate.transport and
// estimate.homecare (at most), estimate.school.jkk, estimate.death,
// estimate.school.jkm (for the whole path of schooling), estimate.jht,
// estimate.jht.housing and estimate.jht.other (at most).
type Item struct {
	Key      string
	Program  jaring.Program
	NoLimit  bool // by medical need, without a sum
	AtMost   bool // Amount is a cap
	Benefit  Benefit
	Children int // for how many children, where it matters
}

// Estimate answers "what would my family get?" on a day for the programmes that
// p has, with children children. Errors as the single benefits.
func (b *Book) Estimate(p Person, programs jaring.Programs, children int, on jaring.Day) (Estimate, error) {
	e := Estimate{Version: b.Version, On: on, Person: p}
	var first error
	add := func(item Item, err error) {
		if err != nil && first == nil {
			first = err
		}
		e.Items = append(e.Items, item)
	}
	if programs.Has(jaring.JKK) {
		b.estimateAccident(p, children, on, add)
	}
	if programs.Has(jaring.JKM) {
		death, err := b.Death(p, on)
		add(Item{Key: "estimate.death", Program: jaring.JKM, Benefit: death}, err)
		if children > 0 {
			school, err := b.SchoolPath(on, jaring.JKM, p.Paid, children, "", "")
			add(Item{Key: "estimate.school.jkm", Program: jaring.JKM, AtMost: true, Benefit: school, Children: children}, err)
		}
	}
	if programs.Has(jaring.JHT) {
		b.estimateOldAge(p, on, add)
	}
	return e, first
}

// monthsOfYear turns months of contribution into years.
const monthsOfYear = 12

// estimateOldAge is the balance of JHT, and the parts of it that may be taken early. Years of
// membership are counted from the months of contribution.
func (b *Book) estimateOldAge(p Person, on jaring.Day, add func(Item, error)) {
	balance, steps, err := b.saved(p, on)
	with := func(key string, atMost bool, x Benefit, err error) {
		x.Steps = append(slices.Clone(steps), x.Steps...)
		add(Item{Key: key, Program: jaring.JHT, AtMost: atMost, Benefit: x}, err)
	}
	if err != nil {
		add(Item{Key: "estimate.jht", Program: jaring.JHT}, err)
		return
	}
	x, err := b.OldAge(on, balance)
	with("estimate.jht", false, x, err)
	for _, purpose := range []string{"housing", "other"} {
		x, err = b.OldAgePart(on, balance, p.Paid/monthsOfYear, purpose)
		with("estimate.jht."+purpose, true, x, err)
	}
}

// saved is the JHT balance of p: what was said, or else what was paid in, at the
// price of a month of today and without any return, with the step that says so.
func (b *Book) saved(p Person, on jaring.Day) (jaring.Rupiah, []Step, error) {
	if p.Balance != 0 {
		return p.Balance, nil, nil
	}
	q := Question{Segment: p.Segment, Programs: jaring.Programs{jaring.JHT}, FirstMonth: on.Month(), Months: 1}
	if p.Segment == jaring.PU {
		q.Wage = p.Income
	} else {
		q.Income, q.LowestBand = p.Income, p.Income == 0
	}
	quote, err := b.Price(q)
	if err != nil {
		return 0, nil, err
	}
	step := Step{Key: "step.jht.month", Program: jaring.JHT, Rule: quote.Lines[0].Rule, Amount: quote.Total}
	if p.Paid <= 0 {
		return 0, []Step{step}, nil
	}
	step.Key, step.Base, step.Count, step.Amount = "step.jht.saved", quote.Total, p.Paid, min(quote.Total*jaring.Rupiah(p.Paid), maxMoney)
	return step.Amount, []Step{step}, nil
}

// care is what JKK pays for healing: no sum, but articles. Before 6 October 2023 the book knows
// no rule about suspected accidents, and says nothing of them.
func (b *Book) care(on jaring.Day) (Benefit, error) {
	l := b.at(on)
	care, extra := l.rule("jkk.care"), l.rule("jkk.prosthesis.extra")
	x := Benefit{Steps: []Step{
		{Key: "step.benefit.care", Program: jaring.JKK, Rule: care},
		{Key: "step.care.prosthesis", Program: jaring.JKK, Rule: extra, Factor: *extra.Ratio},
	}}
	if r, err := b.on("jkk.conclude.days", on); err == nil {
		x.Steps = append(x.Steps, Step{Key: "step.care.suspected", Program: jaring.JKK, Rule: r, Count: *r.Count})
	}
	return x, l.err
}

func (b *Book) estimateAccident(p Person, children int, on jaring.Day, add func(Item, error)) {
	one := func(key string, atMost bool, x Benefit, err error) {
		for i := range x.Steps {
			if atMost { // nothing was claimed yet: name the cap alone
				x.Steps[i].Key += ".most"
				x.Steps[i].Input = 0
			}
		}
		add(Item{Key: key, Program: jaring.JKK, AtMost: atMost, Benefit: x}, err)
	}
	x, err := b.care(on)
	add(Item{Key: "estimate.care", Program: jaring.JKK, NoLimit: true, Benefit: x}, err)
	x, err = b.TemporaryDisability(p, on, 1)
	one("estimate.temporary_disability", false, x, err)
	x, err = b.TotalDisability(p, on)
	one("estimate.total_disability", false, x, err)
	x, err = b.WorkDeath(p, on)
	one("estimate.work_death", false, x, err)
	x, err = b.Transport(on, []Ride{{"land", maxMoney}, {"sea", maxMoney}, {"air", maxMoney}})
	one("estimate.transport", true, x, err)
	x, err = b.HomeCare(on, 1, maxMoney)
	one("estimate.homecare", true, x, err)
	if children > 0 {
		school, err := b.SchoolPath(on, jaring.JKK, p.Paid, children, "", "")
		add(Item{Key: "estimate.school.jkk", Program: jaring.JKK, AtMost: true, Benefit: school, Children: children}, err)
	}
}
