package match

import (
	"cmp"
	"strings"
)

// likeness of two words of a name.
type likeness uint8

const (
	unlike  likeness = iota
	variant          // one letter away, but the way that names differ: RINA RINI, BUDI RUDI
	initial          // S for SANTOSO
	typo             // a slip of the finger
	alike            // two spellings of one sound
	equal
)

// weight is the evidence against the two alternatives, a stranger and somebody of
// the same household.
type weight struct{ stranger, family Bits }

func (w weight) plus(x weight) weight { return weight{w.stranger + x.stranger, w.family + x.family} }

// nameMatch is the best pairing of the words of two names.
type nameMatch struct {
	bits     Bits // against a stranger, of the words that are paired
	pairs    int
	shared   int // equal or alike in sound
	variants int
	mistyped int
}

// Weights of what is not equal. A true pair has a mistyped word in 2 of 100 names,
// of which u triples by the words within reach (−600); another spelling of the
// sound in 20 (−150).
const (
	costAlike Bits = 150
	costTypo  Bits = 600
	leastTypo Bits = 50
	bitsOfDot Bits = 200 // an initial: one letter of some ten that names begin with

	// A word replaced by another: 1.5 of 100 true pairs, nearly all strangers; twins and
	// brothers always, and for them it is the one thing that tells.
	costConflict       Bits = -600
	costFamilyConflict Bits = -800
	costVariant        Bits = -400
	costFamilyVariant  Bits = -600

	// A word that only one of them has.
	costMissing       Bits = -100
	costMissingCommon Bits = -30
	commonWord        Bits = 600

	// Nobody's name is as rare as the product of its words; and one name in a
	// thousand is given twice in one family.
	mostName       Bits = 2200
	mostFamilyName Bits = 1000
	familyShares   Bits = 250 // brothers share a word once in six; sharing one, they share the others
	familyTypo     Bits = 300 // twins are named alike
)

// compareNames gives the finding and its weights, the same for both orders.
func compareNames(a, b *foldedName) (string, weight) {
	switch {
	case len(a.words) == 0 || len(b.words) == 0:
		return "", weight{}
	case a.joined == b.joined:
		bits := min(a.rarity(), b.rarity(), mostName)
		return "same", weight{bits, min(bits, mostFamilyName)}
	case len(a.words) != len(b.words) && nearlyJoined(a.joined, b.joined):
		bits := min(a.rarity(), b.rarity(), mostName) - costTypo
		return "mistyped", weight{bits, min(bits, mostFamilyName-familyTypo)}
	}
	m := bestPairing(a.words, b.words, 0)
	missing := missingCost(a.words, b.words)
	conflicts := Bits(min(len(a.words), len(b.words)) - m.pairs)
	w := weight{
		stranger: min(m.bits, mostName) + conflicts*costConflict + missing,
		family:   conflicts*costFamilyConflict + Bits(m.variants)*costFamilyVariant + Bits(min(m.shared, 1))*familyShares + missing,
	}
	if conflicts == 0 && m.variants == 0 { // no word that a brother would have instead
		w.family = min(m.bits, mostFamilyName) - Bits(m.mistyped)*familyTypo + missing
	}
	switch {
	case conflicts > 0:
		return "other_word", w
	case m.variants > 0:
		return "variant", w
	case m.mistyped > 0:
		return "mistyped", w
	case len(a.words) != len(b.words):
		return "part", w
	}
	return "alike", w
}

// rarity is the sum of the words' bits.
func (f *foldedName) rarity() (sum Bits) {
	for _, w := range f.words {
		sum += w.bits
	}
	return sum
}

// missingCost is paid for words that only the longer name has.
func missingCost(a, b []nameWord) Bits {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(a) == len(b) {
		return 0
	}
	extra, common := len(a)-len(b), 0
	for _, w := range a {
		if w.bits <= commonWord {
			common++
		}
	}
	for _, w := range b {
		if w.bits <= commonWord {
			common--
		}
	}
	common = max(0, min(common, extra))
	return Bits(common)*costMissingCommon + Bits(extra-common)*costMissing
}

// bestPairing tries all ways to pair words of a with words of b not yet used (a
// bit each) and keeps the best. Names have two or three words.
func bestPairing(a, b []nameWord, used uint) nameMatch {
	if len(a) == 0 {
		return nameMatch{}
	}
	best := bestPairing(a[1:], b, used)
	for j := range b {
		if used&(1<<j) != 0 {
			continue
		}
		kind := compareWords(a[0], b[j])
		if kind == unlike {
			continue
		}
		m := bestPairing(a[1:], b, used|1<<j)
		m.add(kind, min(a[0].bits, b[j].bits))
		if m.betterThan(best) {
			best = m
		}
	}
	return best
}

// betterThan weighs a pairing with the conflicts that it saves. Every part is a
// sum over pairs and all parts are compared, so the best does not depend on which
// name comes first.
func (m nameMatch) betterThan(n nameMatch) bool {
	return cmp.Or(
		cmp.Compare(m.bits-Bits(m.pairs)*costConflict, n.bits-Bits(n.pairs)*costConflict),
		cmp.Compare(n.variants, m.variants),
		cmp.Compare(m.shared, n.shared),
		cmp.Compare(m.pairs, n.pairs),
		cmp.Compare(n.mistyped, m.mistyped),
	) > 0
}

func (m *nameMatch) add(kind likeness, bits Bits) {
	m.pairs++
	switch kind {
	case equal:
		m.shared++
		m.bits += bits
	case alike:
		m.shared++
		m.bits += max(bits-costAlike, leastTypo)
	case typo:
		m.mistyped++
		m.bits += max(bits-costTypo, leastTypo)
	case initial:
		m.bits += bitsOfDot
	case variant:
		m.variants++
		m.bits += costVariant
	}
}

func compareWords(a, b nameWord) likeness {
	switch {
	case a.text == b.text:
		return equal
	case len(a.text) == 1 || len(b.text) == 1:
		if a.text[0] == b.text[0] {
			return initial
		}
		return unlike
	case a.sound == b.sound && len(a.sound) > 2:
		return alike
	}
	return slip(a.text, b.text)
}

func nearlyJoined(a, b string) bool {
	return len(a) >= 8 && len(b) >= 8 && slip(a, b) == typo
}

// slip tells a slip of the finger from another name. One change is a slip; two
// are in long words. But another last vowel, a first letter from elsewhere on the
// keyboard, an A for an I, or any letter of a short word is how parents tell their
// children apart.
func slip(a, b string) likeness {
	x, y, head, tail := differing(a, b)
	shorter := min(len(a), len(b))
	switch {
	case shorter < 3 || max(len(x), len(y)) > 3:
		return unlike
	case len(x) == 1 && len(y) == 1:
		if shorter <= 4 || head == 0 && !nextKey(x[0], y[0]) || parted(x[0], y[0], tail == 0) {
			return variant
		}
		return typo
	case len(x)+len(y) == 1:
		if tail == 0 && isVowel((x + y)[0]) || shorter < 4 {
			return variant
		}
		return typo
	case len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0]:
		return typo
	case shorter >= 8 && head > 0 && distance(x, y) <= 2:
		return typo
	}
	return unlike
}

// parted reports whether x for y makes another name rather than a slip.
func parted(x, y byte, last bool) bool {
	if !isVowel(x) || !isVowel(y) {
		return false
	}
	if x > y {
		x, y = y, x
	}
	heardAlike := x == 'O' && y == 'U' || x == 'E' && y == 'I'
	return last || !heardAlike
}

// nextKey reports whether x and y are neighbours in a row of the keyboard.
func nextKey(x, y byte) bool {
	const rows = "QWERTYUIOP ASDFGHJKL ZXCVBNM"
	at := strings.IndexByte(rows, x)
	return at > 0 && rows[at-1] == y || at >= 0 && at+1 < len(rows) && rows[at+1] == y
}

func isVowel(c byte) bool { return strings.IndexByte("AEIOU", c) >= 0 }

// differing is what is left of a and b without their common head and tail, and
// how long those are.
func differing(a, b string) (x, y string, head, tail int) {
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	x, y = a[head:], b[head:]
	for tail < len(x) && tail < len(y) && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	return x[:len(x)-tail], y[:len(y)-tail], head, tail
}

// distance is the number of letters to add, drop or change to make y of x; both
// have at most three.
func distance(x, y string) int {
	switch {
	case x == "" || y == "":
		return len(x) + len(y)
	case x[0] == y[0]:
		return distance(x[1:], y[1:])
	}
	return 1 + min(distance(x[1:], y), distance(x, y[1:]), distance(x[1:], y[1:]))
}
