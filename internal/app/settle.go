package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// prepareSettle records that a membership's first contribution is with the fund, and
// puts the person into the queue for the fund's core. Cover starts on that day
// (rules of cover: self-paid), confirmed when the core has acknowledged.
func (a *App) prepareSettle(ctx context.Context, actor jaring.Actor, op *jaring.Operation, rec *store.OperationRecord) (*plan, error) {
	var body wire.Settlement
	if err := wire.Decode(op.Body, &body); err != nil {
		return nil, err
	}
	r, err := a.subject(ctx, actor, jaring.ActSettle, body.Worker, "")
	if err != nil {
		return nil, err
	}
	p, err := a.waitingPayment(ctx, r)
	if err != nil {
		return nil, err
	}
	if errs := judgeSettlement(&body, p, r, today(actor, a.Now())); len(errs) > 0 {
		return nil, errs
	}
	p.Channel, p.Reference, p.SettledOn = body.Channel, trim(body.Reference), body.PaidOn
	rec.Outcome.Worker, rec.Outcome.Membership = r.worker.ID, r.membership.ID
	return &plan{record: rec, run: func(tx *store.Tx, _ bool) (jaring.Outcome, error) {
		return rec.Outcome, a.applySettlement(tx, actor, r, p)
	}}, nil
}

func (a *App) waitingPayment(ctx context.Context, r *record) (p jaring.Payment, err error) {
	found := false
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		p, found, err = tx.GetPayment(r.worker.ID, r.membership.ID)
		return err
	})
	switch {
	case err != nil:
		return p, err
	case !found || p.State == "cancelled":
		return p, jaring.NewError(jaring.Conflict, "payment.none")
	case p.State != "waiting":
		return p, jaring.NewError(jaring.Conflict, "payment.settled")
	}
	return p, nil
}

// judgeSettlement checks a payment against its bill. The first contribution is paid
// whole or not at all.
func judgeSettlement(body *wire.Settlement, p jaring.Payment, r *record, today jaring.Day) (errs jaring.Errors) {
	fail := func(bad bool, field, key string, pairs ...any) {
		if bad {
			errs = append(errs, jaring.NewError(jaring.Invalid, key, pairs...).At(field))
		}
	}
	registered := jaring.DayIn(r.worker.TakenAt, Zone(""))
	fail(body.Amount != p.Amount, "amount", "payment.amount_differs", "want", p.Amount, "got", body.Amount)
	fail(body.Channel != "bank" && body.Channel != "qris" && body.Channel != "counter", "channel", "payment.channel_unknown")
	fail(trim(body.Reference) == "", "reference", "field.required")
	fail(len(body.Reference) > 64, "reference", "field.too_long", "max", 64)
	fail(body.PaidOn == 0, "paid_on", "field.required")
	fail(body.PaidOn > today, "paid_on", "date.future")
	fail(body.PaidOn != 0 && body.PaidOn < registered, "paid_on", "payment.before_registration", "day", registered)
	return errs
}

func (a *App) applySettlement(tx *store.Tx, actor jaring.Actor, r *record, p jaring.Payment) error {
	now, err := still(tx, r)
	if err != nil {
		return err
	}
	if err := tx.SettlePayment(p, a.Now().UnixMilli()); err != nil {
		return err
	}
	m, was := now.membership, now.worker.Standing
	m.State, m.PaidOn, m.PaidAt, m.CoreState = jaring.StatePaid, p.SettledOn, a.Now(), jaring.CoreQueued
	now.worker.Standing = jaring.StandingPaid
	if err := tx.UpdateMembership(m); err != nil {
		return err
	}
	if err := tx.QueueCore(now.worker.ID, m.ID, a.Now()); err != nil {
		return err
	}
	return a.alter(tx, actor, now, was, jaring.ContributionSettled, func(f *jaring.Facts) {
		f.Amount, f.Channel, f.From, f.To = p.Amount, p.Channel, m.FirstMonth, m.LastMonth()
	})
}
