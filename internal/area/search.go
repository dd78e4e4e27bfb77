package area

import "math"

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
	Alike                // there are slips in the text
)

// Hit is an area that may be meant.
type Hit struct {
	Area
	Path  []Area  // from the province to the area itself
	Fit   Fit     //
	Score float64 // 1 is the best; to compare hits of one search
}

// Search finds the areas that the text may mean, the likeliest first.
func (t *Tree) Search(q Query) []Hit {
	limit := usualHits
	if q.Limit > 0 {
		limit = min(q.Limit, MaxHits)
	}
	f := &finder{tree: t, index: t.index(), typed: spelling(q.Text)}
	f.lo, f.hi = t.within(q.Within)
	f.levels = [Village + 1]bool{Province: true, Regency: true, District: true, Village: true}
	if len(q.Levels) > 0 {
		f.levels = [Village + 1]bool{}
		for _, l := range q.Levels {
			if l <= Village {
				f.levels[l] = true
			}
		}
	}
	for _, c := range q.Near {
		if c != "" {
			lo, hi := t.within(c)
			f.near = append(f.near, [2]int{lo, hi})
		}
	}
	if c, ok := ParseCode(q.Text); ok {
		return f.byCode(c)
	}
	for _, p := range readings(q.Text) {
		f.scan(p)
	}
	return f.hits(limit)
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
