package app

import (
	"slices"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// dues are what an employer or a sponsor owes on one bill, as an entry of the payer's chain says it. Every function
// that takes them runs inside a writer's transaction, may run more than once, and gives the entries that it wrote: the
// caller tells of each by one event that bears its hash (Facts.Entry), or `jaring verify` finds it untold. An entry
// that is nil had been written before, or there was nothing to write.
type dues struct {
	payer     string                // the employer or sponsor, in whose chain it stands
	bill      jaring.ContributionID // the bill, a UUID: all its entries bear it, and by it they are found again
	office    jaring.OfficeID       // that keeps the shared accounts
	actor     jaring.AccountID      // empty for what happens by itself
	day       jaring.Day            // when it is owed, paid or undone
	at        time.Time             // when it is written
	reference string                // the payment code of what is owed, the channel's reference of what is paid
	through   ledger.Account        // where contributions stand from the bill until each person's months are booked
	charges   []ledger.Charge       // rupiah by month
}

// entry is an entry of the payer's chain without its postings.
func (d *dues) entry() *ledger.Entry {
	return &ledger.Entry{ID: ledger.EntryID(NewID()), Owner: d.payer, Day: d.day, At: d.at, Actor: d.actor, Office: d.office, Contribution: d.bill, Reference: d.reference}
}

// due is how the bill stands, and the payer's chain that says so.
func (d *dues) due(tx *store.Tx) (ledger.Due, []*ledger.Entry, error) {
	chain, err := tx.FindEntries(d.payer)
	return ledger.DueOf(d.payer, d.bill, chain), chain, err
}

// accrue writes that the payer owes the contributions of a bill, rupiah by month: debit Payer, credit d.through. People's
// months then go from d.through to the fund as they are booked. A bill is accrued once: told again, nothing is written.
func (a *App) accrue(tx *store.Tx, d dues) (*ledger.Entry, error) {
	now, chain, err := d.due(tx)
	if err != nil || now.Billed > 0 || ledger.Total(d.charges) == 0 {
		return nil, err
	}
	e := d.entry()
	e.Kind, e.Postings = ledger.Await(d.payer, d.through, d.charges)
	return e, addBehind(tx, e, chain)
}

// accruePenalty brings the late penalties of a bill to d.charges, the rupiah of penalty on each month by now: what was
// charged before is not charged again, and a month that has more already keeps it. Debit Payer, credit Penalty.
func (a *App) accruePenalty(tx *store.Tx, d dues) (*ledger.Entry, error) {
	now, chain, err := d.due(tx)
	if err != nil {
		return nil, err
	}
	var more []ledger.Charge
	for _, c := range d.charges {
		for _, was := range now.Fined {
			if was.Month == c.Month {
				c.Amount -= was.Amount
			}
		}
		if c.Penalty = true; c.Amount > 0 {
			more = append(more, c)
		}
	}
	if len(more) == 0 {
		return nil, nil
	}
	e := d.entry()
	e.Kind, e.Postings = ledger.Bill(d.payer, more)
	return e, addBehind(tx, e, chain)
}

// settleAccrual writes that amount rupiah came through a channel for what is open of a bill: the oldest month first, a
// month's penalty after its contribution; what is too much is the payer's credit. The credit that there is stays.
// Debit Clearing(channel), credit Payer.
func (a *App) settleAccrual(tx *store.Tx, d dues, channel string, amount jaring.Rupiah) (*ledger.Entry, ledger.Allocation, error) {
	now, chain, err := d.due(tx)
	if err != nil || amount <= 0 {
		return nil, ledger.Allocation{}, err
	}
	e := d.entry()
	var paid ledger.Allocation
	e.Kind, e.Postings, paid = ledger.PayBill(ledger.Money{Owner: d.payer, Into: ledger.Clearing(channel), Amount: amount, Charges: now.Open})
	return e, paid, addBehind(tx, e, chain)
}

// returnAccrual gives amount rupiah of a paid bill, for people whose months cannot be booked, back to the payer as
// credit. Debit d.through, credit Credit.
func (a *App) returnAccrual(tx *store.Tx, d dues, amount jaring.Rupiah) (*ledger.Entry, error) {
	_, chain, err := d.due(tx)
	if err != nil || amount <= 0 {
		return nil, err
	}
	e := d.entry()
	e.Kind = ledger.KindCredit
	e.Postings = []ledger.Posting{{Account: d.through, Amount: amount}, {Account: ledger.Credit(d.payer), Amount: -amount}}
	return e, addBehind(tx, e, chain)
}

// reverseAccrual undoes all that a bill charged, contributions and penalties, each by an entry of its own: nothing is
// owed on it any more. A bill of which something was paid stays. Error: payment.settled.
func (a *App) reverseAccrual(tx *store.Tx, d dues) (undone []*ledger.Entry, err error) {
	now, chain, err := d.due(tx)
	switch {
	case err != nil:
		return nil, err
	case now.Paid > 0:
		return nil, jaring.NewError(jaring.Conflict, "payment.settled")
	}
	gone := map[ledger.EntryID]bool{}
	for _, e := range chain {
		gone[e.Reverses] = true
	}
	for _, was := range slices.Clone(chain) {
		if was.Contribution != d.bill || gone[was.ID] || was.Kind != ledger.KindBill && was.Kind != ledger.KindPenalty {
			continue
		}
		e, as := ledger.Reverse(was), d.entry()
		e.ID, e.Day, e.At, e.Actor = as.ID, as.Day, as.At, as.Actor
		if err := addBehind(tx, &e, chain); err != nil {
			return nil, err
		}
		undone, chain = append(undone, &e), append(chain, &e)
	}
	return undone, nil
}

// addBehind puts an entry behind the last of a chain that was read in this transaction.
func addBehind(tx *store.Tx, e *ledger.Entry, chain []*ledger.Entry) error {
	head := ledger.Head{}
	if n := len(chain); n > 0 {
		head = chain[n-1].Head()
	}
	return tx.AddEntry(e, head)
}
