package matchtest

import (
	"slices"
)

// relative is somebody of a's household: the same mother and place, and for one
// in two the same phone.
func relative(r *random, a human) human {
	b := r.human()
	b.mother, b.village = slices.Clone(a.mother), a.village
	if r.chance(0.5) {
		b.phone = a.phone
	}
	return b
}

// siblingName names a brother or sister of a: a rhyme of a's name for the share
// rhyming; else four in ten share a word; a family name is always shared.
func siblingName(r *random, a human, female bool, rhyming float64) []string {
	if r.chance(rhyming) && female == a.female {
		return rhyme(r, a.name)
	}
	name := r.fullName(female, false)
	name[0] = otherWord(r, map[bool][]string{false: maleFirst, true: femaleFirst}[female], a.name[0])
	last := a.name[len(a.name)-1]
	switch {
	case len(a.name) > 1 && familyName(last):
		name = append(name[:1], last)
	case len(a.name) > 1 && r.chance(0.4) && female == a.female:
		if r.chance(0.5) {
			name = append(name[:1], a.name[1:]...)
		} else {
			name = append([]string{a.name[0]}, otherWord(r, map[bool][]string{false: maleSecond, true: femaleSecond}[female], a.name[1]))
		}
	}
	return name
}

// rhyme changes the first sound or a vowel of one word, as parents of twins do:
// Rina and Rini, Hasan and Husin, Budi and Rudi.
func rhyme(r *random, name []string) []string {
	name = slices.Clone(name)
	i := r.intn(len(name))
	w := []byte(name[i])
	vowels := "aiu"
	switch r.intn(3) {
	case 0:
		w[0] = "BDRSTYHN"[r.intn(8)]
	case 1:
		if c := w[len(w)-1]; c == 'a' || c == 'i' || c == 'o' || c == 'u' || c == 'e' {
			w[len(w)-1] = vowels[r.intn(3)]
		} else {
			w = append(w, vowels[r.intn(3)])
		}
	default:
		for at := len(w) - 1; at > 0; at-- {
			if c := w[at]; c == 'a' || c == 'i' || c == 'u' {
				w[at] = vowels[r.intn(3)]
				if r.chance(0.5) {
					break
				}
			}
		}
	}
	name[i] = string(w)
	return name
}

func otherWord(r *random, words []string, but string) string {
	for {
		if w := r.pick(words, false); w != but {
			return w
		}
	}
}
