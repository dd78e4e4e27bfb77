package app

import (
	"context"
	"slices"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// UndoEmployerBill undoes the payment of an employer's bill that was booked by mistake: every account is as before, and
// the bill waits again, with its code. Only the one that was paid last can be undone, so that no month stands alone; one
// of which the core was told must be undone there first; and whoever booked it is not the one who undoes it.
// Errors: employer.unknown, employer.bill_unknown, reason.too_short, payment.not_settled, payment.not_last,
// payment.with_core, approve.self, ledger.credit_used, error.forbidden, operation.conflict.
func (a *App) UndoEmployerBill(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id, bill, why string) error {
	reason, err := NeedReason(why)
	if err != nil {
		return err
	}
	e, err := a.employerFor(ctx, actor, jaring.ActReverse, id)
	if err != nil {
		return err
	}
	if !jaring.IsUUID(bill) {
		return jaring.NewError(jaring.NotFound, "employer.bill_unknown")
	}
	_, err = a.Once(ctx, actor, op, jaring.ActReverse, []any{"employer", id, bill, reason}, func(tx *store.Tx) error {
		u := &billUndoing{app: a, tx: tx, actor: actor, employer: e, reason: reason}
		if err := u.choose(bill); err != nil {
			return err
		}
		if err := u.giveBack(); err != nil {
			return err
		}
		return u.uncover()
	})
	return err
}

// billUndoing is the undoing of an employer's paid bill, inside the writer.
type billUndoing struct {
	app      *App
	tx       *store.Tx
	actor    jaring.Actor
	employer *store.EmployerRecord
	reason   string
	row      *store.EmployerBill
	bills    []*store.EmployerBill
}

// choose finds the bill. It must be the one that was paid last.
func (u *billUndoing) choose(id string) (err error) {
	if u.row, err = u.tx.GetEmployerBill(u.employer.ID, id); err != nil {
		return err
	}
	if u.row.State != "settled" {
		return jaring.NewError(jaring.Conflict, "payment.not_settled")
	}
	if u.bills, err = u.tx.FindEmployerBills(u.employer.ID); err != nil {
		return err
	}
	for _, b := range u.bills {
		if b.State == "settled" && (b.SettledAt.After(u.row.SettledAt) || b.SettledAt.Equal(u.row.SettledAt) && b.ID > u.row.ID) {
			return jaring.NewError(jaring.Conflict, "payment.not_last")
		}
	}
	return nil
}

// giveBack undoes, the newest first, the entries by which the bill was paid and money became credit. The ledger judges
// each: credit that is used by now cannot be given back.
func (u *billUndoing) giveBack() error {
	d := u.app.duesOf(u.employer, u.row)
	d.Actor, d.Day, d.At = u.actor.Account, Today(u.actor, u.app.Now()), u.app.Now()
	chain, err := u.tx.FindEntries(d.Payer)
	if err != nil {
		return err
	}
	var state ledger.State
	gone := map[ledger.EntryID]bool{}
	for _, e := range chain {
		if _, err := state.Add(*e); err != nil {
			return jaring.InternalError(err)
		}
		gone[e.Reverses] = true
	}
	for _, was := range slices.Backward(slices.Clone(chain)) {
		if was.Contribution != d.Bill || gone[was.ID] || was.Kind != ledger.KindSettle && was.Kind != ledger.KindCredit {
			continue
		}
		if was.Kind == ledger.KindSettle && was.Actor == u.actor.Account {
			return jaring.NewError(jaring.Forbidden, "approve.self")
		}
		e, as := ledger.Reverse(was), d.Entry()
		e.ID, e.Day, e.At, e.Actor = as.ID, as.Day, as.At, as.Actor
		if _, err := state.Add(e); err != nil {
			return err
		}
		if err := AddBehind(u.tx, &e, chain); err != nil {
			return err
		}
		chain = append(chain, &e)
		f := jaring.Facts{Amount: e.On(ledger.Payer(d.Payer)), Other: u.row.ID, From: u.row.Month, To: u.row.Month, Reason: u.reason, Entry: entryHash(&e)}
		if err := u.app.tellOfEmployer(u.tx, u.actor, u.employer, jaring.EmployerReversed, f); err != nil {
			return err
		}
	}
	return nil
}

// uncover takes back what the bill paid for each person, and lets it wait again.
func (u *billUndoing) uncover() error {
	lines, err := u.tx.FindEmployerLines(u.employer.ID, u.row.ID)
	if err != nil {
		return err
	}
	at, ids := linesByWorker(lines)
	for some := range slices.Chunk(ids, linesAtOnce) {
		people, heads, err := u.tx.Payers(some)
		if err != nil {
			return err
		}
		for _, id := range some {
			p := people[id]
			r := &Record{Worker: p.Worker, Membership: Present(p.Memberships), All: p.Memberships, Heads: heads[id]}
			if err := u.uncoverOne(r, at[id]); err != nil {
				return err
			}
		}
	}
	done, err := u.tx.UnsettleEmployerBill(u.row, lines)
	if err == nil && !done {
		err = store.ErrRestart
	}
	return err
}

// uncoverOne takes back the months of one person. Of a record that was closed, nothing had been paid.
func (u *billUndoing) uncoverOne(r *Record, lines []*store.EmployerLine) error {
	was, paidTo, sum := r.Worker.Standing, r.Worker.PaidTo, jaring.Rupiah(0)
	from, to := lines[0].Month, lines[0].Month
	var about *store.MembershipRecord
	for _, l := range lines {
		if l.Outcome == lineCredited {
			continue
		}
		m := r.membershipBy(l.Membership)
		if m == nil {
			return jaring.NewError(jaring.Internal, "ledger.damaged")
		}
		if err := u.unpay(m, l); err != nil {
			return err
		}
		about, from, to, sum = m, min(from, l.Month), max(to, l.Month), sum+l.Amount
	}
	if about == nil {
		return nil
	}
	if r.Worker.State == jaring.WorkerActive {
		if err := u.app.Stand(u.tx, r, jaring.DayIn(u.app.Now(), Zone(""))); err != nil {
			return err
		}
	}
	r.Worker.PaidTo = r.PaidTo()
	if err := u.tx.UpdateStanding(r.Worker); err != nil {
		return err
	}
	event, err := u.app.EventFrom(u.actor, r, was, paidTo, jaring.ContributionReversed, func(f *jaring.Facts) {
		f.Amount, f.From, f.To, f.Other, f.Reason = sum, from, to, string(u.employer.ID), u.reason
		speakOf(f, about)
	})
	if err != nil {
		return err
	}
	return u.tx.AddEventBehind(event, r.Heads.Events)
}

// unpay undoes payMonth. Error: payment.with_core.
func (u *billUndoing) unpay(m *store.MembershipRecord, l *store.EmployerLine) error {
	at := slices.IndexFunc(m.Payments, func(p *store.PaymentRecord) bool {
		return p.FirstMonth == l.Month && p.State == "settled" && (l.Outcome == lineAdjusted || p.Code == u.row.Code)
	})
	switch {
	case l.Outcome == lineCovered && at >= 0:
		return u.unpaid(m, m.Payments[at])
	case l.Outcome == lineAdjusted && at >= 0:
		p := m.Payments[at]
		p.Total, p.Amount = p.Total-l.Amount, p.Amount-l.Amount
		return u.tx.UpdatePayment(p.Payment)
	case l.Outcome == lineAdjusted && l.Amount < 0:
		return u.restore(m, l)
	}
	return nil // it corrected a month that waited on another bill
}

// unpaid takes a paid month back. Without any, the membership is as it was registered.
func (u *billUndoing) unpaid(m *store.MembershipRecord, p *store.PaymentRecord) error {
	if err := untold(u.tx, p); err != nil {
		return err
	}
	p.State, p.Total, p.Amount, p.SettledOn, p.SettledAt = "cancelled", 0, 0, 0, time.Time{}
	if err := u.tx.UpdatePayment(p.Payment); err != nil {
		return err
	}
	if err := u.tx.DropCoreMessage(m.Worker, jaring.MembershipID(p.ID)); err != nil {
		return err
	}
	if LastSettled(m) != nil {
		return nil
	}
	m.State, m.PaidOn, m.CoreState, m.CoreReason = jaring.StateRegistered, 0, jaring.CoreNone, ""
	m.PaidAt, m.ConfirmedAt = time.Time{}, time.Time{}
	return u.tx.UpdateMembership(m)
}

// restore brings a month back that the bill had called off: it is paid as by the bill before.
func (u *billUndoing) restore(m *store.MembershipRecord, l *store.EmployerLine) error {
	for _, p := range m.Payments {
		by := slices.IndexFunc(u.bills, func(b *store.EmployerBill) bool { return b.Code == p.Code && b.State == "settled" && b.ID != u.row.ID })
		if p.FirstMonth == l.Month && p.State == "cancelled" && by >= 0 {
			p.State, p.Total, p.Amount, p.SettledOn = "settled", -l.Amount, -l.Amount, u.bills[by].PaidOn
			return u.tx.UpdatePayment(p.Payment)
		}
	}
	return nil
}
