package store_test

import (
	"context"
	"errors"
	"testing"

	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// Indexes that are made at the end are those of before, and come back when nothing is committed.
func TestIndexesLater(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		count := func(tx *store.Tx) (n int) {
			text := `SELECT count(*) FROM sqlite_master WHERE type = 'index' AND tbl_name = 'worker'`
			if db.Dialect() == store.Postgres {
				text = `SELECT count(*) FROM pg_indexes WHERE tablename = 'worker'`
			}
			if _, err := tx.One(text, nil, &n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		var before, during, after int
		broken := errors.New("broken")
		for _, want := range []error{nil, broken} {
			err := db.Bulk(context.Background(), func(tx *store.Tx) error {
				before = count(tx)
				return tx.IndexesLater(func() error { during = count(tx); return want }, "worker", "nik_index")
			})
			if (err == nil) != (want == nil) {
				t.Fatal(err)
			}
			_ = db.Read(context.Background(), func(tx *store.Tx) error { after = count(tx); return nil })
			if before != after || before < 8 || (db.Dialect() == store.SQLite) != (during < before) {
				t.Errorf("%d indexes, then %d, then %d", before, during, after)
			}
		}
	})
}
