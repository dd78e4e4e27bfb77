package store

import (
	"cmp"
	"slices"

	"jaring/internal/jaring"
)

// AddCounts adds to the counters, in one order for all writers so that two never
// wait for each other.
func (tx *Tx) AddCounts(counts map[jaring.Counter]int64) error {
	for _, c := range sortedCounters(counts) {
		if counts[c] == 0 {
			continue
		}
		err := tx.queue(`INSERT INTO counter (dimension, value, measure, month, n) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (dimension, value, measure, month) DO UPDATE SET n = counter.n + excluded.n`,
			string(c.Dimension), c.Value, string(c.Measure), int64(c.Month), counts[c])
		if err != nil {
			return err
		}
	}
	return nil
}

func sortedCounters(counts map[jaring.Counter]int64) []jaring.Counter {
	keys := make([]jaring.Counter, 0, len(counts))
	for c := range counts {
		keys = append(keys, c)
	}
	slices.SortFunc(keys, func(a, b jaring.Counter) int {
		return cmp.Or(cmp.Compare(a.Dimension, b.Dimension), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Measure, b.Measure), cmp.Compare(a.Month, b.Month))
	})
	return keys
}

// FindCounts gives the counters of one marginal: all measures and months from first
// on, and the gauges.
func (tx *Tx) FindCounts(d jaring.Dimension, value string, first jaring.Month) (map[jaring.Counter]int64, error) {
	out := map[jaring.Counter]int64{}
	err := tx.each(`SELECT measure, month, n FROM counter WHERE dimension = $1 AND value = $2 AND (month = 0 OR month >= $3)`,
		[]any{string(d), value, int64(first)}, func(r rows) error {
			c := jaring.Counter{Dimension: d, Value: value}
			var n int64
			err := r.Scan(&c.Measure, &c.Month, &n)
			out[c] = n
			return err
		})
	return out, err
}

// EachCount walks all counters that are not zero.
func (tx *Tx) EachCount(f func(jaring.Counter, int64) error) error {
	return tx.each(`SELECT dimension, value, measure, month, n FROM counter WHERE n <> 0`, nil, func(r rows) error {
		var c jaring.Counter
		var n int64
		if err := r.Scan(&c.Dimension, &c.Value, &c.Measure, &c.Month, &n); err != nil {
			return err
		}
		return f(c, n)
	})
}
