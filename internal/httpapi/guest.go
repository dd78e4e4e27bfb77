package httpapi

import (
	"strings"

	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type guestItem struct {
	GuestID      jaring.GuestID `json:"guest_id"`
	Kind         string         `json:"kind" enum:"official,union,company,tripartite,association,bank,community,press,recipient,other"`
	Name         string         `json:"name"`
	Organisation string         `json:"organisation,omitempty"`
	Position     string         `json:"position,omitempty"`
	Heads        int            `json:"heads" doc:"people behind one invitation"`
	Came         int            `json:"came" doc:"of them"`
	State        string         `json:"state" enum:"invited,accepted,declined,attended"`
}

type guestKindCount struct {
	Kind string `json:"kind"`
	jaring.GuestCount
}

type attendance struct {
	jaring.GuestCount
	Questions int              `json:"questions"`
	Kinds     []guestKindCount `json:"kinds" doc:"of whom somebody was invited"`
}

func wireAttendance(a jaring.Attendance) attendance {
	out := attendance{a.Total, a.Questions, []guestKindCount{}}
	for _, k := range jaring.GuestKinds {
		if n, ok := a.ByKind[k]; ok {
			out.Kinds = append(out.Kinds, guestKindCount{string(k), n})
		}
	}
	return out
}

type guestsOut struct {
	Body struct {
		CampaignName string      `json:"campaign_name"`
		Items        []guestItem `json:"items" doc:"by name"`
		Attendance   attendance  `json:"attendance" doc:"people, not invitations"`
		MayManage    bool        `json:"may_manage"`
		MayMark      bool        `json:"may_mark"`
	}
}

func (s *server) findGuests(c *call, in *ByID) (*guestsOut, error) {
	l, err := s.App.FindGuests(c, c.actor, jaring.CampaignID(in.ID))
	if err != nil {
		return nil, err
	}
	return wireGuests(l), nil
}

func wireGuests(l *outreach.GuestList) *guestsOut {
	out := &guestsOut{}
	b := &out.Body
	b.CampaignName, b.Items, b.Attendance, b.MayManage, b.MayMark = l.Campaign.Name, []guestItem{}, wireAttendance(l.Attendance), l.MayManage, l.MayMark
	for _, g := range l.Guests {
		b.Items = append(b.Items, guestItem{g.ID, string(g.Kind), g.Name, g.Organisation, g.Position, g.Heads, g.Came, string(g.State)})
	}
	return out
}

type guestsBody struct {
	Guests []guestBody `json:"guests" maxItems:"200"`
}

type guestBody struct {
	Kind         string `json:"kind" enum:"official,union,company,tripartite,association,bank,community,press,recipient,other"`
	Name         string `json:"name" doc:"of a person, or of a group that comes together"`
	Organisation string `json:"organisation,omitempty"`
	Position     string `json:"position,omitempty"`
	Heads        int    `json:"heads,omitempty" doc:"how many come with it; 1 when left out"`
	State        string `json:"state,omitempty" enum:"invited,accepted,declined,attended" doc:"invited when left out"`
	Came         int    `json:"came,omitempty" doc:"how many came; all when left out"`
}

func (s *server) addGuests(c *call, in *actOnOne) (*guestsOut, error) {
	var body guestsBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	guests := make([]jaring.Guest, len(body.Guests))
	for i, g := range body.Guests {
		guests[i] = jaring.Guest{Kind: jaring.GuestKind(g.Kind), Name: g.Name, Organisation: g.Organisation, Position: g.Position, Heads: g.Heads, Came: g.Came, State: jaring.GuestState(g.State)}
	}
	if err := s.App.AddGuests(c, c.actor, key, jaring.CampaignID(in.ID), guests); err != nil {
		return nil, err
	}
	return s.findGuests(c, &in.ByID)
}

// OfGuest names an invitation to a campaign.
type OfGuest struct {
	ByID
	Guest string `path:"guest_id" format:"uuid"`
}

type actOnGuest struct {
	OfGuest
	Acting
}

type guestStateBody struct {
	State string `json:"state" enum:"invited,accepted,declined,attended"`
	Came  int    `json:"came,omitempty" doc:"how many came with it; all when left out"`
}

func (s *server) setGuest(c *call, in *actOnGuest) (*guestsOut, error) {
	var body guestStateBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	id := jaring.CampaignID(in.ID)
	if err := s.App.SetGuest(c, c.actor, key, id, jaring.GuestID(strings.ToLower(in.Guest)), jaring.GuestState(body.State), body.Came); err != nil {
		return nil, err
	}
	return s.findGuests(c, &in.ByID)
}

func (s *server) removeGuest(c *call, in *OfGuest) (*struct{}, error) {
	return nil, s.App.RemoveGuest(c, c.actor, jaring.CampaignID(in.ID), jaring.GuestID(strings.ToLower(in.Guest)))
}
