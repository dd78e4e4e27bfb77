package match

import (
	"strings"

	"jaring/internal/jaring"
)

// Person is what is known of somebody for comparing. Every field but Name may be
// empty, and an empty field is no evidence.
type Person struct {
	Ref       string     // the caller's id; two records of equal Ref are never compared, ties go to the smaller
	Name      string     // as written
	BirthDate jaring.Day // as stated
	Sex       jaring.Sex
	Village   string // area code with dots: 35.15.14.2003
	Regency   string // area code with dots: 35.15; taken from Village when empty
	Phone     string // +628…
	MotherKey string // keyed hash of FoldName of the mother's name
	NIKKey    string // keyed hash of the NIK

	Occupation string

	folded *foldedName
}

// Prepared is p with its name folded once, for comparing it many times.
func (p Person) Prepared() Person {
	if p.folded == nil || p.folded.raw != p.Name {
		p.folded = foldForComparing(p.Name)
	}
	if p.Regency == "" && len(p.Village) >= regencyLength {
		p.Regency = p.Village[:regencyLength]
	}
	return p
}

// maxWords bounds the words of a name that are compared.
const maxWords = 5

type nameWord struct {
	text, sound string
	bits        Bits
}

type foldedName struct {
	raw    string
	joined string // without spaces: NUR HAYATI is NURHAYATI
	words  []nameWord
}

func foldForComparing(name string) *foldedName {
	f := &foldedName{raw: name}
	for _, w := range strings.Fields(FoldName(name)) {
		f.joined += w
		if len(f.words) < maxWords {
			f.words = append(f.words, nameWord{text: w, sound: sound(w), bits: nameBits(w)})
		}
	}
	return f
}
