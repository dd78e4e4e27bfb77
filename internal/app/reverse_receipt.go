package app

import (
	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// reopenReceipts lets a receipt whose contribution is undone be where its money is again: in the agent's
// hands, or kept for the person. What a float paid is the agent's float again; the worker's notes and coins, which
// the agent has had since, are cash in hands like any other's.
func (a *App) reopenReceipts(tx *store.Tx, actor jaring.Actor, v *reversal) error {
	all, err := tx.FindReceiptsOf(v.payment.Worker)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.State != jaring.ReceiptSettled || c.Contribution != v.payment.ID {
			continue
		}
		switch {
		case c.PaidFrom == jaring.FromFloat:
			err = a.backIntoHands(tx, actor, v, c)
		case c.DepositEntry == string(v.entry.Reverses):
			c.State = jaring.ReceiptOpen
		default:
			c.State = jaring.ReceiptKept
		}
		if err != nil {
			return err
		}
		if c.Contribution = ""; c.State == jaring.ReceiptOpen {
			c.Deposit, c.DepositEntry, c.DepositedOn = "", "", 0
			err = a.writeUndoneLetter(tx, v.record, c)
		}
		if err != nil {
			return err
		}
		if err := tx.UpdateReceipt(c, jaring.ReceiptSettled); err != nil {
			return err
		}
	}
	return nil
}

// backIntoHands writes that the agent holds the cash of a receipt that the own float had paid.
func (a *App) backIntoHands(tx *store.Tx, actor jaring.Actor, v *reversal, c *store.ReceiptRecord) error {
	e := ledger.Entry{ID: ledger.EntryID(NewID()), Owner: string(c.Worker), Day: v.entry.Day, At: v.entry.At, Actor: actor.Account, Office: v.record.Worker.Office, Reference: c.CodeEnd}
	e.Kind, e.Postings = ledger.TakeCash(c.Worker, c.Agent, c.Amount)
	c.State, c.PaidFrom, c.TakeEntry = jaring.ReceiptOpen, jaring.FromCash, string(e.ID)
	return a.enter(tx, actor, v.record, &e, jaring.CashTaken, c.Amount)
}
