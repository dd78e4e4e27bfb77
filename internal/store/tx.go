package store

import (
	"errors"
	"fmt"
	"strings"
)

// Tx is one transaction, or one reading connection. Its methods, one file per noun,
// are all the SQL there is.
type Tx struct {
	conn    conn
	dialect Dialect
	reading bool // nothing may be written
	dirty   bool // something was written: an error now needs a rollback
	open    bool // rows of a query are being read
}

// conn is a connection inside (or, for reading, outside) a transaction.
type conn interface {
	exec(sql string, args ...any) (int64, error) // rows affected
	execMany(stmts []statement) ([]int64, error) // one round trip where the engine has round trips
	query(sql string, args ...any) (rows, error) // rows must be closed before the next call
	queryMany(asks []ask) error                  // one round trip where the engine has round trips
	queue(sql string, args ...any) error         // like exec, but may travel later; its error may come later too
	copyIn(table string, columns []string, next func() ([]any, error)) (int64, error)
}

type rows interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
	Close() error
}

type statement struct {
	sql  string
	args []any
}

// ask is a query among several that travel together, with what becomes of each row.
type ask struct {
	sql  string
	args []any
	scan func(rows) error
}

func (tx *Tx) exec(sql string, args ...any) (int64, error) {
	if err := tx.writes(); err != nil {
		return 0, err
	}
	return tx.conn.exec(sql, args...)
}

func (tx *Tx) execMany(stmts []statement) ([]int64, error) {
	if len(stmts) == 0 {
		return nil, nil
	}
	if err := tx.writes(); err != nil {
		return nil, err
	}
	return tx.conn.execMany(stmts)
}

func (tx *Tx) queue(sql string, args ...any) error {
	if err := tx.writes(); err != nil {
		return err
	}
	return tx.conn.queue(sql, args...)
}

// copyIn puts many rows into a table; next gives a nil row at the end.
func (tx *Tx) copyIn(table string, columns []string, next func() ([]any, error)) (int64, error) {
	if err := tx.writes(); err != nil {
		return 0, err
	}
	return tx.conn.copyIn(table, columns, next)
}

// What an engine would let pass, or not, is refused on both alike.
var (
	errReading = errors.New("a read must not write")
	errOpen    = errors.New("rows of another query are still being read")
)

// writes marks that something is about to be written.
func (tx *Tx) writes() error {
	switch {
	case tx.reading:
		return errReading
	case tx.open:
		return errOpen
	}
	tx.dirty = true
	return nil
}

// isSelect tells a query that only reads from an INSERT … RETURNING.
func isSelect(sql string) bool {
	sql = strings.TrimLeft(sql, " \t\n(")
	return strings.HasPrefix(sql, "SELECT") || strings.HasPrefix(sql, "WITH")
}

// each runs scan for every row of a query. scan asks nothing of the same Tx: a
// connection of PostgreSQL has one stream.
func (tx *Tx) each(sql string, args []any, scan func(rows) error) error {
	if tx.open {
		return errOpen
	}
	if !isSelect(sql) {
		if err := tx.writes(); err != nil {
			return err
		}
	}
	rs, err := tx.conn.query(sql, args...)
	if err != nil {
		return err
	}
	tx.open = true
	defer func() { tx.open = false; rs.Close() }()
	for rs.Next() {
		if err := scan(rs); err != nil {
			return err
		}
	}
	return rs.Err()
}

// together does several queries that only read and do not need each other's answers. As with each, scan
// asks nothing of the same Tx.
func (tx *Tx) together(asks ...ask) error {
	if tx.open {
		return errOpen
	}
	tx.open = true
	defer func() { tx.open = false }()
	return tx.conn.queryMany(asks)
}

// scanAll hands all rows to scan and closes them.
func scanAll(rs rows, scan func(rows) error) error {
	for rs.Next() {
		if err := scan(rs); err != nil {
			return errors.Join(err, rs.Close())
		}
	}
	return errors.Join(rs.Err(), rs.Close())
}

// one scans the single row of a query into dest; found is false when there is none.
func (tx *Tx) one(sql string, args []any, dest ...any) (found bool, err error) {
	err = tx.each(sql, args, func(r rows) error {
		if found {
			return fmt.Errorf("more than one row")
		}
		found = true
		return r.Scan(dest...)
	})
	return found, err
}

// marks writes "$from,$from+1,…" for n arguments of an IN list. For none it writes NULL,
// which nothing is in: PostgreSQL knows no empty list.
func marks(from, n int) string {
	if n == 0 {
		return "NULL"
	}
	b := make([]byte, 0, n*4)
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		b = fmt.Appendf(b, "$%d", from+i)
	}
	return string(b)
}

// anys is a list of one type as arguments.
func anys[T any](values []T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}

// texts is a list of named strings as plain text arguments.
func texts[T ~string](values []T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// fail lets tests make an engine fail at a named stage.
func (db *DB) fail(stage string) error {
	if db.fault == nil {
		return nil
	}
	return db.fault(stage)
}
