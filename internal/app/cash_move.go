package app

import (
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// undoEntry writes the opposite of an entry of a receipt in its owner's chain.
func (a *App) undoEntry(tx *store.Tx, actor jaring.Actor, r *Record, c *store.ReceiptRecord, id string, day jaring.Day) error {
	entries, err := tx.FindEntries(string(c.Worker))
	if err != nil {
		return err
	}
	at := slices.IndexFunc(entries, func(e *ledger.Entry) bool { return string(e.ID) == id })
	if at < 0 {
		return jaring.NewError(jaring.Internal, "ledger.damaged")
	}
	e := ledger.Reverse(entries[at])
	e.ID, e.Day, e.At, e.Actor = ledger.EntryID(NewID()), day, a.Now(), actor.Account
	return a.enter(tx, actor, r, &e, jaring.CashMoved, c.Amount)
}

// depositReceipt brings the cash of one receipt to the fund: for its months, as credit of a person at whom
// somebody looks a second time, or to the desk when nobody can be covered by it.
func (a *App) depositReceipt(tx *store.Tx, actor jaring.Actor, d *store.DepositRecord, c *store.ReceiptRecord, p Paid) error {
	moved := *c
	r, err := holder(tx, &moved)
	if err != nil {
		return err
	}
	if moved.Worker != c.Worker { // merged, and the receipt stayed
		r = nil
	}
	c.DepositedOn = p.On
	why := a.coverable(r, p.On)
	if why == nil {
		if _, _, _, err := a.monthsOf(r, c, p.On); err != nil && !IsRule(err) {
			return err
		} else if err != nil {
			why = jaring.NewError(jaring.Conflict, "receipt.no_price")
		}
	}
	if why == nil {
		c.DepositEntry = ""
		from := receiptMoney{into: ledger.Clearing(p.Channel), channel: p.Channel, reference: p.Reference, day: p.On, deposit: true}
		if err := a.settleReceipt(tx, actor, r, c, from); err != nil {
			return err
		}
		return tx.UpdateReceipt(c, jaring.ReceiptOpen)
	}
	if err := a.undoEntry(tx, actor, r, c, c.TakeEntry, p.On); err != nil {
		return err
	}
	c.State = jaring.ReceiptKept
	if jaring.KeyOf(why) == "receipt.in_review" {
		err = a.creditReceipt(tx, actor, r, c, p)
	} else {
		err = a.suspendReceipt(tx, actor, d, r, c, p, jaring.KeyOf(why))
	}
	if err != nil {
		return err
	}
	return tx.UpdateReceipt(c, jaring.ReceiptOpen)
}

// creditReceipt keeps the money of a receipt for a person until it is known whether the record stands.
func (a *App) creditReceipt(tx *store.Tx, actor jaring.Actor, r *Record, c *store.ReceiptRecord, p Paid) error {
	e := ledger.Entry{ID: ledger.EntryID(NewID()), Owner: string(c.Worker), Day: p.On, At: a.Now(), Actor: actor.Account, Office: r.Worker.Office, Reference: p.Reference}
	e.Kind, e.Postings, _ = ledger.Settle(ledger.Money{Owner: e.Owner, Into: ledger.Clearing(p.Channel), Amount: c.Amount})
	c.DepositEntry = string(e.ID)
	return a.enter(tx, actor, r, &e, jaring.CashDeposited, c.Amount)
}

// suspendReceipt gives the money of a receipt to the desk.
func (a *App) suspendReceipt(tx *store.Tx, actor jaring.Actor, d *store.DepositRecord, r *Record, c *store.ReceiptRecord, p Paid, why string) error {
	s := &store.SuspenseRecord{ID: NewID(), Office: d.Office, Code: d.Code, Channel: p.Channel, Reference: p.Reference, Amount: c.Amount, PaidOn: p.On, Why: why, At: a.Now()}
	if r != nil {
		s.Office = r.Worker.Office
	}
	c.DepositEntry = s.ID
	return a.keepInSuspense(tx, &bankWork{actor: actor, kept: s})
}

// moveReceipts lets the cash of a record go with it into the one that it is merged into. What the fund has
// already pays that person's months.
func (a *App) moveReceipts(tx *store.Tx, actor jaring.Actor, from, to *Record) error {
	all, err := tx.FindReceiptsOf(from.Worker.ID)
	if err != nil {
		return err
	}
	day := Today(jaring.System, a.Now())
	for _, c := range all {
		switch {
		case c.State == jaring.ReceiptSettled || c.State == jaring.ReceiptKept && c.TakeEntry == "":
			continue
		case c.State == jaring.ReceiptKept:
			err = a.moveKept(tx, actor, from, to, c, day)
		default:
			err = a.moveOpen(tx, actor, from, to, c, day)
		}
		if err != nil {
			return err
		}
	}
	return a.settleKept(tx, actor, to.Worker.ID)
}

// moveOpen moves cash that is in an agent's hands still.
func (a *App) moveOpen(tx *store.Tx, actor jaring.Actor, from, to *Record, c *store.ReceiptRecord, day jaring.Day) error {
	if err := a.undoEntry(tx, actor, from, c, c.TakeEntry, day); err != nil {
		return err
	}
	e := ledger.Entry{ID: ledger.EntryID(NewID()), Owner: string(to.Worker.ID), Day: day, At: a.Now(), Actor: actor.Account, Office: to.Worker.Office, Reference: c.CodeEnd}
	e.Kind, e.Postings = ledger.TakeCash(to.Worker.ID, c.Agent, c.Amount)
	if err := a.enter(tx, actor, to, &e, jaring.CashTaken, c.Amount); err != nil {
		return err
	}
	c.TakeEntry, c.Worker = string(e.ID), to.Worker.ID
	return tx.MoveReceipt(c, from.Worker.ID)
}

// moveKept moves credit; money at the desk stays there.
func (a *App) moveKept(tx *store.Tx, actor jaring.Actor, from, to *Record, c *store.ReceiptRecord, day jaring.Day) error {
	entries, err := tx.FindEntries(string(from.Worker.ID))
	if err != nil {
		return err
	}
	at := slices.IndexFunc(entries, func(e *ledger.Entry) bool { return string(e.ID) == c.DepositEntry })
	if at < 0 {
		return nil
	}
	came := *entries[at]
	if err := a.undoEntry(tx, actor, from, c, c.DepositEntry, day); err != nil {
		return err
	}
	e := ledger.Entry{ID: ledger.EntryID(NewID()), Owner: string(to.Worker.ID), Day: day, At: a.Now(), Actor: actor.Account, Office: came.Office, Reference: came.Reference}
	for _, p := range came.Postings {
		if p.Account.Book() == ledger.BookClearing {
			e.Kind, e.Postings, _ = ledger.Settle(ledger.Money{Owner: e.Owner, Into: p.Account, Amount: p.Amount})
		}
	}
	if err := a.enter(tx, actor, to, &e, jaring.CashDeposited, c.Amount); err != nil {
		return err
	}
	c.DepositEntry, c.Worker = string(e.ID), to.Worker.ID
	return tx.MoveReceipt(c, from.Worker.ID)
}
