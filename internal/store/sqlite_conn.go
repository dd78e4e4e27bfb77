package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
)

// sqliteConn is one connection with its prepared statements. Only one goroutine
// uses it at a time.
type sqliteConn struct {
	raw   *sql.Conn
	stmts map[string]*sql.Stmt
}

func newSQLiteConn(c *sql.Conn) *sqliteConn {
	return &sqliteConn{raw: c, stmts: map[string]*sql.Stmt{}}
}

// close gives the connection back. Its statements are ours to close: sql.DB does not
// know those of a connection that somebody holds, and SQLite stays open under them.
func (c *sqliteConn) close() (err error) {
	for _, st := range c.stmts {
		err = errors.Join(err, st.Close())
	}
	return errors.Join(err, c.raw.Close())
}

// background: a statement is never cut off half way by a caller who went away; the
// durability of a group is not one caller's to cancel.
var background = context.Background()

func (c *sqliteConn) prepare(text string) (*sql.Stmt, error) {
	if st, ok := c.stmts[text]; ok {
		return st, nil
	}
	st, err := c.raw.PrepareContext(background, text)
	if err != nil {
		return nil, err
	}
	c.stmts[text] = st
	return st, nil
}

func (c *sqliteConn) exec(text string, args ...any) (int64, error) {
	st, err := c.prepare(text)
	if err != nil {
		return 0, err
	}
	res, err := st.ExecContext(background, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (c *sqliteConn) execMany(stmts []statement) ([]int64, error) {
	out := make([]int64, len(stmts))
	for i, s := range stmts {
		n, err := c.exec(s.sql, s.args...)
		if err != nil {
			return nil, err
		}
		out[i] = n
	}
	return out, nil
}

func (c *sqliteConn) query(text string, args ...any) (rows, error) {
	st, err := c.prepare(text)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(background, args...)
}

func (c *sqliteConn) queryMany(asks []ask) error {
	for _, a := range asks {
		rs, err := c.query(a.sql, a.args...)
		if err != nil {
			return err
		}
		if err := scanAll(rs, a.scan); err != nil {
			return err
		}
	}
	return nil
}

func (c *sqliteConn) queue(text string, args ...any) error {
	_, err := c.exec(text, args...)
	return err
}

func (c *sqliteConn) copyIn(table string, columns []string, next func() ([]any, error)) (int64, error) {
	// Arguments without names: the driver does not look for each of them by its name.
	text := "INSERT INTO " + table + " (" + join(columns) + ") VALUES (?" + strings.Repeat(",?", len(columns)-1) + ")"
	var n int64
	for {
		row, err := next()
		if err != nil || row == nil {
			return n, err
		}
		if _, err := c.exec(text, row...); err != nil {
			return n, err
		}
		n++
	}
}

// inSnapshot runs f so that all its reads see one state of the database.
func (c *sqliteConn) inSnapshot(ctx context.Context, f func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if _, err := c.exec("BEGIN"); err != nil {
		return err
	}
	err := run(&Tx{conn: c, dialect: SQLite, reading: true}, f)
	if _, e := c.exec("ROLLBACK"); e != nil {
		return errors.Join(err, e)
	}
	return err
}

func join(names []string) string {
	out := ""
	for i, n := range names {
		if i > 0 {
			out += ", "
		}
		out += n
	}
	return out
}
