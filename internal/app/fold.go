package app

import (
	"cmp"
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// foldBatch is how many events one transaction brings into the counters.
const foldBatch = 500

// Fold brings events into the counters until none is left, each exactly once: whoever
// deletes an event's pending mark adds it, in the same transaction. It gives how many.
func (a *App) Fold(ctx context.Context) (folded int, err error) {
	for {
		var pending []*jaring.Event
		err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
			pending, err = tx.PendingEvents(foldBatch)
			return err
		})
		if err != nil || len(pending) == 0 {
			return folded, err
		}
		// One order for all who fold, so that two processes never wait for each other in a ring.
		slices.SortFunc(pending, func(x, y *jaring.Event) int {
			return cmp.Or(cmp.Compare(x.Subject, y.Subject), cmp.Compare(x.Seq, y.Seq))
		})
		var taken []*jaring.Event
		err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
			taken, err = tx.TakePending(pending)
			if err != nil {
				return err
			}
			counts, err := countsOf(taken)
			if err != nil {
				return err
			}
			return tx.AddCounts(counts)
		})
		if err != nil {
			return folded, err
		}
		folded += len(taken)
	}
}

func countsOf(events []*jaring.Event) (map[jaring.Counter]int64, error) {
	counts := map[jaring.Counter]int64{}
	for _, e := range events {
		if err := count(e, counts); err != nil {
			return nil, err
		}
	}
	return counts, nil
}

func count(e *jaring.Event, counts map[jaring.Counter]int64) error {
	facts, err := store.ParseFacts(e.Facts)
	if err != nil {
		return err
	}
	jaring.Tally(e.Kind, facts, func(c jaring.Counter, n int64) { counts[c] += n })
	return nil
}

// Difference is a counter that is not what the events say.
type Difference struct {
	Counter   jaring.Counter
	Stored    int64
	FromEvent int64
}

// Recount computes every counter from the events, asOf limiting the moment of recording when it
// is not zero, and compares it with what is stored. Pending events are folded first.
// It gives the differences, the number of counters and the number of events.
func (a *App) Recount(ctx context.Context) (diffs []Difference, counters, events int, err error) {
	if _, err = a.Fold(ctx); err != nil {
		return nil, 0, 0, err
	}
	err = a.DB.Snapshot(ctx, func(tx *store.Tx) error {
		fresh := map[jaring.Counter]int64{}
		pending := map[string]bool{}
		if err := tx.EachPending(func(subject string, seq int64) { pending[key(subject, seq)] = true }); err != nil {
			return err
		}
		if err := tx.EachEvent(func(e *jaring.Event) error {
			events++
			if len(pending) > 0 && pending[key(e.Subject, e.Seq)] {
				return nil
			}
			return count(e, fresh)
		}); err != nil {
			return err
		}
		stored := map[jaring.Counter]int64{}
		if err := tx.EachCount(func(c jaring.Counter, n int64) error { stored[c] = n; return nil }); err != nil {
			return err
		}
		counters = len(stored)
		diffs = differences(stored, fresh)
		return nil
	})
	return diffs, counters, events, err
}

func differences(stored, fresh map[jaring.Counter]int64) (diffs []Difference) {
	for c, n := range fresh {
		if stored[c] != n {
			diffs = append(diffs, Difference{c, stored[c], n})
		}
	}
	for c, n := range stored {
		if _, known := fresh[c]; !known {
			diffs = append(diffs, Difference{c, n, 0})
		}
	}
	slices.SortFunc(diffs, func(x, y Difference) int {
		return cmp.Or(cmp.Compare(x.Counter.Dimension, y.Counter.Dimension), cmp.Compare(x.Counter.Value, y.Counter.Value),
			cmp.Compare(x.Counter.Measure, y.Counter.Measure), cmp.Compare(x.Counter.Month, y.Counter.Month))
	})
	return diffs
}

// MendCounters writes what the events say over the counters that differ.
func (a *App) MendCounters(ctx context.Context, diffs []Difference) error {
	counts := map[jaring.Counter]int64{}
	for _, d := range diffs {
		counts[d.Counter] = d.FromEvent - d.Stored
	}
	return a.DB.Write(ctx, func(tx *store.Tx) error { return tx.AddCounts(counts) })
}
