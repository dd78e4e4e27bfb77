package app

import "jaring/internal/ledger"

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
