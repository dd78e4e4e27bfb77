package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// BankEntry is what a bank said of a payment and what it was answered.
type BankEntry = store.BankEntry

// Bill is what stands to be paid under a payment code, as a bank shows it to the payer.
type Bill struct {
	Name   string // given name and an initial: enough to know that the code is right
	Amount jaring.Rupiah
	Months int
}

// GetBill tells what is to be paid under a code. Errors: payment.code_unknown, payment.settled,
// payment.code_expired.
func (a *App) GetBill(ctx context.Context, code string) (b Bill, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		r, p, err := a.underCode(tx, code)
		if err == nil {
			b = Bill{jaring.ShortName(r.Worker.Name), p.Amount, p.Months}
		}
		if jaring.KeyOf(err) != codeUnknown {
			return err
		}
		bill, err := a.payableOf(tx, code)
		if err == nil {
			b, err = bill.Bill(), bill.Open()
		}
		return err
	})
	return b, err
}

const codeUnknown = "payment.code_unknown"

// underCode finds what waits to be paid under a code. The person is there whenever the code is
// known. Errors: payment.code_unknown; payment.settled; payment.code_expired for what was called
// off, and for cover that has ended, which a contribution would not bring back.
func (a *App) underCode(tx *store.Tx, code string) (*Record, *store.PaymentRecord, error) {
	id, err := tx.PaymentOfCode(code)
	if err != nil {
		return nil, nil, err
	}
	return a.under(tx, code, id)
}

// under is underCode for a code of which it is known whose it is; empty for nobody's.
func (a *App) under(tx *store.Tx, code string, id jaring.WorkerID) (*Record, *store.PaymentRecord, error) {
	if id == "" {
		return nil, nil, jaring.NewError(jaring.NotFound, codeUnknown)
	}
	r, err := LoadPayer(tx, id)
	if err != nil {
		return nil, nil, err
	}
	p := openPayment(r.Membership)
	day := Today(jaring.System, a.Now())
	switch {
	case p != nil && p.Code == code && r.Worker.State == jaring.WorkerActive && StandingOn(r.Worker, r.Membership, day, a.Cover) != jaring.StandingEnded:
		return r, p, nil
	case r.settledBy(code):
		return r, nil, jaring.NewError(jaring.Conflict, "payment.settled")
	}
	return r, nil, jaring.NewError(jaring.Conflict, "payment.code_expired")
}

// settledBy reports whether a contribution was paid by a code.
func (r *Record) settledBy(code string) bool {
	return slices.ContainsFunc(r.All, func(m *store.MembershipRecord) bool {
		return slices.ContainsFunc(m.Payments, func(p *store.PaymentRecord) bool { return p.Code == code && p.State == "settled" })
	})
}

// BankNotice is a channel's word that the money for a payment code is there.
type BankNotice struct {
	Code      string
	Amount    jaring.Rupiah
	Channel   string // bank, qris
	Bank      string // our name for it
	Reference string
	PaidAt    time.Time
	Kept      bool // the money is here and stays, whatever is answered
	Told      Told
}

// Told is how a partner names what it tells; see BankBook.Find. When it is given, whether it was told
// before is looked up ahead of the transaction.
type Told struct {
	Partner           string
	Day               jaring.Day
	External, Request string
}

// BankBook is the book while a notice is booked: what was said and what is booked of it stand in one
// transaction.
type BankBook struct {
	app  *App
	tx   *store.Tx
	work *bankWork
}

// bankWork is a prepared notice: what it settles, or why it settles nothing.
type bankWork struct {
	actor   jaring.Actor
	settles *settlement
	pays    *BillPaid // for a bill that is no contribution
	refused error
	bill    Bill
	kept    *store.SuspenseRecord // for money that settles nothing and stays
	fresh   Told                  // what nothing was told of when it was prepared
}

// BookNotice books what a notice tells, by the rule of its protocol: rule looks into the journal of the
// book, books when nothing was told before, and writes down what it answers. It runs inside one
// transaction, perhaps more than once. When no error is given all of it is durable.
// Errors: those of rule; error.unavailable, to be asked again.
func (a *App) BookNotice(ctx context.Context, n BankNotice, rule func(*BankBook) error) error {
	for range maxPreparations {
		work, err := a.prepareNotice(ctx, n)
		if err != nil {
			return err
		}
		err = a.DB.Write(ctx, func(tx *store.Tx) error { return rule(&BankBook{a, tx, work}) })
		if !errors.Is(err, store.ErrRestart) {
			if err == nil {
				a.Changed()
			}
			return err
		}
	}
	return jaring.NewError(jaring.Unavailable, "error.unavailable")
}

// prepareNotice makes all that the book may say of a notice, before the writer is asked.
func (a *App) prepareNotice(ctx context.Context, n BankNotice) (*bankWork, error) {
	w := &bankWork{actor: jaring.Actor{Role: jaring.RoleSystem, Name: n.Bank}}
	var r *Record
	var p *store.PaymentRecord
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		r, p, err = w.look(a, tx, n)
		return err
	})
	if err == nil && n.Amount != p.Amount {
		err = jaring.NewError(jaring.Invalid, "payment.amount_differs", "want", p.Amount, "got", n.Amount)
	}
	switch {
	case err != nil && !IsRule(err):
		return nil, err
	case r == nil && jaring.KeyOf(err) == codeUnknown:
		return w, a.prepareBill(ctx, w, n)
	case err != nil && n.Kept:
		w.kept, err = a.suspend(ctx, r.whence(), n, jaring.KeyOf(err))
		return w, err
	case err != nil:
		w.refused = err
		return w, nil
	}
	w.bill = Bill{jaring.ShortName(r.Worker.Name), p.Amount, p.Months}
	body := wire.Settlement{Amount: n.Amount, Channel: n.Channel, Reference: n.Reference, PaidOn: a.paidOn(r.whence(), n)}
	w.settles, err = a.settlementOf(ctx, r, p, body, ledger.EntryID(NewID()), w.actor)
	return w, err
}

// look finds what a notice pays, and notes when nothing was told of it before.
func (w *bankWork) look(a *App, tx *store.Tx, n BankNotice) (*Record, *store.PaymentRecord, error) {
	if n.Told == (Told{}) {
		return a.underCode(tx, n.Code)
	}
	id, fresh, err := tx.FindNotice(n.Code, n.Told.Partner, n.Told.Day, n.Told.External, n.Told.Request)
	if err != nil {
		return nil, nil, err
	}
	if fresh {
		w.fresh = n.Told
	}
	return a.under(tx, n.Code, id)
}

// paidOn is the day on which a payer paid, in WIB. A bank's clock may be some minutes off, but nobody
// pays before the code is made, nor tomorrow.
func (a *App) paidOn(from Whence, n BankNotice) jaring.Day {
	zone := Zone("")
	day := min(jaring.DayIn(n.PaidAt, zone), jaring.DayIn(a.Now(), zone))
	if from.Since.IsZero() {
		return day
	}
	return max(day, jaring.DayIn(from.Since, zone))
}

// Whence is where a code comes from: the office that knows of it, and since when there is one. Its zero
// value is a code that nobody knows.
type Whence struct {
	Office jaring.OfficeID
	Since  time.Time
}

func (r *Record) whence() Whence {
	if r == nil {
		return Whence{}
	}
	return Whence{r.Worker.Office, r.Worker.TakenAt}
}

// Find gives what was told under the external id of a partner's day, and the first that was told of the
// payment; nil where nothing was. What was looked up ahead is believed once: when it holds no more the
// unique keys of the journal refuse what follows, and all is done again.
func (b *BankBook) Find(partner string, day jaring.Day, external, request string) (byExternal, byRequest *BankEntry, err error) {
	asked := Told{partner, day, external, request}
	fresh := asked == b.work.fresh
	if b.work.fresh = (Told{}); fresh {
		return nil, nil, nil
	}
	return b.tx.FindBankEntries(partner, day, external, request)
}

// Add writes down what is answered. first tells that nothing was told of the payment before.
func (b *BankBook) Add(e *BankEntry, first bool) error { return b.tx.AddBankEntry(e, first) }

// PayerName is the name that a bank was shown with an entry; empty for nobody.
func (b *BankBook) PayerName(e *BankEntry) (string, error) {
	if e.Worker == "" {
		return "", nil
	}
	if bill, err := b.app.payableOf(b.tx, e.Code); jaring.KeyOf(err) != codeUnknown {
		if err != nil {
			return "", err
		}
		return bill.Bill().Name, nil
	}
	w, err := b.tx.GetWorker(e.Worker)
	if err != nil {
		return "", err
	}
	return jaring.ShortName(w.Name), nil
}

// Booked is what became of a notice.
type Booked struct {
	Bill   Bill
	Worker jaring.WorkerID // or whose the bill is; empty for money that went to suspense
	Entry  string          // of the ledger
	At     time.Time
}

// Book settles what the notice pays, or keeps its money in suspense. Errors: those of GetBill,
// payment.amount_differs – then nothing was written; any other to be asked again.
func (b *BankBook) Book() (done Booked, err error) {
	w := b.work
	done.At = b.app.Now()
	switch {
	case w.refused != nil:
		return done, w.refused
	case w.kept != nil:
		done.Bill.Amount, done.Entry = w.kept.Amount, w.kept.ID
		err = b.app.keepInSuspense(b.tx, w)
	case w.pays != nil:
		done.Bill, done.Worker = w.bill, jaring.WorkerID(w.pays.code.Owner)
		done.Entry, err = w.pays.Bill.Apply(b.tx, w.actor, w.pays.Paid)
	default:
		s := w.settles
		done.Bill, done.Worker, done.Entry = w.bill, s.record.Worker.ID, string(s.entry.ID)
		err = b.app.applySettlement(b.tx, w.actor, s)
	}
	if err != nil && IsRule(err) { // somebody changed the record since; what holds now is for another try
		err = store.ErrRestart
	}
	return done, err
}
