package ledger

import (
	"maps"
	"slices"

	"jaring/internal/jaring"
)

// State is what entries come to: balances, paid months, what is undone. It may hold the
// entries of one owner or of all. Its zero value is an empty book.
type State struct {
	balances map[Key]jaring.Rupiah
	entries  map[EntryID]*kept
	paid     map[paidMonth]EntryID
}

type kept struct {
	entry    Entry
	reversed bool
}

type paidMonth struct {
	owner string
	month jaring.Month
}

// Add brings an entry into the book. The same entry again changes nothing: added is false.
// Errors: those of Entry.Check; ledger.entry_known (another entry has this id),
// ledger.month_paid (args month), ledger.not_reversible (nothing there, or undone already),
// ledger.credit_used (the owner's credit would fall below nothing).
func (s *State) Add(e Entry) (added bool, err error) {
	if k := s.entries[e.ID]; k != nil {
		if k.entry.content() != e.content() {
			return false, jaring.NewError(jaring.Conflict, "ledger.entry_known")
		}
		return false, nil
	}
	if err := e.Check(); err != nil {
		return false, err
	}
	if err := s.judge(&e); err != nil {
		return false, err
	}
	s.apply(e)
	return true, nil
}

// content is what an entry says, without its place in a chain and the moment of writing.
func (e *Entry) content() string {
	c := *e
	c.Seq, c.PrevHash, c.Balance, c.Credit = 0, nil, 0, 0
	c.At = c.Day.Time()
	return string(c.Digest())
}

func (s *State) judge(e *Entry) error {
	if e.Kind == KindReverse {
		if k := s.entries[e.Reverses]; k == nil || k.reversed || !opposite(e.Postings, k.entry.Postings) {
			return jaring.NewError(jaring.Conflict, "ledger.not_reversible")
		}
	}
	for _, m := range e.pays() {
		if _, paid := s.paid[paidMonth{e.Owner, m}]; paid {
			return jaring.NewError(jaring.Conflict, "ledger.month_paid", "month", m)
		}
	}
	if s.Balance(Key(Credit(e.Owner)))+e.On(Credit(e.Owner)) > 0 {
		return jaring.NewError(jaring.Conflict, "ledger.credit_used")
	}
	return nil
}

// pays are the months that e pays for a worker. A bill pays nothing yet.
func (e *Entry) pays() []jaring.Month {
	if e.Kind != KindSettle && e.Kind != KindDeposit {
		return nil
	}
	return e.Months()
}

func opposite(a, b []Posting) bool {
	return slices.EqualFunc(a, b, func(x, y Posting) bool { return x.Account == y.Account && x.Month == y.Month && x.Amount == -y.Amount })
}

func (s *State) apply(e Entry) {
	if s.entries == nil {
		s.balances, s.entries, s.paid = map[Key]jaring.Rupiah{}, map[EntryID]*kept{}, map[paidMonth]EntryID{}
	}
	s.entries[e.ID] = &kept{entry: e}
	for _, p := range e.Postings {
		s.balances[e.Key(p.Account)] += p.Amount
	}
	for _, m := range e.pays() {
		s.paid[paidMonth{e.Owner, m}] = e.ID
	}
	if e.Kind == KindReverse {
		was := s.entries[e.Reverses]
		was.reversed = true
		for _, m := range was.entry.pays() {
			delete(s.paid, paidMonth{e.Owner, m})
		}
	}
}

// Balance is what an account holds, debit positive.
func (s *State) Balance(k Key) jaring.Rupiah { return s.balances[k] }

// Balances are all accounts that hold anything.
func (s *State) Balances() map[Key]jaring.Rupiah {
	out := maps.Clone(s.balances)
	maps.DeleteFunc(out, func(_ Key, n jaring.Rupiah) bool { return n == 0 })
	return out
}

// Reversed reports whether an entry is undone.
func (s *State) Reversed(id EntryID) bool { return s.entries[id] != nil && s.entries[id].reversed }

// PaidBy is the entry by which an owner's month is paid, empty for none.
func (s *State) PaidBy(owner string, m jaring.Month) EntryID { return s.paid[paidMonth{owner, m}] }

// PaidMonths are the months that an owner has paid, in order.
func (s *State) PaidMonths(owner string) (months []jaring.Month) {
	for p := range s.paid {
		if p.owner == owner {
			months = append(months, p.month)
		}
	}
	slices.Sort(months)
	return months
}
