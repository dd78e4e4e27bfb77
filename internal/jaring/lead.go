package jaring

import (
	"slices"
	"time"
)

// LeadState is how far somebody has come who was met and is not registered yet.
type LeadState string

// States of a lead.
const (
	LeadIsContacted   LeadState = "contacted"
	LeadIsInterested  LeadState = "interested"
	LeadIsAppointment LeadState = "appointment" // a day was agreed
	LeadIsRegistered  LeadState = "registered"  // by a registration alone
	LeadIsRefused     LeadState = "refused"
)

// LeadStates lists every state.
var LeadStates = []LeadState{LeadIsContacted, LeadIsInterested, LeadIsAppointment, LeadIsRegistered, LeadIsRefused}

// LeadMonths is how long the name and phone of a lead that became nothing are kept, in months after it was
// taken. Own rule, by the aim of the note: UU 27/2022 art 16(2)(g) lets data go that no aim needs; no law names
// the span, an operator may set another.
const LeadMonths = 12

// maxLeadNote is in characters: what fits on a phone between two stalls.
const maxLeadNote = 300

// Lead is a contact note of an agent.
type Lead struct {
	ID       LeadID
	Office   OfficeID
	Agent    AccountID
	Campaign CampaignID // empty for none
	Partner  PartnerID  // who sent them; empty for nobody
	Stand    string     // where they were met, in words
	StandID  StandID    // of the campaign's hall; empty for none
	Name     string     // or a nickname
	Phone    string     // normalised; empty for none
	Business string
	Area     string // dotted code; empty for unknown
	State    LeadState
	NextDay  Day // to come back; 0 for none
	Note     string
	Worker   WorkerID // who they became
	TakenAt  time.Time
	ErasedAt time.Time // name and phone were; zero for not
}

// NewLead judges a contact note whole, and gives it as it is kept. With a day to come back it is an
// appointment. today is the day on which it is told. Errors: field.required, field.too_long, field.unreadable,
// lead.state_unknown, lead.day_past, id.malformed, village.unknown and those of ParsePhone.
func NewLead(l Lead, today Day, areaKnown func(string) bool) (Lead, error) {
	j := judge{}
	l.Name = j.text("name", l.Name, maxName, true)
	l.Business = j.text("business", l.Business, maxName, false)
	l.Stand = j.text("stand", l.Stand, maxName, false)
	l.Note = j.text("note", l.Note, maxLeadNote, false)
	if l.Phone != "" {
		phone, err := ParsePhone(l.Phone)
		j.blame("phone", err)
		l.Phone = phone
	}
	if l.Area != "" && !areaKnown(l.Area) {
		j.reject("area", "village.unknown")
	}
	if l.Campaign != "" && !IsUUID(string(l.Campaign)) {
		j.reject("campaign_id", "id.malformed")
	}
	if l.Partner != "" && !IsUUID(string(l.Partner)) {
		j.reject("partner_id", "id.malformed")
	}
	if l.StandID != "" && !IsUUID(string(l.StandID)) {
		j.reject("stand_id", "id.malformed")
	}
	if l.State == "" {
		l.State = LeadIsInterested
	}
	j.errs = append(j.errs, l.Step(l.State, l.NextDay, today)...)
	return l, j.errs.OrNil()
}

// LeadNote judges the note of a lead alone. Errors: field.too_long, field.unreadable.
func LeadNote(text string) (string, error) {
	j := judge{}
	text = j.text("note", text, maxLeadNote, false)
	return text, j.errs.OrNil()
}

// Step takes over where a lead stands and the day to come back. Registered is said by a registration alone;
// a day makes an appointment of whoever is not refused. Errors: lead.state_unknown, lead.day_past,
// lead.is_registered.
func (l *Lead) Step(to LeadState, next, today Day) Errors {
	var es Errors
	if l.Worker != "" {
		return Errors{NewError(Conflict, "lead.is_registered").At("state")}
	}
	if to == LeadIsRegistered || !slices.Contains(LeadStates, to) {
		es = append(es, NewError(Invalid, "lead.state_unknown").At("state"))
	}
	if next != 0 && next < today {
		es = append(es, NewError(Invalid, "lead.day_past").At("next_day"))
	}
	if to == LeadIsRefused {
		next = 0
	} else if next != 0 {
		to = LeadIsAppointment
	}
	l.State, l.NextDay = to, next
	return es
}

// Kinds of events about leads. Their subject is the lead; Other is the person that it became.
const (
	LeadNoted  EventKind = "lead.noted"
	LeadMoved  EventKind = "lead.moved"
	LeadBecame EventKind = "lead.became"
)
