package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// wantChain checks that a subject has n events without a gap or a fork, each sealed
// by what it says and by the one before.
func wantChain(t *testing.T, db *store.DB, subject string, n int) {
	t.Helper()
	read(t, db, func(tx *store.Tx) error {
		chain, err := tx.FindEvents(subject)
		if len(chain) != n {
			t.Errorf("%d events, want %d", len(chain), n)
		}
		var prev []byte
		for i, e := range chain {
			if e.Seq != int64(i+1) || !bytes.Equal(e.PrevHash, prev) || !bytes.Equal(e.Hash, e.Digest()) {
				t.Errorf("event %d: seq %d, after %x (want %x), hash verifies %v", i+1, e.Seq, e.PrevHash, prev, bytes.Equal(e.Hash, e.Digest()))
			}
			prev = e.Hash
		}
		return err
	})
}

func TestEventRoundTrip(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := newID[jaring.WorkerID]()
		first, second := sampleEvent(string(w), jaring.WorkerRegistered), sampleEvent(string(w), jaring.WorkerCorrected)
		write(t, db, func(tx *store.Tx) error { return errors.Join(tx.AddFirstEvent(first), tx.AddEvent(second)) })
		read(t, db, func(tx *store.Tx) error {
			got, err := tx.FindEvents(string(w))
			if d := cmp.Diff([]*jaring.Event{first, second}, got); d != "" {
				t.Errorf("events (-written +read):\n%s", d)
			}
			none, err2 := tx.FindEvents("nobody")
			if len(none) != 0 {
				t.Error("nobody has events")
			}
			return errors.Join(err, err2)
		})
		wantChain(t, db, string(w), 2)
	})
}

// Many acts on one subject at once: they queue up in its chain.
func TestEventChainUnderConcurrency(t *testing.T) {
	const writers, each = 32, 12
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		subject := newID[string]()
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range each {
					e := sampleEvent(subject, jaring.LoggedIn)
					if err := db.Write(t.Context(), func(tx *store.Tx) error { return tx.AddEvent(e) }); err != nil {
						t.Errorf("append: %v", err)
					}
				}
			})
		}
		wg.Wait()
		wantChain(t, db, subject, writers*each)
	})
}

// Several subjects in one transaction, in every order.
func TestEventChainsCross(t *testing.T) {
	const writers, each, chains = 6, 4, 3
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		subjects := make([]string, chains)
		for i := range subjects {
			subjects[i] = newID[string]()
		}
		var wg sync.WaitGroup
		for i := range writers {
			order := slices.Clone(subjects)
			if i%2 == 1 {
				slices.Reverse(order)
			}
			wg.Go(func() {
				for range each {
					err := db.Write(t.Context(), func(tx *store.Tx) (err error) {
						for _, s := range order {
							err = errors.Join(err, tx.AddEvent(sampleEvent(s, jaring.LoggedIn)))
						}
						return err
					})
					if err != nil {
						t.Errorf("append to several chains: %v", err)
					}
				}
			})
		}
		wg.Wait()
		for _, s := range subjects {
			wantChain(t, db, s, writers*each)
		}
	})
}

func TestEventsOfKinds(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		var want []jaring.EventID
		office, elsewhere := newID[jaring.OfficeID](), newID[jaring.OfficeID]()
		for range 5 {
			e := sampleEvent(newID[string](), jaring.NIKRevealed)
			other, far := sampleEvent(newID[string](), jaring.LoggedIn), sampleEvent(newID[string](), jaring.NIKRevealed)
			e.Office, other.Office, far.Office = office, office, elsewhere
			write(t, db, func(tx *store.Tx) error {
				return errors.Join(tx.AddFirstEvent(e), tx.AddFirstEvent(other), tx.AddFirstEvent(far))
			})
			want = append([]jaring.EventID{e.ID}, want...)
		}
		var got []jaring.EventID
		for before := jaring.EventID(""); ; {
			var page []*jaring.Event
			read(t, db, func(tx *store.Tx) (err error) {
				page, err = tx.FindEventsOfKinds([]jaring.EventKind{jaring.NIKRevealed, jaring.WorkerWasMerged}, []jaring.OfficeID{office, newID[jaring.OfficeID]()}, before, 2)
				return err
			})
			if len(page) == 0 {
				break
			}
			for _, e := range page {
				got = append(got, e.ID)
			}
			before = got[len(got)-1]
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("pages (-want +got):\n%s", d)
		}
	})
}

// Whoever deletes the pending mark may count the event: each is counted once,
// however many fold at the same time.
func TestFoldingExactlyOnce(t *testing.T) {
	const events, folders = 300, 6
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		write(t, db, func(tx *store.Tx) (err error) {
			for range events {
				err = errors.Join(err, tx.AddFirstEvent(sampleEvent(newID[string](), jaring.WorkerRegistered)))
			}
			return err
		})
		all := jaring.Counter{Dimension: jaring.ByAll, Measure: jaring.FlowRegistered, Month: jaring.NewMonth(2026, 11)}
		area := jaring.Counter{Dimension: jaring.ByArea, Value: "15.71", Measure: jaring.FlowRegistered, Month: jaring.NewMonth(2026, 11)}
		var wg sync.WaitGroup
		for range folders {
			wg.Go(func() {
				for seen := 1; seen > 0; {
					err := db.Write(t.Context(), func(tx *store.Tx) error {
						pending, err := tx.PendingEvents(25)
						if seen = len(pending); err != nil || seen == 0 {
							return err
						}
						taken, err := tx.TakePending(pending)
						if err != nil {
							return err
						}
						return tx.AddCounts(map[jaring.Counter]int64{all: int64(len(taken)), area: int64(len(taken))})
					})
					if err != nil {
						t.Errorf("fold: %v", err)
						return
					}
				}
			})
		}
		wg.Wait()
		read(t, db, func(tx *store.Tx) error {
			got := map[jaring.Counter]int64{}
			err := tx.EachCount(func(c jaring.Counter, n int64) error { got[c] = n; return nil })
			if d := cmp.Diff(map[jaring.Counter]int64{all: events, area: events}, got); d != "" {
				t.Errorf("counters (-want +got):\n%s", d)
			}
			marginal, err2 := tx.FindCounts(jaring.ByArea, "15.71", jaring.NewMonth(2026, 11))
			later, err3 := tx.FindCounts(jaring.ByArea, "15.71", jaring.NewMonth(2026, 12))
			if marginal[area] != events || len(marginal) != 1 || len(later) != 0 {
				t.Errorf("marginal %v, later %v", marginal, later)
			}
			return errors.Join(err, err2, err3)
		})
	})
}

func TestEachEvent(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		write(t, db, func(tx *store.Tx) (err error) {
			for i := range 3 {
				for range 4 {
					err = errors.Join(err, tx.AddEvent(sampleEvent(fmt.Sprint("subject-", i), jaring.LoggedIn)))
				}
			}
			return err
		})
		var walked []string
		read(t, db, func(tx *store.Tx) error {
			walked = nil
			return tx.EachEvent(func(e *jaring.Event) error {
				walked = append(walked, fmt.Sprint(e.Subject, e.Seq))
				return nil
			})
		})
		if len(walked) != 12 || !slices.IsSorted(walked) {
			t.Errorf("walked %v", walked)
		}
		stop := errors.New("enough")
		if err := db.Read(t.Context(), func(tx *store.Tx) error { return tx.EachEvent(func(*jaring.Event) error { return stop }) }); !errors.Is(err, stop) {
			t.Errorf("a walk that was stopped: %v", err)
		}
	})
}
