package app

import (
	"slices"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// Dues are what an employer or a sponsor owes on one bill, as an entry of the payer's chain says it. Every function
// that takes them runs inside a writer's transaction, may run more than once, and gives the entries that it wrote: the
// caller tells of each by one event that bears its hash (Facts.Entry), or `jaring verify` finds it untold. An entry
// that is nil had been written before, or there was nothing to write.
type Dues struct {
	Payer     string                // the employer or sponsor, in whose chain it stands
	Bill      jaring.ContributionID // the bill, a UUID: all its entries bear it, and by it they are found again
	Office    jaring.OfficeID       // that keeps the shared accounts
	Actor     jaring.AccountID      // empty for what happens by itself
	Day       jaring.Day            // when it is owed, paid or undone
	At        time.Time             // when it is written
	Reference string                // the payment code of what is owed, the channel's reference of what is paid
	Through   ledger.Account        // where contributions stand from the bill until each person's months are booked
	Charges   []ledger.Charge       // rupiah by month
}

// Entry is an entry of the payer's chain without its postings.
func (d *Dues) Entry() *ledger.Entry {
	return &ledger.Entry{ID: ledger.EntryID(NewID()), Owner: d.Payer, Day: d.Day, At: d.At, Actor: d.Actor, Office: d.Office, Contribution: d.Bill, Reference: d.Reference}
}

// Due is how the bill stands, and the payer's chain that says so.
func (d *Dues) Due(tx *store.Tx) (ledger.Due, []*ledger.Entry, error) {
	chain, err := tx.FindEntries(d.Payer)
	return ledger.DueOf(d.Payer, d.Bill, chain), chain, err
}

// Accrue writes that the payer owes the contributions of a bill, rupiah by month: debit Payer, credit d.through. People's
// months then go from d.through to the fund as they are booked. A bill is accrued once: told again, nothing is written.
func (a *App) Accrue(tx *store.Tx, d Dues) (*ledger.Entry, error) {
	now, chain, err := d.Due(tx)
	if err != nil || now.Billed > 0 || ledger.Total(d.Charges) == 0 {
		return nil, err
	}
	e := d.Entry()
	e.Kind, e.Postings = ledger.Await(d.Payer, d.Through, d.Charges)
	return e, AddBehind(tx, e, chain)
}

// accruePenalty brings the late penalties of a bill to d.charges, the rupiah of penalty on each month by now: what was
// charged before is not charged again, and a month that has more already keeps it. Debit Payer, credit Penalty.
func (a *App) accruePenalty(tx *store.Tx, d Dues) (*ledger.Entry, error) {
	now, chain, err := d.Due(tx)
	if err != nil {
		return nil, err
	}
	var more []ledger.Charge
	for _, c := range d.Charges {
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
	e := d.Entry()
	e.Kind, e.Postings = ledger.Bill(d.Payer, more)
	return e, AddBehind(tx, e, chain)
}

// SettleAccrual writes that amount rupiah came through a channel for what is open of a bill: the oldest month first, a
// month's penalty after its contribution; what is too much is the payer's credit. The credit that there is stays.
// Debit Clearing(channel), credit Payer.
func (a *App) SettleAccrual(tx *store.Tx, d Dues, channel string, amount jaring.Rupiah) (*ledger.Entry, ledger.Allocation, error) {
	now, chain, err := d.Due(tx)
	if err != nil || amount <= 0 {
		return nil, ledger.Allocation{}, err
	}
	e := d.Entry()
	var paid ledger.Allocation
	e.Kind, e.Postings, paid = ledger.PayBill(ledger.Money{Owner: d.Payer, Into: ledger.Clearing(channel), Amount: amount, Charges: now.Open})
	return e, paid, AddBehind(tx, e, chain)
}

// ReturnAccrual gives amount rupiah of a paid bill, for people whose months cannot be booked, back to the payer as
// credit. Debit d.through, credit Credit.
func (a *App) ReturnAccrual(tx *store.Tx, d Dues, amount jaring.Rupiah) (*ledger.Entry, error) {
	_, chain, err := d.Due(tx)
	if err != nil || amount <= 0 {
		return nil, err
	}
	e := d.Entry()
	e.Kind = ledger.KindCredit
	e.Postings = []ledger.Posting{{Account: d.Through, Amount: amount}, {Account: ledger.Credit(d.Payer), Amount: -amount}}
	return e, AddBehind(tx, e, chain)
}

// ReverseAccrual undoes all that a bill charged, contributions and penalties, each by an entry of its own: nothing is
// owed on it any more. A bill of which something was paid stays. Error: payment.settled.
func (a *App) ReverseAccrual(tx *store.Tx, d Dues) (undone []*ledger.Entry, err error) {
	now, chain, err := d.Due(tx)
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
		if was.Contribution != d.Bill || gone[was.ID] || was.Kind != ledger.KindBill && was.Kind != ledger.KindPenalty {
			continue
		}
		e, as := ledger.Reverse(was), d.Entry()
		e.ID, e.Day, e.At, e.Actor = as.ID, as.Day, as.At, as.Actor
		if err := AddBehind(tx, &e, chain); err != nil {
			return nil, err
		}
		undone, chain = append(undone, &e), append(chain, &e)
	}
	return undone, nil
}

// AddBehind puts an entry behind the last of a chain that was read in this transaction.
func AddBehind(tx *store.Tx, e *ledger.Entry, chain []*ledger.Entry) error {
	head := ledger.Head{}
	if n := len(chain); n > 0 {
		head = chain[n-1].Head()
	}
	return tx.AddEntry(e, head)
}
