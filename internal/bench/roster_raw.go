package bench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// enrolled are the rows that a list has put into the book, table by table: what was staged, and who came in.
var enrolled = []struct{ table, text string }{
	{"roster_part", `SELECT * FROM roster_part`},
	{"roster_row", `SELECT * FROM roster_row`},
	{"roster_finding", `SELECT * FROM roster_finding`},
	{"nik_index", `SELECT * FROM nik_index WHERE worker_id IN (SELECT worker_id FROM sponsorship)`},
	{"worker", `SELECT * FROM worker WHERE worker_id IN (SELECT worker_id FROM sponsorship)`},
	{"registration_index", `SELECT * FROM registration_index WHERE worker_id IN (SELECT worker_id FROM sponsorship)`},
	{"membership", `SELECT * FROM membership WHERE worker_id IN (SELECT worker_id FROM sponsorship)`},
	{"capture", `SELECT * FROM capture WHERE worker_id IN (SELECT worker_id FROM sponsorship)`},
	{"event", `SELECT * FROM event WHERE subject_id IN (SELECT CAST(worker_id AS text) FROM sponsorship)`},
	{"event_pending", `SELECT subject_id, seq FROM event WHERE subject_id IN (SELECT CAST(worker_id AS text) FROM sponsorship)`},
	{"sponsorship", `SELECT * FROM sponsorship`},
}

// rawTable is a table's rows with their columns.
type rawTable struct {
	name    string
	columns []string
	rows    [][]any
}

// rawEnrol puts the rows that ours has into a copy of the book of before, in one transaction.
func rawEnrol(ctx context.Context, ours, bare string) (took time.Duration, err error) {
	from, err := openPlain(ctx, ours)
	if err != nil {
		return 0, err
	}
	var tables []rawTable
	for _, t := range enrolled {
		table, e := from.table(ctx, t.table, t.text)
		tables, err = append(tables, table), errors.Join(err, e)
	}
	if err := errors.Join(err, from.close(ctx)); err != nil {
		return 0, err
	}
	to, err := openPlain(ctx, bare)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, to.close(ctx)) }()
	start := time.Now()
	if err := to.begin(ctx, "BEGIN"); err != nil {
		return 0, err
	}
	for _, t := range tables {
		if err := to.fill(ctx, t); err != nil {
			return 0, fmt.Errorf("%s: %w", t.name, err)
		}
	}
	err = to.begin(ctx, "COMMIT")
	return time.Since(start), err
}

func (p *plain) begin(ctx context.Context, text string) (err error) {
	if p.pg != nil {
		_, err = p.pg.Exec(ctx, text)
	} else {
		_, err = p.conn.ExecContext(ctx, text)
	}
	return err
}

// table reads all rows of a query.
func (p *plain) table(ctx context.Context, name, text string) (t rawTable, err error) {
	t.name = name
	if p.pg != nil {
		rs, err := p.pg.Query(ctx, text)
		if err != nil {
			return t, err
		}
		defer rs.Close()
		for _, f := range rs.FieldDescriptions() {
			t.columns = append(t.columns, f.Name)
		}
		for rs.Next() {
			row, err := rs.Values()
			if err != nil {
				return t, err
			}
			t.rows = append(t.rows, row)
		}
		return t, rs.Err()
	}
	rs, err := p.conn.QueryContext(ctx, text)
	if err != nil {
		return t, err
	}
	defer rs.Close()
	if t.columns, err = rs.Columns(); err != nil {
		return t, err
	}
	for rs.Next() {
		row, into := make([]any, len(t.columns)), make([]any, len(t.columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rs.Scan(into...); err != nil {
			return t, err
		}
		t.rows = append(t.rows, row)
	}
	return t, rs.Err()
}

// fill puts rows into a table: by COPY, or by one prepared statement.
func (p *plain) fill(ctx context.Context, t rawTable) error {
	if p.pg != nil {
		_, err := p.pg.CopyFrom(ctx, pgx.Identifier{t.name}, t.columns, pgx.CopyFromRows(t.rows))
		return err
	}
	names, marks := "", ""
	for i, c := range t.columns {
		if i > 0 {
			names, marks = names+", ", marks+", "
		}
		names, marks = names+c, marks+fmt.Sprintf("$%d", i+1)
	}
	st, err := p.conn.PrepareContext(ctx, "INSERT INTO "+t.name+" ("+names+") VALUES ("+marks+")")
	if err != nil {
		return err
	}
	defer st.Close()
	for _, row := range t.rows {
		if _, err := st.ExecContext(ctx, row...); err != nil {
			return err
		}
	}
	return nil
}
