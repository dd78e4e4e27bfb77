package httpapi

import (
	"time"

	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type queueRow struct {
	Number   int       `json:"number"`
	Topic    string    `json:"topic,omitempty"`
	State    string    `json:"state" enum:"waiting,called,done,no_show"`
	Desk     string    `json:"desk,omitempty"`
	Name     string    `json:"name,omitempty" doc:"of who has a ticket"`
	TakenAt  time.Time `json:"taken_at"`
	CalledAt time.Time `json:"called_at,omitzero"`
	EndedAt  time.Time `json:"ended_at,omitzero"`
}

type queueOut struct {
	Body struct {
		Items  []queueRow `json:"items"`
		Number int        `json:"number,omitempty" doc:"that was taken"`
	}
}

func (s *server) findQueue(c *call, in *ByID) (*queueOut, error) {
	return s.queuePage(c, jaring.CampaignID(in.ID))
}

func (s *server) queuePage(c *call, id jaring.CampaignID) (*queueOut, error) {
	all, err := s.App.FindQueue(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	out := &queueOut{}
	out.Body.Items = make([]queueRow, len(all))
	for i, q := range all {
		out.Body.Items[i] = queueRow{q.Number, q.Topic, string(q.State), q.Desk, q.Name, q.TakenAt, q.CalledAt, q.EndedAt}
	}
	return out, nil
}

type queueBody struct {
	Act    string `json:"act" enum:"take,called,done,no_show"`
	Number int    `json:"number,omitempty" doc:"0: the next one that waits"`
	Topic  string `json:"topic,omitempty"`
	Ticket string `json:"ticket,omitempty" doc:"code of who takes a number; may be left out"`
	Desk   string `json:"desk,omitempty" doc:"where a called number is to come"`
}

func (s *server) actOnQueue(c *call, in *actOn) (*queueOut, error) {
	var body queueBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	id, taken := jaring.CampaignID(in.ID), 0
	if body.Act == "take" {
		taken, err = s.App.TakeNumber(c, c.actor, key, id, body.Topic, body.Ticket)
	} else {
		err = s.App.MoveNumber(c, c.actor, key, id, body.Number, body.Topic, jaring.QueueState(body.Act), body.Desk)
	}
	if err != nil {
		return nil, err
	}
	out, err := s.queuePage(c, id)
	if err == nil {
		out.Body.Number = taken
	}
	return out, err
}

type offerRow struct {
	OfferID  string    `json:"offer_id"`
	Side     string    `json:"side" enum:"offer,need"`
	Category string    `json:"category"`
	Text     string    `json:"text"`
	Name     string    `json:"name"`
	Consent  bool      `json:"consent"`
	AddedAt  time.Time `json:"added_at"`
	ClosedAt time.Time `json:"closed_at,omitzero"`
}

type offerMatch struct {
	OfferID string        `json:"offer_id"`
	NeedID  string        `json:"need_id"`
	Contact *offerContact `json:"contact,omitempty" doc:"when both agreed"`
}

type offerContact struct {
	OfferName  string `json:"offer_name"`
	OfferPhone string `json:"offer_phone,omitempty"`
	NeedName   string `json:"need_name"`
	NeedPhone  string `json:"need_phone,omitempty"`
}

type offersOut struct {
	Body struct {
		Items   []offerRow   `json:"items"`
		Matches []offerMatch `json:"matches"`
	}
}

func (s *server) findOffers(c *call, in *ByID) (*offersOut, error) {
	return s.offersPage(c, jaring.CampaignID(in.ID))
}

func (s *server) offersPage(c *call, id jaring.CampaignID) (*offersOut, error) {
	x, err := s.App.FindOffers(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	out := &offersOut{}
	out.Body.Items, out.Body.Matches = make([]offerRow, len(x.Offers)), make([]offerMatch, len(x.Matches))
	for i, o := range x.Offers {
		out.Body.Items[i] = wireOffer(o)
	}
	for i, m := range x.Matches {
		out.Body.Matches[i] = offerMatch{OfferID: m.Offer.ID, NeedID: m.Need.ID}
		if m.Both {
			a, b := x.Contact[m.Offer.Participant], x.Contact[m.Need.Participant]
			out.Body.Matches[i].Contact = &offerContact{a.Name, a.Phone, b.Name, b.Phone}
		}
	}
	return out, nil
}

func wireOffer(o outreach.OfferRow) offerRow {
	return offerRow{o.ID, string(o.Side), o.Category, o.Text, o.Name, o.Consent, o.AddedAt, o.ClosedAt}
}

type offerBody struct {
	Ticket   string `json:"ticket,omitempty" doc:"code of whose offer it is"`
	Side     string `json:"side,omitempty" enum:"offer,need"`
	Category string `json:"category,omitempty" enum:"goods,material,packaging,capital,place,skill,transport,marketing,other"`
	Text     string `json:"text,omitempty"`
	Consent  bool   `json:"consent,omitempty" doc:"the contact may be told to those who fit"`
	Close    string `json:"close,omitempty" doc:"id of an offer that is over"`
}

func (s *server) actOnOffers(c *call, in *actOn) (*offersOut, error) {
	var body offerBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	id := jaring.CampaignID(in.ID)
	if body.Close != "" {
		err = s.App.CloseOffer(c, c.actor, key, id, body.Close)
	} else {
		err = s.App.AddOffer(c, c.actor, key, id, body.Ticket, jaring.Offer{Side: jaring.OfferSide(body.Side), Category: body.Category, Text: body.Text, Consent: body.Consent})
	}
	if err != nil {
		return nil, err
	}
	return s.offersPage(c, id)
}
