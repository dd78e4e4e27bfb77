package app

import (
	"bytes"
	"context"
	"errors"
	"sync"

	"golang.org/x/sync/errgroup"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// maxPreparations is how often an operation is prepared anew when the world moved on.
const maxPreparations = 6

// plan is a prepared operation: what APPLY has to do inside the writer.
type plan struct {
	record *store.OperationRecord // claimed; its outcome is what is expected
	claim  *store.NIKClaim        // nil when no NIK is asked for
	// run does the act. taken says that the NIK belongs to somebody already. It may run
	// more than once and decides everything anew.
	run func(tx *store.Tx, taken bool) (jaring.Outcome, error)
}

// Apply does operations of one actor and gives one outcome for each, in order. One that
// fails by rule never sinks the others. The outcomes are durable when it returns. Its error
// concerns all: what was done before it stays done, and is told again to whoever repeats it.
func (a *App) Apply(ctx context.Context, actor jaring.Actor, ops []jaring.Operation) ([]jaring.Outcome, error) {
	outcomes := make([]jaring.Outcome, 0, len(ops))
	for _, run := range independent(ops) {
		done, err := a.applyRun(ctx, actor, run)
		if err != nil {
			return nil, err
		}
		outcomes = append(outcomes, done...)
	}
	return outcomes, nil
}

// applyRun does operations of which none needs another one to be done before.
func (a *App) applyRun(ctx context.Context, actor jaring.Actor, ops []jaring.Operation) ([]jaring.Outcome, error) {
	for try := 1; ; try++ {
		outcomes, err := a.applyOnce(ctx, actor, ops, try > 1)
		switch {
		case !errors.Is(err, store.ErrRestart):
			return outcomes, err
		case len(ops) > 1 && try == maxPreparations/2:
			return a.applySingly(ctx, actor, ops)
		case try < maxPreparations:
		case ops[0].Device != "":
			return nil, &jaring.Error{Code: jaring.Unavailable, Key: "error.unavailable", Err: err}
		default:
			return nil, jaring.NewError(jaring.Conflict, "worker.changed_meanwhile")
		}
	}
}

// applySingly does operations that stand in each other's way one after the other.
func (a *App) applySingly(ctx context.Context, actor jaring.Actor, ops []jaring.Operation) (outcomes []jaring.Outcome, err error) {
	for i := range ops {
		done, err := a.applyRun(ctx, actor, ops[i:i+1])
		if err != nil {
			return nil, err
		}
		outcomes = append(outcomes, done...)
	}
	return outcomes, nil
}

// batch is one call of Apply under way.
type batch struct {
	app      *App
	actor    jaring.Actor
	ops      []jaring.Operation
	digests  [][]byte
	known    map[jaring.OperationID]*store.OperationRecord
	first    map[jaring.OperationID]int // index of an id's first appearance in ops
	outcomes []jaring.Outcome
	plans    []*plan // nil where the outcome is known without writing
	mu       sync.Mutex
	broken   map[int]error // what went wrong on our side, by index
}

// applyOnce tries once. Nearly every operation is new, so the first try does not ask whether it is
// known: the claim finds out, and the second try (careful) looks first.
func (a *App) applyOnce(ctx context.Context, actor jaring.Actor, ops []jaring.Operation, careful bool) ([]jaring.Outcome, error) {
	b := &batch{app: a, actor: actor, ops: ops, first: map[jaring.OperationID]int{},
		outcomes: make([]jaring.Outcome, len(ops)), plans: make([]*plan, len(ops)), digests: make([][]byte, len(ops))}
	if err := b.lookUp(ctx, careful); err != nil {
		return nil, err
	}
	if err := b.prepare(ctx); err != nil {
		return nil, err
	}
	if err := b.write(ctx); err != nil {
		return nil, err
	}
	b.repeat()
	if b.changed() {
		a.Changed()
	}
	return b.outcomes, nil
}

// lookUp finds which operations, and which of those they wait for, are answered already.
func (b *batch) lookUp(ctx context.Context, careful bool) error {
	var ids []jaring.OperationID
	for i, op := range b.ops {
		b.digests[i] = b.app.Vault.Digest256(string(op.Kind), op.Body)
		if _, again := b.first[op.ID]; !again {
			b.first[op.ID] = i
			ids, careful = append(append(ids, op.ID), op.After...), careful || len(op.After) > 0
		}
	}
	if !careful {
		return nil
	}
	return b.app.DB.Read(ctx, func(tx *store.Tx) (err error) {
		b.known, err = tx.FindOperations(ids)
		return err
	})
}

// prepare makes a plan for each operation that is new, several at a time.
func (b *batch) prepare(ctx context.Context) error {
	var group errgroup.Group
	group.SetLimit(4)
	for i := range b.ops {
		op := &b.ops[i]
		if rec, ok := b.known[op.ID]; ok {
			b.outcomes[i] = repeated(rec, b.actor, b.digests[i])
			continue
		}
		if b.first[op.ID] != i {
			continue // answered by repeat, after the first of them
		}
		if waits := b.missing(i); waits != "" {
			p, err := b.app.hold(b.actor, op, b.digests[i], waits)
			if err != nil {
				return err
			}
			b.plans[i] = p
			continue
		}
		group.Go(func() error {
			p, err := b.app.prepareOne(ctx, b.actor, op, b.digests[i])
			switch {
			case err == nil:
				b.plans[i] = p
			case b.known == nil && IsRule(err):
				return store.ErrRestart // it may be refused now because it was done before: look first
			case len(b.ops) > 1 && jaring.CodeOf(err) == jaring.Internal:
				b.breaks(i, err)
			default:
				return err
			}
			return nil
		})
	}
	return group.Wait()
}

// missing names the first operation that op i waits for and that is neither answered
// nor earlier in this batch.
func (b *batch) missing(i int) jaring.OperationID {
	for _, id := range b.ops[i].After {
		if _, ok := b.known[id]; ok {
			continue
		}
		if at, ok := b.first[id]; ok && at < i {
			continue
		}
		return id
	}
	return ""
}

// repeated answers an operation that was answered before: the same again, or a
// conflict when somebody else or something else hides behind the id.
func repeated(rec *store.OperationRecord, actor jaring.Actor, digest []byte) jaring.Outcome {
	if rec.Account != actor.Account || !bytes.Equal(rec.Digest, digest) {
		return conflict(rec.ID)
	}
	return rec.Outcome.Repeats()
}

// repeat answers those that appear in the batch a second time.
func (b *batch) repeat() {
	for i, op := range b.ops {
		at := b.first[op.ID]
		if at == i {
			continue
		}
		rec, known := b.known[op.ID]
		switch {
		case known:
			b.outcomes[i] = repeated(rec, b.actor, b.digests[i])
		case !bytes.Equal(b.digests[at], b.digests[i]):
			b.outcomes[i] = conflict(op.ID)
		case b.outcomes[at].Kind == jaring.HeldEarlier: // not answered yet
			b.outcomes[i] = b.outcomes[at]
		default:
			b.outcomes[i] = b.outcomes[at].Repeats()
		}
	}
}

// conflict answers an operation behind whose id stands another one.
func conflict(id jaring.OperationID) jaring.Outcome {
	return jaring.Outcome{Operation: id, Kind: jaring.ConflictOutcome, Findings: []jaring.Finding{{Verdict: jaring.Reject, Key: "operation.conflict"}}}
}

func (b *batch) changed() bool {
	for _, p := range b.plans {
		if p != nil {
			return true
		}
	}
	return false
}

func (b *batch) planned() (indexes []int) {
	for i, p := range b.plans {
		if p != nil {
			indexes = append(indexes, i)
		}
	}
	return indexes
}

// writeSome claims and applies the plans of indexes in one transaction.
func (b *batch) writeSome(ctx context.Context, indexes []int) error {
	if len(indexes) == 0 {
		return nil
	}
	outcomes := make([]jaring.Outcome, len(indexes))
	var records []*store.OperationRecord
	var claims []store.NIKClaim
	for _, i := range indexes {
		if p := b.plans[i]; p.record != nil {
			records = append(records, p.record)
		}
		if p := b.plans[i]; p.claim != nil {
			claims = append(claims, *p.claim)
		}
	}
	err := b.app.DB.Write(ctx, func(tx *store.Tx) error {
		taken, err := tx.Claim(records, claims)
		if err != nil {
			return err
		}
		claimed := 0
		for n, i := range indexes {
			p := b.plans[i]
			mine := p.claim != nil && taken[claimed]
			if p.claim != nil {
				claimed++
			}
			if outcomes[n], err = p.run(tx, mine); err != nil {
				return err
			}
			outcomes[n].Operation = b.ops[i].ID
		}
		return nil
	})
	switch {
	case jaring.KeyOf(err) == "worker.changed_meanwhile": // between our reading and our writing
		return store.ErrRestart
	case err != nil:
		return err
	}
	for n, i := range indexes {
		b.outcomes[i] = outcomes[n]
	}
	return nil
}
