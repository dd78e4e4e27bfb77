package app

import (
	"encoding/hex"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// receiptMoney is where the money of a receipt is when it pays.
type receiptMoney struct {
	into      ledger.Account // clearing, float, credit
	channel   string
	reference string
	day       jaring.Day
	deposit   bool // it leaves the agent's hands
}

// enter writes an entry at the end of its owner's chain and the event that tells of it. r is nil when
// the owner is no person of ours.
func (a *App) enter(tx *store.Tx, actor jaring.Actor, r *Record, e *ledger.Entry, kind jaring.EventKind, amount jaring.Rupiah) error {
	head, err := tx.LedgerHead(e.Owner)
	if err != nil {
		return err
	}
	if err := tx.AddEntry(e, head); err != nil {
		return err
	}
	tell := func(f *jaring.Facts) { f.Amount, f.Entry = amount, hex.EncodeToString(e.Hash) }
	if r == nil {
		f := jaring.Facts{}
		tell(&f)
		return a.Tell(tx, actor, e.Owner, kind, f)
	}
	return a.TellOf(tx, actor, r, r.Worker.Standing, kind, tell)
}

// coverable says why the months of a receipt cannot be paid for a person on a day, nil when they can.
// Errors: receipt.nobody, worker.in_review, worker.closed, contribution.by_employer, contribution.ended.
func (a *App) coverable(r *Record, day jaring.Day) error {
	switch {
	case r == nil:
		return jaring.NewError(jaring.Conflict, "receipt.nobody")
	case r.Worker.State == jaring.WorkerReview:
		return jaring.NewError(jaring.Conflict, "receipt.in_review")
	case r.Worker.State != jaring.WorkerActive || r.Membership.ID == "":
		return jaring.NewError(jaring.Conflict, "worker.closed")
	case r.EmployedOnly():
		return jaring.NewError(jaring.Conflict, "contribution.by_employer")
	case StandingOn(r.Worker, r.Membership, day, a.Cover) == jaring.StandingEnded:
		return jaring.NewError(jaring.Conflict, "contribution.ended")
	}
	return nil
}

// mayCover reports whether a receipt could be settled at once: no older one of the person waits, for
// whose months there would be a hole.
func (a *App) mayCover(tx *store.Tx, r *Record, c *store.ReceiptRecord, day jaring.Day) (bool, error) {
	if a.coverable(r, day) != nil {
		return false, nil
	}
	if _, _, _, err := a.monthsOf(r, c, day); err != nil {
		return false, nil
	}
	before, err := unsettled(tx, c)
	return len(before) == 0, err
}

// unsettled are the other receipts of a person that pay no month yet.
func unsettled(tx *store.Tx, c *store.ReceiptRecord) (out []*store.ReceiptRecord, err error) {
	all, err := tx.FindReceiptsOf(c.Worker)
	for _, other := range all {
		if other.ID != c.ID && other.State != jaring.ReceiptSettled {
			out = append(out, other)
		}
	}
	return out, err
}

// firstOfReceipt is the first month that a receipt pays for: the next by the rules, after those of
// receipts that wait.
func firstOfReceipt(r *Record, before []*store.ReceiptRecord, taken jaring.Day) jaring.Month {
	first, _ := firstMonth(r.Membership, 0, taken.Month())
	for _, other := range before {
		first = max(first, other.FirstMonth.Add(other.Months))
	}
	return first
}

// monthsOf makes the contribution that a receipt pays, and what its months cost by the rules: the one that
// is asked for when it is the same, else a new one. The money comes on day: a month that was over by then,
// because the agent was late, would cover nobody, so the months begin with that day's.
func (a *App) monthsOf(r *Record, c *store.ReceiptRecord, day jaring.Day) (p *store.PaymentRecord, charges []ledger.Charge, isNew bool, err error) {
	m, first := r.Membership, max(c.FirstMonth, day.Month())
	if last := LastSettled(m); last != nil {
		first = max(first, last.LastMonth().Add(1))
	}
	if asked := openPayment(m); asked != nil && asked.FirstMonth == first && asked.Months == c.Months {
		same := *asked
		same.Credit, same.Amount = 0, same.Total
		charges, err = ChargesOf(m, asked)
		return &same, charges, false, err
	}
	q := QuestionOf(r.Worker, m, false)
	q.FirstMonth, q.Months, q.PaidUpTo = first, c.Months, paidUpTo(m)
	quote, err := a.Book.Price(q)
	if err != nil {
		return nil, nil, false, err
	}
	due, _ := a.Book.DueDate(m.Segment, first)
	p = &store.PaymentRecord{
		Payment: jaring.Payment{ID: jaring.ContributionID(NewID()), Code: lastCode(m), Worker: r.Worker.ID, Membership: m.ID, Programs: m.Programs,
			FirstMonth: first, Months: c.Months, Total: quote.Total, Amount: quote.Total, Due: due, State: "waiting"},
		Quote: store.QuoteRecord{ID: jaring.QuoteID(NewID()), Total: quote.Total, Version: quote.Version, Lines: QuoteLines(quote), Due: due}}
	charges, err = ChargesOf(m, p)
	return p, charges, true, err
}

// lastCode is the code that a person was given last: a receipt needs none of its own, and whoever pays by
// the old one is told that it is paid.
func lastCode(m *store.MembershipRecord) (code string) {
	if p := presentPayment(m); p != nil {
		return p.Code
	}
	for _, p := range m.Payments {
		code = p.Code
	}
	return code
}

// settleReceipt pays the months of a receipt, whatever they cost by now. What is asked for besides is
// called off.
func (a *App) settleReceipt(tx *store.Tx, actor jaring.Actor, r *Record, c *store.ReceiptRecord, from receiptMoney) error {
	p, charges, isNew, err := a.monthsOf(r, c, from.day)
	if err != nil {
		return err
	}
	s := &settlement{record: r, payment: p, channel: from.channel, paid: ledger.Allocation{Paid: charges}}
	if s.head, err = tx.LedgerHead(string(r.Worker.ID)); err != nil {
		return err
	}
	s.money = ledger.Money{Owner: string(r.Worker.ID), Into: from.into, Amount: c.Amount, Credit: s.head.Credit, Charges: charges}
	s.entry = ledger.Entry{ID: ledger.EntryID(NewID()), Owner: s.money.Owner, Day: from.day, At: a.Now(), Actor: actor.Account, Office: r.Worker.Office,
		Contribution: p.ID, Reference: from.reference}
	if from.deposit {
		s.entry.Kind, s.entry.Postings = ledger.Deposit(s.money, c.Agent)
	} else {
		s.entry.Kind, s.entry.Postings = ledger.Honour(s.money)
	}
	if err := tx.CancelPayment(r.Worker.ID); err != nil {
		return err
	}
	if isNew {
		if err := tx.AddContribution(p, false); err != nil {
			return err
		}
	}
	paid := *p
	paid.State, paid.Channel, paid.Reference = "settled", from.channel, from.reference
	paid.SettledOn, paid.SettledAt, paid.Entry = from.day, s.entry.At, s.head.Seq+1
	s.payment = &paid
	c.State, c.FirstMonth, c.Contribution = jaring.ReceiptSettled, p.FirstMonth, p.ID
	if c.DepositEntry == "" {
		c.DepositEntry, c.DepositedOn = string(s.entry.ID), from.day
	}
	return a.applySettlement(tx, actor, s)
}

// settleKept pays the months of receipts whose money came while a second look at the person was due.
func (a *App) settleKept(tx *store.Tx, actor jaring.Actor, worker jaring.WorkerID) error {
	all, err := tx.FindReceiptsOf(worker)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.State != jaring.ReceiptKept {
			continue
		}
		r, err := LoadRecord(tx, worker)
		if err != nil {
			return err
		}
		head, err := tx.LedgerHead(string(worker))
		if err != nil {
			return err
		}
		day := Today(jaring.System, a.Now())
		if a.coverable(r, day) != nil || head.Credit < c.Amount {
			continue
		}
		if err := a.settleReceipt(tx, actor, r, c, receiptMoney{into: ledger.Credit(string(worker)), channel: "credit", reference: c.CodeEnd, day: day}); err != nil {
			return err
		}
		if err := tx.UpdateReceipt(c, jaring.ReceiptKept); err != nil {
			return err
		}
	}
	return nil
}
