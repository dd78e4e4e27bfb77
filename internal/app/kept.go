package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// KeptBy finds by its id what an office keeps, and asks whether the actor may do act there. What is another
// office's is not there for him. Errors: error.forbidden; unknown.
func KeptBy[T any](ctx context.Context, a *App, actor jaring.Actor, act jaring.Act, id, unknown string, get func(*store.Tx, string) (T, error),
	office func(T) jaring.OfficeID) (found T, err error) {
	return keptIn(ctx, a, actor, act, id, unknown, get, func(it T) jaring.Scope { return jaring.Scope{Office: office(it)} })
}

// keptIn is KeptBy for what has more to its scope than an office.
func keptIn[T any](ctx context.Context, a *App, actor jaring.Actor, act jaring.Act, id, unknown string, get func(*store.Tx, string) (T, error),
	scope func(T) jaring.Scope) (found T, err error) {
	if err := actor.May(act, jaring.Scope{}); err != nil {
		return found, err
	}
	if !jaring.IsUUID(id) {
		return found, jaring.NewError(jaring.NotFound, unknown)
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		found, err = get(tx, id)
		return err
	})
	if err == nil && actor.May(act, scope(found)) != nil {
		err = jaring.NewError(jaring.NotFound, unknown)
	}
	return found, err
}
