package store

import (
	"context"
	"errors"
)

// Statement is one statement with its values, as benchmarks replay it.
type Statement struct {
	SQL  string
	Args []any
}

// Record runs f on a transaction that writes down its statements instead of doing them; each claims to have changed
// one row and every query finds nothing. It shows what an act would do to an empty
// database, so that the raw engine can be measured with the very same rows.
func Record(d Dialect, f func(*Tx) error) ([]Statement, error) {
	r := &recorder{}
	err := f(&Tx{conn: r, dialect: d})
	return r.statements, err
}

// Rehearse runs f in a transaction of the database, gives the statements that wrote, and leaves nothing of
// them. It shows what an act does to the rows that are there.
func (db *DB) Rehearse(ctx context.Context, f func(*Tx) error) (statements []Statement, err error) {
	err = db.Write(ctx, func(tx *Tx) error {
		r := &rehearsal{conn: tx.conn}
		tx.dirty = true
		if err := f(&Tx{conn: r, dialect: tx.dialect}); err != nil {
			return err
		}
		statements = r.statements
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		err = nil
	}
	return statements, err
}

var errRehearsed = errors.New("only rehearsed")

// rehearsal does statements and writes down those that write.
type rehearsal struct {
	conn
	statements []Statement
}

func (r *rehearsal) exec(sql string, args ...any) (int64, error) {
	r.statements = append(r.statements, Statement{sql, args})
	return r.conn.exec(sql, args...)
}

func (r *rehearsal) execMany(stmts []statement) ([]int64, error) {
	for _, s := range stmts {
		r.statements = append(r.statements, Statement{s.sql, s.args})
	}
	return r.conn.execMany(stmts)
}

func (r *rehearsal) queue(sql string, args ...any) error {
	r.statements = append(r.statements, Statement{sql, args})
	return r.conn.queue(sql, args...)
}

type recorder struct{ statements []Statement }

func (r *recorder) exec(sql string, args ...any) (int64, error) {
	r.statements = append(r.statements, Statement{sql, args})
	return 1, nil
}

func (r *recorder) execMany(stmts []statement) ([]int64, error) {
	out := make([]int64, len(stmts))
	for i, s := range stmts {
		out[i], _ = r.exec(s.sql, s.args...)
	}
	return out, nil
}

func (r *recorder) query(string, ...any) (rows, error) { return noRows{}, nil }

func (r *recorder) queryMany([]ask) error { return nil }

func (r *recorder) queue(sql string, args ...any) error {
	_, err := r.exec(sql, args...)
	return err
}

func (r *recorder) copyIn(string, []string, func() ([]any, error)) (int64, error) { return 0, nil }

type noRows struct{}

func (noRows) Next() bool        { return false }
func (noRows) Scan(...any) error { return nil }
func (noRows) Err() error        { return nil }
func (noRows) Close() error      { return nil }
