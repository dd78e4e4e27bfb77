package roster

import (
	"maps"
	"slices"

	"jaring/internal/area"
	"jaring/internal/jaring"
)

// Agreement is what a sponsor has agreed to, as far as it decides who may come along. The zero
// value asks for nothing.
type Agreement struct {
	Area          area.Code         // where villages are looked for, and where people must live; empty: anywhere
	Start         jaring.Day        // first day of cover, on which ages are counted; zero: the day of the check
	Programs      jaring.Programs   // empty: what the law makes a lone worker have
	IncomeCeiling jaring.Rupiah     // a month; 0: none
	Occupations   []string          // empty: any
	Domicile      []area.Code       // parts of Area in which people must live; empty: all of it
	MaxDecile     int               // of welfare, 1 poorest; 0: any
	Quota         map[area.Code]int // places of a village
	QuotaEach     int               // places of every other village; 0: as many as come
	Employer      bool              // it is an employer's list of wage workers: no entry age of BPU, and the income is the wage
}

// Check judges the agreement itself. Errors: roster.area_unknown (args code),
// field.out_of_range (args min, max), money.malformed.
func (a *Agreement) Check(areas *area.Tree) error {
	var errs jaring.Errors
	known := func(field string, codes ...area.Code) {
		for _, c := range codes {
			if _, ok := areas.Get(c); !ok {
				errs = append(errs, jaring.NewError(jaring.Invalid, "roster.area_unknown", "code", string(c)).At(field))
			}
		}
	}
	if a.Area != "" {
		known("area", a.Area)
	}
	known("domicile", a.Domicile...)
	known("quota", slices.Sorted(maps.Keys(a.Quota))...)
	if a.MaxDecile < 0 || a.MaxDecile > mostDecile {
		errs = append(errs, jaring.NewError(jaring.Invalid, "field.out_of_range", "min", 1, "max", mostDecile).At("max_decile"))
	}
	if a.IncomeCeiling < 0 {
		errs = append(errs, jaring.NewError(jaring.Invalid, "money.malformed").At("income_ceiling"))
	}
	return errs.OrNil()
}

// mostDecile is the richest tenth.
const mostDecile = 10

// needsVillage reports whether a row without a village cannot be judged.
func (a *Agreement) needsVillage() bool {
	return len(a.Domicile) > 0 || len(a.Quota) > 0 || a.QuotaEach > 0
}

// terms judges what the agreement asks for. Findings, all reject: roster.income_ceiling (args sum,
// max), roster.income_missing, roster.wage_missing, roster.occupation (args text), roster.decile (args n, max), roster.decile_missing,
// roster.village_missing, roster.outside_area (args village, area), roster.quota (args village, n).
func (j *Judge) terms(e *Entry, row *Row) {
	a := &j.agreement
	income := e.Registration.MonthlyIncome
	switch {
	case a.Employer && income == nil && !has(e, Income):
		e.find(jaring.Reject, Income, "roster.wage_missing")
	case a.IncomeCeiling == 0 || has(e, Income):
	case income == nil:
		e.find(jaring.Reject, Income, "roster.income_missing")
	case *income > a.IncomeCeiling:
		e.find(jaring.Reject, Income, "roster.income_ceiling", "sum", *income, "max", a.IncomeCeiling).final()
	}
	if work := e.Registration.Occupation; len(a.Occupations) > 0 && work != "" && !has(e, Occupation) && !j.occupation(work) {
		f := e.find(jaring.Reject, Occupation, "roster.occupation", "text", short(work))
		if near := nearest(a.Occupations, work); near != "" {
			f.suggest(near)
		} else {
			f.final()
		}
	}
	j.decile(e, row)
	j.domicile(e)
	if worst(e.Findings) != jaring.Reject {
		j.quota(e)
	}
}

func has(e *Entry, f Field) bool {
	return slices.ContainsFunc(e.Findings, func(x Finding) bool { return x.Field == f.String() })
}

// occupation reports whether one of those agreed on is meant, in the spelling of the list.
func (j *Judge) occupation(text string) bool {
	known, ok := j.occupations[text]
	if !ok {
		folded := area.Fold(text)
		known = slices.ContainsFunc(j.agreement.Occupations, func(o string) bool { return area.Fold(o) == folded })
		if len(j.occupations) < mostKept {
			j.occupations[text] = known
		}
	}
	return known
}

func (j *Judge) decile(e *Entry, row *Row) {
	if j.agreement.MaxDecile == 0 {
		return
	}
	n := number(row.text(Decile))
	switch {
	case row.text(Decile) == "":
		e.find(jaring.Reject, Decile, "roster.decile_missing")
	case n < 1 || n > mostDecile:
		e.find(jaring.Reject, Decile, "field.out_of_range", "min", 1, "max", mostDecile)
	case n > j.agreement.MaxDecile:
		e.find(jaring.Reject, Decile, "roster.decile", "n", n, "max", j.agreement.MaxDecile).final()
	}
}

func (j *Judge) domicile(e *Entry) {
	a, village := &j.agreement, area.Code(e.Registration.Village)
	if village == "" {
		if a.needsVillage() && !has(e, Village) {
			e.find(jaring.Reject, Village, "roster.village_missing")
		}
		return
	}
	inside := len(a.Domicile) == 0 || slices.ContainsFunc(a.Domicile, func(c area.Code) bool { return area.Contains(c, village) })
	if a.Area != "" && !area.Contains(a.Area, village) {
		e.find(jaring.Reject, Village, "roster.outside_area", "village", j.villages.full(village), "area", j.villages.name(a.Area)).final()
	} else if !inside {
		e.find(jaring.Reject, Village, "roster.outside_domicile", "village", j.villages.full(village)).final()
	}
}

// Filled says how many places of villages lists before this one have taken.
func (j *Judge) Filled(places map[area.Code]int) { maps.Copy(j.taken, places) }

// quota counts a row that may come along against the places of its village.
func (j *Judge) quota(e *Entry) {
	village := area.Code(e.Registration.Village)
	places, own := j.agreement.Quota[village]
	if !own {
		places = j.agreement.QuotaEach
	}
	if village == "" || !own && places == 0 {
		return
	}
	if j.taken[village] >= places {
		e.find(jaring.Reject, Village, "roster.quota", "village", j.villages.full(village), "n", places).final()
		return
	}
	j.taken[village]++
}
