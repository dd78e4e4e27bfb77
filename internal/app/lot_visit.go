package app

import (
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// maxVisitText is how long a reason or a time to come back may be, in characters.
const maxVisitText = 200

// prepareLot keeps what was found at a stall in a sweep: one row for each operation, the
// last word is found by rule when the board is counted.
func (a *App) prepareLot(ctx context.Context, actor jaring.Actor, op *jaring.Operation, rec *store.OperationRecord) (*plan, error) {
	var body wire.LotVisit
	if err := wire.Decode(op.Body, &body); err != nil {
		return nil, err
	}
	if err := actor.May(jaring.ActRecordLot, jaring.Scope{}); err != nil {
		return nil, err
	}
	v := store.LotVisit{Campaign: jaring.CampaignID(body.Campaign), Operation: op.ID, Outcome: jaring.LotOutcome(body.Outcome), Reason: Trim(body.Reason),
		BackAt: Trim(body.BackAt), Agent: actor.Account, TakenAt: op.TakenAt, ReceivedAt: rec.ReceivedAt, Trusted: op.ClockTrust}
	if err := visitFaults(v); err != nil {
		return nil, err
	}
	c, err := a.sweepFor(ctx, actor, v.Campaign)
	if err != nil {
		return nil, at(err, "campaign_id")
	}
	lot, err := a.lotFor(ctx, c, body.Lane, body.Number)
	if err != nil {
		return nil, at(err, "lane_id")
	}
	v.Lot = lot.ID
	return &plan{record: rec, run: func(tx *store.Tx, _ bool) (jaring.Outcome, error) {
		if err := tx.AddLot(lot); err != nil {
			return rec.Outcome, err
		}
		return rec.Outcome, tx.AddLotVisit(v)
	}}, nil
}

// visitFaults are the faults of a visit's form. That somebody was registered is said by
// the registration alone.
func visitFaults(v store.LotVisit) error {
	var es jaring.Errors
	if !jaring.IsUUID(string(v.Campaign)) {
		es = append(es, jaring.NewError(jaring.Invalid, "id.malformed").At("campaign_id"))
	}
	if v.Outcome == jaring.LotRegistered || !slices.Contains(jaring.LotOutcomes, v.Outcome) {
		es = append(es, jaring.NewError(jaring.Invalid, "lot.outcome_unknown").At("outcome"))
	}
	for field, text := range map[string]string{"reason": v.Reason, "back_at": v.BackAt} {
		if len([]rune(text)) > maxVisitText {
			es = append(es, jaring.NewError(jaring.Invalid, "field.too_long", "max", maxVisitText).At(field))
		}
	}
	return es.OrNil()
}

// at says which field a rule's error is about, where it does not.
func at(err error, field string) error {
	if e := ruleOf(err); e != nil && e.Field == "" {
		return jaring.Errors{e.At(field)}
	}
	return err
}
