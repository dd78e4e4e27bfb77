package sponsor

import (
	"context"
	"encoding/hex"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// WithdrawRoster calls off the bill of a list that is entered and not paid: the sponsor owes nothing for it any more, the
// places are free, and its people stay in the book as people for whom nobody pays. Errors: roster.unknown,
// roster.not_enrolled, payment.settled, roster.changed_meanwhile, reason.too_short, error.forbidden, operation.conflict.
func (a *Sponsors) WithdrawRoster(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id, why string) error {
	if _, err := a.rosterFor(ctx, actor, jaring.ActApproveSponsor, id); err != nil {
		return err
	}
	reason, err := app.NeedReason(why)
	if err != nil {
		return err
	}
	_, err = a.Once(ctx, actor, op, jaring.ActApproveSponsor, []any{"roster withdraw", id, reason}, func(tx *store.Tx) error {
		now, err := tx.GetRoster(id)
		if err == nil {
			err = unpaid(now)
		}
		if err != nil {
			return err
		}
		next := *now
		next.State = jaring.RosterStopped
		if err := moveRoster(tx, &next, now); err != nil {
			return err
		}
		if err := tx.ReturnSponsorships(id, "roster.line.withdrawn"); err != nil {
			return err
		}
		if err := tx.GiveBack(now.Sponsor, now.Agreement, now.People, now.Amount); err != nil {
			return err
		}
		return a.unowe(tx, actor, &next, reason)
	})
	return err
}

// unpaid says why the bill of a list does not wait. Errors: roster.not_enrolled, payment.settled.
func unpaid(r *store.RosterRecord) error {
	switch r.State {
	case jaring.RosterToPay:
		return nil
	case jaring.RosterToStart, jaring.RosterRunning:
		return jaring.NewError(jaring.Conflict, "payment.settled")
	}
	return jaring.NewError(jaring.Conflict, "roster.not_enrolled")
}

// unowe undoes the debt of a list, and tells of it.
func (a *Sponsors) unowe(tx *store.Tx, actor jaring.Actor, r *store.RosterRecord, reason string) error {
	d := rosterDues(r, app.Today(actor, a.Now()), a.Now(), r.Code)
	d.Actor = actor.Account
	undone, err := a.ReverseAccrual(tx, d)
	if err != nil {
		return err
	}
	if len(undone) == 0 { // it was entered before debts were written
		undone = []*ledger.Entry{{}}
	}
	for _, e := range undone {
		f := jaring.Facts{Other: r.Agreement, Amount: r.Amount, Reason: reason, Entry: hex.EncodeToString(e.Hash)}
		if err := a.tellOfRoster(tx, actor, r, jaring.RosterWithdrawn, f); err != nil {
			return err
		}
	}
	return nil
}
