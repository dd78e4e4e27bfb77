package app

import (
	"context"
	"encoding/json"
	"errors"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// independent parts operations, in order, into runs of which none needs another one of the
// same run to be done before it: neither by name nor because both are about one person.
func independent(ops []jaring.Operation) (runs [][]jaring.Operation) {
	start, touched := 0, map[string]bool{}
	for i := range ops {
		subjects := subjectsOf(&ops[i])
		waits := false
		for _, name := range subjects {
			waits = waits || touched[name]
		}
		for _, id := range ops[i].After {
			waits = waits || touched[string(id)]
		}
		if waits {
			runs, start = append(runs, ops[start:i]), i
			clear(touched)
		}
		touched[string(ops[i].ID)] = true
		for _, name := range subjects {
			touched[name] = true
		}
	}
	if start < len(ops) {
		runs = append(runs, ops[start:])
	}
	return runs
}

// subjectsOf names what an operation is about, besides itself. A registration is about
// nobody who is there already; what cannot be read is about nobody.
func subjectsOf(op *jaring.Operation) (names []string) {
	if op.Kind == jaring.ActRegisterWorker {
		return nil
	}
	var body struct {
		Worker       string `json:"worker_id"`
		RegisteredBy string `json:"registered_by"`
		Into         string `json:"into"`
		Review       string `json:"review_id"`
	}
	_ = json.Unmarshal(op.Body, &body)
	for _, name := range []string{body.Worker, body.RegisteredBy, body.Into, body.Review} {
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

// write applies the plans in one transaction. When that fails through one of them, each is
// applied in a transaction of its own; what a rule forbids only there is refused, and what
// breaks is kept. A single act of a screen fails as it is.
func (b *batch) write(ctx context.Context) error {
	indexes := b.planned()
	err := b.writeSome(ctx, indexes)
	switch {
	case err == nil:
		return b.keep(ctx)
	case concernsAll(err) || len(b.ops) == 1 && b.ops[0].Device == "":
		return err
	}
	for _, i := range indexes {
		err := b.writeSome(ctx, []int{i})
		if err != nil && !concernsAll(err) && IsRule(err) && b.plans[i].record != nil {
			b.plans[i] = refusal(b.plans[i].record, FindingsOf(err))
			err = b.writeSome(ctx, []int{i})
		}
		switch {
		case concernsAll(err):
			return err
		case err != nil:
			b.breaks(i, err)
		}
	}
	return b.keep(ctx)
}

// breaks notes that an operation failed on our side.
func (b *batch) breaks(i int, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.broken == nil {
		b.broken = map[int]error{}
	}
	b.broken[i] = err
}

// concernsAll tells a failure of the store, or of the moment, from one of an operation.
func concernsAll(err error) bool {
	return errors.Is(err, store.ErrRestart) || jaring.CodeOf(err) == jaring.Unavailable
}

// keep holds operations that broke on our side behind one that was answered, so that
// ReleaseHeld tries them again: their sender forgets what is held. Where none was
// answered the sender is told the fault and keeps all.
func (b *batch) keep(ctx context.Context) error {
	for i, cause := range b.broken {
		behind := b.answered()
		if behind == "" {
			return cause
		}
		p, err := b.app.hold(b.actor, &b.ops[i], b.digests[i], behind)
		if err != nil {
			return err
		}
		b.plans[i] = p
		if err := b.writeSome(ctx, []int{i}); err != nil {
			return err
		}
		b.outcomes[i].Findings = []jaring.Finding{{Verdict: jaring.Hold, Key: "operation.kept"}}
	}
	return nil
}

// answered gives an operation of the batch whose answer is stored.
func (b *batch) answered() jaring.OperationID {
	for i, o := range b.outcomes {
		if _, bad := b.broken[i]; bad {
			continue
		}
		switch o.Kind {
		case jaring.Accepted, jaring.Review, jaring.Refused, jaring.Same:
			return b.ops[i].ID
		}
	}
	return ""
}
