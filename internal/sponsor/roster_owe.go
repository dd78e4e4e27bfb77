package sponsor

import (
	"encoding/hex"
	"maps"
	"slices"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// monthSums adds up what each month of many prices costs; most prices are alike, so each is read once.
type monthSums struct {
	months map[jaring.Month]jaring.Rupiah
	read   map[string][]app.QuoteLine
}

func (s *monthSums) add(price string, first jaring.Month, months int) error {
	lines, known := s.read[price]
	if !known {
		var err error
		if lines, err = app.ParseQuoteLines(price); err != nil {
			return err
		}
		if s.read == nil || len(s.read) >= mostPrices {
			s.read = map[string][]app.QuoteLine{}
		}
		s.read[price] = lines
	}
	if s.months == nil {
		s.months = map[jaring.Month]jaring.Rupiah{}
	}
	for _, l := range lines {
		if l.Month >= first && l.Month < first.Add(months) {
			s.months[l.Month] += l.Amount
		}
	}
	return nil
}

// charges are the sums, the oldest month first.
func (s *monthSums) charges() (out []ledger.Charge) {
	for _, m := range slices.Sorted(maps.Keys(s.months)) {
		out = append(out, ledger.Charge{Month: m, Amount: s.months[m]})
	}
	return out
}

// rosterDues are what the sponsor owes for a list, or pays of it.
func rosterDues(r *store.RosterRecord, day jaring.Day, at time.Time, reference string) app.Dues {
	return app.Dues{Payer: r.Sponsor, Bill: jaring.ContributionID(r.ID), Office: r.Office, Day: day, At: at, Reference: reference, Through: ledger.Clearing(app.SponsorChannel)}
}

// owe writes that the sponsor owes what the people of the list cost, and tells that they are entered.
// Error: roster.book_moved when the months are not what the list was judged by.
func (e *enrolment) owe(tx *store.Tx, charges []ledger.Charge) error {
	if ledger.Total(charges) != e.roster.Amount {
		return bookMoved()
	}
	d := rosterDues(e.roster, e.on, e.at, e.code)
	d.Actor, d.Charges = e.actor.Account, charges
	entry, err := e.app.Accrue(tx, d)
	if err != nil {
		return err
	}
	f := jaring.Facts{Other: e.roster.Agreement, Amount: e.roster.Amount}
	if entry != nil {
		f.Entry = hex.EncodeToString(entry.Hash)
	}
	return e.app.tellOfRoster(tx, e.actor, e.roster, jaring.RosterEnrolled, f)
}

// receiveForRoster writes that the money of a list's bill is there. A list that was entered before sponsors' debts were
// written owes nothing in the book: its money waits for the people at once.
func (a *Sponsors) receiveForRoster(tx *store.Tx, r *store.RosterRecord, actor jaring.Actor, p app.Paid) (*ledger.Entry, error) {
	d := rosterDues(r, p.On, p.At, p.Reference)
	d.Actor = actor.Account
	now, chain, err := d.Due(tx)
	switch {
	case err != nil:
		return nil, err
	case now.Billed > 0:
		e, _, err := a.SettleAccrual(tx, d, p.Channel, p.Amount)
		return e, err
	}
	e := d.Entry()
	e.Kind = ledger.KindCredit
	e.Postings = []ledger.Posting{{Account: ledger.Clearing(p.Channel), Amount: p.Amount}, {Account: d.Through, Amount: -p.Amount}}
	return e, app.AddBehind(tx, e, chain)
}
