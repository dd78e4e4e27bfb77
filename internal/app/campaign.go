package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Campaign is a campaign as the store has it.
type Campaign = store.CampaignRecord

// PlanCampaign plans a campaign under the id that its sender made: told again it gives the same.
// Errors: those of jaring.NewCampaign; office.not_found, place.not_found, campaign.parent_unknown, partner.unknown,
// error.forbidden, error.out_of_area, operation.conflict.
func (a *App) PlanCampaign(ctx context.Context, actor jaring.Actor, id jaring.OperationID, f jaring.CampaignForm) (jaring.CampaignID, error) {
	campaign, err := jaring.NewCampaign(f, a.Now())
	campaign.ID = jaring.CampaignID(id)
	err = JoinFindings(err, a.lookUpForm(ctx, actor, f, &campaign))
	if err != nil {
		return "", err
	}
	if err := actor.May(jaring.ActManageCampaign, jaring.Scope{Office: f.Office}); err != nil {
		return "", err
	}
	_, err = a.Once(ctx, actor, id, jaring.ActManageCampaign, f, func(tx *store.Tx) error {
		if err := tx.AddCampaign(&Campaign{Campaign: campaign}); err != nil {
			return err
		}
		return a.tellCampaign(tx, actor, &campaign, jaring.CampaignPlanned, jaring.Facts{})
	})
	return campaign.ID, err
}

// lookUpForm finds what a plan names: all that is not there at once.
func (a *App) lookUpForm(ctx context.Context, actor jaring.Actor, f jaring.CampaignForm, c *jaring.Campaign) error {
	var es jaring.Errors
	miss := func(field, key string) { es = append(es, jaring.NewError(jaring.Invalid, key).At(field)) }
	if _, err := a.Office(ctx, f.Office); jaring.CodeOf(err) == jaring.NotFound {
		miss("office_id", "office.not_found")
	} else if err != nil {
		return err
	}
	place, err := a.place(ctx, f.Place)
	switch {
	case jaring.CodeOf(err) == jaring.NotFound:
		miss("place_id", "place.not_found")
	case err != nil:
		return err
	default:
		c.Area = place.Village
	}
	if f.Parent != "" {
		_, err := a.CampaignFor(ctx, actor, jaring.ActReadCampaign, f.Parent)
		if jaring.CodeOf(err) == jaring.NotFound {
			miss("parent_id", "campaign.parent_unknown")
		} else if err != nil {
			return err
		}
	}
	if err := a.lookUpPartner(ctx, actor, f.Partner); jaring.CodeOf(err) == jaring.NotFound {
		miss("organiser_partner", "partner.unknown")
	} else if err != nil {
		return err
	}
	return es.OrNil()
}

// lookUpPartner asks whether a campaign's organiser is a partner of the actor's offices. Error: partner.unknown.
func (a *App) lookUpPartner(ctx context.Context, actor jaring.Actor, id jaring.PartnerID) error {
	if id == "" {
		return nil
	}
	_, err := KeptBy(ctx, a, actor, jaring.ActManageCampaign, string(id), "partner.unknown", func(tx *store.Tx, id string) (*store.PartnerRecord, error) {
		return tx.GetPartner(jaring.PartnerID(id))
	}, func(p *store.PartnerRecord) jaring.OfficeID { return p.Office })
	return err
}

// place reads a place. Error: place.not_found.
func (a *App) place(ctx context.Context, id jaring.PlaceID) (p *store.PlaceRecord, err error) {
	if !jaring.IsUUID(string(id)) {
		return nil, jaring.NewError(jaring.NotFound, "place.not_found")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		p, err = tx.GetPlace(id)
		return err
	})
	return p, err
}

// tellCampaign writes an event about a campaign.
func (a *App) tellCampaign(tx *store.Tx, actor jaring.Actor, c *jaring.Campaign, kind jaring.EventKind, f jaring.Facts) error {
	f.Campaign = c.ID
	return a.Tell(tx, actor, string(c.ID), kind, f)
}

// CampaignFor reads a campaign for an act. One that is not the actor's to see is not there; one
// that he may see and not act on is error.forbidden or error.out_of_area.
// Error: campaign.not_found.
func (a *App) CampaignFor(ctx context.Context, actor jaring.Actor, act jaring.Act, id jaring.CampaignID) (c *Campaign, err error) {
	if !actor.Can(jaring.ActReadCampaign) {
		return nil, actor.May(act, jaring.Scope{})
	}
	if !jaring.IsUUID(string(id)) {
		return nil, jaring.NewError(jaring.NotFound, "campaign.not_found")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if c, err = tx.GetCampaign(id); err != nil {
			return err
		}
		return sees(tx, actor, c)
	})
	if err != nil {
		return nil, err
	}
	if act == jaring.ActReadCampaign {
		return c, nil
	}
	return c, actor.May(act, jaring.Scope{Office: c.Office})
}

// sees tells whether an actor may know of a campaign: an agent of those in which he takes part,
// everybody else of those of the own offices, and of those in which their people take part.
// Error: campaign.not_found.
func sees(tx *store.Tx, actor jaring.Actor, c *Campaign) error {
	if actor.Role == jaring.RoleSystem {
		return nil
	}
	seen := actor.Role != jaring.RoleAgent && actor.May(jaring.ActReadCampaign, jaring.Scope{Office: c.Office}) == nil
	var err error
	if !seen && actor.Role == jaring.RoleAgent {
		seen, err = tx.IsMember(c.ID, actor.Account)
	} else if !seen {
		seen, err = tx.HasMemberOf(c.ID, actor.Offices)
	}
	if err == nil && !seen {
		err = jaring.NewError(jaring.NotFound, "campaign.not_found")
	}
	return err
}

// ChangeCampaign changes the plan of a campaign that the sender saw in a version.
// Errors: those of jaring.Campaign.Change; campaign.not_found, campaign.changed_meanwhile, partner.unknown,
// error.forbidden, error.out_of_area, operation.conflict.
func (a *App) ChangeCampaign(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, version int64, f jaring.CampaignForm) error {
	said := struct {
		ID      jaring.CampaignID
		Version int64
		Form    jaring.CampaignForm
	}{id, version, f}
	if err := a.lookUpPartner(ctx, actor, f.Partner); jaring.KeyOf(err) == "partner.unknown" {
		return AtField(err, "organiser_partner")
	} else if err != nil {
		return err
	}
	return a.changeCampaign(ctx, actor, op, id, version, said, func(tx *store.Tx, c *Campaign) (jaring.EventKind, jaring.Facts, error) {
		return jaring.CampaignChanged, jaring.Facts{}, c.Change(f, a.Now())
	})
}

// changeCampaign does one change of a campaign, once. change alters the campaign as it is inside the
// writer and says what is told; version 0 stands for any.
func (a *App) changeCampaign(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, version int64, said any,
	change func(*store.Tx, *Campaign) (jaring.EventKind, jaring.Facts, error)) error {
	if _, err := a.CampaignFor(ctx, actor, jaring.ActManageCampaign, id); err != nil {
		return err
	}
	_, err := a.Once(ctx, actor, op, jaring.ActManageCampaign, said, func(tx *store.Tx) error {
		c, err := tx.GetCampaign(id)
		if err != nil {
			return err
		}
		if version != 0 && version != c.Version {
			return jaring.NewError(jaring.Conflict, "campaign.changed_meanwhile")
		}
		kind, facts, err := change(tx, c)
		if err != nil {
			return err
		}
		err = a.writeCampaign(tx, actor, c, kind, facts)
		if version == 0 && jaring.KeyOf(err) == "campaign.changed_meanwhile" {
			err = store.ErrRestart
		}
		return err
	})
	return err
}

// writeCampaign writes a changed campaign with what is told of it.
func (a *App) writeCampaign(tx *store.Tx, actor jaring.Actor, c *Campaign, kind jaring.EventKind, f jaring.Facts) error {
	c.Version++
	if err := tx.UpdateCampaign(c); err != nil {
		return err
	}
	return a.tellCampaign(tx, actor, &c.Campaign, kind, f)
}

// MoveCampaign opens, pauses, ends or cancels a campaign. To cancel one needs a reason.
// Errors: campaign.is_planned, campaign.is_open …, campaign.past, reason.too_short,
// campaign.not_found, error.forbidden, error.out_of_area, operation.conflict.
func (a *App) MoveCampaign(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, to jaring.CampaignState, reason string) error {
	said := []string{string(id), string(to), reason}
	reason = Trim(reason)
	if to == jaring.CampaignIsCancelled || reason != "" {
		var err error
		if reason, err = NeedReason(reason); err != nil {
			return err
		}
	}
	return a.changeCampaign(ctx, actor, op, id, 0, said, func(tx *store.Tx, c *Campaign) (jaring.EventKind, jaring.Facts, error) {
		kind, err := c.State.Step(to)
		if err == nil && to == jaring.CampaignIsSealed {
			err = jaring.NewError(jaring.Conflict, "campaign.is_closed") // the calendar's to do
		}
		if err == nil {
			err = a.step(tx, c, to)
		}
		return kind, jaring.Facts{Reason: reason}, err
	})
}

// step takes a step at this moment, or, when the planned end is over, at that end.
func (a *App) step(tx *store.Tx, c *Campaign, to jaring.CampaignState) error {
	now := a.Now()
	over := !now.Before(c.ClosesAt)
	if over && to != jaring.CampaignIsClosed && to != jaring.CampaignIsCancelled {
		return jaring.NewError(jaring.Conflict, "campaign.past")
	}
	if over && c.ClosesAt.After(c.BeganAt) {
		now = c.ClosesAt
	}
	was := c.State
	c.State = to
	switch {
	case to == jaring.CampaignIsPaused:
		return tx.AddPause(c.ID, now)
	case to == jaring.CampaignIsOpen && was == jaring.CampaignIsPlanned:
		c.BeganAt = now
		return nil
	case to == jaring.CampaignIsOpen:
		return tx.EndPause(c.ID, now)
	case was != jaring.CampaignIsPlanned:
		c.EndedAt = now
		return tx.EndPause(c.ID, now)
	}
	return nil
}
