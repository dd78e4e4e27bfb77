package app

import (
	"context"
	"encoding/hex"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/scheme"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// Asked is what asking for a contribution made.
type Asked struct {
	Payment *store.PaymentRecord
	Quote   scheme.Quote
	head    ledger.Head   // of the worker's chain
	carry   *ledger.Entry // what paid months cost less by now becomes credit first; nil for nothing
	after   ledger.Head   // behind it
}

// prepareContribution prices further months of a membership and opens a code to pay them by. What
// was asked for before and not paid is called off: one code at a time, and no month twice.
// Credit pays first; when it pays all, the contribution is settled at once.
// Errors: worker.closed, contribution.by_employer, contribution.ended, contribution.first_month, contribution.next_month, those of scheme.Price.
func (a *App) prepareContribution(ctx context.Context, actor jaring.Actor, op *jaring.Operation, rec *store.OperationRecord) (*plan, error) {
	var body wire.Contribution
	if err := wire.Decode(op.Body, &body); err != nil {
		return nil, err
	}
	r, err := a.subject(ctx, actor, jaring.ActContribute, body.Worker, "")
	if err != nil {
		return nil, err
	}
	day := Today(actor, a.Now())
	asked, err := a.priceContribution(ctx, r, body, day)
	if err != nil {
		return nil, err
	}
	if err := a.openCode(ctx, r, asked, jaring.ContributionID(op.ID)); err != nil {
		return nil, err
	}
	var paid *settlement
	if asked.Payment.Amount == 0 {
		paid, err = a.payByCredit(r, asked, day, ledger.EntryID(op.ID), actor)
		if err != nil {
			return nil, err
		}
	}
	rec.Outcome.Worker, rec.Outcome.Membership, rec.Outcome.Made = r.Worker.ID, r.Membership.ID, asked
	return &plan{record: rec, run: func(tx *store.Tx, _ bool) (jaring.Outcome, error) {
		return rec.Outcome, a.applyContribution(tx, actor, r, asked, paid)
	}}, nil
}

// priceContribution prices the months that are asked for, each by its own rules.
func (a *App) priceContribution(ctx context.Context, r *Record, body wire.Contribution, day jaring.Day) (*Asked, error) {
	if r.Worker.State != jaring.WorkerActive || r.Membership.ID == "" {
		return nil, jaring.NewError(jaring.Conflict, "worker.closed")
	}
	if r.EmployedOnly() {
		return nil, jaring.NewError(jaring.Conflict, "contribution.by_employer")
	}
	if StandingOn(r.Worker, r.Membership, day, a.Cover) == jaring.StandingEnded {
		return nil, jaring.NewError(jaring.Conflict, "contribution.ended")
	}
	asked := &Asked{}
	if err := a.moneyBefore(ctx, r, asked); err != nil {
		return nil, err
	}
	first, monthErr := firstMonth(r.Membership, body.FirstMonth, day.Month())
	q := QuestionOf(r.Worker, r.Membership, true)
	q.FirstMonth, q.Months, q.Credit = first, body.Months, asked.after.Credit
	q.PaidUpTo = paidUpTo(r.Membership)
	// Sponsors pay by their lists; whoever asks for a code pays himself.
	q.Funding = jaring.FundingSelf
	if body.Months < 1 { // none is not "left out"
		monthErr = append(monthErr, jaring.NewError(jaring.Invalid, "months.range", "min", 1, "max", scheme.MaxMonths).At("months"))
		q.Months = 1
	}
	var err error
	asked.Quote, err = a.Book.Price(q)
	return asked, JoinFindings(monthErr.OrNil(), err)
}

// moneyBefore reads what the worker has, and what paid months give back by rules that came later.
func (a *App) moneyBefore(ctx context.Context, r *Record, asked *Asked) error {
	var entries []*ledger.Entry
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		entries, err = tx.FindEntries(string(r.Worker.ID))
		return err
	})
	if err != nil {
		return err
	}
	if n := len(entries); n > 0 {
		asked.head = entries[n-1].Head()
	}
	asked.after = asked.head
	if asked.carry, err = a.carried(r, entries, asked.head); asked.carry != nil {
		asked.after = asked.carry.Head()
	}
	return err
}

// firstMonth is the first month that a contribution of today pays for: the one after the last paid, or
// the present one when that is over. Arrears may be made up from the first unpaid month on (rules of
// cover: after the end), and nobody pays for months further ahead than the next.
func firstMonth(m *store.MembershipRecord, wanted, now jaring.Month) (jaring.Month, jaring.Errors) {
	from, to := now, now
	if last := LastSettled(m); last != nil {
		from = last.LastMonth().Add(1)
		to = max(from, now)
	}
	switch {
	case wanted == 0 || wanted == from && wanted == to:
		return to, nil
	case from == to:
		return to, jaring.Errors{jaring.NewError(jaring.Invalid, "contribution.next_month", "month", to).At("first_month")}
	case wanted < from || wanted > to:
		return to, jaring.Errors{jaring.NewError(jaring.Invalid, "contribution.first_month", "from", from, "to", to).At("first_month")}
	}
	return wanted, nil
}

// paidUpTo is the last month of a membership that is paid without a hole before it, 0 for none.
func paidUpTo(m *store.MembershipRecord) (last jaring.Month) {
	for _, p := range m.Payments {
		if p.State == "settled" && (last == 0 || p.FirstMonth <= last.Add(1)) {
			last = max(last, p.LastMonth())
		}
	}
	return last
}

// openCode makes the row of what is asked for.
func (a *App) openCode(ctx context.Context, r *Record, asked *Asked, id jaring.ContributionID) error {
	year := a.Now().Year()
	number, err := a.codes.take(ctx, year)
	if err != nil {
		return err
	}
	q, m := &asked.Quote, r.Membership
	due, _ := a.Book.DueDate(m.Segment, q.Question.FirstMonth)
	asked.Payment = &store.PaymentRecord{
		Payment: jaring.Payment{ID: id, Code: contributionCode(year, number), Worker: r.Worker.ID, Membership: m.ID, Programs: m.Programs,
			FirstMonth: q.Question.FirstMonth, Months: q.Question.Months, Total: q.Total, Credit: q.CreditUsed, Amount: q.Payable, Due: due, State: "waiting"},
		Quote: store.QuoteRecord{ID: jaring.QuoteID(NewID()), Total: q.Total, Version: q.Version, Lines: QuoteLines(*q), Due: due}}
	return nil
}

// payByCredit settles a contribution for which the credit is enough.
func (a *App) payByCredit(r *Record, asked *Asked, day jaring.Day, id ledger.EntryID, actor jaring.Actor) (*settlement, error) {
	p, head := asked.Payment, asked.after
	charges, err := ChargesOf(r.Membership, p)
	if err != nil {
		return nil, err
	}
	s := &settlement{record: r, head: head, channel: "credit", money: ledger.Money{Owner: string(r.Worker.ID), Into: ledger.Credit(string(r.Worker.ID)), Credit: head.Credit, Charges: charges}}
	s.entry = ledger.Entry{ID: id, Owner: s.money.Owner, Contribution: p.ID, Day: day, At: a.Now(), Actor: actor.Account, Office: r.Worker.Office, Reference: p.Code}
	s.entry.Kind, s.entry.Postings, s.paid = ledger.Settle(s.money)
	s.payment, _ = divide(r.Membership, p, s, wire.Settlement{Channel: s.channel, PaidOn: day})
	return s, nil
}

func (a *App) applyContribution(tx *store.Tx, actor jaring.Actor, r *Record, asked *Asked, paid *settlement) error {
	now, err := still(tx, r)
	if err != nil {
		return err
	}
	if err := tx.CancelPayment(r.Worker.ID); err != nil {
		return err
	}
	if err := tx.AddContribution(asked.Payment, true); err != nil {
		return err
	}
	p, carried := asked.Payment, ""
	if asked.carry != nil {
		entry := *asked.carry
		if err := tx.AddEntry(&entry, asked.head); err != nil {
			return err
		}
		carried = hex.EncodeToString(entry.Hash)
	}
	err = a.Alter(tx, actor, now, now.Worker.Standing, jaring.ContributionAsked, func(f *jaring.Facts) {
		f.Amount, f.From, f.To, f.Entry = p.Amount, p.FirstMonth, p.LastMonth(), carried
	})
	if err != nil || paid == nil {
		return err
	}
	s := *paid
	s.record = now
	return a.applySettlement(tx, actor, &s)
}

// AskedBy gives what asking for a contribution made: from memory when it was just done, from the
// store when it is told again. Error: payment.none.
func (a *App) AskedBy(ctx context.Context, o jaring.Outcome) (*Asked, error) {
	if made, ok := o.Made.(*Asked); ok {
		return made, nil
	}
	out := &Asked{}
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		r, err := LoadRecord(tx, o.Worker)
		if err != nil {
			return err
		}
		m, p := r.Contribution(jaring.ContributionID(o.Operation))
		if p == nil {
			return jaring.NewError(jaring.NotFound, "payment.none")
		}
		out.Payment = p
		q := QuestionOf(r.Worker, m, true)
		q.FirstMonth, q.Months, q.Credit = p.FirstMonth, p.Months, p.Credit
		out.Quote, err = a.Book.Price(q)
		return err
	})
	return out, err
}

// Contribution finds a contribution of a person by its id, with its membership; nil for none.
func (r *Record) Contribution(id jaring.ContributionID) (*store.MembershipRecord, *store.PaymentRecord) {
	for _, m := range r.All {
		at := slices.IndexFunc(m.Payments, func(p *store.PaymentRecord) bool { return p.ID == id })
		if at >= 0 {
			return m, m.Payments[at]
		}
	}
	return nil, nil
}
