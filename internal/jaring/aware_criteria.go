package jaring

// AwareCriteria are what is asked of an aware village or market. The fund has published one condition alone:
// that the head and the officials of the village are registered (infobanknews 15 Aug 2019; republika Jul
// 2018; docs/rules, mark H). Every other figure here is a default of Jaring, stated as such wherever it is
// shown, and set by who runs the house.
type AwareCriteria struct {
	OfficialsPercent int `json:"officials_percent"` // of the officials, registered and protected
	Dialogues        int `json:"dialogues"`         // held, with attendance
	CoveragePercent  int `json:"coverage_percent"`  // of the potential, protected
	Months           int `json:"months"`            // in a row that coverage must hold to be kept
	WarnPoints       int `json:"warn_points"`       // percent points above the threshold within which it is warned
	WarnMonths       int `json:"warn_months"`       // before the expected month of loss in which it is warned
}

// DefaultAwareCriteria are the stated defaults; all but the first are Jaring's own.
func DefaultAwareCriteria() AwareCriteria {
	return AwareCriteria{OfficialsPercent: 100, Dialogues: 1, CoveragePercent: 25, Months: 3, WarnPoints: 3, WarnMonths: 3}
}

// NewAwareCriteria judges criteria, all at once. Error: field.range.
func NewAwareCriteria(c AwareCriteria) (AwareCriteria, error) {
	var es Errors
	es = append(es, rangeOf("officials_percent", c.OfficialsPercent, 1, 100)...)
	es = append(es, rangeOf("dialogues", c.Dialogues, 1, 50)...)
	es = append(es, rangeOf("coverage_percent", c.CoveragePercent, 1, 100)...)
	es = append(es, rangeOf("months", c.Months, 1, 24)...)
	es = append(es, rangeOf("warn_points", c.WarnPoints, 0, 50)...)
	es = append(es, rangeOf("warn_months", c.WarnMonths, 0, 12)...)
	return c, es.OrNil()
}

// Needed is how many of n are percent of them, rounded up.
func Needed(n, percent int) int { return (n*percent + 99) / 100 }

// Allow asks whether a step may be taken as the book stands. Errors: aware.officials_unknown,
// aware.officials_missing, aware.dialogues_missing, aware.potential_missing, aware.not_held.
func (c AwareCriteria) Allow(step AwareStep, f AwareFacts) error {
	need := Needed(f.Officials, c.OfficialsPercent)
	switch {
	case step == StepOfficials && f.Officials == 0:
		return NewError(Conflict, "aware.officials_unknown")
	case step == StepOfficials && f.Protected < need:
		return NewError(Conflict, "aware.officials_missing", "officials", f.Officials, "registered", f.Registered, "protected", f.Protected, "need", need)
	case step == StepSocialised && f.Dialogues < c.Dialogues:
		return NewError(Conflict, "aware.dialogues_missing", "held", f.Dialogues, "need", c.Dialogues)
	case step == StepLaunched && f.Potential == 0:
		return NewError(Conflict, "aware.potential_missing")
	case step == StepKept && f.Held < c.Months:
		return NewError(Conflict, "aware.not_held", "held", f.Held, "need", c.Months)
	}
	return nil
}
