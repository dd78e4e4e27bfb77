package jaring

import (
	"slices"
	"strconv"
)

// GuestKind is as whom somebody is invited.
type GuestKind string

// Kinds of guests.
const (
	GuestOfficial    GuestKind = "official" // of a government, from the village up
	GuestUnion       GuestKind = "union"
	GuestCompany     GuestKind = "company"
	GuestTripartite  GuestKind = "tripartite" // the body of government, employers and unions
	GuestAssociation GuestKind = "association"
	GuestBank        GuestKind = "bank"
	GuestCommunity   GuestKind = "community"
	GuestPress       GuestKind = "press"
	GuestRecipient   GuestKind = "recipient" // for whom it is done: workers, those who get a card handed over
	GuestOther       GuestKind = "other"
)

// GuestKinds lists every kind, as forms offer them.
var GuestKinds = []GuestKind{GuestOfficial, GuestUnion, GuestCompany, GuestTripartite, GuestAssociation, GuestBank, GuestCommunity, GuestPress, GuestRecipient, GuestOther}

// GuestState is what became of an invitation.
type GuestState string

// States of an invitation.
const (
	GuestIsInvited  GuestState = "invited"
	GuestIsAccepted GuestState = "accepted"
	GuestIsDeclined GuestState = "declined"
	GuestIsAttended GuestState = "attended"
)

// GuestStates lists every state. Somebody who declined may come after all, and a wrong mark is taken
// back: each can follow each.
var GuestStates = []GuestState{GuestIsInvited, GuestIsAccepted, GuestIsDeclined, GuestIsAttended}

// Bounds of invitations.
const (
	MaxGuests     = 2000 // of a campaign
	MaxGuestsOnce = 200  // entered together
	MaxHeads      = 5000 // with one invitation: a whole village
)

// Guest is an invitation: one person, or a group that comes together.
type Guest struct {
	ID           GuestID
	Campaign     CampaignID
	Kind         GuestKind
	Name         string
	Organisation string
	Position     string
	Heads        int // how many come with this invitation; 1 when it is not told
	Came         int // how many did; 0 until they attended
	State        GuestState
}

// NewGuests judges invitations that are entered together, all at once. Errors: field.required,
// field.too_many, field.too_long, field.unreadable, field.range, guest.kind_unknown, guest.state_unknown.
func NewGuests(gs []Guest) ([]Guest, error) {
	j := judge{}
	switch {
	case len(gs) == 0:
		j.reject("guests", "field.required")
	case len(gs) > MaxGuestsOnce:
		return nil, Errors{NewError(Invalid, "field.too_many", "max", MaxGuestsOnce).At("guests")}
	}
	out := slices.Clone(gs)
	for i := range out {
		j.guest("guests/"+strconv.Itoa(i)+"/", &out[i])
	}
	return out, j.errs.OrNil()
}

func (j *judge) guest(at string, g *Guest) {
	g.Name = j.text(at+"name", g.Name, maxName, true)
	g.Organisation = j.text(at+"organisation", g.Organisation, maxName, false)
	g.Position = j.text(at+"position", g.Position, maxName, false)
	if !slices.Contains(GuestKinds, g.Kind) {
		j.reject(at+"kind", "guest.kind_unknown")
	}
	if g.Heads == 0 {
		g.Heads = 1
	}
	j.errs = append(j.errs, rangeOf(at+"heads", g.Heads, 1, MaxHeads)...)
	if g.State == "" {
		g.State = GuestIsInvited
	}
	if err := g.Say(g.State, g.Came); err != nil {
		for _, e := range err {
			j.errs = append(j.errs, e.At(at+e.Field))
		}
	}
}

// Say takes over what became of an invitation. came is how many came with it: all of them when it is 0.
// Errors: guest.state_unknown, field.range.
func (g *Guest) Say(state GuestState, came int) Errors {
	if !slices.Contains(GuestStates, state) {
		return Errors{NewError(Invalid, "guest.state_unknown").At("state")}
	}
	g.State, g.Came = state, 0
	if state != GuestIsAttended {
		return nil
	}
	if g.Came = came; came == 0 {
		g.Came = g.Heads
	}
	return rangeOf("came", g.Came, 1, MaxHeads)
}

// GuestIDOf is the id of the n-th of the invitations that one operation enters: told again it is the same.
func GuestIDOf(op OperationID, n int) GuestID {
	return GuestID(idWithin(string(op), "guest "+strconv.Itoa(n)))
}

// GuestCount counts people, not invitations.
type GuestCount struct {
	Invited  int `json:"invited"`  // heads of all invitations
	Accepted int `json:"accepted"` // heads of those who said they come, or came
	Declined int `json:"declined"`
	Came     int `json:"came"`
}

func (c *GuestCount) add(g *Guest) {
	c.Invited += g.Heads
	switch g.State {
	case GuestIsAccepted:
		c.Accepted += g.Heads
	case GuestIsAttended:
		c.Accepted += g.Heads
		c.Came += g.Came
	case GuestIsDeclined:
		c.Declined += g.Heads
	}
}

// Attendance is who was invited to a campaign and who came, by kind.
type Attendance struct {
	Total     GuestCount
	ByKind    map[GuestKind]GuestCount // without those of whom nobody was invited
	Questions int                      // that were asked
}

// CountGuests counts the people behind invitations.
func CountGuests(gs []Guest) Attendance {
	a := Attendance{ByKind: map[GuestKind]GuestCount{}}
	for i := range gs {
		g := &gs[i]
		a.Total.add(g)
		c := a.ByKind[g.Kind]
		c.add(g)
		a.ByKind[g.Kind] = c
	}
	return a
}

// Kinds of events about what surrounds a campaign; their subject is the campaign, Other the invitation, the
// line of cost or the question.
const (
	GuestsInvited EventKind = "guest.invited"
	GuestSaid     EventKind = "guest.said"
	GuestRemoved  EventKind = "guest.removed"
	CostPut       EventKind = "cost.put"
	CostRemoved   EventKind = "cost.removed"
	QuestionPut   EventKind = "question.put"
	QuestionGone  EventKind = "question.removed"
)
