package app

import "jaring/internal/ledger"

// SponsorChannel is the channel by which the people of a list are paid: what the list costs stands in its clearing
// account, owed by the sponsor or paid, from the moment that its people are entered until all have started.
const SponsorChannel = "sponsor"

// Channel is by which way the money of an entry came or went: bank, qris, counter, float; cash while an agent
// holds it; empty for what only moved inside the book.
func (i LedgerItem) Channel() string {
	for _, p := range i.Postings {
		switch p.Account.Book() {
		case ledger.BookClearing:
			return p.Account.Name()
		case ledger.BookFloat:
			return "float"
		case ledger.BookCustody:
			return "cash"
		}
	}
	return ""
}
