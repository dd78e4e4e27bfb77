package jaring

import (
	"slices"
	"strings"
	"unicode"
)

// ApplicationState is how far somebody has come who wants to be an agent.
type ApplicationState string

// States of an application. Nobody is decided about whom the office has not seen.
const (
	ApplicationIsReceived  ApplicationState = "received"
	ApplicationIsPresented ApplicationState = "presented" // has come to the office in person
	ApplicationIsAccepted  ApplicationState = "accepted"
	ApplicationIsWaiting   ApplicationState = "waiting_list"
	ApplicationIsRejected  ApplicationState = "rejected"
	ApplicationIsWithdrawn ApplicationState = "withdrawn" // the applicant took the consent back; nothing personal is kept
)

// ApplicationStates in the order in which lists offer them.
var ApplicationStates = []ApplicationState{ApplicationIsReceived, ApplicationIsPresented, ApplicationIsAccepted, ApplicationIsWaiting, ApplicationIsRejected, ApplicationIsWithdrawn}

// Decide judges a decision on an application in state s. Errors: application.not_presented,
// application.decided, decision.unknown.
func (s ApplicationState) Decide(to ApplicationState) error {
	switch {
	case to != ApplicationIsAccepted && to != ApplicationIsWaiting && to != ApplicationIsRejected:
		return NewError(Invalid, "decision.unknown").At("decision")
	case s == ApplicationIsReceived:
		return NewError(Conflict, "application.not_presented")
	case s == to || s == ApplicationIsRejected || s == ApplicationIsWithdrawn:
		return NewError(Conflict, "application.decided")
	}
	return nil
}

// Withdraw gives the state of an application in state s after its applicant has taken the
// consent back. A rejection stays one. Errors: application.is_accepted, application.emptied.
func (s ApplicationState) Withdraw() (ApplicationState, error) {
	switch s {
	case ApplicationIsAccepted:
		return s, NewError(Conflict, "application.is_accepted")
	case ApplicationIsWithdrawn:
		return s, NewError(Conflict, "application.emptied")
	case ApplicationIsRejected:
		return s, nil
	}
	return ApplicationIsWithdrawn, nil
}

// DefaultRejectedDays is how long the personal data of somebody turned down is kept unless
// the operator says otherwise, in days after the decision: enough for a question about it.
const DefaultRejectedDays = 180

// Backgrounds are the walks of life that agents come from.
var Backgrounds = []string{"rt_rw", "community", "association", "union", "academic", "trader", "other"}

// Application is what somebody tells who wants to be an agent.
type Application struct {
	Office         OfficeID
	Name           string
	Phone          string
	Village        string // dotted code; empty when not told
	Background     string
	Prospects      int // workers already in view
	ProspectsWhere string
	Consent        Consent
}

// Bounds of an application.
const (
	maxProspects      = 10_000
	maxProspectsWhere = 200 // characters
)

// NewApplication judges an application whole and gives it as it is kept. Errors:
// field.required, field.too_long, field.unreadable, name.no_letters, phone.malformed,
// village.unknown, application.background_unknown, number.range,
// application.consent_required, consent.channel_unknown, office.not_found.
func NewApplication(f Application, villageKnown func(code string) bool) (Application, error) {
	j := judge{reg: Registration{Consent: f.Consent}}
	if !IsUUID(string(f.Office)) {
		j.reject("office_id", "office.not_found")
	}
	f.Name = j.text("name", f.Name, maxName, true)
	if f.Name != "" && !strings.ContainsFunc(f.Name, unicode.IsLetter) {
		j.reject("name", "name.no_letters")
	}
	if strings.TrimSpace(f.Phone) == "" {
		j.reject("phone", "field.required")
	} else {
		phone, err := ParsePhone(f.Phone)
		j.blame("phone", err)
		f.Phone = phone
	}
	if f.Village = strings.TrimSpace(f.Village); f.Village != "" && !villageKnown(f.Village) {
		j.reject("village", "village.unknown")
	}
	if !slices.Contains(Backgrounds, f.Background) {
		j.reject("background", "application.background_unknown")
	}
	if f.Prospects < 0 || f.Prospects > maxProspects {
		j.reject("prospects", "number.range", "min", 0, "max", maxProspects)
	}
	f.ProspectsWhere = j.text("prospects_where", f.ProspectsWhere, maxProspectsWhere, false)
	if f.Consent == (Consent{}) {
		j.reject("consent", "application.consent_required")
	} else {
		j.consent()
	}
	f.Consent = j.person.Worker.Consent
	return f, j.errs.OrNil()
}

// ApplicationNo is the number that an applicant is told, from chance: "KD-26-K7F3-9M2XA".
func ApplicationNo(year int, chance [certificateDigits]byte) string {
	return chanceNo("KD-", year, chance)
}
