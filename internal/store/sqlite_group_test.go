package store

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jaring/internal/jaring"
)

// SQLite ends a transaction by itself when a read fails on a dying disk. The functions
// that come after it in the group must not then be committed statement by statement.
func TestAGroupWhoseTransactionEndedByItself(t *testing.T) {
	ctx := context.Background()
	db, err := Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "jaring.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s := db.engine.(*sqliteDB)
	ended := func(*Tx) error {
		if _, err := s.wconn.exec("ROLLBACK"); err != nil {
			return err
		}
		_, err := s.wconn.exec("SELECT nothing FROM nowhere")
		return err
	}
	put := func(name string) func(*Tx) error {
		return func(tx *Tx) error { return tx.SetSetting(name, "x") }
	}
	told := together(ctx, db, put("a"), ended, put("b"), put("c"))
	for i, name := range []string{"a", "", "b", "c"} {
		if name == "" {
			if told[i] == nil {
				t.Error("the function that failed is told nothing")
			}
			continue
		}
		var value string
		if err := db.Read(ctx, func(tx *Tx) (err error) { value, err = tx.Setting(name); return err }); err != nil {
			t.Fatal(err)
		}
		if (told[i] == nil) != (value == "x") {
			t.Errorf("%s: told %v, and the row holds %q", name, told[i], value)
		}
	}
	if err := db.Write(ctx, put("d")); err != nil {
		t.Errorf("the next group: %v", err)
	}
}

// Who believes an old end of a chain and comes to its turn first when a neighbour has failed is heard all the same.
func TestAGroupWithASavepointForWhoComesTooLate(t *testing.T) {
	ctx := context.Background()
	db, err := Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "jaring.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	event := func() *jaring.Event {
		return &jaring.Event{Subject: "s", ID: jaring.EventID(uuid.NewString()), Kind: jaring.WorkerCorrected}
	}
	fails := func(tx *Tx) error { return errors.Join(tx.SetSetting("a", "x"), errors.New("after it has written")) }
	runs := 0
	late := func(tx *Tx) error {
		if runs++; runs == 1 {
			return tx.AddEventBehind(event(), ChainHead{})
		}
		return tx.AddEvent(event())
	}
	if err := db.Write(ctx, func(tx *Tx) error { return tx.AddFirstEvent(event()) }); err != nil {
		t.Fatal(err)
	}
	if told := together(ctx, db, fails, late); told[0] == nil || told[1] != nil || runs != 2 {
		t.Errorf("%v after %d runs", told, runs)
	}
}

// together writes functions in one group, in order: they wait behind a long write.
func together(ctx context.Context, db *DB, fs ...func(*Tx) error) []error {
	told := make([]error, len(fs))
	var group sync.WaitGroup
	_ = db.Bulk(ctx, func(*Tx) error {
		for i, f := range fs {
			group.Go(func() { told[i] = db.Write(ctx, f) })
			time.Sleep(5 * time.Millisecond) // in this order
		}
		return errors.New("nothing to keep")
	})
	group.Wait()
	return told
}
