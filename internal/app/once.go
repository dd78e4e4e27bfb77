package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// nobody stands for the sender of an act that needs no account.
const nobody jaring.AccountID = "00000000-0000-0000-0000-000000000000"

// Once does an act of a screen under the id that its sender made before the first try. Told
// again with the same content it does nothing and gives the record of the first time; nil
// when it did the act now. said is all that the act is about; run does it inside the
// writer, may run more than once and decides everything anew.
// Errors: operation.conflict for other content or another sender, those of run.
func (a *App) Once(ctx context.Context, actor jaring.Actor, id jaring.OperationID, act jaring.Act, said any, run func(*store.Tx) error) (*store.OperationRecord, error) {
	return a.attempt(ctx, actor, id, act, said, func() error { return nil }, run, func(error) bool { return false })
}

// Fresh is Once for an act that gathers what it needs before the writer is asked: prepare does that, anew for
// each try. A rule that run finds broken means that the world moved on since; what then holds, the next
// prepare says. Errors: operation.conflict, error.unavailable, those of prepare.
func (a *App) Fresh(ctx context.Context, actor jaring.Actor, id jaring.OperationID, act jaring.Act, said any, prepare func() error, run func(*store.Tx) error) (*store.OperationRecord, error) {
	return a.attempt(ctx, actor, id, act, said, prepare, run, IsRule)
}

// attempt tries an act until it is done. again says which refusals of run, besides that of a restart, are worth
// another try.
func (a *App) attempt(ctx context.Context, actor jaring.Actor, id jaring.OperationID, act jaring.Act, said any, prepare func() error, run func(*store.Tx) error, again func(error) bool) (*store.OperationRecord, error) {
	rec, err := a.onceOf(actor, id, act, said)
	if err != nil {
		return nil, err
	}
	for range maxPreparations {
		known, err := a.known(ctx, rec)
		if known != nil || err != nil {
			return known, err
		}
		if err := prepare(); err != nil {
			return nil, err
		}
		err = a.DB.Write(ctx, func(tx *store.Tx) error {
			if _, err := tx.Claim([]*store.OperationRecord{rec}, nil); err != nil {
				return err
			}
			return run(tx)
		})
		switch {
		case err == nil:
			a.Changed()
			return nil, nil
		case !errors.Is(err, store.ErrRestart) && !again(err):
			return nil, err
		}
	}
	return nil, jaring.NewError(jaring.Unavailable, "error.unavailable")
}

// onceOf is the record by which a repetition of an act is known.
func (a *App) onceOf(actor jaring.Actor, id jaring.OperationID, act jaring.Act, said any) (*store.OperationRecord, error) {
	text, err := json.Marshal(said)
	if err != nil {
		return nil, jaring.InternalError(err)
	}
	now := a.Now()
	rec := &store.OperationRecord{ID: id, Kind: act, Digest: a.Vault.Digest256(string(act), text), Account: actor.Account, TakenAt: now, ReceivedAt: now,
		Outcome: jaring.Outcome{Operation: id, Kind: jaring.Accepted}}
	if rec.Account == "" {
		rec.Account = nobody
	}
	return rec, nil
}

// known gives the record of an act that was done before, nil when it was not.
// Error: operation.conflict.
func (a *App) known(ctx context.Context, rec *store.OperationRecord) (first *store.OperationRecord, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.FindOperations([]jaring.OperationID{rec.ID})
		first = all[rec.ID]
		return err
	})
	if first != nil && (first.Kind != rec.Kind || first.Account != rec.Account || !bytes.Equal(first.Digest, rec.Digest)) {
		return nil, jaring.NewError(jaring.Conflict, "operation.conflict")
	}
	return first, err
}

// Tell writes an event about something that is no person.
func (a *App) Tell(tx *store.Tx, actor jaring.Actor, subject string, kind jaring.EventKind, f jaring.Facts) error {
	event := a.NewEvent(actor, subject, kind)
	event.Facts = store.FactsText(f)
	return tx.AddEvent(&event)
}
