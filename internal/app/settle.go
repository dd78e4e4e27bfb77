package app

import (
	"cmp"
	"context"
	"encoding/hex"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// settlement is money on its way into the book: the contribution it pays, what the ledger
// says of it, and what a part of it leaves to be paid.
type settlement struct {
	record  *Record
	payment *store.PaymentRecord // nil when nothing is asked for
	rest    *store.PaymentRecord // what a part paid leaves; nil when nothing
	channel string
	paid    ledger.Allocation
	money   ledger.Money
	entry   ledger.Entry
	head    ledger.Head
	behind  *store.ChainHead // the end of the events, when it was read along
}

// prepareSettle records that a contribution is with the fund, and puts the person into the
// queue for the fund's core. Cover starts on that day (rules of cover: self-paid), confirmed
// when the core has acknowledged.
func (a *App) prepareSettle(ctx context.Context, actor jaring.Actor, op *jaring.Operation, rec *store.OperationRecord) (*plan, error) {
	var body wire.Settlement
	if err := wire.Decode(op.Body, &body); err != nil {
		return nil, err
	}
	r, err := a.subject(ctx, actor, jaring.ActSettle, body.Worker, "")
	if err != nil {
		return nil, err
	}
	p, err := awaited(r, body.AsReceived)
	if err != nil {
		return nil, err
	}
	if errs := judgeSettlement(&body, p, r, Today(actor, a.Now())); len(errs) > 0 {
		return nil, errs
	}
	s, err := a.settlementOf(ctx, r, p, body, ledger.EntryID(op.ID), actor)
	if err != nil {
		return nil, err
	}
	rec.Outcome.Worker, rec.Outcome.Membership = r.Worker.ID, r.Membership.ID
	return &plan{record: rec, run: func(tx *store.Tx, _ bool) (jaring.Outcome, error) {
		return rec.Outcome, a.applySettlement(tx, actor, s)
	}}, nil
}

// awaited is the contribution that waits to be paid. Money that came is kept even when
// nothing waits. Errors: payment.none, payment.settled.
func awaited(r *Record, received bool) (*store.PaymentRecord, error) {
	p := openPayment(r.Membership)
	switch last := LastSettled(r.Membership); {
	case p != nil:
		return p, nil
	case received && r.Worker.State == jaring.WorkerActive:
		return nil, nil
	case last != nil:
		return nil, jaring.NewError(jaring.Conflict, "payment.settled")
	}
	return nil, jaring.NewError(jaring.Conflict, "payment.none")
}

// openPayment is the contribution of a membership that waits to be paid; nil for none.
func openPayment(m *store.MembershipRecord) *store.PaymentRecord {
	at := slices.IndexFunc(m.Payments, func(p *store.PaymentRecord) bool { return p.State == "waiting" })
	if at < 0 {
		return nil
	}
	return m.Payments[at]
}

// LastSettled is the paid contribution of a membership with the latest months; nil for none.
func LastSettled(m *store.MembershipRecord) (last *store.PaymentRecord) {
	for _, p := range m.Payments {
		if p.State == "settled" {
			last = p
		}
	}
	return last
}

// judgeSettlement checks a payment against what is asked for. Another sum is taken only when
// somebody says that it really came.
func judgeSettlement(body *wire.Settlement, p *store.PaymentRecord, r *Record, today jaring.Day) (errs jaring.Errors) {
	fail := func(bad bool, field, key string, pairs ...any) {
		if bad {
			errs = append(errs, jaring.NewError(jaring.Invalid, key, pairs...).At(field))
		}
	}
	registered := jaring.DayIn(r.Worker.TakenAt, Zone(""))
	if !body.AsReceived {
		fail(body.Amount != p.Amount, "amount", "payment.amount_differs", "want", p.Amount, "got", body.Amount)
	}
	fail(body.AsReceived && (body.Amount <= 0 || body.Amount > maxReceived), "amount", "payment.amount_range", "max", jaring.Rupiah(maxReceived))
	fail(body.Channel != "bank" && body.Channel != "qris" && body.Channel != "counter", "channel", "payment.channel_unknown")
	fail(Trim(body.Reference) == "", "reference", "field.required")
	fail(len(body.Reference) > maxReference, "reference", "field.too_long", "max", maxReference)
	fail(body.PaidOn == 0, "paid_on", "field.required")
	fail(body.PaidOn > today, "paid_on", "date.future")
	fail(body.PaidOn != 0 && body.PaidOn < registered, "paid_on", "payment.before_registration", "day", registered)
	return errs
}

// maxReceived is the most that one payment of a worker may be: what is more is a slip of the hand.
const maxReceived = 1_000_000_000

// settlementOf makes all that the book will say, before the writer is asked.
func (a *App) settlementOf(ctx context.Context, r *Record, p *store.PaymentRecord, body wire.Settlement, id ledger.EntryID, actor jaring.Actor) (*settlement, error) {
	s := &settlement{record: r, payment: p, channel: body.Channel}
	err := a.heads(ctx, s, body)
	if err != nil {
		return nil, err
	}
	s.money = ledger.Money{Owner: string(r.Worker.ID), Into: ledger.Clearing(body.Channel), Amount: body.Amount, Credit: s.head.Credit}
	s.entry = ledger.Entry{ID: id, Owner: s.money.Owner, Day: body.PaidOn, At: a.Now(), Actor: actor.Account, Office: r.Worker.Office, Reference: Trim(body.Reference)}
	if p != nil {
		s.entry.Contribution = p.ID
		if s.money.Charges, err = ChargesOf(r.Membership, p); err != nil {
			return nil, err
		}
	}
	s.entry.Kind, s.entry.Postings, s.paid = ledger.Settle(s.money)
	if p != nil {
		s.payment, s.rest = divide(r.Membership, p, s, body)
	}
	return s, nil
}

// heads tells a settlement behind what it is written. Error: payment.reference_used.
func (a *App) heads(ctx context.Context, s *settlement, body wire.Settlement) error {
	if h := s.record.Heads; h != nil && !body.AsReceived {
		s.head, s.behind = h.Ledger, &h.Events
		return nil
	}
	return a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		id := s.record.Worker.ID
		if s.head, err = tx.LedgerHead(string(id)); err != nil || !body.AsReceived || s.head.Seq == 0 {
			return err
		}
		return unheard(tx, id, body)
	})
}

// unheard asks whether money that came has not been told before: the channel's reference is the same
// when somebody tells it twice. Error: payment.reference_used.
func unheard(tx *store.Tx, id jaring.WorkerID, body wire.Settlement) error {
	entries, err := tx.FindEntries(string(id))
	if err != nil {
		return err
	}
	undone := map[ledger.EntryID]bool{}
	for _, e := range entries {
		undone[e.Reverses] = true
	}
	for _, e := range entries {
		if e.Kind != ledger.KindReverse && !undone[e.ID] && e.Reference == Trim(body.Reference) && e.On(ledger.Clearing(body.Channel)) > 0 {
			return jaring.NewError(jaring.Conflict, "payment.reference_used", "day", e.Day).At("reference")
		}
	}
	return nil
}

// ChargesOf is what the months of a contribution cost, by its quote.
func ChargesOf(m *store.MembershipRecord, p *store.PaymentRecord) ([]ledger.Charge, error) {
	lines, err := ParseQuoteLines(QuoteOf(m, p).Lines)
	if err != nil {
		return nil, err
	}
	charges := make([]ledger.Charge, p.Months)
	for i := range charges {
		charges[i].Month = p.FirstMonth.Add(i)
	}
	for _, l := range lines {
		if i := int(l.Month - p.FirstMonth); i >= 0 && i < len(charges) {
			charges[i].Amount += l.Amount
		}
	}
	if ledger.Total(charges) != p.Total {
		return nil, jaring.NewError(jaring.Internal, "ledger.damaged")
	}
	return charges, nil
}

// QuoteOf is the quote by which a contribution was asked for.
func QuoteOf(m *store.MembershipRecord, p *store.PaymentRecord) store.QuoteRecord {
	if p.Quote.Lines == "" {
		return m.Quote
	}
	return p.Quote
}

// divide gives the contribution as it will stand, and what is left of it to be paid: months that
// are not paid stay asked for under the same code, less the credit that is there.
func divide(m *store.MembershipRecord, p *store.PaymentRecord, s *settlement, body wire.Settlement) (now, rest *store.PaymentRecord) {
	part := *p
	if len(s.paid.Paid) == 0 {
		part.Credit = min(s.paid.Left, part.Total)
		part.Amount = part.Total - part.Credit
		return &part, nil
	}
	if len(s.paid.Open) > 0 {
		left := *p
		left.ID, left.FirstMonth, left.Months = jaring.ContributionID(NewID()), s.paid.Open[0].Month, len(s.paid.Open)
		left.Total, left.Credit = ledger.Total(s.paid.Open), s.paid.Left
		left.Amount, left.Quote = left.Total-left.Credit, QuoteOf(m, p)
		left.Due = left.Quote.Due
		rest = &left
		part.Months, part.Total = len(s.paid.Paid), ledger.Total(s.paid.Paid)
		part.Amount = min(body.Amount, part.Total)
		part.Credit = part.Total - part.Amount
	}
	part.State, part.Channel, part.Reference = "settled", body.Channel, s.entry.Reference
	part.SettledOn, part.SettledAt, part.Entry = body.PaidOn, s.entry.At, s.head.Seq+1
	return &part, rest
}

// applySettlement writes what was prepared. The person is not read again: each act on one makes a new
// version, and the first statement fails when there is another than the prepared one.
func (a *App) applySettlement(tx *store.Tx, actor jaring.Actor, s *settlement) error {
	now := s.record.Again()
	was, kind := now.Worker.Standing, jaring.ContributionCredited
	if len(s.paid.Paid) > 0 {
		var err error
		if kind, err = a.cover(tx, now, s); err != nil {
			return err
		}
	}
	paidTo := now.Worker.PaidTo
	now.Worker.PaidTo = now.PaidTo()
	if err := tx.UpdateStanding(now.Worker); err != nil {
		return err
	}
	entry := s.entry
	if err := tx.AddEntry(&entry, s.head); err != nil {
		return err
	}
	if err := s.write(tx, now, kind); err != nil {
		return err
	}
	event, err := a.EventFrom(actor, now, was, paidTo, kind, func(f *jaring.Facts) {
		f.Amount, f.Channel, f.Entry = s.money.Amount, s.channel, hex.EncodeToString(entry.Hash)
		if kind != jaring.ContributionCredited {
			f.Amount = cmp.Or(f.Amount, s.payment.Total) // nothing came when credit paid
			f.From, f.To = s.payment.FirstMonth, s.payment.LastMonth()
		}
	})
	if err != nil {
		return err
	}
	return s.tell(tx, event)
}

// tell writes the event behind the end that was read along. When that was not the end any more all of
// this is done once more, and then reads it anew.
func (s *settlement) tell(tx *store.Tx, event *jaring.Event) error {
	if s.behind == nil {
		return tx.AddEvent(event)
	}
	head := *s.behind
	s.behind = nil
	return tx.AddEventBehind(event, head)
}

// Again is a copy that an act may change more than once.
func (r *Record) Again() *Record {
	w, m := *r.Worker, *r.Membership
	return &Record{Worker: &w, Membership: &m, All: r.All}
}

// cover brings what is paid into the membership, and the person to where that leads.
func (a *App) cover(tx *store.Tx, now *Record, s *settlement) (jaring.EventKind, error) {
	m := now.Membership
	m.Payments = WithPayment(m.Payments, s.payment)
	if m.State == jaring.StateRegistered {
		m.State, m.PaidOn, m.PaidAt, m.CoreState = jaring.StatePaid, s.payment.SettledOn, a.Now(), jaring.CoreQueued
		now.Worker.Standing = jaring.StandingPaid
		if len(now.Beside()) > 0 {
			return jaring.ContributionSettled, a.Stand(tx, now, Today(jaring.System, a.Now()))
		}
		return jaring.ContributionSettled, nil
	}
	return jaring.ContributionRenewed, a.Stand(tx, now, Today(jaring.System, a.Now()))
}

// write writes the rows beside those of the person and the ledger.
func (s *settlement) write(tx *store.Tx, now *Record, kind jaring.EventKind) error {
	if s.payment == nil {
		return nil
	}
	if err := tx.UpdatePayment(s.payment.Payment); err != nil || kind == jaring.ContributionCredited {
		return err
	}
	if kind == jaring.ContributionSettled {
		if err := tx.UpdateMembership(now.Membership); err != nil {
			return err
		}
	}
	if s.rest != nil {
		if err := tx.AddContribution(s.rest, false); err != nil {
			return err
		}
	}
	return tx.QueueCore(now.Worker.ID, jaring.MembershipID(s.payment.ID), s.entry.At)
}

// WithPayment puts a contribution in the place of what it was.
func WithPayment(all []*store.PaymentRecord, p *store.PaymentRecord) []*store.PaymentRecord {
	out := slices.Clone(all)
	for i := range out {
		if out[i].ID == p.ID {
			out[i] = p
			return out
		}
	}
	return append(out, p)
}
