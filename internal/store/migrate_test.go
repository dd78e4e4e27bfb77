package store_test

import (
	"sync"
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// Several processes that start on one fresh database: one makes the schema, the
// others wait for it.
func TestConcurrentFirstOpen(t *testing.T) {
	jaringtest.URLs(t, func(t *testing.T, url string) {
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() {
				db, err := store.Open(t.Context(), url)
				if err != nil {
					t.Errorf("open: %v", err)
					return
				}
				write(t, db, set("opened"))
				if err := db.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			})
		}
		wg.Wait()
	})
}

func TestReopenKeepsWhatIsThere(t *testing.T) {
	jaringtest.URLs(t, func(t *testing.T, url string) {
		for range 3 {
			db, err := store.Open(t.Context(), url)
			if err != nil {
				t.Fatal(err)
			}
			write(t, db, func(tx *store.Tx) error {
				value, err := tx.Setting("opened")
				if err != nil {
					return err
				}
				return tx.SetSetting("opened", value+"x")
			})
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
		value := ""
		read(t, jaringtest.Open(t, url), func(tx *store.Tx) (err error) { value, err = tx.Setting("opened"); return err })
		if value != "xxx" {
			t.Errorf("after three visits %q, want xxx", value)
		}
	})
}

func TestOpenRefusesAnUnknownURL(t *testing.T) {
	for _, url := range []string{"", "mysql://root:secret@localhost/x", "jaring.db", "postgres://user:secret@[bad/x"} {
		_, err := store.Open(t.Context(), url)
		wantKey(t, err, jaring.Invalid, "store.url")
		wantSilent(t, err, "secret")
	}
}
