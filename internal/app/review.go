package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// prepareDecide closes a second look: the person is accepted and gets a bill, is
// turned down and the NIK is free again, or is the same as the candidate and merged.
func (a *App) prepareDecide(ctx context.Context, actor jaring.Actor, op *jaring.Operation, rec *store.OperationRecord) (*plan, error) {
	var body wire.Decision
	if err := wire.Decode(op.Body, &body); err != nil {
		return nil, err
	}
	reason, err := NeedReason(body.Reason)
	if err != nil {
		return nil, err
	}
	if !jaring.IsUUID(body.Review) {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "id.malformed").At("review_id")}
	}
	var v *store.ReviewRecord
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		v, err = tx.GetReview(jaring.ReviewID(body.Review))
		return err
	})
	if err != nil {
		return nil, err
	}
	r, err := a.subject(ctx, actor, jaring.ActDecideReview, string(v.Worker), "")
	switch {
	case err != nil:
		return nil, err
	case v.State != "open":
		return nil, jaring.NewError(jaring.Conflict, "review.decided")
	case r.Worker.Agent == actor.Account:
		// Whoever registered the person is not the second pair of eyes.
		return nil, jaring.NewError(jaring.Forbidden, "approve.self")
	}
	v.DecidedAt, v.DecidedBy, v.Reason = a.Now(), actor.Account, reason
	rec.Outcome.Worker = r.Worker.ID
	switch body.Decision {
	case "accept":
		if r.earlier() != nil {
			return a.planReadmit(ctx, actor, rec, r, v)
		}
		return a.planAccept(ctx, actor, rec, r, v)
	case "reject":
		return a.planReject(actor, rec, r, v), nil
	case "same":
		if v.Candidate == "" {
			return nil, jaring.NewError(jaring.Conflict, "review.no_candidate")
		}
		return a.planMerge(ctx, actor, rec, string(v.Worker), string(v.Candidate), reason)
	}
	return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "decision.unknown").At("decision")}
}

// firstPayment opens a code for the first months of a membership that was looked at.
func (a *App) firstPayment(ctx context.Context, r *Record) (jaring.Payment, error) {
	year := a.Now().Year()
	number, err := a.numbers.take(ctx, year)
	return jaring.Payment{Code: paymentCode(year, number), Worker: r.Worker.ID, Membership: r.Membership.ID,
		Amount: r.Membership.Quote.Total, Due: r.Membership.Quote.Due, State: "waiting"}, err
}

func (a *App) planAccept(ctx context.Context, actor jaring.Actor, rec *store.OperationRecord, r *Record, v *store.ReviewRecord) (*plan, error) {
	payment, err := a.firstPayment(ctx, r)
	if err != nil {
		return nil, err
	}
	return &plan{record: rec, run: func(tx *store.Tx, _ bool) (jaring.Outcome, error) {
		at, err := still(tx, r)
		if err != nil {
			return rec.Outcome, err
		}
		v.State = "accepted"
		if err := tx.DecideReview(v); err != nil {
			return rec.Outcome, err
		}
		was := at.Worker.Standing
		at.Worker.State, at.Worker.Standing, at.Membership.State = jaring.WorkerActive, jaring.StandingWaiting, jaring.StateRegistered
		if err := tx.UpdateMembership(at.Membership); err != nil {
			return rec.Outcome, err
		}
		if at.Membership.Segment != jaring.PU { // the employer pays by a bill of its own
			if err := tx.AddPayment(payment); err != nil {
				return rec.Outcome, err
			}
		}
		if err := tx.AcceptLead(at.Worker.ID, a.Now()); err != nil {
			return rec.Outcome, err
		}
		if err := a.Alter(tx, actor, at, was, jaring.WorkerAccepted, func(f *jaring.Facts) { f.Reason = v.Reason }); err != nil {
			return rec.Outcome, err
		}
		return rec.Outcome, a.settleKept(tx, actor, at.Worker.ID)
	}}, nil
}

func (a *App) planReject(actor jaring.Actor, rec *store.OperationRecord, r *Record, v *store.ReviewRecord) *plan {
	return &plan{record: rec, run: func(tx *store.Tx, _ bool) (jaring.Outcome, error) {
		at, err := still(tx, r)
		if err != nil {
			return rec.Outcome, err
		}
		v.State = "rejected"
		if err := tx.DecideReview(v); err != nil {
			return rec.Outcome, err
		}
		if at.earlier() != nil {
			return rec.Outcome, a.takeBack(tx, actor, at, v)
		}
		was := at.Worker.Standing
		at.Worker.State, at.Worker.Standing = jaring.WorkerRejected, jaring.StandingRejected
		if err := a.close(tx, at, actor, "rejected"); err != nil {
			return rec.Outcome, err
		}
		return rec.Outcome, a.Alter(tx, actor, at, was, jaring.WorkerTurnedDown, func(f *jaring.Facts) { f.Reason = v.Reason })
	}}
}
