package scheme

import "jaring/internal/jaring"

// Estimate is what a family would get, by what may happen. It is an estimate,
// never a decision.
type Estimate struct {
	Version string
	On      jaring.Day
	Person  Person
	Items   []Item
}

// Item is one thing that may happen and what it would pay. Key is its word:
// estimate.work_death, estimate.total_disability, estimate.temporary_disability (a
// month), estimate.care (no limit: no amount), estimate.transport and
// estimate.homecare (at most), estimate.school.jkk, estimate.death,
// estimate.school.jkm (for the whole path of schooling).
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
	return e, first
}

func (b *Book) estimateAccident(p Person, children int, on jaring.Day, add func(Item, error)) {
	one := func(key string, atMost bool, x Benefit, err error) {
		for i := range x.Steps {
			if atMost { // nothing was claimed yet: name the cap alone
				x.Steps[i].Key += ".most"
			}
		}
		add(Item{Key: key, Program: jaring.JKK, AtMost: atMost, Benefit: x}, err)
	}
	add(Item{Key: "estimate.care", Program: jaring.JKK, NoLimit: true}, nil)
	x, err := b.TemporaryDisability(p, on, 1)
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
