package jaring

import (
	"slices"
	"strconv"
)

// FigureID names a figure that was brought in from outside.
type FigureID string

// FigureKind is what a figure from outside says.
type FigureKind string

// Kinds of figures. A gap is no potential: it tells who was not a member on a day, and not how many there are.
const (
	FigureTarget    FigureKind = "target"    // how many are to be won in a year
	FigurePotential FigureKind = "potential" // how many there are
	FigureGap       FigureKind = "gap"       // how many were not members yet, on its day
)

// FigureKinds lists every kind, in the order of lists.
var FigureKinds = []FigureKind{FigureTarget, FigurePotential, FigureGap}

// FigureUnit is what a figure counts. Figures of two units are never divided by each other.
type FigureUnit string

// Units.
const (
	UnitPerson   FigureUnit = "person"
	UnitEmployer FigureUnit = "employer"
)

// FigureUnits lists every unit.
var FigureUnits = []FigureUnit{UnitPerson, UnitEmployer}

// FigurePart is of whom a figure speaks: all of its unit, a segment of persons, or employers of some sizes and who
// works there.
type FigurePart string

// Parts.
const (
	PartAll        FigurePart = "all"
	PartBPU        FigurePart = "BPU"
	PartPU         FigurePart = "PU"
	PartMicroSmall FigurePart = "micro_small" // UMKM as reports tell of them
	PartMicro      FigurePart = "micro"
	PartSmall      FigurePart = "small"
	PartMedium     FigurePart = "medium"
	PartLarge      FigurePart = "large"
)

// PartsOf are the parts that a figure of a kind and a unit may speak of. Of persons in businesses of a size Jaring
// counts none that join, so there is no target of them.
func PartsOf(kind FigureKind, unit FigureUnit) []FigurePart {
	switch {
	case unit == UnitEmployer:
		return []FigurePart{PartAll, PartMicroSmall, PartMicro, PartSmall, PartMedium, PartLarge}
	case unit != UnitPerson:
		return nil
	case kind == FigureTarget:
		return []FigurePart{PartAll, PartBPU, PartPU}
	}
	return []FigurePart{PartAll, PartBPU, PartPU, PartMicroSmall}
}

// Sizes are the sizes of employers that belong to a part; all of them for PartAll.
func (p FigurePart) Sizes() []SizeClass {
	switch p {
	case PartAll:
		return SizeClasses
	case PartMicroSmall:
		return []SizeClass{SizeMicro, SizeSmall}
	}
	if slices.Contains(SizeClasses, SizeClass(p)) {
		return []SizeClass{SizeClass(p)}
	}
	return nil
}

// Figure is a number from outside: an input, never computed. It is worth as much as its source and its day, so it
// has both.
type Figure struct {
	Office OfficeID // who keeps it
	Area   string   // dotted code of which it speaks; empty: of what the office and those below it win
	Year   int      // of a target; of others the year of their day
	Kind   FigureKind
	Unit   FigureUnit
	Part   FigurePart
	Value  int64 // persons or employers
	Source string
	AsOf   Day // of the source
}

// Bounds of figures: guards of Jaring, no rules of the fund.
const (
	maxFigure       = 1_000_000_000
	firstFigureYear = 1992 // the first law on workers' social security
	lastFigureYear  = 2100
)

// NewFigure judges a figure whole and gives it as it is kept; area and office are looked up by those who know them.
// today is the day at the office. Errors: figure.kind_unknown, figure.unit_unknown, figure.part_unfit, figure.day,
// figure.year, field.required, field.too_long, field.unreadable, field.range, office.not_found.
func NewFigure(f Figure, today Day) (Figure, error) {
	j := judge{}
	if !IsUUID(string(f.Office)) {
		j.reject("office_id", "office.not_found")
	}
	if !slices.Contains(FigureKinds, f.Kind) {
		j.reject("kind", "figure.kind_unknown")
	}
	switch {
	case !slices.Contains(FigureUnits, f.Unit):
		j.reject("unit", "figure.unit_unknown")
	case !slices.Contains(PartsOf(f.Kind, f.Unit), f.Part):
		j.reject("part", "figure.part_unfit")
	}
	f.number(&j, today)
	if f.Kind != FigureTarget {
		f.Year = f.AsOf.Year()
	} else if f.Year < firstFigureYear || f.Year > lastFigureYear {
		j.reject("year", "figure.year", "min", strconv.Itoa(firstFigureYear), "max", strconv.Itoa(lastFigureYear))
	}
	return f, j.errs.OrNil()
}

// Change judges a figure with another value, source or day; of what it speaks stays. Errors: figure.day,
// figure.other_year, field.required, field.too_long, field.unreadable, field.range.
func (f Figure) Change(value int64, source string, asOf, today Day) (Figure, error) {
	j := judge{}
	f.Value, f.Source, f.AsOf = value, source, asOf
	f.number(&j, today)
	if f.Kind != FigureTarget && asOf != 0 && asOf.Year() != f.Year {
		j.reject("as_of", "figure.other_year", "year", strconv.Itoa(f.Year))
	}
	return f, j.errs.OrNil()
}

// number judges what a source says. Without a source or a day a number says nothing.
func (f *Figure) number(j *judge, today Day) {
	if f.Value < 1 || f.Value > maxFigure {
		j.reject("value", "field.range", "min", 1, "max", maxFigure)
	}
	f.Source = j.text("source", f.Source, maxReference, true)
	switch {
	case f.AsOf == 0:
		j.reject("as_of", "field.required")
	case f.AsOf.Year() < firstFigureYear || f.AsOf > today:
		j.reject("as_of", "figure.day")
	}
}

// FigureLine is one version of a figure.
type FigureLine struct {
	Version int64
	Value   int64
	Source  string
	AsOf    Day
	Reason  string // of a change or a withdrawal
	Gone    bool   // it was withdrawn
}

// Kinds of events about figures. Other is the kind of the figure.
const (
	FigureAdded     EventKind = "target.added"
	FigureChanged   EventKind = "target.changed"
	FigureWithdrawn EventKind = "target.withdrawn"
)
