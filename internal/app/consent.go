package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// prepareWithdraw takes a person's consent back: the record is closed, the NIK is
// free for a later registration, a bill that nobody paid is cancelled. What is paid and
// confirmed stays with the fund, which owns it; law on keeping money's traces goes on.
func (a *App) prepareWithdraw(ctx context.Context, actor jaring.Actor, op *jaring.Operation, rec *store.OperationRecord) (*plan, error) {
	var body wire.Withdrawal
	if err := wire.Decode(op.Body, &body); err != nil {
		return nil, err
	}
	r, err := a.subject(ctx, actor, jaring.ActWithdrawConsent, body.Worker, body.RegisteredBy)
	if err != nil {
		return nil, err
	}
	if r.Worker.State != jaring.WorkerActive && r.Worker.State != jaring.WorkerReview {
		return nil, jaring.NewError(jaring.Conflict, "worker.closed")
	}
	rec.Outcome.Worker = r.Worker.ID
	return &plan{record: rec, run: func(tx *store.Tx, _ bool) (jaring.Outcome, error) {
		now, err := still(tx, r)
		if err != nil {
			return rec.Outcome, err
		}
		was := now.Worker.Standing
		now.Worker.State, now.Worker.Standing = jaring.WorkerWithdrawn, jaring.StandingWithdrawn
		if err := a.close(tx, now, actor, "rejected"); err != nil {
			return rec.Outcome, err
		}
		return rec.Outcome, a.Alter(tx, actor, now, was, jaring.ConsentWithdrawn, func(f *jaring.Facts) { f.Reason = Trim(body.Reason) })
	}}, nil
}

// close ends what hangs on a record that does not stand: membership, bill, second look, NIK.
func (a *App) close(tx *store.Tx, r *Record, actor jaring.Actor, reviewState string) error {
	if err := tx.DropNIK(r.Worker.ID); err != nil {
		return err
	}
	if err := tx.CancelPayment(r.Worker.ID); err != nil {
		return err
	}
	if m := r.Membership; m.ID != "" && (m.State == jaring.StateRegistered || m.State == jaring.StateReview) {
		m.State = jaring.StateWithdrawn
		if err := tx.UpdateMembership(m); err != nil {
			return err
		}
	}
	v, err := tx.OpenReviewOf(r.Worker.ID)
	if err != nil || v == nil {
		return err
	}
	v.State, v.DecidedAt, v.DecidedBy = reviewState, a.Now(), actor.Account
	return tx.DecideReview(v)
}
