package app

import (
	"context"
	"encoding/hex"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// reversal undoes a settled contribution.
type reversal struct {
	record  *Record
	payment *store.PaymentRecord
	entry   ledger.Entry
	head    ledger.Head
	reason  string
}

// prepareReverse undoes a payment that was booked by mistake: every account is as before, and
// the contribution waits again. Only the last one can be undone, so that no month stands alone; one that
// the core was told of must be undone there first; and whoever booked it is not the one who undoes it.
// Errors: payment.not_settled, payment.not_last, payment.with_core, approve.self, ledger.credit_used,
// ledger.not_reversible.
func (a *App) prepareReverse(ctx context.Context, actor jaring.Actor, op *jaring.Operation, rec *store.OperationRecord) (*plan, error) {
	var body wire.Reversal
	if err := wire.Decode(op.Body, &body); err != nil {
		return nil, err
	}
	reason, err := NeedReason(body.Reason)
	if err != nil {
		return nil, err
	}
	r, err := a.subject(ctx, actor, jaring.ActReverse, body.Worker, "")
	if err != nil {
		return nil, err
	}
	v := &reversal{record: r, reason: reason}
	if err := v.choose(jaring.ContributionID(body.Contribution)); err != nil {
		return nil, err
	}
	var entries []*ledger.Entry
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if err := untold(tx, v.payment); err != nil {
			return err
		}
		entries, err = tx.FindEntries(string(r.Worker.ID))
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := v.undo(entries, actor); err != nil {
		return nil, err
	}
	v.entry.ID, v.entry.Day, v.entry.At, v.entry.Actor = ledger.EntryID(op.ID), Today(actor, a.Now()), a.Now(), actor.Account
	rec.Outcome.Worker, rec.Outcome.Membership = r.Worker.ID, r.Membership.ID
	return &plan{record: rec, run: func(tx *store.Tx, _ bool) (jaring.Outcome, error) {
		return rec.Outcome, a.applyReversal(tx, actor, v)
	}}, nil
}

// choose finds the contribution that is to be undone.
func (v *reversal) choose(id jaring.ContributionID) error {
	_, p := v.record.Contribution(id)
	switch {
	case v.record.Worker.State != jaring.WorkerActive:
		return jaring.NewError(jaring.Conflict, "worker.closed")
	case p == nil || p.State != "settled" || p.Entry == 0:
		return jaring.NewError(jaring.Conflict, "payment.not_settled")
	case p != LastSettled(v.record.Membership):
		return jaring.NewError(jaring.Conflict, "payment.not_last")
	}
	v.payment = p
	return nil
}

// untold fails when the core knows of a contribution. Error: payment.with_core.
func untold(tx *store.Tx, p *store.PaymentRecord) error {
	m, err := tx.GetCoreMessage(p.Worker, jaring.MembershipID(p.ID))
	if err == nil && m != nil && (m.State == jaring.CoreSent || m.State == jaring.CoreAcknowledged) {
		err = jaring.NewError(jaring.Conflict, "payment.with_core")
	}
	return err
}

// undo makes the entry that says the opposite, and lets the ledger judge it.
func (v *reversal) undo(entries []*ledger.Entry, actor jaring.Actor) error {
	var state ledger.State
	var settled *ledger.Entry
	for _, e := range entries {
		if _, err := state.Add(*e); err != nil {
			return jaring.InternalError(err)
		}
		if v.head = e.Head(); e.Seq == v.payment.Entry {
			settled = e
		}
	}
	switch {
	case settled == nil:
		return jaring.NewError(jaring.Internal, "ledger.damaged")
	case settled.Actor == actor.Account:
		return jaring.NewError(jaring.Forbidden, "approve.self")
	}
	v.entry = ledger.Reverse(settled)
	trial := v.entry
	trial.ID, trial.Day, trial.At = "trial", settled.Day, settled.At
	_, err := state.Add(trial)
	return err
}

func (a *App) applyReversal(tx *store.Tx, actor jaring.Actor, v *reversal) error {
	now, err := still(tx, v.record)
	if err != nil {
		return err
	}
	if err := untold(tx, v.payment); err != nil { // it may have been told meanwhile
		return err
	}
	entry := v.entry
	if err := tx.AddEntry(&entry, v.head); err != nil {
		return err
	}
	if err := a.reopenReceipts(tx, actor, v); err != nil {
		return err
	}
	was, p := now.Worker.Standing, v.waiting(entry.Credit)
	now.Membership.Payments = WithPayment(now.Membership.Payments, p)
	if err := v.write(tx, now.Membership, p); err != nil {
		return err
	}
	if err := a.Stand(tx, now, Today(jaring.System, a.Now())); err != nil {
		return err
	}
	return a.Alter(tx, actor, now, was, jaring.ContributionReversed, func(f *jaring.Facts) {
		f.Amount, f.From, f.To, f.Reason, f.Entry = v.payment.Amount, p.FirstMonth, p.LastMonth(), v.reason, hex.EncodeToString(entry.Hash)
	})
}

// waiting is the contribution as it waits again, less the credit that there is now.
func (v *reversal) waiting(credit jaring.Rupiah) *store.PaymentRecord {
	p := *v.payment
	p.State, p.Channel, p.Reference, p.SettledOn, p.Entry = "waiting", "", "", 0, 0
	p.SettledAt, p.ConfirmedAt = time.Time{}, time.Time{}
	p.Credit = min(credit, p.Total)
	p.Amount = p.Total - p.Credit
	return &p
}

// write writes the rows of an undone contribution. What was asked for after it is called off.
func (v *reversal) write(tx *store.Tx, m *store.MembershipRecord, p *store.PaymentRecord) error {
	if err := tx.CancelPayment(p.Worker); err != nil {
		return err
	}
	if err := tx.UpdatePayment(p.Payment); err != nil {
		return err
	}
	if err := tx.DropCoreMessage(p.Worker, jaring.MembershipID(p.ID)); err != nil {
		return err
	}
	if LastSettled(m) != nil {
		return nil
	}
	m.State, m.PaidOn, m.CoreState, m.CoreReason = jaring.StateRegistered, 0, jaring.CoreNone, ""
	m.PaidAt, m.ConfirmedAt = time.Time{}, time.Time{}
	return tx.UpdateMembership(m)
}
