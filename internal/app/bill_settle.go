package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// SettleBill records at the desk that the money of a bill is there, whatever kind of bill its code stands for.
// Errors: payment.code_unknown, payment.settled, payment.code_expired, payment.amount_differs, those of a
// settlement's form; error.forbidden, operation.conflict.
func (a *App) SettleBill(ctx context.Context, actor jaring.Actor, op jaring.OperationID, code string, body wire.Settlement) (f FoundBill, err error) {
	var paid *BillPaid
	_, err = a.Fresh(ctx, actor, op, jaring.ActSettle, []any{"bill", code, body}, func() error {
		if f, err = a.GetBillOfCode(ctx, actor, code); err != nil {
			return err
		}
		from, err := a.whenceOf(ctx, f.Code)
		if err != nil {
			return err
		}
		made := jaring.DayIn(from.Since, a.ZoneOf(ctx, from.Office))
		if errs := JudgeMoney(&body, made, Today(actor, a.Now())); len(errs) > 0 {
			return errs
		}
		paid, err = a.PayBill(ctx, actor, f.Code, Paid{Amount: body.Amount, Channel: body.Channel, Reference: Trim(body.Reference), On: body.PaidOn, At: a.Now()})
		return err
	}, func(tx *store.Tx) error {
		_, err := paid.Bill.Apply(tx, actor, paid.Paid)
		return err
	})
	if err != nil {
		return f, err
	}
	return a.GetBillOfCode(ctx, actor, code)
}

// whenceOf is the office that knows of a bill, and since when there is one.
func (a *App) whenceOf(ctx context.Context, code string) (from Whence, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		b, err := a.payableOf(tx, code)
		if err == nil {
			from = b.Whence()
		}
		return err
	})
	return from, err
}

// JudgeMoney checks what a cashier says of money that came for a bill made on a day.
func JudgeMoney(body *wire.Settlement, made, today jaring.Day) (errs jaring.Errors) {
	fail := func(bad bool, field, key string, pairs ...any) {
		if bad {
			errs = append(errs, jaring.NewError(jaring.Invalid, key, pairs...).At(field))
		}
	}
	fail(body.Channel != "bank" && body.Channel != "qris" && body.Channel != "counter", "channel", "payment.channel_unknown")
	judgeReference(Trim(body.Reference), &errs)
	fail(body.PaidOn == 0, "paid_on", "field.required")
	fail(body.PaidOn > today, "paid_on", "date.future")
	fail(body.PaidOn != 0 && body.PaidOn < made, "paid_on", "payment.before_bill", "day", made)
	return errs
}
