package app

import (
	"context"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// templateReceipt tells a worker the code of a receipt. It says no name, and is true whether the money is
// with the fund already or not.
const templateReceipt = "receipt"

// templateUndone tells a worker that what a receipt had paid was undone: the cash is with the agent still.
const templateUndone = "receipt_undone"

// writeReceiptLetter lets the code of a receipt go to the worker's phone, if there is one.
func (a *App) writeReceiptLetter(tx *store.Tx, t *cashTaking, c *store.ReceiptRecord, r *Record) error {
	if r == nil || r.Worker.Phone == "" {
		return nil
	}
	return tx.AddReceiptLetter(&store.ReceiptLetter{Worker: c.Worker, Receipt: c.ID, ID: NewID(), Template: templateReceipt, Sealed: t.sealed, KeyID: t.keyID, NotBefore: a.Now()})
}

// writeUndoneLetter lets a worker know that a receipt covers nothing any more. A code that has not gone yet goes
// alone: it is the worker's only way to ask.
func (a *App) writeUndoneLetter(tx *store.Tx, r *Record, c *store.ReceiptRecord) error {
	if r.Worker.Phone == "" {
		return nil
	}
	return tx.AddReceiptLetter(&store.ReceiptLetter{Worker: c.Worker, Receipt: c.ID, ID: NewID(), Template: templateUndone, Sealed: []byte{}, NotBefore: a.Now()})
}

// takeReceiptLetters takes up to n codes under way. Who does not want to be written to gets none.
func (a *App) takeReceiptLetters(ctx context.Context, n int) (letters []Letter, err error) {
	var waiting []*store.ReceiptLetter
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		waiting, err = tx.FindWaitingReceiptLetters(a.Now(), n)
		return err
	})
	for _, w := range waiting {
		if err != nil {
			break
		}
		var l *Letter
		if l, err = a.receiptLetter(ctx, w); l != nil && err == nil {
			letters = append(letters, *l)
		}
	}
	return letters, err
}

// receiptLetter takes one under way; nil when it does not go.
func (a *App) receiptLetter(ctx context.Context, w *store.ReceiptLetter) (*Letter, error) {
	var person *store.WorkerRecord
	var receipt *store.ReceiptRecord
	stopped := false
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if receipt, err = tx.GetReceipt(w.Receipt); err != nil {
			return err
		}
		if person, err = tx.GetWorker(receipt.Worker); err != nil {
			return err
		}
		choices, err := tx.FindStopped([]string{person.Phone})
		stopped = choices[person.Phone] || person.Phone == ""
		return err
	})
	if err != nil {
		return nil, err
	}
	code, err := a.codeOfLetter(w)
	unreadable := err != nil // its key was retired before it could go
	moved := false
	err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
		if stopped || unreadable {
			return tx.DropReceiptLetter(w)
		}
		moved, err = tx.MoveReceiptLetter(w, jaring.ReminderWaits, jaring.ReminderUnderWay, a.Now())
		return err
	})
	if err != nil || !moved {
		return nil, err
	}
	return &Letter{ID: w.ID, Template: w.Template, Phone: person.Phone, Zone: a.ZoneOf(ctx, person.Office), Amount: receipt.Amount,
		Day: receipt.TakenOn, Code: code.Text(), receipt: w}, nil
}

// codeOfLetter opens the code that a letter says; empty for one that says none.
func (a *App) codeOfLetter(w *store.ReceiptLetter) (jaring.ReceiptCode, error) {
	if w.Template != templateReceipt {
		return "", nil
	}
	code, err := a.Vault.Open(w.Sealed, w.KeyID, receiptPurpose(w.Receipt))
	return jaring.ReceiptCode(code), err
}

// receiptLetterDone keeps that a letter waits for another hour, or forgets it with its code.
func (a *App) receiptLetterDone(ctx context.Context, l Letter, p Posted) error {
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		if p.State != jaring.ReminderWaits {
			return tx.DropReceiptLetter(l.receipt)
		}
		next := *l.receipt
		if next.NotBefore = p.NotBefore; next.NotBefore.IsZero() {
			next.NotBefore = a.Now()
		}
		_, err := tx.MoveReceiptLetter(&next, jaring.ReminderUnderWay, jaring.ReminderWaits, time.Time{})
		return err
	})
}
