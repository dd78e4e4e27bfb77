package ledger

import (
	"strings"

	"jaring/internal/jaring"
)

// Book is a kind of account.
type Book string

// Books.
const (
	BookWorker     Book = "worker"     // of a worker: credit while an agent holds the worker's cash
	BookPayer      Book = "payer"      // of an employer or sponsor: debit while a bill is open
	BookCredit     Book = "credit"     // of either: money with the fund that has no month yet
	BookCustody    Book = "custody"    // of an agent: cash in the agent's hands
	BookFloat      Book = "float"      // of an agent: money deposited ahead, which pays at once
	BookClearing   Book = "clearing"   // of a channel: money that came through it
	BookSuspense   Book = "suspense"   // of a channel: money that nobody could be found for
	BookFund       Book = "fund"       // contributions that are the fund's
	BookAdjustment Book = "adjustment" // price differences that nobody is asked for
	BookPenalty    Book = "penalty"    // of employers who paid late
)

// Books lists every kind of account.
var Books = []Book{BookWorker, BookPayer, BookCredit, BookCustody, BookFloat, BookClearing, BookSuspense, BookFund, BookAdjustment, BookPenalty}

// Account is where money is, or to whom it belongs: "custody/0190…", "clearing/qris",
// "fund". A shared account is kept by each office for itself; see Entry.Key.
type Account string

// Worker is the account of a worker.
func Worker(id jaring.WorkerID) Account { return of(BookWorker, string(id)) }

// Payer is the account of an employer or a sponsor.
func Payer(id string) Account { return of(BookPayer, id) }

// Credit is the money of a worker or payer that has no month yet.
func Credit(owner string) Account { return of(BookCredit, owner) }

// Custody is the cash in an agent's hands.
func Custody(agent jaring.AccountID) Account { return of(BookCustody, string(agent)) }

// Float is the money that an agent has deposited ahead.
func Float(agent jaring.AccountID) Account { return of(BookFloat, string(agent)) }

// Clearing is the money that came through a channel: bank, qris, counter.
func Clearing(channel string) Account { return of(BookClearing, channel) }

// Suspense is the money of a channel that nobody could be found for.
func Suspense(channel string) Account { return of(BookSuspense, channel) }

// Fund, Adjustment and Penalty are the shared accounts without a channel.
const (
	Fund       = Account(BookFund)
	Adjustment = Account(BookAdjustment)
	Penalty    = Account(BookPenalty)
)

func of(b Book, name string) Account { return Account(string(b) + "/" + name) }

// Book is the kind of a.
func (a Account) Book() Book {
	book, _, _ := strings.Cut(string(a), "/")
	return Book(book)
}

// Name is whose a is, or which channel's; empty for Fund, Adjustment and Penalty.
func (a Account) Name() string {
	_, name, _ := strings.Cut(string(a), "/")
	return name
}

// Personal reports whether a lives in the chain of its owner and has no lines.
func (a Account) Personal() bool {
	switch a.Book() {
	case BookWorker, BookPayer, BookCredit:
		return true
	}
	return false
}

// Shared reports whether many owners' entries touch a, so that its lines are written afterwards.
func (a Account) Shared() bool {
	switch a.Book() {
	case BookClearing, BookSuspense, BookFund, BookAdjustment, BookPenalty:
		return true
	}
	return false
}

// Known reports whether a is of a known kind and named as its kind asks for.
func (a Account) Known() bool {
	name := a.Name()
	if strings.ContainsAny(string(a), " \n@") {
		return false
	}
	switch a {
	case Fund, Adjustment, Penalty:
		return true
	}
	switch a.Book() {
	case BookWorker, BookPayer, BookCredit, BookCustody, BookFloat:
		return jaring.IsUUID(name)
	case BookClearing, BookSuspense:
		return name != ""
	}
	return false
}

// Key names one account in the whole book: a shared one by the office that keeps it,
// "clearing/qris@0190…".
type Key string

// KeyOf is the key of a at an office.
func KeyOf(a Account, office jaring.OfficeID) Key {
	if a.Shared() {
		return Key(string(a) + "@" + string(office))
	}
	return Key(a)
}

// Account and Office are the parts of a key; the office is empty when a is not shared.
func (k Key) Account() Account {
	a, _, _ := strings.Cut(string(k), "@")
	return Account(a)
}

// Office is the office that keeps a shared account.
func (k Key) Office() jaring.OfficeID {
	_, office, _ := strings.Cut(string(k), "@")
	return jaring.OfficeID(office)
}

// Known reports whether k could be the key of an account.
func (k Key) Known() bool {
	a, office := k.Account(), string(k.Office())
	return a.Known() && (a.Shared() == (office != "")) && (office == "" || jaring.IsUUID(office)) && KeyOf(a, k.Office()) == k
}
