package sponsor

import (
	"context"
	"encoding/hex"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// rosterKind is the word by which codes of lists are kept.
const rosterKind = "roster"

// payableRoster is a list's bill under its code. Its money is booked at once, as one entry of the sponsor's; the
// people start right after it, all in one transaction of their own: a bank does not wait for fifty thousand.
type payableRoster struct {
	app     *Sponsors
	row     *store.RosterRecord
	sponsor *store.SponsorRecord
	months  int
}

func (a *Sponsors) rosterBill(tx *store.Tx, c *store.BillCode) (app.Payable, error) {
	b := &payableRoster{app: a}
	var err error
	if b.row, err = tx.GetRoster(c.Owner); err != nil {
		return nil, err
	}
	if b.sponsor, err = tx.GetSponsor(b.row.Sponsor); err != nil {
		return nil, err
	}
	g, err := tx.GetAgreement(b.row.Sponsor, b.row.Agreement)
	if err == nil {
		b.months = g.Months
	}
	return b, err
}

func (b *payableRoster) Bill() app.Bill {
	return app.Bill{Name: b.sponsor.Name, Amount: b.row.Amount, Months: b.months}
}

func (b *payableRoster) Whence() app.Whence {
	return app.Whence{Office: b.row.Office, Since: b.row.EnrolledAt}
}

func (b *payableRoster) Open() error {
	switch b.row.State {
	case jaring.RosterToPay:
		return nil
	case jaring.RosterStopped:
		return jaring.NewError(jaring.Conflict, "payment.code_expired")
	}
	return jaring.NewError(jaring.Conflict, "payment.settled")
}

func (b *payableRoster) Accepts(amount jaring.Rupiah) error { return app.Exactly(b.row.Amount, amount) }

func (b *payableRoster) Prepare(context.Context, jaring.Actor, app.Paid) error { return nil }

func (b *payableRoster) Apply(tx *store.Tx, actor jaring.Actor, p app.Paid) (entry string, err error) {
	next := *b.row
	next.State, next.Channel, next.Reference, next.PaidOn, next.PaidAt = jaring.RosterToStart, p.Channel, p.Reference, p.On, p.At
	done, err := tx.MoveRoster(&next, b.row)
	if err == nil && !done {
		err = jaring.NewError(jaring.Conflict, "payment.settled")
	}
	if err != nil {
		return "", err
	}
	e, err := b.app.receiveForRoster(tx, b.row, actor, p)
	if err != nil {
		return "", err
	}
	return string(e.ID), b.app.tellOfRoster(tx, actor, b.row, jaring.RosterPaid,
		jaring.Facts{Other: b.row.Agreement, Amount: p.Amount, Channel: p.Channel, Entry: hex.EncodeToString(e.Hash)})
}

// SettleRoster records at the desk that the money of a list's bill is there. Errors: roster.unknown, roster.not_enrolled,
// payment.settled, payment.amount_differs, those of a settlement's form; error.forbidden, operation.conflict.
func (a *Sponsors) SettleRoster(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id string, body wire.Settlement) error {
	if err := actor.May(jaring.ActSettle, jaring.Scope{}); err != nil {
		return err
	}
	if _, err := a.rosterFor(ctx, actor, jaring.ActSettle, id); err != nil {
		return err
	}
	var paid *app.BillPaid
	_, err := a.Fresh(ctx, actor, op, jaring.ActSettle, []any{"roster", id, body}, func() error {
		r, err := a.rosterFor(ctx, actor, jaring.ActSettle, id)
		if err != nil {
			return err
		}
		if r.Code == "" {
			return jaring.NewError(jaring.Conflict, "roster.not_enrolled")
		}
		if errs := app.JudgeMoney(&body, jaring.DayIn(r.EnrolledAt, a.ZoneOf(ctx, r.Office)), app.Today(actor, a.Now())); len(errs) > 0 {
			return errs
		}
		paid, err = a.PayBill(ctx, actor, r.Code, app.Paid{Amount: body.Amount, Channel: body.Channel, Reference: app.Trim(body.Reference), On: body.PaidOn, At: a.Now()})
		return err
	}, func(tx *store.Tx) error {
		_, err := paid.Bill.Apply(tx, actor, paid.Paid)
		return err
	})
	return err
}
