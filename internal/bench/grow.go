package bench

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"jaring/internal/store"
)

// multiplied are the tables about a person that the calendar reads, with the column that names the person.
var multiplied = [][2]string{{"worker", "worker_id"}, {"membership", "worker_id"}, {"payment", "worker_id"}, {"event", "subject_id"}, {"standing_due", "worker_id"}}

// grow makes people of those who are there until there are so many, or a few more: all rows of one under other
// ids. Indexes are made anew at the end, and nothing is kept safe on the way, so that a million takes a minute.
func (p *plain) grow(ctx context.Context, people int) error {
	var n int
	if err := p.one(ctx, `SELECT count(*) FROM worker`, nil, &n); err != nil || n == 0 || people <= n {
		return err
	}
	if err := p.hurry(ctx); err != nil {
		return err
	}
	for _, t := range multiplied {
		indexes, err := p.indexes(ctx, t[0])
		if err != nil {
			return err
		}
		names, err := p.columns(ctx, t[0])
		if err != nil {
			return err
		}
		var stmts []store.Statement
		for name := range indexes {
			stmts = append(stmts, store.Statement{SQL: "DROP INDEX " + name})
		}
		for copy := 1; copy < (people+n-1)/n; copy++ {
			stmts = append(stmts, store.Statement{SQL: p.copyText(t[0], t[1], names, copy)})
		}
		for _, text := range indexes {
			stmts = append(stmts, store.Statement{SQL: text})
		}
		if p.pg != nil { // as a server would soon by itself
			stmts = append(stmts, store.Statement{SQL: "ANALYZE " + t[0]})
		}
		if _, err := p.do(ctx, stmts); err != nil {
			return fmt.Errorf("%s: %w", t[0], err)
		}
	}
	return nil
}

// hurry gives a connection memory and takes away its care.
func (p *plain) hurry(ctx context.Context) error {
	if p.pg != nil {
		// Without the powers for the first it is only slower.
		_, _ = p.pg.Exec(ctx, `SET session_replication_role = replica`)
		_, err := p.pg.Exec(ctx, `SET synchronous_commit = off; SET maintenance_work_mem = '256MB'`)
		return err
	}
	for _, pragma := range []string{"journal_mode = off", "synchronous = 0", "cache_size = -500000", "foreign_keys = 0"} {
		if _, err := p.conn.ExecContext(ctx, "PRAGMA "+pragma); err != nil {
			return err
		}
	}
	return nil
}

// firstSeed is below the ids of all who registered and above those of their copies.
const firstSeed = "01000000-0000-0000-0000-000000000000"

// copyText is the INSERT that makes the n-th copy of a table's rows.
func (p *plain) copyText(table, key string, names []string, n int) string {
	id, seed := fmt.Sprintf("'%08x' || substr(CAST(%s AS text), 9)", n, key), "'"+firstSeed+"'"
	if p.pg != nil && table != "event" {
		id = "CAST(" + id + " AS uuid)"
	}
	from := slices.Clone(names)
	from[slices.Index(from, key)] = id
	return "INSERT INTO " + table + " (" + strings.Join(names, ", ") + ") SELECT " + strings.Join(from, ", ") + " FROM " + table + " WHERE " + key + " >= " + seed + " ORDER BY " + key
}

// columns are the names of a table's columns.
func (p *plain) columns(ctx context.Context, table string) (names []string, err error) {
	text := "SELECT * FROM " + table + " LIMIT 0"
	if p.pg != nil {
		rs, err := p.pg.Query(ctx, text)
		if err != nil {
			return nil, err
		}
		defer rs.Close()
		for _, f := range rs.FieldDescriptions() {
			names = append(names, f.Name)
		}
		return names, nil
	}
	rs, err := p.conn.QueryContext(ctx, text)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rs.Close()) }()
	return rs.Columns()
}

// indexes are those of a table beside its key, with the texts that make them.
func (p *plain) indexes(ctx context.Context, table string) (map[string]string, error) {
	text := `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = $1`
	if p.pg != nil {
		text = `SELECT CAST(indexname AS text), indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = $1 AND indexname NOT IN (SELECT conname FROM pg_constraint)`
	}
	found := map[string]string{}
	err := p.each(ctx, text, []any{table}, func(name, text string) { found[name] = text })
	return found, err
}
