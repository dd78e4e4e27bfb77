package app

import (
	"cmp"
	"context"
	"encoding/hex"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// suspend makes the case of money that came and pays nothing. When nobody is known by the code it is
// for the office above all.
func (a *App) suspend(ctx context.Context, from Whence, n BankNotice, why string) (*store.SuspenseRecord, error) {
	s := &store.SuspenseRecord{ID: NewID(), Code: n.Code, Channel: n.Channel, Bank: n.Bank, Reference: n.Reference, Amount: n.Amount,
		PaidOn: a.paidOn(from, n), Why: why, At: a.Now()}
	if from.Office != "" {
		s.Office = from.Office
		return s, nil
	}
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.FindOffices()
		for _, o := range all {
			if o.Parent == "" && o.Closed == 0 {
				s.Office = cmp.Or(s.Office, o.ID)
			}
		}
		return err
	})
	if err == nil && s.Office == "" {
		err = jaring.NewError(jaring.Unavailable, "error.unavailable")
	}
	return s, err
}

// keepInSuspense writes money that pays nothing into the ledger of its office, and opens the case.
func (a *App) keepInSuspense(tx *store.Tx, w *bankWork) error {
	s := w.kept
	head, err := tx.LedgerHead(string(s.Office))
	if err != nil {
		return err
	}
	e := ledger.Entry{ID: ledger.EntryID(s.ID), Owner: string(s.Office), Day: s.PaidOn, At: s.At, Office: s.Office, Reference: s.Reference}
	e.Kind, e.Postings = ledger.Suspend(s.Channel, s.Amount)
	if err := tx.AddEntry(&e, head); err != nil {
		return err
	}
	if err := tx.AddSuspense(s); err != nil {
		return err
	}
	actor := w.actor
	actor.Office = s.Office
	return a.Tell(tx, actor, string(s.Office), jaring.MoneySuspended, jaring.Facts{Amount: s.Amount, Channel: s.Channel, Entry: hex.EncodeToString(e.Hash), Reason: s.Why})
}

// FindSuspense gives money at the actor's offices that pays nothing yet, oldest first, behind the case
// of that id. Errors: error.forbidden, cursor.malformed.
func (a *App) FindSuspense(ctx context.Context, actor jaring.Actor, after string) (cases []*store.SuspenseRecord, err error) {
	if err := actor.May(jaring.ActReadLedger, jaring.Scope{}); err != nil {
		return nil, err
	}
	if after != "" && !jaring.IsUUID(after) {
		return nil, jaring.NewError(jaring.Invalid, "cursor.malformed").At("cursor")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		cases, err = tx.FindSuspense(actor.Offices, after, DefaultPage)
		return err
	})
	return cases, err
}
