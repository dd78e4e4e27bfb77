package area

import (
	_ "embed"
	"strings"
)

// Known says how much of an issuing code this table recognises.
type Known uint8

// The degrees of knowledge about the first six digits of a NIK. None of them is
// a reason to refuse a person: codes change, a NIK does not.
const (
	Unknown      Known = iota // no such province, today or before
	ProvinceOnly              // the province exists; the regency is not known
	RegencyOnly               // the regency exists; the district is not known
	DistrictNow               // a district of today
	Historical                // under a regency that has another code today
)

var knownNames = [...]string{"unknown", "province", "regency", "district", "historical"}

// String gives the English name of the degree.
func (k Known) String() string {
	if int(k) < len(knownNames) {
		return knownNames[k]
	}
	return ""
}

//go:embed data/aliases.csv
var aliasTable string

// alias is a regency's code of earlier years and the one that replaced it.
type alias struct{ old, now Code }

// readAliases reads the columns old_code and new_code; lines with # are remarks.
func readAliases(csv string) []alias {
	var out []alias
	for line := range strings.Lines(csv) {
		cell := strings.Split(strings.TrimSpace(line), ",")
		if len(cell) < 3 || Code(cell[0]).Level() != Regency {
			continue
		}
		out = append(out, alias{old: Code(cell[0]), now: Code(cell[2])})
	}
	return out
}

// Present gives the code that a regency carries today: the new one if c is a
// replaced code, else c itself. Districts and villages were numbered anew when
// their regency was, so a code below an old regency has no exact successor.
func (t *Tree) Present(c Code) Code {
	for _, a := range t.aliases {
		if a.old == c {
			return a.now
		}
	}
	return c
}

// Issuance reads the first six digits of a NIK, which name the district where
// the person was first registered. It gives the smallest area that is known for
// certain: the district, the regency (for a replaced code the one of today) or
// the province.
func (t *Tree) Issuance(digits6 string) (Area, Known) {
	if len(digits6) != 6 || strings.ContainsFunc(digits6, notDigit) {
		return Area{}, Unknown
	}
	province := Code(digits6[:2])
	regency := province + "." + Code(digits6[2:4])
	if a, ok := t.Get(regency + "." + Code(digits6[4:])); ok {
		return a, DistrictNow
	}
	if now := t.Present(regency); now != regency {
		if a, ok := t.Get(now); ok {
			return a, Historical
		}
	}
	if a, ok := t.Get(regency); ok {
		return a, RegencyOnly
	}
	if a, ok := t.Get(province); ok {
		return a, ProvinceOnly
	}
	return Area{}, Unknown
}

func notDigit(r rune) bool { return r < '0' || r > '9' }
