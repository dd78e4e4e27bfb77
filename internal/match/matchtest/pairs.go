package matchtest

import (
	"slices"
	"strings"

	"jaring/internal/jaring"
	"jaring/internal/match"
)

// Pair is two records and the truth about them.
type Pair struct {
	A, B match.Person
	Same bool
	Kind string // what makes the pair hard
}

// maker makes the two humans of a pair; for a true pair they are one, written
// twice.
type maker struct {
	kind string
	make func(r *random) (a, b human)
}

var samePairs = []maker{
	{"muhammad", func(r *random) (human, human) {
		a := r.human()
		a.female = false
		a.name = append([]string{"Muhammad"}, r.fullName(false, false)...)
		if a.name[1] == "Muhammad" {
			a.name = a.name[1:]
		}
		return a, again(r, a, shortMuhammad)
	}},
	{"single_name", func(r *random) (human, human) {
		a := r.human()
		a.name = a.name[:1]
		if r.chance(0.3) {
			return a, again(r, a, otherEar)
		}
		return a, again(r, a)
	}},
	{"title", written(withTitle)},
	{"old_spelling", written(oldSpelling)},
	{"ear", written(otherEar)},
	{"typing", written(mistype)},
	{"birth", written(wrongBirth)},
	{"moved", written(move)},
	{"part", written(dropWord)},
	{"joined", written(joinWords)},
	{"bare", func(r *random) (human, human) {
		a := r.human()
		b := again(r, a)
		a.phone, b.phone, a.mother, b.mother = "", "", nil, nil
		return a, b
	}},
	{"two_errors", func(r *random) (human, human) {
		all := []mutation{withTitle, oldSpelling, otherEar, mistype, wrongBirth, move, dropWord, joinWords}
		a := r.human()
		return a, again(r, a, all[r.intn(len(all))], all[r.intn(len(all))])
	}},
}

func written(m mutation) func(r *random) (human, human) {
	return func(r *random) (human, human) {
		a := r.human()
		return a, again(r, a, m)
	}
}

// again is a as the same person is written the second time: a new number for
// one in four, another trade for four in ten, the mother spelled otherwise for one
// in ten, and then what makes the pair hard.
func again(r *random, a human, ms ...mutation) human {
	b := a
	b.name, b.mother = slices.Clone(a.name), slices.Clone(a.mother)
	if r.chance(0.25) {
		b.phone = r.phone()
	}
	if r.chance(0.4) {
		b.trade = trades[r.intn(len(trades))]
	}
	if r.chance(0.1) {
		mother := human{name: b.mother, female: true}
		mistype(r, &mother)
		b.mother = mother.name
	}
	for _, m := range ms {
		m(r, &b)
	}
	return b
}

var differentPairs = []maker{
	{"twin", func(r *random) (human, human) {
		a := r.human()
		b := relative(r, a)
		b.birth = a.birth
		if r.chance(0.65) {
			b.female = a.female
		}
		b.name = siblingName(r, a, b.female, 0.3)
		return a, b
	}},
	{"sibling", func(r *random) (human, human) {
		a := r.human()
		b := relative(r, a)
		b.birth = b.birth%10000 + a.birth/10000*10000
		for b.birth/10000 == a.birth/10000 {
			b.birth += jaring.Day(10000 * (1 + r.intn(9)))
		}
		b.name = siblingName(r, a, b.female, 0.1)
		return a, b
	}},
	{"muhammads", func(r *random) (human, human) {
		a := r.human()
		a.female = false
		a.name = []string{"Muhammad", r.pick(maleSecond, false)}
		b := relative(r, a)
		b.female = false
		b.name = []string{"Muhammad", otherWord(r, maleSecond, a.name[1])}
		if r.chance(0.3) {
			b.birth = a.birth
		}
		return a, b
	}},
	{"namesake", func(r *random) (human, human) { // same name, same birth date, another place
		a := r.human()
		a.name = r.fullName(a.female, true)
		b := r.human()
		b.name, b.female, b.birth = slices.Clone(a.name), a.female, a.birth
		for b.village[:5] == a.village[:5] {
			b.village = r.village("")
		}
		return a, b
	}},
	{"single_namesake", func(r *random) (human, human) {
		a := r.human()
		a.name = []string{r.pick(map[bool][]string{false: maleFirst, true: femaleFirst}[a.female], true)}
		b := r.human()
		b.name, b.female, b.birth = slices.Clone(a.name), a.female, a.birth
		b.village = r.village(a.village[:2])
		for b.village[:5] == a.village[:5] {
			b.village = r.village("")
		}
		return a, b
	}},
	{"neighbour", func(r *random) (human, human) { // same village, same birth date
		a, b := r.human(), r.human()
		b.village, b.birth, b.female = a.village, a.birth, a.female
		b.name = r.fullName(b.female, false)
		return a, b
	}},
	{"village_namesake", func(r *random) (human, human) { // same common name, same village, another birth date
		a := r.human()
		a.name = r.fullName(a.female, true)
		b := r.human()
		b.name, b.female, b.village = slices.Clone(a.name), a.female, a.village
		return a, b
	}},
	{"parent", func(r *random) (human, human) {
		a := r.human()
		b := relative(r, a)
		b.mother = r.fullName(true, false)
		b.birth = a.birth - 200000
		b.name = siblingName(r, a, b.female, 0)
		return a, b
	}},
	{"stranger", func(r *random) (human, human) { return r.human(), r.human() }},
}

// Pairs makes n labelled pairs, half of them of one person, the kinds in turn.
func Pairs(seed uint64, n int) []Pair {
	r := &random{state: seed}
	pairs := make([]Pair, 0, n)
	for i := range n {
		m, same := samePairs[i/2%len(samePairs)], i%2 == 0
		if !same {
			m = differentPairs[i/2%len(differentPairs)]
		}
		a, b := m.make(r)
		for !same && strings.Join(a.name, " ") == strings.Join(b.name, " ") && (m.kind == "twin" || m.kind == "muhammads" || m.kind == "sibling" || m.kind == "parent") {
			a, b = m.make(r)
		}
		pair := Pair{A: r.record(a), B: r.record(b), Same: same, Kind: m.kind}
		pair.A.Ref, pair.B.Ref = "a", "b"
		if m.kind == "bare" {
			pair.A.Phone, pair.B.Phone, pair.A.MotherKey, pair.B.MotherKey = "", "", "", ""
		}
		pairs = append(pairs, pair)
	}
	return pairs
}
