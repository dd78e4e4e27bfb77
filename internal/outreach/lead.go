package outreach

import (
	"context"
	"slices"

	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// LeadRow is a lead as lists show it.
type LeadRow struct {
	*store.LeadRecord
	AgentName    string
	CampaignName string
	PartnerName  string
	Hidden       bool // the phone number is not the actor's to see
}

// LeadFilter asks for leads.
type LeadFilter struct {
	Campaign jaring.CampaignID
	Partner  jaring.PartnerID
	Stand    jaring.StandID
	State    jaring.LeadState
	Name     string
	Cursor   string
}

// LeadList is a page of leads, and how many there are in each state.
type LeadList struct {
	Rows   []*LeadRow
	Counts map[jaring.LeadState]int
	Next   string
}

// noteLead prepares a contact note: from a phone or a screen. It is the agent's own, at his office. A campaign or
// a partner that is not there, or not the agent's, loses no note: it stands without them.
func (o *Outreach) noteLead(ctx context.Context, actor jaring.Actor, op *jaring.Operation) (func(*store.Tx, *jaring.Outcome) error, error) {
	var body wire.Lead
	if err := wire.Decode(op.Body, &body); err != nil {
		return nil, err
	}
	if err := actor.May(jaring.ActNoteLead, jaring.Scope{}); err != nil {
		return nil, err
	}
	day := jaring.DayIn(op.TakenAt, app.Zone(actor.Zone))
	l, err := jaring.NewLead(body.Domain(), day, o.areaKnown)
	if err != nil {
		return nil, err
	}
	l.ID, l.Office, l.Agent, l.TakenAt = jaring.LeadID(op.ID), actor.Office, actor.Account, op.TakenAt
	var warned []jaring.Finding
	if l.Campaign != "" {
		if _, err := o.CampaignFor(ctx, actor, jaring.ActReadCampaign, l.Campaign); jaring.CodeOf(err) == jaring.NotFound {
			l.Campaign = ""
			warned = append(warned, jaring.Finding{Verdict: jaring.Warn, Key: "campaign.unknown", Field: "campaign_id"})
		} else if err != nil {
			return nil, err
		}
	}
	row := &store.LeadRecord{Lead: l, NameFold: match.FoldName(l.Name), ChangedAt: o.Now()}
	return func(tx *store.Tx, out *jaring.Outcome) error {
		out.Findings = warned
		if row.Partner != "" {
			if _, err := tx.GetPartner(row.Partner); jaring.CodeOf(err) == jaring.NotFound {
				row.Partner = ""
			} else if err != nil {
				return err
			}
		}
		if found, err := atStand(tx, row); err != nil {
			return err
		} else if !found {
			out.Findings = append(slices.Clone(warned), jaring.Finding{Verdict: jaring.Warn, Key: "stand.not_found", Field: "stand_id"})
		}
		if err := tx.AddLead(row); err != nil {
			return err
		}
		return o.tellOfLead(tx, actor, &row.Lead, jaring.LeadNoted, jaring.Facts{})
	}, nil
}

// atStand says in words at which stand of its campaign somebody was met. One that is not there loses no note: found is false.
func atStand(tx *store.Tx, row *store.LeadRecord) (found bool, err error) {
	if row.StandID == "" {
		return true, nil
	}
	stand := row.StandID
	row.StandID = ""
	if row.Campaign == "" {
		return false, nil
	}
	s, err := tx.GetStand(row.Campaign, stand)
	if jaring.CodeOf(err) == jaring.NotFound {
		return false, nil
	}
	if err == nil {
		row.StandID, row.Stand = s.ID, standName(s)
	}
	return true, err
}

func (o *Outreach) areaKnown(code string) bool {
	_, known := o.Areas.Get(area.Code(code))
	return known
}

// tellOfLead writes an event about a lead, without saying who it is.
func (o *Outreach) tellOfLead(tx *store.Tx, actor jaring.Actor, l *jaring.Lead, kind jaring.EventKind, f jaring.Facts) error {
	actor.Office, f.Campaign, f.Agent = l.Office, l.Campaign, l.Agent
	return o.Tell(tx, actor, string(l.ID), kind, f)
}

// FindLeads gives leads, the newest first: an agent's own, everybody else's those of the own offices.
// Errors: error.forbidden, lead.state_unknown, cursor.malformed.
func (o *Outreach) FindLeads(ctx context.Context, actor jaring.Actor, f LeadFilter) (*LeadList, error) {
	if err := actor.May(jaring.ActFindLead, jaring.Scope{}); err != nil {
		return nil, err
	}
	q := store.LeadQuery{Offices: actor.Offices, Campaign: f.Campaign, Partner: f.Partner, Stand: f.Stand, State: f.State, Name: match.FoldName(f.Name), Limit: page}
	if actor.Role == jaring.RoleAgent {
		q.Agent = actor.Account
	}
	if err := app.OpenCursor(f.Cursor, &q.Before); err != nil || q.Before != "" && !jaring.IsUUID(string(q.Before)) {
		return nil, badCursor()
	}
	list := &LeadList{}
	err := o.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.FindLeads(q)
		if err != nil {
			return err
		}
		if list.Rows, err = leadRows(tx, actor, found); err != nil {
			return err
		}
		list.Counts, err = tx.CountLeads(q)
		return err
	})
	if len(list.Rows) == page {
		list.Next = app.CloseCursor(list.Rows[page-1].ID)
	}
	return list, err
}

// leadRows puts names beside leads. Whoever does not work on a lead is not shown its phone number.
func leadRows(tx *store.Tx, actor jaring.Actor, found []*store.LeadRecord) (rows []*LeadRow, err error) {
	agents, campaigns, partners := map[jaring.AccountID]string{}, map[jaring.CampaignID]string{}, map[jaring.PartnerID]string{}
	var ids []jaring.AccountID
	for _, l := range found {
		if _, known := agents[l.Agent]; !known {
			agents[l.Agent] = ""
			ids = append(ids, l.Agent)
		}
	}
	accounts, err := tx.FindAccountsByID(ids)
	for _, a := range accounts {
		agents[a.ID] = a.Name
	}
	for _, l := range found {
		if err != nil {
			return nil, err
		}
		if _, known := campaigns[l.Campaign]; !known && l.Campaign != "" {
			var c *store.CampaignRecord
			if c, err = tx.GetCampaign(l.Campaign); err != nil {
				return nil, err
			}
			campaigns[l.Campaign] = c.Name
		}
		if _, known := partners[l.Partner]; !known && l.Partner != "" {
			var p *store.PartnerRecord
			if p, err = tx.GetPartner(l.Partner); err != nil {
				return nil, err
			}
			partners[l.Partner] = p.Name
		}
		row := &LeadRow{LeadRecord: l, AgentName: agents[l.Agent], CampaignName: campaigns[l.Campaign], PartnerName: partners[l.Partner]}
		if l.Phone != "" && actor.May(jaring.ActNoteLead, jaring.Scope{Office: l.Office, Agent: l.Agent}) != nil {
			row.Phone, row.Hidden = "", true
		}
		rows = append(rows, row)
	}
	return rows, err
}

// MoveLead says how far a lead has come, and when to come back. Errors: lead.state_unknown, lead.day_past,
// lead.is_registered, lead.erased, lead.unknown, error.forbidden, error.out_of_area, operation.conflict.
func (o *Outreach) MoveLead(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.LeadID, to jaring.LeadState, next jaring.Day, note string) error {
	if _, err := o.GetLead(ctx, actor, id); err != nil {
		return err
	}
	if err := actor.May(jaring.ActNoteLead, jaring.Scope{}); err != nil {
		return err
	}
	today := jaring.DayIn(o.Now(), app.Zone(actor.Zone))
	_, err := o.Once(ctx, actor, op, jaring.ActNoteLead, []any{id, to, next, note}, func(tx *store.Tx) error {
		l, err := tx.GetLead(id)
		switch {
		case err != nil:
			return err
		case !l.ErasedAt.IsZero():
			return jaring.NewError(jaring.Conflict, "lead.erased")
		}
		if err := l.Step(to, next, today).OrNil(); err != nil {
			return err
		}
		if l.Note, err = jaring.LeadNote(note); err != nil {
			return err
		}
		l.ChangedAt = o.Now()
		if err := tx.UpdateLead(l); err != nil {
			return err
		}
		return o.tellOfLead(tx, actor, &l.Lead, jaring.LeadMoved, jaring.Facts{Fields: []string{string(l.State)}})
	})
	return err
}

// GetLead gives a lead; what is another agent's, or office's, is not there. Errors: lead.unknown, error.forbidden.
func (o *Outreach) GetLead(ctx context.Context, actor jaring.Actor, id jaring.LeadID) (*LeadRow, error) {
	if err := actor.May(jaring.ActFindLead, jaring.Scope{}); err != nil {
		return nil, err
	}
	unknown := jaring.NewError(jaring.NotFound, "lead.unknown")
	if !jaring.IsUUID(string(id)) {
		return nil, unknown
	}
	var row *LeadRow
	err := o.DB.Read(ctx, func(tx *store.Tx) error {
		l, err := tx.GetLead(id)
		if err != nil {
			return err
		}
		if actor.May(jaring.ActFindLead, jaring.Scope{Office: l.Office, Agent: l.Agent}) != nil {
			return unknown
		}
		rows, err := leadRows(tx, actor, []*store.LeadRecord{l})
		if err == nil {
			row = rows[0]
		}
		return err
	})
	return row, err
}
