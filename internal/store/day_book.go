package store

import (
	"slices"
	"strings"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
)

// FindLinesOfDays gives the lines of an account whose money moved between two days, in their order.
func (tx *Tx) FindLinesOfDays(k ledger.Key, from, to jaring.Day) (out []ledger.Line, err error) {
	err = tx.each(`SELECT `+lineColumns+` FROM ledger_line WHERE account = $1 AND day >= $2 AND day <= $3 ORDER BY seq`,
		[]any{string(k), from.String(), to.String()}, func(r rows) error {
			l, err := scanLine(r)
			out = append(out, l)
			return err
		})
	return out, err
}

// FindReversalsAfter gives the lines of an account that undo others, of later days than one.
func (tx *Tx) FindReversalsAfter(k ledger.Key, day jaring.Day) (out []ledger.Line, err error) {
	err = tx.each(`SELECT `+lineColumns+` FROM ledger_line WHERE account = $1 AND day > $2 AND kind = 'reverse' ORDER BY seq`, []any{string(k), day.String()}, func(r rows) error {
		l, err := scanLine(r)
		out = append(out, l)
		return err
	})
	return out, err
}

// BalanceUpTo is what moved on an account up to a day.
func (tx *Tx) BalanceUpTo(k ledger.Key, day jaring.Day) (sum jaring.Rupiah, err error) {
	_, err = tx.one(`SELECT CAST(COALESCE(SUM(amount), 0) AS bigint) FROM ledger_line WHERE account = $1 AND day <= $2`, []any{string(k), day.String()}, &sum)
	return sum, err
}

// entriesAtOnce is how many entries one statement names.
const entriesAtOnce = 200

// EntriesOfLines gives the entries behind lines, each once.
func (tx *Tx) EntriesOfLines(lines []ledger.Line) (out []*ledger.Entry, err error) {
	type place struct {
		owner string
		seq   int64
	}
	var places []place
	seen := map[place]bool{}
	for _, l := range lines {
		if p := (place{l.Owner, l.Place}); !seen[p] {
			seen[p] = true
			places = append(places, p)
		}
	}
	for some := range slices.Chunk(places, entriesAtOnce) {
		var args []any
		var where []string
		for _, p := range some {
			where = append(where, "(owner_id = "+marks(len(args)+1, 1)+" AND seq = "+marks(len(args)+2, 1)+")")
			args = append(args, p.owner, p.seq)
		}
		found, err := tx.entries(`WHERE `+strings.Join(where, " OR "), args...)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}
