package match

import (
	"fmt"

	"jaring/internal/jaring"
)

// Keys are the blocking keys of p: a record is a candidate for another when they
// have one key in common. There are at most three, each under 32 bytes for
// an indexed column, told apart by their first letter. "Bones" are the consonants of a
// word as it sounds:
//
//	n  bones of the rarest word + birth date       finds who moved
//	r  birth date + regency                        finds who is spelled another way
//	y  bones of the two rarest words + regency     finds who has a wrong birth date;
//	   a name of one telling word takes the birth year for the second
//
// A key whose parts are missing is left out. On 1 January and the other days that
// stand for "not known" n holds the province too and r the first letter of the
// bones: such a day has 36,000 people, and the fullest regency a thousand of them.
// matchtest.Run measures what to expect at 45 million people; drawn from its short
// lists of names, which is the worse case, it is about 12 for n, 8 for r and 10
// for y, ten times that in the fullest regencies. Lost are those who have two of:
// another regency, a rarest word heard otherwise, a wrong birth date.
func Keys(p Person) []string {
	p = p.Prepared()
	keys := make([]string, 0, 3)
	first, second := p.folded.telling()
	narrow := assumedDay(p.BirthDate)
	if first != "" && p.BirthDate != 0 {
		key := fmt.Sprintf("n%s%d", first, p.BirthDate)
		if narrow && len(p.Regency) >= provinceLength {
			key += p.Regency[:provinceLength]
		}
		keys = append(keys, key)
	}
	if p.BirthDate != 0 && p.Regency != "" {
		key := fmt.Sprintf("r%d%s", p.BirthDate, p.Regency)
		if narrow && first != "" {
			key += first[:1]
		}
		keys = append(keys, key)
	}
	if key := nameAndRegency(first, second, p.BirthDate, p.Regency); key != "" {
		keys = append(keys, key)
	}
	return keys
}

func nameAndRegency(first, second string, birth jaring.Day, regency string) string {
	switch {
	case first == "" || regency == "" || second == "" && birth == 0:
		return ""
	case second == "":
		return fmt.Sprintf("y%s%d%s", first, birth.Year(), regency)
	}
	return "y" + min(first, second) + "-" + max(first, second) + regency
}

// telling gives the bones of the two rarest words, the earlier of equals because
// people drop the last. A second word as common as Muhammad tells nothing and is
// left out by half.
func (f *foldedName) telling() (first, second string) {
	best, next := -1, -1
	for i, w := range f.words {
		switch {
		case best < 0 || w.bits > f.words[best].bits:
			best, next = i, best
		case next < 0 || w.bits > f.words[next].bits:
			next = i
		}
	}
	if best >= 0 {
		first = skeleton(f.words[best].sound)
	}
	if next >= 0 && f.words[next].bits > commonWord {
		second = skeleton(f.words[next].sound)
	}
	return first, second
}
