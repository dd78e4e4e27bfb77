package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// planReadmit accepts that a person was registered again: what was sent then is taken over now,
// and the person goes over to who sent it.
func (a *App) planReadmit(ctx context.Context, actor jaring.Actor, rec *store.OperationRecord, r *Record, v *store.ReviewRecord) (*plan, error) {
	key, err := a.Vault.OpenPerson(r.Worker.ID, r.Worker.PersonKey, r.Worker.PersonKeyID)
	if err != nil {
		return nil, err
	}
	e, err := a.entryAgain(ctx, r, v, key)
	if err != nil {
		return nil, err
	}
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
		if err := tx.AddPayment(payment); err != nil {
			return rec.Outcome, err
		}
		if err := a.readmit(tx, actor, at, e, key, v.Reason); err != nil {
			return rec.Outcome, err
		}
		return rec.Outcome, a.settleKept(tx, actor, at.Worker.ID)
	}}, nil
}

// readmit writes a person who was registered again and looked at.
func (a *App) readmit(tx *store.Tx, actor jaring.Actor, r *Record, e *entry, key vault.PersonKey, reason string) error {
	path, err := a.offices.path(context.Background(), r.Worker.Office, a.Now())
	if err != nil {
		return err
	}
	before, was := a.FactsOf(r.Worker, r.Membership, path), r.Worker.Standing
	if err := a.renew(e, r.Worker, key); err != nil {
		return err
	}
	r.Worker.State, r.Worker.Standing, r.Membership.State = jaring.WorkerActive, jaring.StandingWaiting, jaring.StateRegistered
	if err := tx.UpdateMembership(r.Membership); err != nil {
		return err
	}
	if err := tx.RejoinWorker(r.Worker); err != nil {
		return err
	}
	return a.TellOf(tx, actor, r, was, jaring.WorkerRejoined, func(f *jaring.Facts) { f.Before, f.Reason = &before, reason })
}

// entryAgain makes the entry anew of what was sent. The review of somebody who was registered
// again bears the id of the operation.
func (a *App) entryAgain(ctx context.Context, r *Record, v *store.ReviewRecord, key vault.PersonKey) (*entry, error) {
	id := jaring.OperationID(v.ID)
	var op *store.OperationRecord
	var sealed []byte
	sender := jaring.Actor{Role: jaring.RoleAgent}
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		known, err := tx.FindOperations([]jaring.OperationID{id})
		if err != nil {
			return err
		}
		if op = known[id]; op == nil {
			return jaring.NewError(jaring.NotFound, "review.not_found")
		}
		if sealed, err = tx.GetCapture(r.Worker.ID, id); err != nil {
			return err
		}
		events, err := tx.FindEvents(string(r.Worker.ID))
		for _, event := range events {
			if event.Kind == jaring.WorkerHeld {
				sender.Account, sender.Office = event.Actor, event.Office
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	body, err := key.Open(sealed, PurposeCapture)
	if err != nil {
		return nil, err
	}
	e := &entry{op: &jaring.Operation{ID: id, Kind: op.Kind, Device: op.Device, TakenAt: op.TakenAt, Body: body}, day: Today(sender, op.TakenAt)}
	form, _, err := a.judgeEntry(e)
	if err != nil {
		return nil, err
	}
	if err := a.campaignOf(ctx, sender, e, form.Lot); err != nil {
		return nil, err
	}
	if err := a.placeOf(ctx, sender, e); err != nil {
		return nil, err
	}
	e.worker.Worker = e.person.Worker
	w := &e.worker
	w.Office, w.Agent, w.TakenAt, w.Findings = sender.Office, sender.Account, op.TakenAt, v.Reasons
	if w.Area == "" {
		w.Area = r.Worker.Area
	}
	return e, nil
}

// takeBack turns down that a person was registered again: the record stands as it did, with
// the membership that has ended.
func (a *App) takeBack(tx *store.Tx, actor jaring.Actor, r *Record, v *store.ReviewRecord) error {
	path, err := a.offices.path(context.Background(), r.Worker.Office, a.Now())
	if err != nil {
		return err
	}
	before, was := a.FactsOf(r.Worker, r.Membership, path), r.Worker.Standing
	r.Membership.State = jaring.StateWithdrawn
	if err := tx.UpdateMembership(r.Membership); err != nil {
		return err
	}
	r.Worker.State, r.Membership = jaring.WorkerActive, r.earlier()
	if err := a.Stand(tx, r, Today(actor, a.Now())); err != nil {
		return err
	}
	return a.Alter(tx, actor, r, was, jaring.WorkerTurnedDown, func(f *jaring.Facts) { f.Before, f.Reason = &before, v.Reason })
}
