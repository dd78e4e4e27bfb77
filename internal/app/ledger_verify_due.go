package app

import (
	"math"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// What the audit finds about employers and sponsors.
const (
	damageDues    = "ledger.dues"    // what a payer owes is not what stands open on the payer's bills
	damageThrough = "ledger.through" // what waits for people's months is not what is billed or paid for them
)

// owing is what employers and sponsors owe, by their chains and by their bills.
type owing struct {
	billed map[jaring.ContributionID]bool // bills that are written as debts; older ones are not
	payers map[ledger.Account]jaring.Rupiah
	waits  map[ledger.Key]jaring.Rupiah // in accounts through which contributions go
}

func newOwing() owing {
	return owing{billed: map[jaring.ContributionID]bool{}, payers: map[ledger.Account]jaring.Rupiah{}, waits: map[ledger.Key]jaring.Rupiah{}}
}

// PassingAccounts are the clearing accounts in which contributions wait between a bill and the months of its people.
var PassingAccounts = []ledger.Account{ledger.Clearing(SponsorChannel)}

// note adds what an entry does to payers and to the accounts in between.
func (o *owing) note(e *ledger.Entry) {
	if e.Kind == ledger.KindBill {
		o.billed[e.Contribution] = true
	}
	for _, p := range e.Postings {
		switch {
		case p.Account.Book() == ledger.BookPayer:
			o.payers[p.Account] += p.Amount
		case slices.Contains(PassingAccounts, p.Account):
			o.waits[e.Key(p.Account)] += p.Amount
		}
	}
}

// dues holds what payers owe against their bills.
func (b *audit) dues(tx *store.Tx) error {
	bills := newOwing()
	if err := bills.rosters(tx, b.owing.billed); err != nil {
		return err
	}
	if err := bills.employers(tx, b.report); err != nil {
		return err
	}
	report(b, damageDues, b.owing.payers, bills.payers)
	report(b, damageThrough, b.owing.waits, bills.waits)
	return nil
}

// rosters adds the bills of sponsors' lists: owed until they are paid, waiting until all have started.
func (o *owing) rosters(tx *store.Tx, billed map[jaring.ContributionID]bool) error {
	open, err := tx.RostersIn([]jaring.RosterState{jaring.RosterToPay, jaring.RosterToStart}, math.MaxInt32)
	for _, r := range open {
		if r.State == jaring.RosterToPay {
			if !billed[jaring.ContributionID(r.ID)] {
				continue
			}
			o.payers[ledger.Payer(r.Sponsor)] += r.Amount
		}
		o.waits[ledger.KeyOf(ledger.Clearing(SponsorChannel), r.Office)] -= r.Amount
	}
	return err
}

// report names the accounts that hold something else than they should.
func report[K ~string](b *audit, what string, are, should map[K]jaring.Rupiah) {
	var wrong []K
	for k, sum := range are {
		if sum != should[k] {
			wrong = append(wrong, k)
		}
	}
	for k, sum := range should {
		if _, known := are[k]; !known && sum != 0 {
			wrong = append(wrong, k)
		}
	}
	slices.Sort(wrong)
	for _, k := range wrong {
		b.report(Damage{Subject: string(k), What: what})
	}
}
