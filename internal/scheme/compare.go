package scheme

import (
	"encoding/json"
	"sort"

	"jaring/internal/jaring"
)

// Change is a key whose rule in one book is not that of another; Before or After
// is nil where a relief exists in one of them alone.
type Change struct {
	Key           string
	Before, After *Rule
}

// Changes are the rules in force on day in a and in b that differ in value, by
// key and id. Two books with equal values differ in nothing, whatever their
// sources.
func Changes(a, b *Book, day jaring.Day) []Change {
	var changes []Change
	for _, key := range sortedKeys(shapes) {
		before, after := a.inForce(key, day), b.inForce(key, day)
		for _, r := range before {
			if i := indexOfValue(after, r); i >= 0 {
				after = append(after[:i:i], after[i+1:]...)
				continue
			}
			changes = append(changes, Change{Key: key, Before: r})
		}
		for _, r := range after {
			changes = append(changes, Change{Key: key, After: r})
		}
	}
	return joinChanges(changes)
}

// joinChanges makes one change of a before and an after of the same single-valued key.
func joinChanges(changes []Change) []Change {
	var joined []Change
	for _, c := range changes {
		last := len(joined) - 1
		single := c.Key != keyRelief && c.Key != keyHoliday
		if single && last >= 0 && joined[last].Key == c.Key && joined[last].After == nil && c.Before == nil {
			joined[last].After = c.After
			continue
		}
		joined = append(joined, c)
	}
	return joined
}

func (b *Book) inForce(key string, day jaring.Day) []*Rule {
	var found []*Rule
	for _, r := range b.byKey[key] {
		if r.inForce(day) {
			found = append(found, r)
		}
	}
	return found
}

func indexOfValue(rules []*Rule, r *Rule) int {
	value := valueOf(r)
	for i, o := range rules {
		if valueOf(o) == value {
			return i
		}
	}
	return -1
}

// valueOf is what a rule says, without where it stands and where it comes from.
func valueOf(r *Rule) string {
	x := *r
	x.ID, x.From, x.To, x.Article, x.Source, x.Mark, x.Note, x.Replaces = "", 0, 0, "", "", "", "", nil
	text, err := json.Marshal(x)
	if err != nil {
		panic("scheme: a rule cannot be written: " + err.Error())
	}
	return string(text)
}

// Effect is what a change of rules does to a group of people: sums of what is
// due before and after in rupiah, and how many pay more or less.
type Effect struct {
	Group         string
	People        int
	More, Less    int
	Unpriced      int // by one of the books or both
	Before, After jaring.Rupiah
}

// Comparison prices questions by two books and adds up by group. It holds one question at a
// time and is for one goroutine.
type Comparison struct {
	a, b          *Book
	groups        map[string]*Effect
	before, after Quote
}

// NewComparison begins one.
func NewComparison(a, b *Book) *Comparison {
	return &Comparison{a: a, b: b, groups: map[string]*Effect{}}
}

// Add prices q by both books for a group.
func (c *Comparison) Add(group string, q *Question) {
	e := c.groups[group]
	if e == nil {
		e = &Effect{Group: group}
		c.groups[group] = e
	}
	e.People++
	if c.a.PriceInto(&c.before, *q) != nil || c.b.PriceInto(&c.after, *q) != nil {
		e.Unpriced++
		return
	}
	e.Before += c.before.Total
	e.After += c.after.Total
	if c.after.Total > c.before.Total {
		e.More++
	} else if c.after.Total < c.before.Total {
		e.Less++
	}
}

// Effects are the sums so far, in the order of the groups' names.
func (c *Comparison) Effects() []Effect {
	effects := make([]Effect, 0, len(c.groups))
	for _, e := range c.groups {
		effects = append(effects, *e)
	}
	sort.Slice(effects, func(i, j int) bool { return effects[i].Group < effects[j].Group })
	return effects
}

// Compare is a Comparison of every question of next, which returns false after the last.
func Compare(a, b *Book, next func(q *Question) (group string, more bool)) []Effect {
	c := NewComparison(a, b)
	var q Question
	for group, more := next(&q); more; group, more = next(&q) {
		c.Add(group, &q)
	}
	return c.Effects()
}

// Rows asks one question for each row of the BPU table of month m and each
// sector, self-paid with JKK, JKM and JHT; the group is the sector. It is a
// source for Compare when no people are at hand. Error: scheme.no_rule.
func (b *Book) Rows(m jaring.Month) (func(q *Question) (string, bool), error) {
	t, err := b.table(m)
	if err != nil {
		return nil, err
	}
	sectors := []jaring.Sector{jaring.SectorOther, jaring.SectorTransport}
	i := -1
	return func(q *Question) (string, bool) {
		if i++; i >= len(t.edges)*len(sectors) {
			return "", false
		}
		sector := sectors[i/len(t.edges)]
		*q = Question{
			Segment: jaring.BPU, Programs: jaring.Programs{jaring.JKK, jaring.JKM, jaring.JHT}, FirstMonth: m, Months: 1,
			Income: max(1, t.edges[i%len(t.edges)]), Sector: sector, Funding: jaring.FundingSelf,
		}
		return string(sector), true
	}, nil
}
