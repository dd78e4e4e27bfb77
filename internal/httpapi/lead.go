package httpapi

import (
	"time"

	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type leadItem struct {
	LeadID       jaring.LeadID     `json:"lead_id"`
	Name         string            `json:"name" doc:"or a nickname; empty when it was erased"`
	Phone        string            `json:"phone,omitempty"`
	PhoneHidden  bool              `json:"phone_hidden,omitempty" doc:"there is one, for those who work on it"`
	Business     string            `json:"business,omitempty"`
	State        string            `json:"state" enum:"contacted,interested,appointment,registered,refused"`
	NextDay      jaring.Day        `json:"next_day,omitzero" format:"date"`
	Note         string            `json:"note,omitempty"`
	Stand        string            `json:"stand,omitempty"`
	StandID      jaring.StandID    `json:"stand_id,omitempty" doc:"of the campaign's hall"`
	Area         string            `json:"area,omitempty"`
	AreaName     string            `json:"area_name,omitempty"`
	AgentName    string            `json:"agent_name"`
	CampaignID   jaring.CampaignID `json:"campaign_id,omitempty"`
	CampaignName string            `json:"campaign_name,omitempty"`
	PartnerID    jaring.PartnerID  `json:"partner_id,omitempty"`
	PartnerName  string            `json:"partner_name,omitempty"`
	WorkerID     jaring.WorkerID   `json:"worker_id,omitempty" doc:"who they became"`
	TakenAt      time.Time         `json:"taken_at"`
	ErasedAt     time.Time         `json:"erased_at,omitzero" doc:"name and phone were"`
}

func (s *server) wireLead(l *outreach.LeadRow) leadItem {
	it := leadItem{LeadID: l.ID, Name: l.Name, Phone: l.Phone, PhoneHidden: l.Hidden, Business: l.Business, State: string(l.State), NextDay: l.NextDay, Note: l.Note, Stand: l.Stand, StandID: l.StandID, Area: l.Area,
		AgentName: l.AgentName, CampaignID: l.Campaign, CampaignName: l.CampaignName, PartnerID: l.Partner, PartnerName: l.PartnerName, WorkerID: l.Worker, TakenAt: l.TakenAt, ErasedAt: l.ErasedAt}
	if l.Area != "" {
		it.AreaName = s.areaName(l.Area)
	}
	return it
}

type findLeadsIn struct {
	Campaign string `query:"campaign" format:"uuid"`
	Partner  string `query:"partner" format:"uuid" doc:"who sent them"`
	Stand    string `query:"stand" format:"uuid" doc:"where they were met"`
	State    string `query:"state" enum:"contacted,interested,appointment,registered,refused"`
	Q        string `query:"q" maxLength:"100" doc:"a part of the name"`
	Cursor   string `query:"cursor" maxLength:"400"`
}

type leadsOut struct {
	Body struct {
		Items      []leadItem     `json:"items" doc:"the newest first"`
		Counts     map[string]int `json:"counts" doc:"by state, whatever state is asked for"`
		NextCursor string         `json:"next_cursor,omitempty"`
	}
}

func (s *server) findLeads(c *call, in *findLeadsIn) (*leadsOut, error) {
	l, err := s.App.FindLeads(c, c.actor, outreach.LeadFilter{Campaign: jaring.CampaignID(in.Campaign), Partner: jaring.PartnerID(in.Partner), Stand: jaring.StandID(in.Stand), State: jaring.LeadState(in.State), Name: in.Q, Cursor: in.Cursor})
	if err != nil {
		return nil, err
	}
	out := &leadsOut{}
	out.Body.Items, out.Body.Counts, out.Body.NextCursor = []leadItem{}, map[string]int{}, l.Next
	for _, state := range jaring.LeadStates {
		out.Body.Counts[string(state)] = l.Counts[state]
	}
	for _, row := range l.Rows {
		out.Body.Items = append(out.Body.Items, s.wireLead(row))
	}
	return out, nil
}

type leadOut struct{ Body leadItem }

func (s *server) getLead(c *call, in *ByID) (*leadOut, error) {
	l, err := s.App.GetLead(c, c.actor, jaring.LeadID(in.ID))
	if err != nil {
		return nil, err
	}
	return &leadOut{s.wireLead(l)}, nil
}

// addLead notes a lead by the same operation as a phone does.
func (s *server) addLead(c *call, in *Acting) (*leadOut, error) {
	op, err := s.operationOf(c, jaring.ActNoteLead, in.Key, in.RawBody)
	if err != nil {
		return nil, err
	}
	o, err := s.act(c, op)
	if err != nil {
		return nil, err
	}
	return s.getLead(c, &ByID{string(o.Operation)})
}

type leadStateBody struct {
	State   string     `json:"state" enum:"contacted,interested,appointment,refused"`
	NextDay jaring.Day `json:"next_day,omitzero" format:"date" doc:"to come back: makes an appointment"`
	Note    string     `json:"note,omitempty"`
}

func (s *server) moveLead(c *call, in *actOnOne) (*leadOut, error) {
	var body leadStateBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	if err := s.App.MoveLead(c, c.actor, key, jaring.LeadID(in.ID), jaring.LeadState(body.State), body.NextDay, body.Note); err != nil {
		return nil, err
	}
	return s.getLead(c, &in.ByID)
}
