package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// swept is what a registration means to the sweep in which it was taken.
type swept struct {
	capture store.SweepCapture
	lot     *jaring.Lot // nil when no stall was named
}

// campaignOf finds the campaign and the stall that a registration names. A campaign that is
// not there, or not the agent's, and a stall that is not of its market, lose no registration: it
// stands without them, and the sender is told.
func (a *App) campaignOf(ctx context.Context, actor jaring.Actor, e *entry, named *wire.Lot) error {
	w := &e.person.Worker
	ignored := func(field, key string, args jaring.Args) {
		e.person.Findings = append(e.person.Findings, jaring.Finding{Verdict: jaring.Warn, Key: key, Field: field, Args: args})
	}
	if w.Campaign == "" {
		if named != nil {
			ignored("lot", "lot.without_campaign", nil)
		}
		return nil
	}
	c, err := a.sweepFor(ctx, actor, w.Campaign)
	if why := ruleOf(err); why != nil {
		w.Campaign = ""
		ignored("campaign_id", why.Key, why.Args)
		return nil
	}
	if err != nil || c.Kind != jaring.KindSweep {
		return err
	}
	e.swept = &swept{}
	if named == nil {
		return nil
	}
	lot, err := a.lotFor(ctx, c, named.Lane, named.Number)
	if why := ruleOf(err); why != nil {
		ignored("lot", why.Key, why.Args)
		return nil
	}
	if err != nil {
		return err
	}
	if e.swept.lot = &lot; w.Workplace == "" {
		w.Workplace = c.Place // whoever has a stall works there
	}
	return nil
}

// ruleOf is an error that a rule made, nil for others.
func ruleOf(err error) *jaring.Error {
	e, ok := err.(*jaring.Error)
	if !ok || !IsRule(e) {
		return nil
	}
	return e
}

// sweepFor finds a campaign in which the actor takes part. A desk takes part in those of its
// offices. Errors: campaign.unknown, campaign.not_member.
func (a *App) sweepFor(ctx context.Context, actor jaring.Actor, id jaring.CampaignID) (c *Campaign, err error) {
	member := false
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if c, err = tx.GetCampaign(id); err != nil {
			return err
		}
		member, err = tx.IsMember(id, actor.Account)
		return err
	})
	switch {
	case jaring.CodeOf(err) == jaring.NotFound:
		return nil, jaring.NewError(jaring.Invalid, "campaign.unknown")
	case err != nil:
		return nil, err
	case !member && (actor.Role == jaring.RoleAgent || actor.May(jaring.ActRecordLot, jaring.Scope{Office: c.Office}) != nil):
		return nil, jaring.NewError(jaring.Forbidden, "campaign.not_member")
	}
	return c, nil
}

// lotFor makes the lot of a lane of a campaign's market: counted on the way when it is not
// on the plan. Errors: lane.unknown, lot.number.
func (a *App) lotFor(ctx context.Context, c *Campaign, lane, number string) (jaring.Lot, error) {
	unknown := jaring.NewError(jaring.Invalid, "lane.unknown")
	if !jaring.IsUUID(lane) {
		return jaring.Lot{}, unknown
	}
	var found jaring.Lane
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		found, err = tx.GetLane(jaring.LaneID(lane))
		return err
	})
	switch {
	case jaring.CodeOf(err) == jaring.NotFound, err == nil && found.Place != c.Place:
		return jaring.Lot{}, unknown
	case err != nil:
		return jaring.Lot{}, err
	}
	return jaring.NewLot(found.ID, number, jaring.LotCounted, a.Now())
}

// fillSwept fills what the sweep is told, but whom it met and how.
func (a *App) fillSwept(actor jaring.Actor, e *entry, rec *store.OperationRecord) {
	if e.swept == nil {
		return
	}
	e.swept.capture = store.SweepCapture{Campaign: e.worker.Campaign, Operation: e.op.ID, Agent: actor.Account, Occupation: e.worker.Occupation,
		TakenAt: e.op.TakenAt, ReceivedAt: rec.ReceivedAt, Trusted: e.op.ClockTrust}
	if e.swept.lot != nil {
		e.swept.capture.Lot = e.swept.lot.ID
	}
}

// tell writes whom a registration met in the sweep, and what that means for the stall.
func (s *swept) tell(tx *store.Tx, worker jaring.WorkerID, kind jaring.CaptureKind) error {
	if s == nil {
		return nil
	}
	c := s.capture
	c.Worker, c.Kind = worker, kind
	if err := tx.AddSweepCapture(c); err != nil || s.lot == nil {
		return err
	}
	outcome := jaring.LotRegistered
	if kind == jaring.CaptureRepeated {
		outcome = jaring.LotMember
	}
	if err := tx.AddLot(*s.lot); err != nil {
		return err
	}
	return tx.AddLotVisit(store.LotVisit{Campaign: c.Campaign, Lot: c.Lot, Operation: c.Operation, Outcome: outcome, Worker: worker, Agent: c.Agent,
		TakenAt: c.TakenAt, ReceivedAt: c.ReceivedAt, Trusted: c.Trusted})
}
