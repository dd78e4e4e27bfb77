package e2e

import (
	"context"
	"database/sql"
	"net/url"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // both engines are counted by database/sql
	_ "modernc.org/sqlite"
)

// open opens the database beside the program, for counting.
func (h *house) open() *sql.DB {
	h.t.Helper()
	driver, source := "pgx", h.url
	if path, ok := strings.CutPrefix(h.url, "sqlite:"); ok {
		driver, source = "sqlite", (&url.URL{Scheme: "file", Path: path, RawQuery: "mode=ro"}).String()
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		h.t.Fatal(err)
	}
	return db
}

func number(t testing.TB, db *sql.DB, query string) (n int) {
	t.Helper()
	if err := db.QueryRowContext(context.Background(), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// count compares the rows with the book: each person once in each table, whole.
func (h *house) count(b *notebook) {
	h.t.Helper()
	reviews, refusals := 0, 0
	for _, e := range b.entries {
		switch e.told.outcome {
		case review:
			reviews++
		case refused:
			refusals++
		}
	}
	db := h.open()
	defer db.Close()
	for query, want := range map[string]int{
		`SELECT count(*) FROM worker`: b.people,
		`SELECT count(*) FROM nik_index n JOIN worker w ON w.worker_id = n.worker_id`:                                  b.people,
		`SELECT count(DISTINCT worker_id) FROM nik_index`:                                                              b.people,
		`SELECT count(*) FROM registration_index r JOIN worker w ON w.worker_id = r.worker_id`:                         b.people,
		`SELECT count(*) FROM membership m JOIN worker w ON w.worker_id = m.worker_id`:                                 b.people,
		`SELECT count(*) FROM capture c JOIN operation o ON o.operation_id = c.operation_id`:                           b.people,
		`SELECT count(*) FROM capture`:                                                                                 b.people,
		`SELECT count(*) FROM payment p JOIN payment_index i ON i.code = p.code`:                                       b.people - reviews,
		`SELECT count(*) FROM payment_index`:                                                                           b.people - reviews,
		`SELECT count(*) FROM review`:                                                                                  reviews,
		`SELECT count(*) FROM event WHERE kind IN ('worker.registered', 'worker.held')`:                                b.people,
		`SELECT count(*) FROM event_pending`:                                                                           0,
		`SELECT count(*) FROM operation WHERE kind = 'worker.register' AND outcome IN ('accepted', 'review')`:          b.people,
		`SELECT count(*) FROM operation WHERE outcome = 'refused'`:                                                     refusals,
		`SELECT count(*) FROM operation WHERE kind = 'worker.register'`:                                                len(b.entries),
		`SELECT count(*) FROM held_operation`:                                                                          0,
		`SELECT count(*) FROM event WHERE kind = 'worker.repeated'`:                                                    refusals,
		`SELECT count(*) FROM session s JOIN account a ON a.account_id = s.account_id WHERE a.login = '` + agent + `'`: 1,
	} {
		if got := number(h.t, db, query); got != want {
			h.t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
}
