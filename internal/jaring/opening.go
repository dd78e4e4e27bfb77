package jaring

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// OpeningID is a UUIDv7.
type OpeningID string

// Disability is a kind of disability that an opening welcomes by name.
type Disability string

// Disabilities lists the kinds of UU 8/2016 Pasal 4(1), in its order.
var Disabilities = []Disability{"physical", "intellectual", "mental", "sensory"}

// Slot is a while in which applicants of an opening are spoken to.
type Slot struct {
	ID     string    `json:"id"`
	From   time.Time `json:"from"`
	To     time.Time `json:"to"`
	Places int       `json:"places"`
	Desk   string    `json:"desk,omitempty"` // where to come
}

// Overlaps reports whether somebody cannot be at both.
func (s Slot) Overlaps(o Slot) bool { return s.From.Before(o.To) && o.From.Before(s.To) }

// Opening is work that an employer offers at a job fair.
type Opening struct {
	Campaign     CampaignID
	ID           OpeningID
	Employer     EmployerID // empty while the employer is not registered
	EmployerName string
	Stand        StandID // empty for none
	Position     string
	About        string
	Seats        int
	WageFrom     Rupiah // a month; 0: not told
	WageTo       Rupiah
	Area         string // dotted code of where the work is; empty: not told
	Requirements string
	Welcome      []Disability
	Slots        []Slot // in their order; none: who comes is spoken to
	ClosesAt     time.Time
	ClosedAt     time.Time // before its time; zero: not
	Version      int64
	AddedAt      time.Time
}

// Bounds of openings.
const (
	MaxOpenings    = 500 // of one fair
	MaxSeats       = 1000
	MaxSlots       = 40
	MaxSlotPlaces  = 200
	MaxOpeningText = 600 // characters
	MaxWage        = 1_000_000_000
)

// NewOpening judges an opening whole. The slots lie within the fair, and none is longer than its day.
// Errors: field.required, field.too_long, field.unreadable, field.range, field.too_many, opening.wage, opening.disability_unknown, opening.slot_span,
// opening.slot_outside, opening.closes, area.unknown, id.malformed.
func NewOpening(o Opening, opens, closes time.Time, areaKnown func(string) bool) (Opening, error) {
	j := judge{}
	o.EmployerName = j.text("employer_name", o.EmployerName, maxName, true)
	o.Position = j.text("position", o.Position, maxName, true)
	o.About = j.text("about", o.About, MaxOpeningText, false)
	o.Requirements = j.text("requirements", o.Requirements, MaxOpeningText, false)
	j.errs = append(j.errs, rangeOf("seats", o.Seats, 1, MaxSeats)...)
	if o.WageTo == 0 {
		o.WageTo = o.WageFrom
	}
	if o.WageFrom < 0 || o.WageTo < o.WageFrom || o.WageTo > MaxWage {
		j.reject("wage_to", "opening.wage")
	}
	if o.Area = strings.TrimSpace(o.Area); o.Area != "" && !areaKnown(o.Area) {
		j.reject("area", "area.unknown", "code", o.Area)
	}
	if o.Employer != "" && !IsUUID(string(o.Employer)) {
		j.reject("employer_id", "id.malformed")
	}
	if o.Stand != "" && !IsUUID(string(o.Stand)) {
		j.reject("stand_id", "id.malformed")
	}
	for _, d := range o.Welcome {
		if !slices.Contains(Disabilities, d) {
			j.reject("welcome", "opening.disability_unknown")
		}
	}
	if o.ClosesAt.IsZero() {
		o.ClosesAt = closes
	}
	if o.ClosesAt.Before(opens) || o.ClosesAt.After(closes) {
		j.reject("closes_at", "opening.closes")
	}
	o.Slots = slices.Clone(o.Slots)
	j.slots(o.Slots, opens, closes)
	return o, j.errs.OrNil()
}

// slots judges the slots of an opening and puts them in their order.
func (j *judge) slots(slots []Slot, opens, closes time.Time) {
	if len(slots) > MaxSlots {
		j.reject("slots", "field.too_many", "max", MaxSlots)
		return
	}
	for i := range slots {
		s, at := &slots[i], "slots/"+strconv.Itoa(i)
		s.Desk = j.text(at+"/desk", s.Desk, MaxHallWord, false)
		j.errs = append(j.errs, rangeOf(at+"/places", s.Places, 1, MaxSlotPlaces)...)
		switch {
		case !s.To.After(s.From) || s.To.Sub(s.From) > 24*time.Hour:
			j.reject(at+"/to", "opening.slot_span")
		case s.From.Before(opens.Truncate(time.Minute)) || s.To.After(closes):
			j.reject(at+"/from", "opening.slot_outside")
		}
	}
	slices.SortStableFunc(slots, func(a, b Slot) int { return a.From.Compare(b.From) })
}

// Open reports whether one may apply.
func (o *Opening) Open(now time.Time) bool { return o.ClosedAt.IsZero() && now.Before(o.ClosesAt) }

// Slot finds a slot by its id.
func (o *Opening) Slot(id string) (Slot, bool) {
	at := slices.IndexFunc(o.Slots, func(s Slot) bool { return s.ID == id })
	if at < 0 {
		return Slot{}, false
	}
	return o.Slots[at], true
}

// FreeSlot finds where an applicant is put: the slot asked for, or the first one with a place that is not over and
// does not overlap those where he must be. taken counts the places taken in each. Without slots it is the empty one.
// Errors: opening.slot_unknown, opening.slot_full, opening.slot_overlap, opening.slots_full.
func (o *Opening) FreeSlot(asked string, taken map[string]int, busy []Slot, now time.Time) (Slot, error) {
	fits := func(s Slot) bool { return !slices.ContainsFunc(busy, s.Overlaps) }
	if asked != "" {
		s, known := o.Slot(asked)
		switch {
		case !known:
			return s, Errors{NewError(Invalid, "opening.slot_unknown").At("slot_id")}
		case taken[s.ID] >= s.Places:
			return s, Errors{NewError(Invalid, "opening.slot_full").At("slot_id")}
		case !fits(s):
			return s, Errors{NewError(Invalid, "opening.slot_overlap").At("slot_id")}
		}
		return s, nil
	}
	for _, s := range o.Slots {
		if taken[s.ID] < s.Places && s.To.After(now) && fits(s) {
			return s, nil
		}
	}
	if len(o.Slots) == 0 {
		return Slot{}, nil
	}
	return Slot{}, Errors{NewError(Invalid, "opening.slots_full").At("slot_id")}
}
