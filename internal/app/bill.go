package app

import (
	"context"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Payable is a bill under a payment code that is no worker's contribution. Whatever tells of money for a
// code – a bank's notice, a QR code, a cashier – pays it by apply, in the transaction of that word.
//
// A new kind of bill needs three things: a code of NewBillCode, kept by tx.AddBillCode with a word for
// the kind in the transaction that makes the bill; a type with these methods; and
// PaidBy, which says who reads it. Its ledger entries are its own matter, but all the money must be in them.
type Payable interface {
	// Bill is what the payer is shown, whether it waits or not.
	Bill() Bill
	// Whence is the office that knows of the bill, and since when there is one.
	Whence() Whence
	// Open is nil while the bill waits. Errors: payment.settled, payment.code_expired.
	Open() error
	// Accepts judges what came. Error: payment.amount_differs.
	Accepts(amount jaring.Rupiah) error
	// Prepare gathers, before the writer is asked, what apply needs beyond what was read.
	Prepare(ctx context.Context, actor jaring.Actor, p Paid) error
	// Apply books the money and all that it pays, and gives the id of a ledger entry. It may run more
	// than once. A rule that it finds broken means that the world moved on: it is prepared anew.
	Apply(tx *store.Tx, actor jaring.Actor, p Paid) (entry string, err error)
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
func (a *App) payableOf(tx *store.Tx, code string) (Payable, error) {
	c, err := tx.BillOfCode(code)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, jaring.NewError(jaring.NotFound, codeUnknown)
	}
	return a.readBill(tx, c)
}

// BillReader reads a bill of one kind, in the transaction that asks.
type BillReader func(*store.Tx, *store.BillCode) (Payable, error)

// PaidBy teaches the acts a kind of bill: the word that its codes are kept with, and who reads it. It is called while
// the house is put together.
func (a *App) PaidBy(kind string, read BillReader) { a.payables[kind] = read }

// readBill reads a bill by the kind that its code was kept with.
func (a *App) readBill(tx *store.Tx, c *store.BillCode) (Payable, error) {
	read, known := a.payables[c.Kind]
	if !known {
		return nil, jaring.NewError(jaring.NotFound, codeUnknown)
	}
	return read(tx, c)
}

// Exactly is the amount check of a bill that is paid whole or not at all.
func Exactly(want, got jaring.Rupiah) error {
	if want != got {
		return jaring.NewError(jaring.Invalid, "payment.amount_differs", "want", want, "got", got)
	}
	return nil
}

// BillPaid is a bill with the money that came for it.
type BillPaid struct {
	Paid
	code *store.BillCode
	Bill Payable
}

// prepareBill prepares a notice whose code is no contribution's: what it pays, or why it pays nothing.
func (a *App) prepareBill(ctx context.Context, w *bankWork, n BankNotice) error {
	b := &BillPaid{}
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if b.Bill, err = a.payableOf(tx, n.Code); err != nil {
			return err
		}
		b.code, err = tx.BillOfCode(n.Code)
		return err
	})
	if err == nil {
		err = b.judge(n.Amount)
	}
	var from Whence
	if b.Bill != nil {
		from = b.Bill.Whence()
	}
	b.Paid = Paid{Amount: n.Amount, Channel: n.Channel, Reference: Trim(n.Reference), On: a.paidOn(from, n), At: a.Now()}
	if err == nil {
		err = b.Bill.Prepare(ctx, w.actor, b.Paid)
	}
	switch {
	case err == nil:
		w.bill, w.pays = b.Bill.Bill(), b
	case !IsRule(err):
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
func (b *BillPaid) judge(amount jaring.Rupiah) error {
	if err := b.Bill.Open(); err != nil {
		return err
	}
	return b.Bill.Accepts(amount)
}
