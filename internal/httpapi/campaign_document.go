package httpapi

import (
	"time"

	"jaring/internal/app"
	"jaring/internal/document"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// reportNames are what a kept evaluation is called.
var reportNames = map[i18n.Lang]string{i18n.ID: "evaluasi-grebek", i18n.EN: "sweep-evaluation"}

// activityNames are what a kept evaluation of another campaign is called.
var activityNames = map[i18n.Lang]string{i18n.ID: "evaluasi-kegiatan", i18n.EN: "activity-evaluation"}

// campaignDocument is the evaluation of a campaign as PDF, in the time of its office.
func (s *server) campaignDocument(c *call, in *ByID) (*documentOut, error) {
	id := jaring.CampaignID(in.ID)
	if known, err := s.App.CampaignFor(c, c.actor, jaring.ActReadCampaign, id); err != nil {
		return nil, err
	} else if known.Kind != jaring.KindSweep {
		return s.activityDocument(c, id)
	}
	r, err := s.App.Result(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	v, err := s.App.GetCampaign(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	zone := app.Zone(r.Board.Campaign.Zone)
	return pdf(document.SweepReport(reportOf(r, v.Plan.Goal, zone), c.lang, s.Now().In(zone)), reportNames[c.lang])
}

// activityDocument is the evaluation of a campaign that is no sweep. An agent is shown no money.
func (s *server) activityDocument(c *call, id jaring.CampaignID) (*documentOut, error) {
	a, err := s.App.GetAround(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	v, zone := a.Campaign, app.Zone(c.actor.Zone)
	doc := document.Activity{Name: v.Name, Place: v.PlaceName, Office: v.OfficeName, Kind: v.Kind, OpensAt: v.OpensAt.In(zone), ClosesAt: v.ClosesAt.In(zone), State: v.State, Goal: v.Plan.Goal,
		Note: v.Plan.Note, Agenda: v.Plan.Agenda, Costs: a.Costs, Attendance: a.Attendance, Questions: a.Questions, Funnel: a.Funnel}
	if c.actor.Role != jaring.RoleAgent {
		doc.Budget = v.Budget
	}
	if a.Partner != nil {
		doc.Organiser = a.Partner.Name
	}
	if a.Parent != nil {
		doc.Parent = a.Parent.Name
	}
	for _, k := range a.Children {
		doc.Children = append(doc.Children, document.ActivityPart{Name: k.Name, Kind: k.Kind, Registered: k.Registered, Protected: k.Protected})
	}
	if doc.Fair, err = s.App.CountFair(c, c.actor, id); err != nil {
		return nil, err
	}
	return pdf(document.ActivityReport(doc, c.lang, s.Now().In(zone)), activityNames[c.lang])
}

func reportOf(r *app.Result, goal int, zone *time.Location) document.Sweep {
	b := &r.Board
	local := func(t time.Time) time.Time {
		if t.IsZero() {
			return t
		}
		return t.In(zone)
	}
	agents := func(all []app.BoardAgent) (out []document.SweepAgent) {
		for _, a := range all {
			out = append(out, document.SweepAgent{Rank: a.Rank, Name: a.Name, Office: a.Office, Team: a.Team, Registered: a.Registered, Protected: a.Protected, ReachedAt: local(a.ReachedAt)})
		}
		return out
	}
	out := document.Sweep{Name: b.Campaign.Name, Place: b.Campaign.PlaceName, Office: b.Campaign.OfficeName, BeganAt: local(b.Campaign.BeganAt), EndedAt: local(b.Campaign.EndedAt),
		SealsAt: local(b.Campaign.SealsAt), Sealed: b.Campaign.State == jaring.CampaignIsSealed, Goal: goal, Registered: b.Registered, New: b.New, Rejoined: b.Rejoined,
		Paid: b.Paid, Protected: b.Protected, Waiting: b.Evaluation, Repeated: b.Repeated, Winners: agents(r.Winners), Agents: agents(b.Agents), Lots: b.Lots}
	for _, t := range b.Teams {
		out.Teams = append(out.Teams, document.SweepGroup(t))
	}
	for _, o := range b.Offices {
		out.Offices = append(out.Offices, document.SweepGroup(o))
	}
	for _, l := range b.Lanes {
		out.Lanes = append(out.Lanes, document.SweepLane{Name: l.Lane.Name, Trade: l.Lane.Trade, Total: l.Total, Done: l.Done, Registered: l.Registered})
	}
	for _, e := range r.Evaluation {
		out.Evaluation = append(out.Evaluation, document.SweepRecord{Agent: e.AgentName, Occupation: e.Occupation, TakenAt: e.TakenAt.In(zone), Why: e.Why, Decided: e.Decided, Reason: e.Reason})
	}
	return out
}
