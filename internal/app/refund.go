package app

import (
	"context"
	"encoding/hex"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// CreditRefund is money of a worker that went back, as the head of the branch says it.
type CreditRefund struct {
	Amount    jaring.Rupiah
	Channel   string // bank, qris, counter: by which it went
	Reference string // of the transfer back
	Reason    string
}

// refund is a worker's credit on its way out.
type refund struct {
	record *Record
	form   CreditRefund
	entry  ledger.Entry
	head   ledger.Head
}

// RefundCredit notes that credit of a worker – money with the fund that has no month – went back to the worker
// through a channel. A contribution that waits asks again for what the credit would have paid of it. A closed record
// may be refunded, too; one at which somebody looks a second time keeps what its receipts brought.
// Errors: credit.none, credit.too_much (args credit, rupiah that may go back), payment.amount_range,
// payment.channel_unknown, field.required, field.too_long, reason.too_short, worker.not_found, error.forbidden,
// error.out_of_area, operation.conflict.
func (a *App) RefundCredit(ctx context.Context, actor jaring.Actor, op jaring.OperationID, worker jaring.WorkerID, form CreditRefund) error {
	var f *refund
	form.Reference = Trim(form.Reference)
	_, err := a.Fresh(ctx, actor, op, jaring.ActRefundCredit, []any{worker, form}, func() (err error) {
		f, err = a.prepareRefund(ctx, actor, worker, form)
		return err
	}, func(tx *store.Tx) error { return a.applyRefund(tx, actor, f) })
	return err
}

func (a *App) prepareRefund(ctx context.Context, actor jaring.Actor, worker jaring.WorkerID, form CreditRefund) (*refund, error) {
	r, err := a.subject(ctx, actor, jaring.ActRefundCredit, string(worker), "")
	if err != nil {
		return nil, err
	}
	f := &refund{record: r, form: form}
	var held jaring.Rupiah
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if f.head, err = tx.LedgerHead(string(worker)); err == nil {
			held, err = heldCredit(tx, r)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if f.form.Reason, err = form.judge(max(0, f.head.Credit-held)); err != nil {
		return nil, err
	}
	f.entry = ledger.Entry{ID: ledger.EntryID(NewID()), Owner: string(worker), Day: Today(actor, a.Now()), At: a.Now(), Actor: actor.Account, Office: r.Worker.Office, Reference: form.Reference}
	f.entry.Kind, f.entry.Postings = ledger.Refund(f.entry.Owner, form.Channel, form.Amount)
	return f, nil
}

// heldCredit is credit that receipts brought while somebody looks at the person a second time.
func heldCredit(tx *store.Tx, r *Record) (held jaring.Rupiah, err error) {
	if r.Worker.State != jaring.WorkerReview {
		return 0, nil
	}
	all, err := tx.FindReceiptsOf(r.Worker.ID)
	for _, c := range all {
		if c.State == jaring.ReceiptKept {
			held += c.Amount
		}
	}
	return held, err
}

// judge holds a form against the rupiah that may go back, and gives its reason.
func (f CreditRefund) judge(free jaring.Rupiah) (reason string, err error) {
	var errs jaring.Errors
	fail := func(bad bool, field, key string, pairs ...any) {
		if bad {
			errs = append(errs, jaring.NewError(jaring.Invalid, key, pairs...).At(field))
		}
	}
	if free == 0 {
		return "", jaring.NewError(jaring.Conflict, "credit.none")
	}
	fail(f.Amount <= 0, "amount", "payment.amount_range", "max", free)
	fail(f.Amount > free, "amount", "credit.too_much", "credit", free)
	fail(f.Channel != "bank" && f.Channel != "qris" && f.Channel != "counter", "channel", "payment.channel_unknown")
	judgeReference(f.Reference, &errs)
	reason, err = NeedReason(f.Reason)
	return reason, JoinFindings(errs.OrNil(), err)
}

func (a *App) applyRefund(tx *store.Tx, actor jaring.Actor, f *refund) error {
	now, err := still(tx, f.record)
	if err != nil {
		return err
	}
	entry := f.entry
	if err := tx.AddEntry(&entry, f.head); err != nil {
		return err
	}
	if p := openPayment(now.Membership); p != nil && p.Credit > entry.Credit {
		asks := *p
		asks.Credit = entry.Credit
		asks.Amount = asks.Total - asks.Credit
		if err := tx.UpdatePayment(asks.Payment); err != nil {
			return err
		}
		now.Membership.Payments = WithPayment(now.Membership.Payments, &asks)
	}
	return a.Alter(tx, actor, now, now.Worker.Standing, jaring.CreditRefunded, func(e *jaring.Facts) {
		e.Amount, e.Channel, e.Reason, e.Entry = f.form.Amount, f.form.Channel, f.form.Reason, hex.EncodeToString(entry.Hash)
	})
}
