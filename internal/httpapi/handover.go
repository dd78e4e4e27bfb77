package httpapi

import (
	"strings"
	"time"

	"jaring/internal/app"
	"jaring/internal/document"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type handoverOut struct {
	Body struct {
		CampaignID jaring.CampaignID `json:"campaign_id"`
		Name       string            `json:"name"`
		State      string            `json:"state"`
		OpensAt    time.Time         `json:"opens_at"`
		Report     *sponsorReport    `json:"report,omitempty" doc:"what is handed over; left out until it is said"`
		Recipients []recipientItem   `json:"recipients"`
		Guests     []guestKind       `json:"guests" doc:"people by kind"`
		MayManage  bool              `json:"may_manage"`
	}
}

type recipientItem struct {
	WorkerID       jaring.WorkerID       `json:"worker_id"`
	RegistrationNo jaring.RegistrationNo `json:"registration_no"`
	Name           string                `json:"name"`
	Village        string                `json:"village"`
	Consent        bool                  `json:"consent" doc:"the name may be printed"`
}

type guestKind struct {
	Kind     string `json:"kind"`
	Invited  int    `json:"invited"`
	Attended int    `json:"attended"`
}

func (s *server) getHandover(c *call, in *ByID) (*handoverOut, error) {
	h, err := s.App.GetHandover(c, c.actor, jaring.CampaignID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &handoverOut{}
	b := &out.Body
	b.CampaignID, b.Name, b.State, b.OpensAt = h.Campaign.ID, h.Campaign.Name, string(h.Campaign.State), h.Campaign.OpensAt
	b.MayManage, b.Recipients, b.Guests = c.actor.May(jaring.ActManageCampaign, jaring.Scope{Office: h.Campaign.Office}) == nil, []recipientItem{}, guestKinds(h.Guests)
	if h.Report != nil {
		r := s.wireReport(h.Report)
		b.Report = &r
	}
	for _, p := range h.Recipients {
		b.Recipients = append(b.Recipients, recipientItem{p.Worker, p.RegistrationNo, p.Name, s.areaName(p.Village), p.Consent})
	}
	return out, nil
}

// guestKinds counts the people who were invited and came, by kind.
func guestKinds(l *outreach.GuestList) []guestKind {
	out := []guestKind{}
	for _, kind := range jaring.GuestKinds {
		g := guestKind{Kind: string(kind)}
		for _, one := range l.Guests {
			if one.Kind == kind {
				g.Invited, g.Attended = g.Invited+one.Heads, g.Attended+one.Came
			}
		}
		if g.Invited > 0 {
			out = append(out, g)
		}
	}
	return out
}

type handoverBody struct {
	SponsorID   string          `json:"sponsor_id" format:"uuid"`
	AgreementID string          `json:"agreement_id" format:"uuid"`
	Recipients  []recipientBody `json:"recipients" doc:"who receives for all, up to 50"`
}

type recipientBody struct {
	WorkerID string `json:"worker_id" format:"uuid"`
	Consent  bool   `json:"consent" doc:"the name may be printed"`
}

func (s *server) setHandover(c *call, in *actOnOne) (*handoverOut, error) {
	var body handoverBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	people := make([]outreach.Chosen, len(body.Recipients))
	for i, p := range body.Recipients {
		people[i] = outreach.Chosen{Worker: jaring.WorkerID(strings.ToLower(p.WorkerID)), Consent: p.Consent}
	}
	if err := s.App.SetHandover(c, c.actor, key, jaring.CampaignID(in.ID), strings.ToLower(body.SponsorID), strings.ToLower(body.AgreementID), people); err != nil {
		return nil, err
	}
	return s.getHandover(c, &in.ByID)
}

// handoverNames are what a kept ceremony is called.
var handoverNames = map[i18n.Lang]string{i18n.ID: "serah-terima", i18n.EN: "handover"}

// handoverDocument is what an official hands out. Error: handover.not_set.
func (s *server) handoverDocument(c *call, in *ByID) (*documentOut, error) {
	h, err := s.App.GetHandover(c, c.actor, jaring.CampaignID(in.ID))
	if err == nil && h.Report == nil {
		err = jaring.NewError(jaring.Conflict, "handover.not_set")
	}
	if err != nil {
		return nil, err
	}
	zone := app.Zone(c.actor.Zone)
	doc := document.Ceremony{Name: h.Campaign.Name, At: h.Campaign.OpensAt.In(zone), Sponsored: s.sponsoredOf(h.Report)}
	for _, p := range h.Recipients {
		if p.Consent {
			doc.Recipients = append(doc.Recipients, p.Name+", "+s.areaName(p.Village))
		} else {
			doc.Unnamed++
		}
	}
	for _, g := range guestKinds(h.Guests) {
		doc.Guests = append(doc.Guests, document.CeremonyGuests(g))
	}
	return pdf(document.CeremonyReport(doc, c.lang, s.Now().In(zone)), handoverNames[c.lang])
}
