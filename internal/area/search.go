package area

import (
	"math"
	"slices"
)

// Query is what somebody looks for.
type Query struct {
	Text   string  // as typed: a name, perhaps unfinished, perhaps with the areas around it; or a code
	Within Code    // look only in this area, itself included; empty: everywhere
	Near   []Code  // among equals come areas in these first, in this order
	Levels []Level // look only for these; empty: all
	Limit  int     // at most so many, up to MaxHits; 0: ten
}

// MaxHits is the largest number of hits that Search gives.
const MaxHits = 50

const usualHits = 10

// Fit says how a hit and the text go together.
type Fit uint8

// The fits, from the best.
const (
	Same      Fit = iota // the name itself, or sounding the same
	Beginning            // the name, or one of its words, goes on after the text
	Alike                // there are slips in the text, or it names another level
)

// Hit is an area that may be meant.
type Hit struct {
	Area
	Path  []Area // from the province to the area itself
	Fit   Fit
	Score float64 // 1 is the best; compares hits of one search
}

// Search finds the areas that the text may mean, the likeliest first.
func (t *Tree) Search(q Query) []Hit {
	q.Text = cut(q.Text)
	f := t.finder(q)
	if c, ok := ParseCode(q.Text); ok {
		return f.byCode(c)
	}
	for _, p := range readings(q.Text, false) {
		f.scan(p)
	}
	if !f.sure && string(appendFold(nil, q.Text, true)) != Fold(q.Text) {
		for _, p := range readings(q.Text, true) {
			f.scan(p)
		}
	}
	if len(f.list) == 0 {
		for _, p := range readings(q.Text, false) {
			f.scan(p.parted())
		}
	}
	limit := usualHits
	if q.Limit > 0 {
		limit = min(q.Limit, MaxHits)
	}
	return f.hits(limit)
}

func (t *Tree) finder(q Query) *finder {
	f := &finder{tree: t, index: t.index(), typed: spelling(q.Text), limit: misfit}
	f.lo, f.hi = t.within(q.Within)
	for l := Province; l <= Village; l++ {
		f.levels[l] = len(q.Levels) == 0 || slices.Contains(q.Levels, l)
	}
	for _, c := range q.Near {
		if c != "" {
			lo, hi := t.within(c)
			f.near = append(f.near, [2]int{lo, hi})
		}
	}
	return f
}

// byCode answers a code typed instead of a name.
func (f *finder) byCode(c Code) []Hit {
	i, ok := f.tree.find(c)
	if !ok || i < f.lo || i >= f.hi || !f.levels[f.tree.levels[i]] {
		return nil
	}
	return []Hit{{Area: f.tree.at(i), Path: f.tree.path(i), Score: 1}}
}

// score turns a cost into a figure from 1 (none) down to 0 for n letters.
func score(cost, n int) float64 {
	return max(0, 1-math.Max(0, float64(cost))/float64(slipLetter*scale*max(n, 4)))
}
