package httpapi

import (
	"strings"

	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type aroundOut struct {
	Body struct {
		Parent     *campaignRow   `json:"parent,omitempty"`
		Partner    *aroundPartner `json:"partner,omitempty" doc:"who organises it, when not the office"`
		Children   []campaignRow  `json:"children" doc:"the one that opens last first"`
		Budget     jaring.Rupiah  `json:"budget"`
		Planned    jaring.Rupiah  `json:"planned" doc:"of all lines of cost"`
		Spent      jaring.Rupiah  `json:"spent"`
		Costs      []costItem     `json:"costs" doc:"none for agents"`
		Questions  []questionItem `json:"questions"`
		Attendance attendance     `json:"attendance"`
		Funnel     jaring.Funnel  `json:"funnel" doc:"with the children and theirs"`
		ByChild    []childFunnel  `json:"funnels" doc:"of each child with its own children; who was met in one and registered in another counts in both"`
		MayManage  bool           `json:"may_manage"`
	}
}

type childFunnel struct {
	CampaignID jaring.CampaignID `json:"campaign_id"`
	Name       string            `json:"name"`
	Kind       string            `json:"kind"`
	jaring.Funnel
}

type aroundPartner struct {
	PartnerID jaring.PartnerID `json:"partner_id"`
	Name      string           `json:"name"`
	Kind      string           `json:"kind" enum:"association,union,tripartite,labour_office,bank,school,company,community,government"`
}

type costItem struct {
	CostID  string        `json:"cost_id"`
	What    string        `json:"what"`
	Planned jaring.Rupiah `json:"planned"`
	Spent   jaring.Rupiah `json:"spent"`
}

type questionItem struct {
	QuestionID string `json:"question_id"`
	Kind       string `json:"kind" enum:"official,union,company,tripartite,association,bank,community,press,recipient,other" doc:"who asked"`
	Asked      string `json:"asked"`
	Answered   string `json:"answered,omitempty"`
}

func (s *server) getAround(c *call, in *ByID) (*aroundOut, error) {
	a, err := s.App.GetAround(c, c.actor, jaring.CampaignID(in.ID))
	if err != nil {
		return nil, err
	}
	return s.wireAround(a), nil
}

func (s *server) wireAround(a *outreach.Around) *aroundOut {
	out := &aroundOut{}
	b := &out.Body
	b.Children, b.Costs, b.Questions, b.ByChild = []campaignRow{}, []costItem{}, []questionItem{}, []childFunnel{}
	for _, f := range a.ByChild {
		b.ByChild = append(b.ByChild, childFunnel{f.ID, f.Name, string(f.Kind), f.Funnel})
	}
	b.Planned, b.Spent, b.Funnel, b.MayManage, b.Attendance = a.Planned, a.Spent, a.Funnel, a.MayManage, wireAttendance(a.Attendance)
	if a.Costs != nil || a.MayManage {
		b.Budget = a.Campaign.Budget
	}
	if a.Parent != nil {
		parent := s.wireCampaign(a.Parent)
		b.Parent = &parent
	}
	if p := a.Partner; p != nil {
		b.Partner = &aroundPartner{p.ID, p.Name, string(p.Kind)}
	}
	for i := range a.Children {
		b.Children = append(b.Children, s.wireCampaign(&a.Children[i]))
	}
	for _, k := range a.Costs {
		b.Costs = append(b.Costs, costItem{k.ID, k.What, k.Planned, k.Spent})
	}
	for _, q := range a.Questions {
		b.Questions = append(b.Questions, questionItem{q.ID, string(q.Kind), q.Asked, q.Answered})
	}
	return out
}

type costBody struct {
	CostID  string        `json:"cost_id,omitempty" format:"uuid" doc:"a line to write anew; a new one when left out"`
	What    string        `json:"what"`
	Planned jaring.Rupiah `json:"planned,omitempty"`
	Spent   jaring.Rupiah `json:"spent,omitempty"`
}

func (s *server) putCost(c *call, in *actOnOne) (*aroundOut, error) {
	var body costBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	cost := jaring.Cost{Campaign: jaring.CampaignID(in.ID), ID: strings.ToLower(body.CostID), What: body.What, Planned: body.Planned, Spent: body.Spent}
	if err := s.App.PutCost(c, c.actor, key, cost); err != nil {
		return nil, err
	}
	return s.getAround(c, &in.ByID)
}

// OfCost names a line of a campaign's costs.
type OfCost struct {
	ByID
	Cost string `path:"cost_id" format:"uuid"`
}

func (s *server) removeCost(c *call, in *OfCost) (*struct{}, error) {
	return nil, s.App.RemoveCost(c, c.actor, jaring.CampaignID(in.ID), strings.ToLower(in.Cost))
}

type questionBody struct {
	QuestionID string `json:"question_id,omitempty" format:"uuid" doc:"one to write anew; a new one when left out"`
	Kind       string `json:"kind" enum:"official,union,company,tripartite,association,bank,community,press,recipient,other" doc:"who asked"`
	Asked      string `json:"asked"`
	Answered   string `json:"answered,omitempty"`
}

func (s *server) putQuestion(c *call, in *actOnOne) (*aroundOut, error) {
	var body questionBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	q := jaring.Question{Campaign: jaring.CampaignID(in.ID), ID: strings.ToLower(body.QuestionID), Kind: jaring.GuestKind(body.Kind), Asked: body.Asked, Answered: body.Answered}
	if err := s.App.PutQuestion(c, c.actor, key, q); err != nil {
		return nil, err
	}
	return s.getAround(c, &in.ByID)
}

// OfQuestion names a question of a campaign.
type OfQuestion struct {
	ByID
	Question string `path:"question_id" format:"uuid"`
}

func (s *server) removeQuestion(c *call, in *OfQuestion) (*struct{}, error) {
	return nil, s.App.RemoveQuestion(c, c.actor, jaring.CampaignID(in.ID), strings.ToLower(in.Question))
}
