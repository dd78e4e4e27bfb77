package area

import "math/bits"

// pattern is what was typed, prepared so that its distance to a name is computed
// for all its letters at once: one bit per letter in a machine word (the method
// of G. Myers, with Hyyrö's extension for swapped pairs).
type pattern struct {
	text []byte
	ends []int    // where words end within text
	sets []uint32 // the letters up to each end
	at   [128]uint64
	want wanted
	left bool // words were left out that may belong to the name
}

// maxPattern is one below the word size; no name of an area comes near it.
const maxPattern = 63

func newPattern(folded string, wide bool) *pattern {
	p := &pattern{}
	p.text, p.ends = squeeze(folded, wide)
	if len(p.text) > maxPattern {
		p.text = p.text[:maxPattern]
	}
	for len(p.ends) > 1 && p.ends[len(p.ends)-2] >= len(p.text) {
		p.ends = p.ends[:len(p.ends)-1]
	}
	p.ends[len(p.ends)-1] = len(p.text)
	for i, c := range p.text {
		p.at[c] |= 1 << i
	}
	p.measure()
	return p
}

func (p *pattern) measure() {
	p.sets = p.sets[:0]
	for _, n := range p.ends {
		p.sets = append(p.sets, letters(p.text[:n]))
	}
}

// shortestHead is the least length of a name that is looked for without a space after it.
const shortestHead = 4

// parted lets a name end at any letter: the space after it may have been left out.
func (p *pattern) parted() *pattern {
	p.ends = p.ends[:0]
	for n := shortestHead; n < len(p.text); n++ {
		p.ends = append(p.ends, n)
	}
	p.ends = append(p.ends, len(p.text))
	p.measure()
	return p
}

// whole says whether a name with these letters can go with the whole text,
// head whether it can go with its first words. They rule out quickly what would
// need more slips than are forgiven.
func (p *pattern) whole(set uint32) bool {
	return bits.OnesCount32(p.sets[len(p.sets)-1]&^set) <= slips(len(p.text))
}

func (p *pattern) part(set uint32) bool {
	for i, n := range p.ends[:len(p.ends)-1] {
		allowed := slips(n)
		if bits.OnesCount32(p.sets[i]&^set) <= allowed && bits.OnesCount32(set&^p.sets[i]) <= allowed {
			return true
		}
	}
	return false
}

// column is one column of the table of distances between a pattern and a text:
// the differences from letter to letter, and the last entry as a number.
type column struct {
	up, down   uint64 // rows where the distance grows, shrinks
	diag, last uint64
	letter     byte
	score      int // distance of the whole pattern to the text so far
	length     int // letters of the text so far
}

func (p *pattern) first() column {
	return column{up: ^uint64(0), score: len(p.text)}
}

// run continues a column over more text and gives the new one, and the smallest
// distance of the whole pattern to any part of the text that ends on the way.
func (p *pattern) run(c column, text []byte) (column, int) {
	best := c.score
	top := uint(len(p.text) - 1)
	for _, b := range text {
		if b == ' ' || b == c.letter && b > '9' {
			continue
		}
		c.letter = b
		eq := p.at[b&127]
		swap := ((^c.diag & eq) << 1) & c.last
		diag := (((eq & c.up) + c.up) ^ c.up) | eq | c.down | swap
		right := c.down | ^(diag | c.up)
		left := diag & c.up
		c.score += int(right>>top&1) - int(left>>top&1)
		right = right<<1 | 1
		c.up = left<<1 | ^(diag | right)
		c.down = right & diag
		c.diag, c.last = diag, eq
		c.length++
		best = min(best, c.score)
	}
	return c, best
}

// distance gives the distance of the first n letters of the pattern to the text so far.
func (c column) distance(n int) int {
	rows := uint64(1)<<uint(n) - 1
	return c.length + bits.OnesCount64(c.up&rows) - bits.OnesCount64(c.down&rows)
}

// slips is how many slips of the finger are forgiven in a text of n letters.
func slips(n int) int {
	switch {
	case n <= 2:
		return 0
	case n <= 5:
		return 1
	case n <= 9:
		return 2
	}
	return 3
}

// slipsAhead is the same for an unfinished word, where more names are near.
func slipsAhead(n int) int {
	switch {
	case n <= 3:
		return 0
	case n <= 6:
		return 1
	}
	return 2
}
