package store

import (
	"cmp"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
)

func scanLine(r rows) (ledger.Line, error) {
	var l ledger.Line
	day := ""
	err := r.Scan(&l.Account, &l.Seq, &l.Owner, &l.Place, &l.Kind, &day, &l.Amount, &l.Balance, &l.Entry, &l.PrevHash, &l.Hash)
	if err != nil {
		return l, err
	}
	return l, l.Day.UnmarshalText([]byte(day))
}

// FindLines gives up to limit lines of an account behind the one at place after, oldest first.
func (tx *Tx) FindLines(k ledger.Key, after int64, limit int) (out []ledger.Line, err error) {
	err = tx.each(`SELECT `+lineColumns+` FROM ledger_line WHERE account = $1 AND seq > $2 ORDER BY seq LIMIT $3`, []any{string(k), after, int64(limit)}, func(r rows) error {
		l, err := scanLine(r)
		out = append(out, l)
		return err
	})
	return out, err
}

// EachLine walks all lines in the order of accounts and their chains.
func (tx *Tx) EachLine(f func(*ledger.Line) error) error {
	return tx.each(`SELECT `+lineColumns+` FROM ledger_line ORDER BY account, seq`, nil, func(r rows) error {
		l, err := scanLine(r)
		if err != nil {
			return err
		}
		return f(&l)
	})
}

// AccountBalance is what an account with lines holds.
type AccountBalance struct {
	Account ledger.Key
	Lines   int64
	Balance jaring.Rupiah
}

// FindBalances gives what the accounts with lines hold, in the order of their names.
func (tx *Tx) FindBalances() (out []AccountBalance, err error) {
	err = tx.each(`SELECT l.account, l.seq, l.balance FROM ledger_line l JOIN (SELECT account, MAX(seq) AS last FROM ledger_line GROUP BY account) h
		ON h.account = l.account AND h.last = l.seq`, nil, func(r rows) error {
		var b AccountBalance
		err := r.Scan(&b.Account, &b.Lines, &b.Balance)
		out = append(out, b)
		return err
	})
	slices.SortFunc(out, func(x, y AccountBalance) int { return cmp.Compare(x.Account, y.Account) }) // by bytes, whatever the locale
	return out, err
}
