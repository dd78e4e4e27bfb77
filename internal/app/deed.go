package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Deed prepares an operation of a kind that another acting room knows. It judges the body and what it
// names, without a lock; do then runs inside the writer, may run more than once, and may say in the
// outcome what was made. What a rule refuses is an error by rule: of a phone it is stored as the outcome.
type Deed func(ctx context.Context, actor jaring.Actor, op *jaring.Operation) (do func(*store.Tx, *jaring.Outcome) error, err error)

// Learn teaches the acts a kind of operation, so that phones can send it like any other. It is called
// while the house is put together; taught again, the last word holds.
func (a *App) Learn(kind jaring.Act, deed Deed) { a.deeds.Store(kind, deed) }

// prepareLearnt prepares an operation of a kind that was learnt. Error: operation.kind_unknown.
func (a *App) prepareLearnt(ctx context.Context, actor jaring.Actor, op *jaring.Operation, rec *store.OperationRecord) (*plan, error) {
	deed, ok := a.deeds.Load(op.Kind)
	if !ok {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "operation.kind_unknown").At("kind")}
	}
	do, err := deed.(Deed)(ctx, actor, op)
	if err != nil {
		return nil, err
	}
	return &plan{record: rec, run: func(tx *store.Tx, _ bool) (jaring.Outcome, error) {
		out := rec.Outcome
		err := do(tx, &out)
		return out, err
	}}, nil
}
