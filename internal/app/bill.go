package app

import (
	"context"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// payable is a bill under a payment code that is no worker's contribution. Whatever tells of money for a
// code – a bank's notice, a QR code, a cashier – pays it by apply, in the transaction of that word.
//
// A new kind of bill needs three things: a code of newBillCode, kept by tx.AddBillCode with a word for
// the kind in the transaction that makes the bill; a type with these methods; and a case in readBill. Its ledger entries are its own matter, but all the money must be in them.
type payable interface {
	// bill is what the payer is shown, whether it waits or not.
	bill() Bill
	// whence is the office that knows of the bill, and since when there is one.
	whence() whence
	// open is nil while the bill waits. Errors: payment.settled, payment.code_expired.
	open() error
	// accepts judges what came. Error: payment.amount_differs.
	accepts(amount jaring.Rupiah) error
	// prepare gathers, before the writer is asked, what apply needs beyond what was read.
	prepare(ctx context.Context, actor jaring.Actor, p Paid) error
	// apply books the money and all that it pays, and gives the id of a ledger entry. It may run more
	// than once. A rule that it finds broken means that the world moved on: it is prepared anew.
	apply(tx *store.Tx, actor jaring.Actor, p Paid) (entry string, err error)
}

// Paid is money that came for a bill.
type Paid struct {
	Amount    jaring.Rupiah
	Channel   string // bank, qris, counter
	Reference string
	On        jaring.Day
	At        time.Time // when we heard of it
}

// payableOf finds the bill of a code. Error: payment.code_unknown.
func (a *App) payableOf(tx *store.Tx, code string) (payable, error) {
	c, err := tx.BillOfCode(code)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, jaring.NewError(jaring.NotFound, codeUnknown)
	}
	return a.readBill(tx, c)
}

// readBill reads a bill by the kind that its code was kept with.
func (a *App) readBill(tx *store.Tx, c *store.BillCode) (payable, error) {
	switch c.Kind {
	case groupKind:
		return a.groupBill(tx, c)
	case depositKind:
		return a.readDeposit(tx, c)
	case employerKind:
		return a.employerBill(tx, c)
	case rosterKind:
		return a.rosterBill(tx, c)
	case selfKind:
		return a.selfBill(tx, c)
	}
	return nil, jaring.NewError(jaring.NotFound, codeUnknown)
}

// exactly is the amount check of a bill that is paid whole or not at all.
func exactly(want, got jaring.Rupiah) error {
	if want != got {
		return jaring.NewError(jaring.Invalid, "payment.amount_differs", "want", want, "got", got)
	}
	return nil
}

// billPaid is a bill with the money that came for it.
type billPaid struct {
	Paid
	code *store.BillCode
	bill payable
}

// prepareBill prepares a notice whose code is no contribution's: what it pays, or why it pays nothing.
func (a *App) prepareBill(ctx context.Context, w *bankWork, n BankNotice) error {
	b := &billPaid{}
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if b.bill, err = a.payableOf(tx, n.Code); err != nil {
			return err
		}
		b.code, err = tx.BillOfCode(n.Code)
		return err
	})
	if err == nil {
		err = b.judge(n.Amount)
	}
	var from whence
	if b.bill != nil {
		from = b.bill.whence()
	}
	b.Paid = Paid{Amount: n.Amount, Channel: n.Channel, Reference: trim(n.Reference), On: a.paidOn(from, n), At: a.Now()}
	if err == nil {
		err = b.bill.prepare(ctx, w.actor, b.Paid)
	}
	switch {
	case err == nil:
		w.bill, w.pays = b.bill.bill(), b
	case !isRule(err):
		return err
	case n.Kept:
		w.kept, err = a.suspend(ctx, from, n, jaring.KeyOf(err))
		return err
	default:
		w.refused = err
	}
	return nil
}

// judge asks whether an amount pays the bill now.
func (b *billPaid) judge(amount jaring.Rupiah) error {
	if err := b.bill.open(); err != nil {
		return err
	}
	return b.bill.accepts(amount)
}
