package ledger

import (
	"bytes"
	"slices"

	"jaring/internal/jaring"
)

// Check is what is wrong with an entry by itself, nil for nothing.
// Errors: ledger.unbalanced, ledger.malformed (args what).
func (e *Entry) Check() error {
	switch {
	case e.Sum() != 0:
		return jaring.NewError(jaring.Internal, "ledger.unbalanced", "sum", e.Sum())
	case !slices.Contains(Kinds, e.Kind):
		return malformed("kind")
	case len(e.Postings) < 2:
		return malformed("postings")
	case e.ID == "" || !jaring.IsUUID(e.Owner):
		return malformed("id")
	case e.Day == 0 || e.At.IsZero():
		return malformed("day")
	case (e.Kind == KindReverse) != (e.Reverses != ""):
		return malformed("reverses")
	}
	for _, p := range e.Postings {
		switch {
		case !p.Account.Known():
			return malformed("account")
		case p.Account.Personal() && p.Account.Name() != e.Owner:
			return malformed("owner")
		case p.Account.Shared() && !jaring.IsUUID(string(e.Office)):
			return malformed("office")
		}
	}
	return nil
}

func malformed(what string) error {
	return jaring.NewError(jaring.Internal, "ledger.malformed", "what", what)
}

// What verification finds, in the words of chains of events.
const (
	Gap     = "chain.gap"      // a place is missing
	Link    = "chain.link"     // it does not name the one before
	Changed = "chain.hash"     // it is not what was written
	Sums    = "ledger.sums"    // its postings do not add up to nothing
	Balance = "ledger.balance" // the balance after it is not that before with its postings
)

// Broken says what is wrong with e behind head in its owner's chain, empty for nothing.
func (e *Entry) Broken(head Head) string {
	again := *e
	switch again.Seal(head); {
	case e.Seq != again.Seq:
		return Gap
	case !bytes.Equal(e.PrevHash, again.PrevHash):
		return Link
	case !bytes.Equal(e.Hash, e.Digest()):
		return Changed
	case e.Sum() != 0:
		return Sums
	case e.Balance != again.Balance || e.Credit != again.Credit:
		return Balance
	}
	return ""
}

// Broken says what is wrong with l behind head in its account's chain, empty for nothing.
func (l *Line) Broken(head LineHead) string {
	again := *l
	switch again.Seal(head); {
	case l.Seq != again.Seq:
		return Gap
	case !bytes.Equal(l.PrevHash, again.PrevHash):
		return Link
	case !bytes.Equal(l.Hash, l.Digest()):
		return Changed
	case l.Balance != again.Balance:
		return Balance
	}
	return ""
}
