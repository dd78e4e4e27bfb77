package outreach

import (
	"context"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// GuestList is who is invited to a campaign, by name, and how many came.
type GuestList struct {
	Campaign   *app.Campaign
	Guests     []jaring.Guest
	Attendance jaring.Attendance
	MayManage  bool
	MayMark    bool // whoever takes part in a campaign may stand at its door
}

// FindGuests gives who is invited to a campaign. Errors: campaign.not_found, error.forbidden.
func (o *Outreach) FindGuests(ctx context.Context, actor jaring.Actor, id jaring.CampaignID) (*GuestList, error) {
	c, err := o.CampaignFor(ctx, actor, jaring.ActReadCampaign, id)
	if err != nil {
		return nil, err
	}
	l := &GuestList{Campaign: c, MayManage: actor.May(jaring.ActManageGuest, jaring.Scope{Office: c.Office}) == nil, MayMark: actor.Can(jaring.ActMarkGuest)}
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		if l.Guests, err = tx.FindGuests(id); err != nil {
			return err
		}
		l.Attendance = jaring.CountGuests(l.Guests)
		l.Attendance.Questions, err = tx.CountQuestions(id)
		return err
	})
	return l, err
}

// Attendance gives how many were invited to a campaign and came, and how many questions were asked.
// Errors: campaign.not_found, error.forbidden.
func (o *Outreach) Attendance(ctx context.Context, actor jaring.Actor, id jaring.CampaignID) (jaring.Attendance, error) {
	l, err := o.FindGuests(ctx, actor, id)
	if err != nil {
		return jaring.Attendance{}, err
	}
	return l.Attendance, nil
}

// AddGuests invites to a campaign, under the id that its sender made: told again it does nothing. Errors:
// those of jaring.NewGuests; guest.not_yet, campaign.is_cancelled, campaign.not_found, error.forbidden,
// error.out_of_area, operation.conflict.
func (o *Outreach) AddGuests(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, gs []jaring.Guest) error {
	said := []any{id, gs}
	gs, faults := jaring.NewGuests(gs)
	c, err := o.CampaignFor(ctx, actor, jaring.ActManageGuest, id)
	if err != nil {
		return err
	}
	if faults != nil {
		return faults
	}
	for i := range gs {
		gs[i].Campaign, gs[i].ID = id, jaring.GuestIDOf(op, i)
		if err := o.mayCome(c, gs[i].State); err != nil {
			return err
		}
	}
	_, err = o.Once(ctx, actor, op, jaring.ActManageGuest, said, func(tx *store.Tx) error {
		known, err := tx.FindGuests(id)
		if err == nil && len(known)+len(gs) > jaring.MaxGuests {
			err = jaring.Errors{jaring.NewError(jaring.Invalid, "field.too_many", "max", jaring.MaxGuests).At("guests")}
		}
		for i := range gs {
			if err == nil {
				err = tx.AddGuest(&gs[i], o.Now())
			}
		}
		if err != nil {
			return err
		}
		return o.tellAround(tx, actor, c, jaring.GuestsInvited, "")
	})
	return err
}

// mayCome asks whether guests can be in a state: nobody has come before the day on which a campaign
// opens, and a cancelled one has no door. Errors: guest.not_yet, campaign.is_cancelled.
func (o *Outreach) mayCome(c *app.Campaign, state jaring.GuestState) error {
	zone := app.Zone("")
	switch {
	case c.State == jaring.CampaignIsCancelled:
		return jaring.NewError(jaring.Conflict, "campaign.is_cancelled")
	case state == jaring.GuestIsAttended && jaring.DayIn(o.Now(), zone) < jaring.DayIn(c.OpensAt, zone):
		return jaring.NewError(jaring.Conflict, "guest.not_yet", "date", jaring.DayIn(c.OpensAt, zone))
	}
	return nil
}

// SetGuest says what became of an invitation; came is how many came with it, 0 for all. Whoever takes part in
// the campaign may. Errors: guest.state_unknown, field.range, guest.unknown, guest.not_yet,
// campaign.is_cancelled, campaign.not_found, error.forbidden, operation.conflict.
func (o *Outreach) SetGuest(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, guest jaring.GuestID, state jaring.GuestState, came int) error {
	c, err := o.CampaignFor(ctx, actor, jaring.ActReadCampaign, id)
	if err == nil {
		err = actor.May(jaring.ActMarkGuest, jaring.Scope{})
	}
	if err == nil {
		err = o.mayCome(c, state)
	}
	if err != nil {
		return err
	}
	if !jaring.IsUUID(string(guest)) {
		return jaring.NewError(jaring.NotFound, "guest.unknown")
	}
	_, err = o.Once(ctx, actor, op, jaring.ActMarkGuest, []any{id, guest, state, came}, func(tx *store.Tx) error {
		g, err := tx.GetGuest(id, guest)
		if err != nil {
			return err
		}
		if err := g.Say(state, came).OrNil(); err != nil {
			return err
		}
		if err := tx.UpdateGuest(g, o.Now()); err != nil {
			return err
		}
		return o.tellAround(tx, actor, c, jaring.GuestSaid, string(guest))
	})
	return err
}

// RemoveGuest takes an invitation away that was entered by mistake; one that is not there is gone.
// Errors: campaign.not_found, error.forbidden, error.out_of_area.
func (o *Outreach) RemoveGuest(ctx context.Context, actor jaring.Actor, id jaring.CampaignID, guest jaring.GuestID) error {
	return o.removeAround(ctx, actor, jaring.ActManageGuest, id, string(guest), jaring.GuestRemoved, func(tx *store.Tx) (bool, error) {
		return tx.RemoveGuest(id, guest)
	})
}

// removeAround takes something away that surrounds a campaign, and tells it when it was there.
func (o *Outreach) removeAround(ctx context.Context, actor jaring.Actor, act jaring.Act, id jaring.CampaignID, what string, kind jaring.EventKind, remove func(*store.Tx) (bool, error)) error {
	c, err := o.CampaignFor(ctx, actor, act, id)
	if err != nil || !jaring.IsUUID(what) {
		return err
	}
	err = o.DB.Write(ctx, func(tx *store.Tx) error {
		gone, err := remove(tx)
		if err != nil || !gone {
			return err
		}
		return o.tellAround(tx, actor, c, kind, what)
	})
	if err == nil {
		o.Changed()
	}
	return err
}

// tellAround writes an event about what surrounds a campaign.
func (o *Outreach) tellAround(tx *store.Tx, actor jaring.Actor, c *app.Campaign, kind jaring.EventKind, what string) error {
	return o.Tell(tx, actor, string(c.ID), kind, jaring.Facts{Campaign: c.ID, Other: what})
}
