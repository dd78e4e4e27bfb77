package jaring

import "slices"

// AwareID names the programme of one village or market.
type AwareID string

// AwareKind is what becomes aware: a village (desa or kelurahan) or, in towns, a market.
type AwareKind string

// Kinds of programmes.
const (
	AwareVillage AwareKind = "village"
	AwareMarket  AwareKind = "market"
)

// AwareKinds lists every kind.
var AwareKinds = []AwareKind{AwareVillage, AwareMarket}

// Potential is how many people work in a village or a market: an input, never computed. It is worth as
// much as its source and its date, so it has both.
type Potential struct {
	People int    `json:"people"` // working people; 0: not known yet
	Source string `json:"source"`
	On     Day    `json:"on"` // the day that the source speaks of
}

// Bounds of programmes: guards of Jaring, no rules of the fund.
const (
	maxPotential = 10_000_000
	maxOfficials = 1_000
	maxReference = 200
	maxAwareNote = 1_000
	// awareFirst is before the first village that was ever designated (2017).
	awareFirst Day = 20150101
)

// Aware is the programme of a village or a market as somebody enters it.
type Aware struct {
	Kind      AwareKind
	Office    OfficeID
	Area      string  // dotted code of the village; of a market the village where it lies
	Place     PlaceID // of a market
	Officials int     // how many the village government, or who runs the market, says it has
	Potential Potential
	Note      string
}

// NewAware judges what is proposed, whole, and gives it as it is kept; area, place and office are looked up
// by those who know them. today is the day at the office. Errors: aware.kind_unknown, field.required,
// field.too_long, field.unreadable, field.out_of_range, office.not_found and those of the potential.
func NewAware(a Aware, today Day) (Aware, error) {
	j := judge{}
	if !slices.Contains(AwareKinds, a.Kind) {
		j.reject("kind", "aware.kind_unknown")
	}
	if !IsUUID(string(a.Office)) {
		j.reject("office_id", "office.not_found")
	}
	switch {
	case a.Kind == AwareMarket && a.Place == "":
		j.reject("place_id", "field.required")
	case a.Kind == AwareVillage && a.Area == "":
		j.reject("area", "field.required")
	}
	if a.Kind == AwareVillage {
		a.Place = ""
	}
	a.Note = j.text("note", a.Note, maxAwareNote, false)
	a.figures(&j, today)
	return a, j.errs.OrNil()
}

// Change judges new figures of a programme that is there. Errors: field.required, field.too_long,
// field.unreadable, field.out_of_range, aware.potential_day.
func (a Aware) Change(officials int, p Potential, today Day) (Aware, error) {
	j := judge{}
	a.Officials, a.Potential = officials, p
	a.figures(&j, today)
	return a, j.errs.OrNil()
}

// figures judges what the village says of itself. A potential without a source or a date is none.
func (a *Aware) figures(j *judge, today Day) {
	if a.Officials < 0 || a.Officials > maxOfficials {
		j.reject("officials", "field.out_of_range", "min", 0, "max", maxOfficials)
	}
	p := &a.Potential
	if p.People < 0 || p.People > maxPotential {
		j.reject("potential/people", "field.out_of_range", "min", 0, "max", maxPotential)
	}
	p.Source = j.text("potential/source", p.Source, maxReference, p.People > 0)
	switch {
	case p.On == 0 && p.People > 0:
		j.reject("potential/on", "field.required")
	case p.On != 0 && (p.On < 19900101 || p.On > today):
		j.reject("potential/on", "aware.potential_day")
	}
}

// Kinds of events about villages and markets. Other is the step, the campaign or the colour.
const (
	AwareProposedEvent EventKind = "village.proposed"
	AwareChanged       EventKind = "village.changed"
	AwareStepped       EventKind = "village.stepped"
	AwareCorrected     EventKind = "village.corrected" // a step that was taken was put right, or taken back
	AwareDialogueAdded EventKind = "village.dialogue_added"
	AwareTurned        EventKind = "village.turned" // its colour is another
	AwareTokenRenewed  EventKind = "village.token_renewed"
	AwareCriteriaSet   EventKind = "village.criteria_set"
)
