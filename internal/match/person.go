package match

import (
	"strings"
	"sync"

	"jaring/internal/jaring"
)

// Person is what is known of somebody for comparing. Every field but Name may be
// empty, and an empty field is no evidence.
type Person struct {
	Ref       string     // the caller's id; two records of equal Ref are never compared, ties go to the smaller
	Name      string     // as written
	NameFold  string     // FoldName(Name) when the caller keeps it; saves the folding
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
		p.folded = foldForComparing(p.Name, p.NameFold)
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

// foldForComparing splits a folded name into words; it folds when the caller has not.
func foldForComparing(name, folded string) *foldedName {
	f := &foldedName{raw: name}
	if folded == "" {
		folded = FoldName(name)
	}
	for _, w := range strings.Fields(folded) {
		f.joined += w
		if len(f.words) < maxWords {
			f.words = append(f.words, wordOf(w))
		}
	}
	return f
}

// knownWords remembers the sound and the rarity of words already met: names are made
// of some thousands of words, and every candidate is compared by them.
var knownWords struct {
	sync.RWMutex
	words map[string]nameWord
}

const maxKnownWords = 1 << 16 // some ten megabytes; beyond it the memory starts anew

func wordOf(text string) nameWord {
	knownWords.RLock()
	w, known := knownWords.words[text]
	knownWords.RUnlock()
	if known {
		return w
	}
	text = strings.Clone(text)
	w = nameWord{text: text, sound: sound(text), bits: nameBits(text)}
	knownWords.Lock()
	defer knownWords.Unlock()
	if knownWords.words == nil || len(knownWords.words) >= maxKnownWords {
		knownWords.words = make(map[string]nameWord, 1024)
	}
	knownWords.words[text] = w
	return w
}
