package app

import (
	"bytes"
	"context"
	"errors"

	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// prepareOne prepares an operation by its kind. What a rule refuses becomes a plan that
// stores the refusal when it came from a phone, and an error when it came from a screen,
// where somebody mends it at once.
func (a *App) prepareOne(ctx context.Context, actor jaring.Actor, op *jaring.Operation, digest []byte) (*plan, error) {
	rec := a.recordOf(actor, op, digest)
	p, err := a.prepareKind(ctx, actor, op, rec)
	if err == nil {
		return p, nil
	}
	if op.Device == "" || !IsRule(err) {
		return nil, err
	}
	return refusal(rec, FindingsOf(err)), nil
}

func (a *App) prepareKind(ctx context.Context, actor jaring.Actor, op *jaring.Operation, rec *store.OperationRecord) (*plan, error) {
	switch op.Kind {
	case jaring.ActRegisterWorker:
		return a.prepareRegister(ctx, actor, op, rec)
	case jaring.ActRegisterEmployer:
		return a.prepareEmployer(ctx, actor, op, rec)
	case jaring.ActAddEmployee:
		return a.prepareEmployee(ctx, actor, op, rec)
	case jaring.ActCorrectWorker:
		return a.prepareCorrect(ctx, actor, op, rec)
	case jaring.ActWithdrawConsent:
		return a.prepareWithdraw(ctx, actor, op, rec)
	case jaring.ActMergeWorker:
		return a.prepareMerge(ctx, actor, op, rec)
	case jaring.ActSettle:
		return a.prepareSettle(ctx, actor, op, rec)
	case jaring.ActContribute:
		return a.prepareContribution(ctx, actor, op, rec)
	case jaring.ActRescue:
		return a.prepareRescue(ctx, actor, op, rec)
	case jaring.ActTakeCash:
		return a.prepareTakeCash(ctx, actor, op, rec)
	case jaring.ActReverse:
		return a.prepareReverse(ctx, actor, op, rec)
	case jaring.ActDecideReview:
		return a.prepareDecide(ctx, actor, op, rec)
	case jaring.ActRecordLot:
		return a.prepareLot(ctx, actor, op, rec)
	case jaring.ActAddPhoto:
		return a.preparePhoto(ctx, actor, op, rec)
	}
	return a.prepareLearnt(ctx, actor, op, rec)
}

func (a *App) recordOf(actor jaring.Actor, op *jaring.Operation, digest []byte) *store.OperationRecord {
	received := op.ReceivedAt
	if received.IsZero() {
		received = a.Now()
	}
	return &store.OperationRecord{ID: op.ID, Kind: op.Kind, Digest: digest, Account: actor.Account, Device: op.Device, Seq: op.Seq,
		TakenAt: op.TakenAt, ReceivedAt: received, Outcome: jaring.Outcome{Operation: op.ID, Kind: jaring.Accepted}}
}

// IsRule tells what a rule said from what broke.
func IsRule(err error) bool {
	switch jaring.CodeOf(err) {
	case jaring.Internal, jaring.Unavailable:
		return false
	}
	return !errors.Is(err, store.ErrRestart)
}

// FindingsOf turns an error by rule into findings that reject.
func FindingsOf(err error) []jaring.Finding {
	var many jaring.Errors
	var one *jaring.Error
	switch {
	case errors.As(err, &many):
	case errors.As(err, &one):
		many = jaring.Errors{one}
	}
	out := make([]jaring.Finding, len(many))
	for i, e := range many {
		out[i] = jaring.Finding{Verdict: jaring.Reject, Key: e.Key, Field: e.Field, Args: wire.Hide(e.Args)} // it will be stored
	}
	return out
}

// refusal stores the operation with its refusal and does nothing else.
func refusal(rec *store.OperationRecord, findings []jaring.Finding) *plan {
	rec.Outcome.Kind, rec.Outcome.Findings, rec.Outcome.Made = jaring.Refused, findings, nil
	return &plan{record: rec, run: func(*store.Tx, bool) (jaring.Outcome, error) { return rec.Outcome, nil }}
}

// hold keeps an operation that came before one it names. It is answered when that one
// arrives, or given up after some days (see ReleaseHeld).
func (a *App) hold(actor jaring.Actor, op *jaring.Operation, digest []byte, waits jaring.OperationID) (*plan, error) {
	sealed, keyID, err := a.Vault.Seal(op.Body, heldPurpose(op.ID))
	if err != nil {
		return nil, err
	}
	h := &store.HeldOperation{Operation: *op, Account: actor.Account, Digest: digest, KeyID: keyID, Sealed: sealed, Waiting: waits}
	if h.ReceivedAt.IsZero() {
		h.ReceivedAt = a.Now()
	}
	return &plan{run: func(tx *store.Tx, _ bool) (jaring.Outcome, error) { return holdNow(tx, *h) }}, nil
}

// holdNow keeps an operation. One that is kept already may wait for another one by now;
// it waits no longer than five days in all.
func holdNow(tx *store.Tx, h store.HeldOperation) (jaring.Outcome, error) {
	out := jaring.Outcome{Kind: jaring.HeldEarlier, Findings: []jaring.Finding{{Verdict: jaring.Hold, Key: "operation.waits"}}}
	kept, err := tx.FindHeld([]jaring.OperationID{h.ID})
	if err != nil {
		return out, err
	}
	if len(kept) > 0 {
		if kept[0].Account != h.Account || !bytes.Equal(kept[0].Digest, h.Digest) {
			return conflict(h.ID), nil
		}
		h.ReceivedAt = kept[0].ReceivedAt
		if err := tx.DropHeld(h.ID); err != nil {
			return out, err
		}
	}
	return out, tx.AddHeld(&h)
}

func heldPurpose(id jaring.OperationID) string { return "held:" + string(id) }
