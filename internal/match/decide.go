package match

import (
	"cmp"
	"strings"
)

// Verdict is the answer for one person against all candidates.
type Verdict struct {
	Answer    Answer
	Candidate int      // index of the candidate it is about; −1 when there is none
	Evidence  Evidence // of that candidate
}

// Decide compares p with candidates and answers for the one that scores best; of
// equals, the one with the smallest Ref. The order of candidates does not matter,
// and p itself among them (the same Ref) is passed over.
func Decide(p Person, candidates []Person) Verdict {
	p = p.Prepared()
	best := Verdict{Answer: Different, Candidate: -1}
	for i, c := range candidates {
		if p.Ref != "" && p.Ref == c.Ref {
			continue
		}
		e := Score(p, c)
		if best.Candidate >= 0 && (e.Score < best.Evidence.Score || e.Score == best.Evidence.Score && !before(c, candidates[best.Candidate])) {
			continue
		}
		best = Verdict{Answer: e.Answer(), Candidate: i, Evidence: e}
	}
	return best
}

// before orders candidates of one score: by Ref, and without Refs by what is known
// of them.
func before(a, b Person) bool {
	return cmp.Or(
		strings.Compare(a.Ref, b.Ref), strings.Compare(a.Name, b.Name), cmp.Compare(a.BirthDate, b.BirthDate), cmp.Compare(a.Sex, b.Sex),
		strings.Compare(a.Village, b.Village), strings.Compare(a.Regency, b.Regency), strings.Compare(a.Phone, b.Phone),
		strings.Compare(a.MotherKey, b.MotherKey), strings.Compare(a.NIKKey, b.NIKKey), strings.Compare(a.Occupation, b.Occupation),
	) < 0
}
