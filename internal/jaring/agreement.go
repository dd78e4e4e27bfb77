package jaring

import (
	"slices"
	"strconv"
)

// Bounds of agreements: guards of Jaring, no rules of the law.
const (
	MaxAgreementMonths = 60
	maxAgreementPeople = 10_000_000
	maxAgreementRupiah = 100_000_000_000_000
	maxTerms           = 1000 // occupations, areas or villages of an agreement
)

// Agreement is what a sponsor and the office have agreed (PKS), as somebody enters it.
type Agreement struct {
	Kind          SponsorKind
	Number        string // of the agreement
	Decree        string // that names the people; asked of public budgets
	FirstMonth    Month
	Months        int
	Programs      Programs
	CeilingAmount Rupiah
	CeilingPeople int
	Terms         Terms
}

// Terms are what an agreement asks of its people. The zero value asks for nothing.
type Terms struct {
	Area          string         `json:"area,omitempty"`           // dotted code: where villages are looked for and people must live
	IncomeCeiling Rupiah         `json:"income_ceiling,omitempty"` // a month; 0: none
	Occupations   []string       `json:"occupations,omitempty"`    // empty: any
	Domicile      []string       `json:"domicile,omitempty"`       // parts of Area
	MaxDecile     int            `json:"max_decile,omitempty"`     // of welfare, 1 poorest; 0: any
	Quota         map[string]int `json:"quota,omitempty"`          // places of a village
	QuotaEach     int            `json:"quota_each,omitempty"`     // of every other village; 0: as many as come
}

// LastMonth is the last month that the agreement pays for.
func (a Agreement) LastMonth() Month { return a.FirstMonth.Add(a.Months - 1) }

// NewAgreement judges an agreement whole and gives it as it is kept; prices and areas are judged by those who
// know them. Errors: sponsor.kind_unknown, agreement.decree_missing, field.required, field.too_long,
// field.unreadable, month.required, months.range, program.required, field.out_of_range, field.too_many.
func NewAgreement(a Agreement) (Agreement, error) {
	j := judge{}
	if !slices.Contains(SponsorKinds, a.Kind) {
		j.reject("kind", "sponsor.kind_unknown")
	}
	a.Number = j.text("number", a.Number, maxName, true)
	if a.Decree = j.text("decree", a.Decree, maxName, false); a.Decree == "" && a.Kind.Public() {
		j.reject("decree", "agreement.decree_missing")
	}
	if a.FirstMonth <= 0 {
		j.reject("first_month", "month.required")
	}
	if a.Months < 1 || a.Months > MaxAgreementMonths {
		j.reject("months", "months.range", "min", 1, "max", MaxAgreementMonths)
	}
	if len(a.Programs) == 0 {
		j.reject("programs", "program.required")
	}
	if a.CeilingAmount < 1 || a.CeilingAmount > maxAgreementRupiah {
		j.reject("ceiling_amount", "field.out_of_range", "min", 1, "max", maxAgreementRupiah)
	}
	if a.CeilingPeople < 1 || a.CeilingPeople > maxAgreementPeople {
		j.reject("ceiling_people", "field.out_of_range", "min", 1, "max", maxAgreementPeople)
	}
	a.Terms.judge(&j)
	return a, j.errs.OrNil()
}

func (t *Terms) judge(j *judge) {
	for field, n := range map[string]int{"occupations": len(t.Occupations), "domicile": len(t.Domicile), "quota": len(t.Quota)} {
		if n > maxTerms {
			j.reject("terms/"+field, "field.too_many", "max", maxTerms)
			return
		}
	}
	for i := range t.Occupations {
		t.Occupations[i] = j.text("terms/occupations/"+strconv.Itoa(i), t.Occupations[i], maxName, true)
	}
	if t.QuotaEach < 0 || t.QuotaEach > maxAgreementPeople {
		j.reject("terms/quota_each", "field.out_of_range", "min", 0, "max", maxAgreementPeople)
	}
	for _, n := range t.Quota {
		if n < 0 || n > maxAgreementPeople {
			j.reject("terms/quota", "field.out_of_range", "min", 0, "max", maxAgreementPeople)
			return
		}
	}
}
