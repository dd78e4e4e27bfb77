package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// prepareMerge makes a record part of another one of the same person. Nothing is
// deleted: the merged record points to the surviving one, and its NIK leads there.
func (a *App) prepareMerge(ctx context.Context, actor jaring.Actor, op *jaring.Operation, rec *store.OperationRecord) (*plan, error) {
	var body wire.Merge
	if err := wire.Decode(op.Body, &body); err != nil {
		return nil, err
	}
	reason, err := NeedReason(body.Reason)
	if err != nil {
		return nil, err
	}
	return a.planMerge(ctx, actor, rec, body.Worker, body.Into, reason)
}

func (a *App) planMerge(ctx context.Context, actor jaring.Actor, rec *store.OperationRecord, worker, into, reason string) (*plan, error) {
	if worker == into {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "merge.same_record").At("into")}
	}
	r, err := a.subject(ctx, actor, jaring.ActMergeWorker, worker, "")
	if err != nil {
		return nil, err
	}
	if !jaring.IsUUID(into) {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "id.malformed").At("into")}
	}
	target, err := a.subject(ctx, actor, jaring.ActMergeWorker, into, "")
	if err != nil {
		return nil, err
	}
	switch {
	case r.Worker.State != jaring.WorkerActive && r.Worker.State != jaring.WorkerReview:
		return nil, jaring.NewError(jaring.Conflict, "worker.closed")
	case target.Worker.State != jaring.WorkerActive:
		return nil, jaring.NewError(jaring.Conflict, "merge.target_closed").At("into")
	case r.paid():
		// Money has been taken in this name; moving it is an act of the ledger.
		return nil, jaring.NewError(jaring.Conflict, "merge.paid")
	}
	rec.Outcome.Worker = target.Worker.ID
	return &plan{record: rec, run: func(tx *store.Tx, _ bool) (jaring.Outcome, error) {
		return rec.Outcome, a.applyMerge(tx, actor, r, target, reason)
	}}, nil
}

func (a *App) applyMerge(tx *store.Tx, actor jaring.Actor, r, target *Record, reason string) error {
	now, err := still(tx, r)
	if err != nil {
		return err
	}
	if target, err = still(tx, target); err != nil {
		return err
	}
	if err := tx.LeadNIK(now.Worker.ID, target.Worker.ID); err != nil {
		return err
	}
	was := now.Worker.Standing
	now.Worker.State, now.Worker.Standing, now.Worker.MergedInto = jaring.WorkerMerged, jaring.StandingMerged, target.Worker.ID
	if err := a.close(tx, now, actor, "same"); err != nil {
		return err
	}
	if err := a.Alter(tx, actor, now, was, jaring.WorkerWasMerged, func(f *jaring.Facts) {
		f.Other, f.Reason = string(target.Worker.ID), reason
	}); err != nil {
		return err
	}
	// The survivor gets a new version too, or it could be closed at the same moment.
	err = a.Alter(tx, actor, target, target.Worker.Standing, jaring.WorkerWasMerged, func(f *jaring.Facts) {
		f.Other, f.Reason = string(now.Worker.ID), reason
	})
	if err != nil {
		return err
	}
	return a.moveReceipts(tx, actor, now, target)
}
