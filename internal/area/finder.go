package area

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// The cost of a hit: scale times the cost of its slips, and small sums that
// order what is equally well spelled.
const (
	scale     = 4
	slipRough = 8 * scale // a slip before it is looked at closely

	costOpen   = 6  // the name goes on …
	costRest   = 6  // … and per letter 1, up to this
	costInner  = 8  // the text begins at a later word of the name
	costAround = 2  // the text goes on with the areas around
	costSpell  = 2  // it sounds the same but is written otherwise
	costLeft   = 1  // a word that may only name a level was left out
	costWant   = 30 // another level than the one named
	gainNear   = 5  // in the first of the preferred areas, one less in the next …

	minAround = 3 // letters by which an area around can be known
	misfit    = math.MaxInt
)

// candidate is one way to read the text as one area.
type candidate struct {
	cost   int // slips, roughly, and all sums
	sums   int // all sums alone
	area   int
	by     *pattern
	text   []byte // the name that was compared
	start  int    // where in text it was compared from
	open   bool
	around int  // 0: the name alone; n: also the areas from n levels above
	unlike bool // a hint named another level
}

func (c candidate) or(d candidate) candidate {
	if d.cost < c.cost {
		return d
	}
	return c
}

func (c candidate) plus(sum int) candidate {
	c.cost, c.sums = c.cost+sum, c.sums+sum
	return c
}

// finder is one search under way.
type finder struct {
	tree   *Tree
	typed  string // the letters that were typed, not folded
	index  *index
	lo, hi int
	levels [Village + 1]bool
	near   [][2]int
	list   []candidate
	limit  int  // what costs more is not among the best
	sure   bool // a name without any slip is in the list
}

// kept is how many candidates are looked at closely.
const kept = 64

func (f *finder) scan(p *pattern) {
	for i := f.lo; i < f.hi; i++ {
		if !f.levels[f.tree.levels[i]] {
			continue
		}
		set := f.index.sets[i]
		if whole, part := p.whole(set), p.part(set); whole || part {
			f.compare(p, i, whole, part)
		}
	}
	for _, o := range f.index.others {
		if o.area < f.lo || o.area >= f.hi || !f.levels[f.tree.levels[o.area]] {
			continue
		}
		if c := p.fit(o.text, 0); c.cost != misfit && (!o.short || c.cost == 0) {
			f.add(p, o.area, c)
		}
	}
}

// compare adds the best reading of the text as area i: the whole of it as the
// name, or a part as the name and the rest as the areas around.
func (f *finder) compare(p *pattern, i int, whole, part bool) {
	name := f.index.name(i)
	best := candidate{cost: misfit}
	if whole {
		shortest := len(p.text) - slips(len(p.text))
		for start := 0; len(name)-start >= shortest && start < len(name); start = nextWord(name, start) {
			best = best.or(p.fit(name, start))
		}
	}
	if part && f.tree.levels[i] > Province {
		best = best.or(f.fitAround(p, i, name))
	}
	if best.cost != misfit {
		f.add(p, i, best)
	}
}

// fit compares the whole text with a name from one of its words on.
func (p *pattern) fit(name []byte, start int) candidate {
	n := len(p.text)
	end, ahead := p.run(p.first(), name[start:])
	c := candidate{cost: misfit, by: p, text: name, start: start}
	if end.score <= slips(n) {
		c.cost = end.score * slipRough
	}
	if ahead < end.score && ahead <= slipsAhead(n) {
		if sum := costOpen + min(costRest, max(0, end.length-n)); ahead*slipRough+sum < c.cost {
			c.cost, c.sums, c.open = ahead*slipRough+sum, sum, true
		}
	}
	if start > 0 && c.cost != misfit {
		c = c.plus(costInner)
	}
	return c
}

// fitAround reads the head of the text as the name and the rest as areas around
// it, of which the nearest may be left out.
func (f *finder) fitAround(p *pattern, i int, name []byte) candidate {
	best := candidate{cost: misfit}
	end, _ := p.run(p.first(), name)
	for _, n := range p.ends[:len(p.ends)-1] {
		rest := len(p.text) - n
		here := end.distance(n)
		if here > slips(n) || rest < minAround {
			continue
		}
		for from := 1; from < int(f.tree.levels[i]); from++ {
			total := misfit
			c := end
			for j := f.above(i, from); ; j = f.tree.up(j) {
				var d int
				c, d = p.run(c, f.index.name(j))
				total = min(total, d)
				if f.tree.levels[j] == Province {
					break
				}
			}
			if total-here <= slipsAhead(rest) && total <= slips(len(p.text)) {
				best = best.or(candidate{cost: total*slipRough + costAround, sums: costAround, by: p, text: name, open: true, around: from})
			}
		}
	}
	return best
}

func (f *finder) above(i, n int) int {
	for ; n > 0; n-- {
		i = f.tree.up(i)
	}
	return i
}

// add completes the sums of a candidate and keeps it if it is among the best.
func (f *finder) add(p *pattern, i int, c candidate) {
	f.sure = f.sure || c.cost == c.sums
	level := f.tree.levels[i]
	sum := int(level)
	if p.want.level != NoLevel && !p.want.accepts(level, kindOf(f.tree.keys[i], level)) {
		sum += costWant
		c.unlike = true
	}
	if p.left {
		sum += costLeft
	}
	for n, r := range f.near {
		if i >= r[0] && i < r[1] {
			sum -= max(1, gainNear-n)
			break
		}
	}
	c = c.plus(sum)
	c.area = i
	if c.cost >= f.limit {
		return
	}
	f.list = append(f.list, c)
	if len(f.list) >= 8*kept {
		f.prune()
	}
}

// prune leaves only the best candidates.
func (f *finder) prune() {
	slices.SortFunc(f.list, cheaper)
	f.list = f.list[:min(kept, len(f.list))]
	if len(f.list) == kept {
		f.limit = f.list[kept-1].cost
	}
}

func cheaper(a, b candidate) int {
	return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.area, b.area))
}

// hits measures the best candidates closely and gives each area once.
func (f *finder) hits(limit int) []Hit {
	f.prune()
	var r ruler
	slipCost := make([]int, len(f.list))
	for n := range f.list {
		c := &f.list[n]
		slipCost[n] = r.cost(c.by.text, f.meant(c), c.open)
		c.cost = scale*slipCost[n] + c.sums
		if slipCost[n] == 0 && !strings.Contains(f.typed, spelling(bareName(f.tree.name(c.area), f.tree.levels[c.area]))) {
			c.cost += costSpell
		}
	}
	order := make([]int, len(f.list))
	for n := range order {
		order[n] = n
	}
	slices.SortFunc(order, func(a, b int) int { return cheaper(f.list[a], f.list[b]) })
	var out []Hit
	seen := map[int]bool{}
	for _, n := range order {
		c := f.list[n]
		if seen[c.area] || len(out) == limit {
			continue
		}
		seen[c.area] = true
		h := Hit{Area: f.tree.at(c.area), Path: f.tree.path(c.area), Score: score(c.cost, len(c.by.text))}
		switch {
		case slipCost[n] > 0 || c.unlike:
			h.Fit = Alike
		case c.open && c.around == 0 || c.start > 0:
			h.Fit = Beginning
		}
		out = append(out, h)
	}
	return out
}

// meant writes out what a candidate takes the text to mean, no longer than it
// can matter.
func (f *finder) meant(c *candidate) []byte {
	long := string(c.text[c.start:])
	if c.around > 0 {
		for j := f.above(c.area, c.around); ; j = f.tree.up(j) {
			long += " " + string(f.index.name(j))
			if f.tree.levels[j] == Province {
				break
			}
		}
	}
	text, _ := squeeze(long, false)
	if longest := len(c.by.text) + 4; c.open && len(text) > longest {
		text = text[:longest]
	}
	return text
}

// spelling leaves of a name only its letters, small, with the spelling they have.
func spelling(name string) string {
	return strings.Map(func(r rune) rune {
		if c := plain(r); c > ' ' {
			return rune(c)
		}
		return -1
	}, name)
}
