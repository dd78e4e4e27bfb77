package app

import (
	"context"
	"errors"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// fresh is once for an act that gathers what it needs before the writer is asked: prepare does that, anew for
// each try. A rule that run finds broken means that the world moved on since; what then holds, the next
// prepare says. Errors: operation.conflict, error.unavailable, those of prepare.
func (a *App) fresh(ctx context.Context, actor jaring.Actor, id jaring.OperationID, act jaring.Act, said any, prepare func() error, run func(*store.Tx) error) (*store.OperationRecord, error) {
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
		case !errors.Is(err, store.ErrRestart) && !isRule(err):
			return nil, err
		}
	}
	return nil, jaring.NewError(jaring.Unavailable, "error.unavailable")
}
