package httpapi_test

import (
	"database/sql"
	"strings"
	"testing"
)

// rawSQL does to a SQLite file what no act of ours does.
func rawSQL(t *testing.T, url, text string, args ...any) {
	t.Helper()
	db, err := sql.Open("sqlite", strings.TrimPrefix(url, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("PRAGMA busy_timeout = 5000"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(text, args...); err != nil {
		t.Fatal(err)
	}
}
