package app

import (
	"context"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// MaxSync is how many operations one batch of a phone may hold.
const MaxSync = 100

// maxSkew is how wrong a phone's clock may be before its times are corrected and
// marked.
const maxSkew = 5 * time.Minute

// SyncBatch is what a phone sends when there is signal.
type SyncBatch struct {
	Device    jaring.DeviceID
	ClockNow  time.Time // the phone's clock when it sent the batch
	Operation []jaring.Operation
	Agents    []jaring.AccountID // who took each operation, as the phone says; empty means the phone's owner
}

// Sync does a phone's batch: one outcome for each operation, in order. What waited for
// one of them is done after it; whatever that comes to is no matter of this batch, and
// ReleaseHeld tries it again.
func (a *App) Sync(ctx context.Context, actor jaring.Actor, b SyncBatch) ([]jaring.Outcome, error) {
	if err := actor.May(jaring.ActSync, jaring.Scope{}); err != nil {
		return nil, err
	}
	if len(b.Operation) > MaxSync {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "sync.too_many", "max", MaxSync).At("operations")}
	}
	now := a.Now()
	skew := now.Sub(b.ClockNow)
	trusted := !b.ClockNow.IsZero() && skew.Abs() <= maxSkew
	for i := range b.Operation {
		op := &b.Operation[i]
		op.Device = b.Device
		op.SaidAt = op.TakenAt
		op.TakenAt, op.ClockTrust = trueTime(op.TakenAt, skew, trusted, now), trusted
	}
	outcomes, err := a.applyOwn(ctx, actor, b)
	if err != nil {
		return nil, err
	}
	a.Describe(ctx, actor, outcomes)
	_ = a.release(ctx, outcomes)
	return outcomes, nil
}

// applyOwn refuses operations that another agent took on this phone and applies the rest.
func (a *App) applyOwn(ctx context.Context, actor jaring.Actor, b SyncBatch) ([]jaring.Outcome, error) {
	outcomes := make([]jaring.Outcome, len(b.Operation))
	var own []jaring.Operation
	var at []int
	for i, op := range b.Operation {
		if i < len(b.Agents) && b.Agents[i] != "" && b.Agents[i] != actor.Account {
			outcomes[i] = jaring.Outcome{Operation: op.ID, Kind: jaring.Refused, Findings: []jaring.Finding{{Verdict: jaring.Reject, Key: "sync.other_agent", Field: "agent_id"}}}
			continue
		}
		own, at = append(own, op), append(at, i)
	}
	done, err := a.Apply(ctx, actor, own)
	for n, o := range done {
		outcomes[at[n]] = o
	}
	return outcomes, err
}

// trueTime corrects a time by how wrong the phone's clock is now; nothing was taken in
// the future.
func trueTime(taken time.Time, skew time.Duration, trusted bool, now time.Time) time.Time {
	if !trusted {
		taken = taken.Add(skew)
	}
	if taken.After(now) || taken.IsZero() {
		return now
	}
	return taken
}

// release does the operations that waited for those that have just been answered.
func (a *App) release(ctx context.Context, outcomes []jaring.Outcome) error {
	var ids []jaring.OperationID
	for _, o := range outcomes {
		if o.Kind != jaring.HeldEarlier {
			ids = append(ids, o.Operation)
		}
	}
	var held []*store.HeldOperation
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		held, err = tx.FindHeldAfter(ids)
		return err
	})
	for _, h := range held {
		if err == nil {
			err = a.applyHeld(ctx, h)
		}
	}
	return err
}

// applyHeld does an operation that was held, in the name of its sender.
func (a *App) applyHeld(ctx context.Context, h *store.HeldOperation) error {
	body, err := a.Vault.Open(h.Sealed, h.KeyID, heldPurpose(h.ID))
	if err != nil {
		return err
	}
	actor, err := a.Actor(ctx, h.Account)
	if err != nil {
		return err
	}
	op := h.Operation
	op.Body = body
	outcomes, err := a.Apply(ctx, actor, []jaring.Operation{op})
	if err != nil || outcomes[0].Kind == jaring.HeldEarlier {
		return err // waits for yet another one
	}
	if err := a.DB.Write(ctx, func(tx *store.Tx) error { return tx.DropHeld(h.ID) }); err != nil {
		return err
	}
	return a.release(ctx, outcomes)
}

// heldFor is how long an operation waits for the one it names.
const heldFor = 5 * 24 * time.Hour

// GiveUpHeld answers operations that have waited five days for one that never came: they are
// refused with that reason, and what they said is kept. It gives how many.
func (a *App) GiveUpHeld(ctx context.Context) (n int, err error) {
	var held []*store.HeldOperation
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		held, err = tx.FindHeldBefore(a.Now().Add(-heldFor), ageBatch)
		return err
	})
	if err != nil || len(held) == 0 {
		return 0, err
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		known, err := tx.FindOperations(idsOf(held))
		if err != nil {
			return err
		}
		for _, h := range held {
			if known[h.ID] == nil && h.Kind == jaring.ActTakeCash {
				continue // cash was taken; see below
			}
			if known[h.ID] != nil { // its sender sent it again without the wait
				if err := tx.DropHeld(h.ID); err != nil {
					return err
				}
				continue
			}
			rec := &store.OperationRecord{ID: h.ID, Kind: h.Kind, Digest: h.Digest, Account: h.Account, Device: h.Device, Seq: h.Seq, TakenAt: h.TakenAt, ReceivedAt: h.ReceivedAt,
				Outcome: jaring.Outcome{Kind: jaring.Refused, Findings: []jaring.Finding{{Verdict: jaring.Reject, Key: "operation.earlier_missing"}}}}
			if _, err := tx.Claim([]*store.OperationRecord{rec}, nil); err != nil {
				return err
			}
			if err := tx.GiveUpHeld(h.ID, a.Now()); err != nil {
				return err
			}
		}
		return nil
	})
	for _, h := range held {
		if err == nil && h.Kind == jaring.ActTakeCash { // a receipt stands, whoever was to be registered
			h.After = nil
			err = a.applyHeld(ctx, h)
		}
	}
	return len(held), err
}

func idsOf(held []*store.HeldOperation) (ids []jaring.OperationID) {
	for _, h := range held {
		ids = append(ids, h.ID)
	}
	return ids
}

// Describe puts into findings what their sentence needs and the store does not keep with
// them: who is registered already, since when. Only an actor who reaches that person is told.
func (a *App) Describe(ctx context.Context, actor jaring.Actor, outcomes []jaring.Outcome) {
	for i := range outcomes {
		if outcomes[i].Candidate == "" {
			continue
		}
		_ = a.DB.Read(ctx, func(tx *store.Tx) error {
			w, err := tx.GetWorker(outcomes[i].Candidate)
			if err != nil {
				return err
			}
			args := jaring.Args{"date": jaring.DayIn(w.RegisteredAt, Zone(actor.Zone)), "name": "", "place": ""}
			if actor.May(jaring.ActGetWorker, scopeOf(w)) == nil {
				args["name"] = w.Name
				args["place"] = a.placeName(w.Area)
			}
			outcomes[i].Findings = withArgs(outcomes[i].Findings, args)
			return nil
		})
	}
}

func withArgs(fs []jaring.Finding, args jaring.Args) []jaring.Finding {
	out := append([]jaring.Finding(nil), fs...)
	for i := range out {
		if out[i].Key != "worker.already_registered" && out[i].Key != "worker.maybe_same" {
			continue
		}
		out[i].Args = args
	}
	return out
}
