package jaringtest

import (
	"testing"

	"jaring/internal/store"
)

func TestDatabases(t *testing.T) {
	seen := map[store.Dialect]bool{}
	Databases(t, func(t *testing.T, db *store.DB) {
		seen[db.Dialect()] = true
		if err := db.Read(t.Context(), func(*store.Tx) error { return nil }); err != nil {
			t.Error(err)
		}
	})
	if !seen[store.SQLite] || !seen[store.Postgres] {
		t.Errorf("ran on %v, want both engines", seen)
	}
}
