package e2e

import (
	"context"
	"maps"
	"slices"

	trade "jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/payment"
)

// accountFor lays the bank's statement beside the ledger: each payment that the bank keeps is one entry of its
// sum under its reference, no entry is without one, and what came is in the fund, somebody's credit or aside.
func (h *house) accountFor(takings []payment.Taking) {
	h.t.Helper()
	booked, money := h.booked(), map[ledger.Book]trade.Rupiah{}
	var kept, back trade.Rupiah
	for _, taking := range takings {
		es := booked[taking.Reference]
		delete(booked, taking.Reference)
		if taking.State != payment.TakingBooked {
			back += taking.Amount
			if len(es) > 0 {
				h.t.Errorf("%s went back to the payer and stands in the ledger", taking.Reference)
			}
			continue
		}
		kept += taking.Amount
		if len(es) != 1 || es[0].On(ledger.Clearing(channelOf(taking))) != taking.Amount {
			h.t.Errorf("%s: Rp%d at the bank, in the ledger %+v", taking.Reference, taking.Amount, es)
			continue
		}
		for _, p := range es[0].Postings {
			money[p.Account.Book()] += p.Amount
		}
	}
	if len(booked) > 0 {
		h.t.Errorf("entries of which the bank knows nothing: %v", slices.Collect(maps.Keys(booked)))
	}
	h.t.Logf("the bank took Rp%d in %d payments: Rp%d went back, Rp%d stays", kept+back, len(takings), back, kept)
	for _, book := range slices.Sorted(maps.Keys(money)) {
		h.t.Logf("%12d  %s", money[book], book)
	}
	if came, gone := money[ledger.BookClearing], -money[ledger.BookFund]-money[ledger.BookCredit]-money[ledger.BookSuspense]; came != kept || gone != kept {
		h.t.Errorf("Rp%d stays at the bank, Rp%d came by the ledger, Rp%d is somebody's or aside", kept, came, gone)
	}
}

// channelOf is the channel by which a payment came.
func channelOf(taking payment.Taking) string {
	if taking.QR {
		return "qris"
	}
	return "bank"
}

// booked reads the entries of the ledger by their references.
func (h *house) booked() map[string][]ledger.Entry {
	h.t.Helper()
	db := h.open()
	defer db.Close()
	rows, err := db.QueryContext(context.Background(), `SELECT reference, postings FROM ledger_entry`)
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	found := map[string][]ledger.Entry{}
	for rows.Next() {
		var e ledger.Entry
		var text string
		if err := rows.Scan(&e.Reference, &text); err != nil {
			h.t.Fatal(err)
		}
		if e.Postings, err = ledger.ParsePostings(text); err != nil || e.Sum() != 0 {
			h.t.Errorf("%s: %v, sum %d", e.Reference, err, e.Sum())
		}
		found[e.Reference] = append(found[e.Reference], e)
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
	return found
}
