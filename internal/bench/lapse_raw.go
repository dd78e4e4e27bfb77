package bench

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// plain is one connection of the same driver as the store's, and nothing around it.
type plain struct {
	db       *sql.DB // SQLite
	conn     *sql.Conn
	prepared map[string]*sql.Stmt
	pg       *pgx.Conn
}

func openPlain(ctx context.Context, url string) (*plain, error) {
	path, ok := isSQLite(url)
	if !ok {
		c, err := pgx.Connect(ctx, url)
		return &plain{pg: c}, err
	}
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=foreign_keys(1)&_pragma=wal_autocheckpoint(4000)&_pragma=cache_size(-16000)")
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	return &plain{db: db, conn: conn, prepared: map[string]*sql.Stmt{}}, err
}

func (p *plain) close(ctx context.Context) error {
	if p.pg != nil {
		return p.pg.Close(ctx)
	}
	return errors.Join(p.conn.Close(), p.db.Close())
}

// do runs statements in one transaction.
func (p *plain) do(ctx context.Context, stmts []store.Statement) (n int, err error) {
	if p.pg != nil {
		batch := &pgx.Batch{}
		batch.Queue("begin")
		for _, s := range stmts {
			batch.Queue(s.SQL, s.Args...)
		}
		batch.Queue("commit")
		return len(stmts), p.pg.SendBatch(ctx, batch).Close()
	}
	stmts = append(append([]store.Statement{{SQL: "BEGIN IMMEDIATE"}}, stmts...), store.Statement{SQL: "COMMIT"})
	for _, s := range stmts {
		st := p.prepared[s.SQL]
		if st == nil {
			if st, err = p.conn.PrepareContext(ctx, s.SQL); err != nil {
				return 0, err
			}
			p.prepared[s.SQL] = st
		}
		if _, err := st.ExecContext(ctx, s.Args...); err != nil {
			return 0, err
		}
	}
	return len(stmts) - 2, nil
}

// each reads rows; the first two columns are handed on as text.
func (p *plain) each(ctx context.Context, text string, args []any, row func(a, b string)) error {
	if p.pg != nil {
		rs, err := p.pg.Query(ctx, text, args...)
		if err != nil {
			return err
		}
		defer rs.Close()
		for rs.Next() {
			values, err := rs.Values()
			if err != nil {
				return err
			}
			row(asText(values[0]), asText(values[1]))
		}
		return rs.Err()
	}
	rs, err := p.conn.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rs.Close()
	names, err := rs.Columns()
	if err != nil {
		return err
	}
	cells, into := make([]sql.RawBytes, len(names)), make([]any, len(names))
	for i := range cells {
		into[i] = &cells[i]
	}
	for rs.Next() {
		if err := rs.Scan(into...); err != nil {
			return err
		}
		row(string(cells[0]), string(cells[1]))
	}
	return rs.Err()
}

func asText(v any) string {
	switch v := v.(type) {
	case [16]byte:
		const hex = "0123456789abcdef"
		var b strings.Builder
		for i, c := range v {
			if i == 4 || i == 6 || i == 8 || i == 10 {
				b.WriteByte('-')
			}
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
		return b.String()
	case string:
		return v
	}
	return ""
}

func (p *plain) one(ctx context.Context, text string, args []any, dest any) error {
	if p.pg != nil {
		return p.pg.QueryRow(ctx, text, args...).Scan(dest)
	}
	return p.conn.QueryRowContext(ctx, text, args...).Scan(dest)
}

// Of the same size as the real ones.
var (
	rawFacts = `{"month":24323,"area":"15.71.04.1002","offices":["0199b000-0000-7000-8000-000000000001"],"agent":"0199b000-0000-7000-8000-000000000002","programs":"JKK+JKM","funding":"self","sector":"other","sex":"M","age":46,"membership":"0199b000-0000-7000-8000-000000000003","joined":24311,"was":"protected","is":"grace"}`
	rawHash  = make([]byte, 32)
)

// rawGroup is how many persons one transaction of the calendar moves, here and there.
const rawGroup = 1000

// raw does the day's reads and writes on one plain connection.
func (w *turn) raw(ctx context.Context) (took time.Duration, err error) {
	p, err := openPlain(ctx, w.plain)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, p.close(ctx)) }()
	start := time.Now()
	if err := w.rawAge(ctx, p); err != nil {
		return 0, err
	}
	month := jaring.DayIn(w.now, time.UTC).Add(1).Month()
	for _, kind := range []struct {
		month jaring.Month
		kind  string
	}{{month.Add(-1), "a1"}, {month, "b30"}} {
		if err := w.rawRemind(ctx, p, kind.month, kind.kind); err != nil {
			return 0, err
		}
	}
	return time.Since(start), nil
}

func (w *turn) rawAge(ctx context.Context, p *plain) error {
	day := jaring.DayIn(w.now, time.UTC).Add(1)
	after, until := "00000000-0000-0000-0000-000000000000", ""
	for {
		var stmts []store.Statement
		last := ""
		err := p.each(ctx, store.AgingSQL, []any{day.String(), until, after, int64(rawGroup)}, func(due, id string) {
			until, after = due, id
			if id == last { // another membership or contribution of the same person
				return
			}
			last = id
			stmts = append(stmts, store.Statement{SQL: `UPDATE worker SET version = version + 1, status = $2 WHERE worker_id = $1`, Args: []any{id, "grace"}},
				store.Statement{SQL: `INSERT INTO event (subject_id, seq, event_id, kind, at, actor_id, office_id, facts, prev_hash, hash) VALUES ($1,2,$2,'cover.lapsed',1,'','',$3,$4,$4)`,
					Args: []any{id, newID(), rawFacts, rawHash}},
				store.Statement{SQL: `INSERT INTO event_pending (subject_id, seq) VALUES ($1, 2)`, Args: []any{id}},
				store.Statement{SQL: `UPDATE standing_due SET until = $2 WHERE worker_id = $1`, Args: []any{id, day.Add(88).String()}})
		})
		if err != nil || len(stmts) == 0 {
			return err
		}
		if _, err := p.do(ctx, stmts); err != nil {
			return err
		}
	}
}

func (w *turn) rawRemind(ctx context.Context, p *plain, month jaring.Month, kind string) error {
	for after := "00000000-0000-0000-0000-000000000000"; ; {
		var stmts []store.Statement
		err := p.each(ctx, store.LapsingSQL, []any{string(w.office), int64(month), after, int64(rawGroup)}, func(id, _ string) {
			after = id
			stmts = append(stmts, store.Statement{SQL: `INSERT INTO reminder (worker_id, end_day, kind, reminder_id, state, not_before, made_at) VALUES ($1,$2,$3,$4,'waiting',1,1)`,
				Args: []any{id, month.Last().String(), kind, newID()}})
		})
		if err != nil || len(stmts) == 0 {
			return err
		}
		if _, err := p.do(ctx, stmts); err != nil {
			return err
		}
	}
}
