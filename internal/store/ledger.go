package store

import (
	"jaring/internal/ledger"
)

const entryColumns = `owner_id, seq, entry_id, kind, day, at, actor_id, office_id, contribution_id, reference, reverses, postings, balance, credit, prev_hash, hash`

// LedgerHead is the end of an owner's chain.
func (tx *Tx) LedgerHead(owner string) (h ledger.Head, err error) {
	_, err = tx.one(ledgerHead, []any{owner}, &h.Seq, &h.Hash, &h.Balance, &h.Credit)
	return h, err
}

const ledgerHead = `SELECT seq, hash, balance, credit FROM ledger_entry WHERE owner_id = $1 ORDER BY seq DESC LIMIT 1`

// AddEntry puts an entry behind head in its owner's chain, with the lines of agents' accounts; those
// of shared accounts are marked as still to be written. The caller has read head in this transaction,
// or guards the owner's version.
// Errors: those of Entry.Check; worker.changed_meanwhile when the place was taken since.
func (tx *Tx) AddEntry(e *ledger.Entry, head ledger.Head) error {
	if err := e.Check(); err != nil {
		return err
	}
	e.Seal(head)
	err := tx.queue(`INSERT INTO ledger_entry (`+entryColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)`,
		entryArgs(e)...)
	if err != nil {
		return err
	}
	for _, l := range e.Lines() {
		if l.Account.Account().Shared() {
			continue
		}
		if err := tx.addLine(&l); err != nil {
			return err
		}
	}
	if !e.Later() {
		return nil
	}
	return tx.queue(`INSERT INTO ledger_pending (owner_id, seq) VALUES ($1, $2)`, e.Owner, e.Seq)
}

// addLine puts a line at the end of its account's chain.
func (tx *Tx) addLine(l *ledger.Line) error {
	head, err := tx.LineHead(l.Account)
	if err != nil {
		return err
	}
	l.Seal(head)
	return tx.insertLine(l)
}

// LineHead is the end of an account's chain. Who writes waits here for who wrote before, so that
// each reads the head that the one before it left.
func (tx *Tx) LineHead(k ledger.Key) (h ledger.LineHead, err error) {
	if tx.dialect == Postgres && !tx.reading {
		if err := tx.queue(`SELECT 1 FROM ledger_line WHERE account = $1 AND seq = 1 FOR UPDATE`, string(k)); err != nil {
			return h, err
		}
	}
	_, err = tx.one(`SELECT seq, hash, balance FROM ledger_line WHERE account = $1 ORDER BY seq DESC LIMIT 1`, []any{string(k)}, &h.Seq, &h.Hash, &h.Balance)
	return h, err
}

const lineColumns = `account, seq, owner_id, place, kind, day, amount, balance, entry_hash, prev_hash, hash`

func (tx *Tx) insertLine(l *ledger.Line) error {
	return tx.queue(`INSERT INTO ledger_line (`+lineColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
		string(l.Account), l.Seq, l.Owner, l.Place, string(l.Kind), l.Day.String(), int64(l.Amount), int64(l.Balance), l.Entry, l.PrevHash, l.Hash)
}

// AddLines puts lines, in their order, at the ends of their accounts' chains.
func (tx *Tx) AddLines(lines []ledger.Line) error {
	heads := map[ledger.Key]ledger.LineHead{}
	for i := range lines {
		l := &lines[i]
		head, known := heads[l.Account]
		if !known {
			var err error
			if head, err = tx.LineHead(l.Account); err != nil {
				return err
			}
		}
		l.Seal(head)
		heads[l.Account] = l.Head()
		if err := tx.insertLine(l); err != nil {
			return err
		}
	}
	return nil
}

func scanEntry(r rows) (*ledger.Entry, error) {
	e := &ledger.Entry{}
	var day, postings string
	var at int64
	err := r.Scan(&e.Owner, &e.Seq, &e.ID, &e.Kind, &day, &at, &e.Actor, &e.Office, &e.Contribution, &e.Reference, &e.Reverses, &postings,
		&e.Balance, &e.Credit, &e.PrevHash, &e.Hash)
	if err != nil {
		return nil, err
	}
	e.At = moment(at)
	if err := e.Day.UnmarshalText([]byte(day)); err != nil {
		return nil, err
	}
	e.Postings, err = ledger.ParsePostings(postings)
	return e, err
}

func (tx *Tx) entries(where string, args ...any) (out []*ledger.Entry, err error) {
	err = tx.each(`SELECT `+entryColumns+` FROM ledger_entry `+where, args, func(r rows) error {
		e, err := scanEntry(r)
		out = append(out, e)
		return err
	})
	return out, err
}

// FindEntries gives the chain of an owner, oldest first.
func (tx *Tx) FindEntries(owner string) ([]*ledger.Entry, error) {
	return tx.entries(`WHERE owner_id = $1 ORDER BY seq`, owner)
}

// EntriesAfter gives entries in the order of owners and their chains, from the one behind.
func (tx *Tx) EntriesAfter(owner string, seq int64, limit int) ([]*ledger.Entry, error) {
	if owner == "" {
		owner = firstUUID
	}
	return tx.entries(`WHERE (owner_id, seq) > ($1, $2) ORDER BY owner_id, seq LIMIT $3`, owner, seq, int64(limit))
}

// PendingEntries gives up to limit entries whose lines in shared accounts are not written yet.
func (tx *Tx) PendingEntries(limit int) ([]*ledger.Entry, error) {
	return tx.entries(`WHERE (owner_id, seq) IN (SELECT owner_id, seq FROM ledger_pending LIMIT $1)`, int64(limit))
}

// HasPendingEntries tells whether there is any.
func (tx *Tx) HasPendingEntries() (bool, error) {
	var seq int64
	return tx.one(`SELECT seq FROM ledger_pending LIMIT 1`, nil, &seq)
}

// TakePendingEntries deletes the marks of entries: whoever deletes one may write its lines.
func (tx *Tx) TakePendingEntries(entries []*ledger.Entry) ([]*ledger.Entry, error) {
	stmts := make([]statement, len(entries))
	for i, e := range entries {
		stmts[i] = statement{`DELETE FROM ledger_pending WHERE owner_id = $1 AND seq = $2`, []any{e.Owner, e.Seq}}
	}
	affected, err := tx.execMany(stmts)
	if err != nil {
		return nil, err
	}
	var taken []*ledger.Entry
	for i, n := range affected {
		if n == 1 {
			taken = append(taken, entries[i])
		}
	}
	return taken, nil
}

// EachPendingEntry walks the places of entries whose lines are not written yet.
func (tx *Tx) EachPendingEntry(f func(owner string, seq int64)) error {
	return tx.each(`SELECT owner_id, seq FROM ledger_pending`, nil, func(r rows) error {
		var owner string
		var seq int64
		err := r.Scan(&owner, &seq)
		f(owner, seq)
		return err
	})
}
