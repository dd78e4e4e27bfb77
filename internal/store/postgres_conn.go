package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// pgConn gathers statements and sends as many as it can in one round trip.
type pgConn struct {
	ctx     context.Context
	c       *pgx.Conn
	tx      bool // statements belong to a transaction
	begun   bool
	pending *pgx.Batch
	types   *copyTypes
}

// add puts a statement behind those that wait, and BEGIN before the first.
func (c *pgConn) add(sql string, args ...any) {
	if c.pending == nil {
		c.pending = &pgx.Batch{}
	}
	if c.tx && !c.begun {
		c.pending.Queue("begin")
		c.begun = true
	}
	c.pending.Queue(sql, args...)
}

// send sends what waits and reads the results of all but the last n statements.
func (c *pgConn) send(n int) (pgx.BatchResults, error) {
	batch := c.pending
	c.pending = nil
	results := c.c.SendBatch(c.ctx, batch)
	for range batch.Len() - n {
		if _, err := results.Exec(); err != nil {
			results.Close()
			return nil, err
		}
	}
	return results, nil
}

func (c *pgConn) exec(sql string, args ...any) (int64, error) {
	n, err := c.execMany([]statement{{sql, args}})
	if err != nil {
		return 0, err
	}
	return n[0], nil
}

func (c *pgConn) execMany(stmts []statement) ([]int64, error) {
	for _, s := range stmts {
		c.add(s.sql, s.args...)
	}
	results, err := c.send(len(stmts))
	if err != nil {
		return nil, err
	}
	out := make([]int64, len(stmts))
	for i := range out {
		tag, err := results.Exec()
		if err != nil {
			results.Close()
			return nil, err
		}
		out[i] = tag.RowsAffected()
	}
	return out, results.Close()
}

func (c *pgConn) query(sql string, args ...any) (rows, error) {
	if !c.tx && c.pending == nil {
		rs, err := c.c.Query(c.ctx, sql, args...)
		return pgRows{rs, nil}, err
	}
	c.add(sql, args...)
	results, err := c.send(1)
	if err != nil {
		return nil, err
	}
	rs, err := results.Query()
	if err != nil {
		results.Close()
		return nil, err
	}
	return pgRows{rs, results}, nil
}

func (c *pgConn) queryMany(asks []ask) error {
	for _, a := range asks {
		c.add(a.sql, a.args...)
	}
	results, err := c.send(len(asks))
	if err != nil {
		return err
	}
	for _, a := range asks {
		rs, err := results.Query()
		if err == nil {
			err = scanAll(pgRows{rs, nil}, a.scan)
		}
		if err != nil {
			results.Close()
			return err
		}
	}
	return results.Close()
}

func (c *pgConn) queue(sql string, args ...any) error {
	c.add(sql, args...)
	return nil
}

func (c *pgConn) flush() error {
	if c.pending == nil {
		return nil
	}
	results, err := c.send(0)
	if err != nil {
		return err
	}
	return results.Close()
}

// commit sends COMMIT together with what waits. A function that touched nothing
// costs no round trip.
func (c *pgConn) commit() error {
	if !c.begun {
		return nil
	}
	c.add("commit")
	results, err := c.send(1)
	if err != nil {
		return err
	}
	tag, err := results.Exec()
	if closeErr := results.Close(); err == nil {
		err = closeErr
	}
	if err == nil && tag.String() != "COMMIT" {
		err = fmt.Errorf("commit answered %s", tag)
	}
	return err
}

func (c *pgConn) copyIn(table string, columns []string, next func() ([]any, error)) (int64, error) {
	if c.tx && !c.begun {
		c.add("select 1") // BEGIN must not wait for a later round trip
	}
	if err := c.flush(); err != nil {
		return 0, err
	}
	types, err := c.types.of(c.ctx, c.c, table, columns)
	if err != nil {
		return 0, err
	}
	in := newCopyRows(types, c.c.TypeMap(), next)
	_, err = c.c.PgConn().CopyFrom(c.ctx, in, "COPY "+pgx.Identifier{table}.Sanitize()+" ("+join(columns)+") FROM STDIN BINARY")
	if in.err != nil {
		err = in.err
	}
	return in.rows, err
}

// pgRows closes the batch that its rows came in.
type pgRows struct {
	pgx.Rows
	results pgx.BatchResults
}

func (r pgRows) Close() error {
	r.Rows.Close()
	err := r.Rows.Err()
	if r.results != nil {
		if e := r.results.Close(); err == nil {
			err = e
		}
	}
	return err
}
