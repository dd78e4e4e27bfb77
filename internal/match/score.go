package match

// Alternative is how two records come to look alike without being one person.
type Alternative string

// The alternatives.
const (
	Stranger Alternative = "stranger" // by chance, among 45 million
	Family   Alternative = "family"   // by kinship: twins, brothers, parent and child
)

// What is believed before any field is compared. One registration in 25 is of
// somebody who is already here: against each of 45 million others that is 2^-30;
// against the three of the household who are here, 2^-7.
const (
	priorStranger Bits = -3000
	priorFamily   Bits = -700
)

// Answer is the conclusion from a score.
type Answer string

// The answers.
const (
	Same      Answer = "same"      // one person, by 64 to 1 or more
	Maybe     Answer = "maybe"     // likelier one than not: a person should look
	Different Answer = "different" // not the same
)

const (
	sameFrom  Bits = 600
	maybeFrom Bits = 0
)

// FieldEvidence is what one field says.
type FieldEvidence struct {
	Field   string // name, birth_date, sex, place, phone, mother, nik, occupation
	Finding string // same, mistyped, swapped …
	Bits    Bits   // for (+) or against (−) one person, against the Alternative of the Evidence
}

// Key is the translation key of the finding: match.name.mistyped.
func (f FieldEvidence) Key() string { return "match." + f.Field + "." + f.Finding }

const fieldCount = 8

// Evidence is what two records say together. Score = Prior + the Bits of Fields.
// It holds no name, number or date.
type Evidence struct {
	Score   Bits        // logarithm of the odds for one person
	Against Alternative // the alternative that explains the pair better; the other gives a larger score
	Prior   Bits

	fields [fieldCount]FieldEvidence
	count  int
}

// Fields are the fields that both records have, with what was found.
func (e *Evidence) Fields() []FieldEvidence { return e.fields[:e.count] }

// Answer is the conclusion from the score.
func (e *Evidence) Answer() Answer {
	switch {
	case e.Score >= sameFrom:
		return Same
	case e.Score >= maybeFrom:
		return Maybe
	}
	return Different
}

// Score weighs whether a and b are one person; the order of the two does not
// matter. Prepare both when they are compared more than once.
func Score(a, b Person) Evidence {
	a, b = a.Prepared(), b.Prepared()
	var t tally
	t.add("name")(compareNames(a.folded, b.folded))
	t.add("birth_date")(compareBirth(a.BirthDate, b.BirthDate))
	t.add("sex")(compareSex(a.Sex, b.Sex))
	t.add("place")(comparePlace(a, b))
	t.add("phone")(comparePhone(a.Phone, b.Phone))
	t.add("mother")(compareMother(a.MotherKey, b.MotherKey))
	t.add("nik")(compareNIK(a.NIKKey, b.NIKKey))
	t.add("occupation")(compareOccupation(a.Occupation, b.Occupation))
	return t.evidence()
}

// The most that place, phone, mother's name, NIK and occupation can still say.
var mostOfTheRest = weight{stranger: 1350 + 1100 + 950 + 2000 + 100, family: 600 + 100 + 80 + 900 + 50}

// Possible reports whether b could be a when only name, birth date and sex of b are
// known: whether Score could still answer same or maybe, whatever the other fields
// hold. It spares the store the rest of most candidates.
func Possible(a, b Person) bool {
	a, b = a.Prepared(), b.Prepared()
	_, name := compareNames(a.folded, b.folded)
	_, birth := compareBirth(a.BirthDate, b.BirthDate)
	_, sex := compareSex(a.Sex, b.Sex)
	sum := name.plus(birth).plus(sex).plus(mostOfTheRest)
	if a.NIKKey == "" {
		sum = sum.plus(weight{-2000, -900})
	}
	return min(sum.stranger+priorStranger, sum.family+priorFamily) >= maybeFrom
}

// tally sums both alternatives side by side.
type tally struct {
	fields  [fieldCount]FieldEvidence
	weights [fieldCount]weight
	count   int
	sum     weight
}

func (t *tally) add(field string) func(finding string, w weight) {
	return func(finding string, w weight) {
		if finding == "" {
			return
		}
		t.fields[t.count] = FieldEvidence{Field: field, Finding: finding}
		t.weights[t.count] = w
		t.count++
		t.sum = t.sum.plus(w)
	}
}

func (t *tally) evidence() Evidence {
	e := Evidence{Score: t.sum.stranger + priorStranger, Against: Stranger, Prior: priorStranger, fields: t.fields, count: t.count}
	if family := t.sum.family + priorFamily; family < e.Score {
		e.Score, e.Against, e.Prior = family, Family, priorFamily
	}
	for i := range t.count {
		if e.fields[i].Bits = t.weights[i].stranger; e.Against == Family {
			e.fields[i].Bits = t.weights[i].family
		}
	}
	return e
}
