package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// set is the smallest write there is.
func set(name string) func(*store.Tx) error {
	return func(tx *store.Tx) error { return tx.SetSetting(name, name) }
}

var errRule = jaring.NewError(jaring.Invalid, "field.required")

func TestFailingWriteLosesOnlyItself(t *testing.T) {
	failing := map[string]func(*store.Tx) error{
		"rule, nothing written": func(*store.Tx) error { return errRule },
		"rule after a write":    func(tx *store.Tx) error { return errors.Join(tx.SetSetting("bad", ""), errRule) },
		"rule after a number": func(tx *store.Tx) error {
			_, err := tx.TakeNumbers("bad", 2026, 10)
			return errors.Join(err, errRule)
		},
		"rule after an exec": func(tx *store.Tx) error {
			_, err := tx.Exec(`INSERT INTO setting (name, value) VALUES ('bad', '')`)
			return errors.Join(err, errRule)
		},
		"bad statement": func(tx *store.Tx) error {
			return errors.Join(tx.SetSetting("bad", ""), tx.Queue(`INSERT INTO nowhere VALUES (1)`))
		},
		"foreign key": func(tx *store.Tx) error {
			return errors.Join(tx.SetSetting("bad", ""), tx.AddMembership(sampleMembership(sampleWorker())))
		},
		"panic":          func(*store.Tx) error { panic("a bug") },
		"panic, written": func(tx *store.Tx) error { _ = tx.SetSetting("bad", ""); panic("a bug") },
	}
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		for name, bad := range failing {
			t.Run(name, func(t *testing.T) { besideNeighbours(t, db, bad) })
		}
	})
}

// besideNeighbours runs bad many times among good writes.
func besideNeighbours(t *testing.T, db *store.DB, bad func(*store.Tx) error) {
	const each = 40
	var wg sync.WaitGroup
	prefix := newID[string]()
	for i := range each {
		wg.Go(func() {
			if err := db.Write(t.Context(), set(fmt.Sprintf("%s-%d", prefix, i))); err != nil {
				t.Errorf("a good write failed beside a bad one: %v", err)
			}
		})
		wg.Go(func() {
			if err := db.Write(t.Context(), bad); err == nil {
				t.Error("a bad write was answered as good")
			}
		})
	}
	wg.Wait()
	if n := count(t, db, "setting WHERE name LIKE $1", prefix+"%"); n != each {
		t.Errorf("%d good writes are there, want %d", n, each)
	}
	if n := count(t, db, "setting WHERE name = 'bad'"); n != 0 {
		t.Error("a failed write left something behind")
	}
	if n := count(t, db, "number_block WHERE kind = 'bad'"); n != 0 {
		t.Error("a failed write kept its numbers")
	}
}

func TestWriteAnswersAfterCommit(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		var lose atomic.Bool
		lose.Store(true)
		broken := errors.New("no commit")
		db.SetFault(func(stage string) error {
			if stage == "commit" && lose.Load() {
				return broken
			}
			return nil
		})
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				if err := db.Write(t.Context(), set(fmt.Sprint("lost-", i))); err == nil {
					t.Error("answered without a commit")
				}
			})
		}
		wg.Wait()
		lose.Store(false)
		write(t, db, set("kept"))
		if n := count(t, db, "setting WHERE name LIKE 'lost-%'"); n != 0 {
			t.Errorf("%d writes are there that were answered as failed before their commit", n)
		}
		if n := count(t, db, "setting WHERE name = 'kept'"); n != 1 {
			t.Error("the engine did not recover")
		}
	})
}

// An answered write is seen by whoever reads after the answer.
func TestWriteIsSeenAfterItsAnswer(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		var wg sync.WaitGroup
		for i := range 16 {
			wg.Go(func() {
				for j := range 10 {
					name := fmt.Sprintf("seen-%d-%d", i, j)
					write(t, db, set(name))
					if n := count(t, db, "setting WHERE name = $1", name); n != 1 {
						t.Errorf("%s is answered and not there", name)
					}
				}
			})
		}
		wg.Wait()
	})
}

func TestManyConcurrentWriters(t *testing.T) {
	const writers, each = 64, 25
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		var wg sync.WaitGroup
		var mu sync.Mutex
		first := map[int64]bool{}
		for range writers {
			wg.Go(func() {
				for range each {
					var n int64
					err := db.Write(t.Context(), func(tx *store.Tx) (err error) {
						n, err = tx.TakeNumbers("worker", 2026, 3)
						return err
					})
					if err != nil {
						t.Errorf("write: %v", err)
					}
					mu.Lock()
					if first[n] {
						t.Errorf("block %d was given twice", n)
					}
					first[n] = true
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		for n := range first {
			if n%3 != 0 || n < 0 || n >= 3*writers*each {
				t.Errorf("block begins at %d", n)
			}
		}
	})
}

func TestWriteOfACallerWhoLeft(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		wantKey(t, db.Write(ctx, set("left")), jaring.Unavailable, "error.unavailable")
		wantKey(t, db.Read(ctx, func(*store.Tx) error { return nil }), jaring.Unavailable, "error.unavailable")
		write(t, db, set("stayed"))
		if n := count(t, db, "setting WHERE name = 'left'"); n != 0 {
			t.Error("a write happened whose caller was told it did not")
		}
	})
}

func TestBulkBesideWrites(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				err := db.Bulk(t.Context(), func(tx *store.Tx) error {
					rows := make([][]any, 500)
					for j := range rows {
						rows[j] = []any{fmt.Sprintf("bulk-%d-%d", i, j), ""}
					}
					n, err := tx.CopyIn("setting", []string{"name", "value"}, rows)
					if n != 500 {
						t.Errorf("copied %d rows, want 500", n)
					}
					if i == 3 && err == nil {
						err = errRule
					}
					return err
				})
				if (err != nil) != (i == 3) {
					t.Errorf("bulk %d: %v", i, err)
				}
			})
			wg.Go(func() { write(t, db, set(fmt.Sprint("single-", i))) })
		}
		wg.Wait()
		if n := count(t, db, "setting WHERE name LIKE 'bulk-%'"); n != 1500 {
			t.Errorf("%d rows, want 1500: three bulks and not the fourth", n)
		}
	})
}

func TestReadDoesNotWrite(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		for name, f := range map[string]func(*store.Tx) error{
			"queue":     set("read"),
			"exec":      func(tx *store.Tx) error { _, err := tx.TakeLease("read", "me", now, now); return err },
			"returning": func(tx *store.Tx) error { _, err := tx.TakeNumbers("read", 2026, 1); return err },
		} {
			if err := db.Read(t.Context(), f); err == nil {
				t.Errorf("%s: a read wrote", name)
			}
		}
		if n := count(t, db, "setting WHERE name = 'read'") + count(t, db, "lease") + count(t, db, "number_block"); n != 0 {
			t.Error("a read left something behind")
		}
	})
}

// Readers go on while a writer sits on its transaction, and see the state before it.
func TestReadsDoNotWaitForTheWriter(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		write(t, db, set("before"))
		inside, leave := make(chan struct{}), make(chan struct{})
		var once sync.Once
		done := make(chan error, 1)
		go func() {
			done <- db.Write(context.Background(), func(tx *store.Tx) error {
				_, err := tx.Exec(`UPDATE setting SET value = 'changed' WHERE name = 'before'`)
				once.Do(func() { close(inside) })
				<-leave
				return err
			})
		}()
		<-inside
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		value := ""
		if err := db.Read(ctx, func(tx *store.Tx) (err error) { value, err = tx.Setting("before"); return err }); err != nil || value != "before" {
			t.Errorf("read beside a writer: %q, %v", value, err)
		}
		close(leave)
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

// All queries of a snapshot see one state, whatever is written between them.
func TestSnapshot(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		write(t, db, set("first"))
		err := db.Snapshot(t.Context(), func(tx *store.Tx) error {
			var before, after int64
			_, err := tx.One(`SELECT count(*) FROM setting`, nil, &before)
			write(t, db, set("second"))
			_, err2 := tx.One(`SELECT count(*) FROM setting`, nil, &after)
			if before != after {
				t.Errorf("a snapshot saw %d rows, then %d", before, after)
			}
			return errors.Join(err, err2)
		})
		if err != nil {
			t.Error(err)
		}
		if err := db.Snapshot(t.Context(), set("third")); err == nil {
			t.Error("a snapshot wrote")
		}
		if n := count(t, db, "setting"); n != 2 {
			t.Errorf("%d rows after the snapshot, want 2", n)
		}
	})
}

// While rows of one query are being read there is no second one: PostgreSQL has one
// stream per connection, and SQLite must not teach otherwise.
func TestNoQueryInsideAQuery(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		write(t, db, set("row"))
		nested := func(tx *store.Tx) error {
			return tx.EachRow(`SELECT name FROM setting`, nil, func(func(...any) error) error {
				_, err := tx.Setting("row")
				return err
			})
		}
		if err := db.Read(t.Context(), nested); err == nil {
			t.Error("a query ran inside a query")
		}
		if err := db.Write(t.Context(), nested); err == nil {
			t.Error("a query ran inside a query of a write")
		}
		write(t, db, set("after"))
	})
}

func TestClosedDatabase(t *testing.T) {
	jaringtest.URLs(t, func(t *testing.T, url string) {
		db, err := store.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		write(t, db, set("x"))
		if err := errors.Join(db.Close(), db.Close()); err != nil {
			t.Fatal(err)
		}
		wantKey(t, db.Write(t.Context(), set("y")), jaring.Unavailable, "error.unavailable")
		wantKey(t, db.Read(t.Context(), func(*store.Tx) error { return nil }), jaring.Unavailable, "error.unavailable")
		if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
			wantNoFile(t, path+"-wal") // the last connection to leave takes the log with it
		}
	})
}
