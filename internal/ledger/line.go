package ledger

import "jaring/internal/jaring"

// Line is an entry as one account sees it. The lines of an account form a chain.
type Line struct {
	Account  Key
	Seq      int64  // 1, 2, 3 … in the account
	Owner    string // with Place: the entry
	Place    int64  // Seq of the entry in its owner's chain
	Kind     Kind
	Day      jaring.Day
	Amount   jaring.Rupiah
	Balance  jaring.Rupiah // of the account after it
	Entry    []byte        // hash of the entry
	PrevHash []byte
	Hash     []byte
}

// LineHead is the end of an account's chain.
type LineHead struct {
	Seq     int64
	Hash    []byte
	Balance jaring.Rupiah
}

// Head is the end of the chain after l.
func (l *Line) Head() LineHead { return LineHead{l.Seq, l.Hash, l.Balance} }

// Lines are the lines that a sealed entry needs, one for each account that has a chain of
// its own and that the entry changes, in the order of the postings; they are not sealed yet.
func (e *Entry) Lines() (lines []Line) {
	for i, p := range e.Postings {
		if p.Account.Personal() || e.first(p.Account) != i {
			continue
		}
		if sum := e.On(p.Account); sum != 0 {
			lines = append(lines, Line{Account: e.Key(p.Account), Owner: e.Owner, Place: e.Seq, Kind: e.Kind, Day: e.Day, Amount: sum, Entry: e.Hash})
		}
	}
	return lines
}

// first is the place of the first posting to a.
func (e *Entry) first(a Account) int {
	for i, p := range e.Postings {
		if p.Account == a {
			return i
		}
	}
	return -1
}

// Later reports whether e has lines that are written afterwards.
func (e *Entry) Later() bool {
	for _, p := range e.Postings {
		if p.Account.Shared() {
			return true
		}
	}
	return false
}

// Seal sets l's place behind head, the balance after it, and its hash.
func (l *Line) Seal(head LineHead) {
	l.Seq, l.PrevHash, l.Balance = head.Seq+1, head.Hash, head.Balance+l.Amount
	l.Hash = l.Digest()
}

// Digest is SHA-256 over all that l says and the hash before it.
func (l *Line) Digest() []byte {
	var d digest
	d.bytes(l.PrevHash)
	for _, s := range []string{string(l.Account), l.Owner, string(l.Kind)} {
		d.bytes([]byte(s))
	}
	d.bytes(l.Entry)
	for _, n := range []int64{l.Seq, l.Place, int64(l.Day), int64(l.Amount), int64(l.Balance)} {
		d.number(n)
	}
	return d.sum()
}
