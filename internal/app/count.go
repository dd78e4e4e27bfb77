package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Counted gives a counter; a flow without a month is the sum over all months.
func (a *App) Counted(ctx context.Context, c jaring.Counter) (n int64, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		n = 0
		counts, err := tx.FindCounts(c.Dimension, c.Value, 0)
		for found, value := range counts {
			if found.Measure == c.Measure && (c.Month == 0 || found.Month == c.Month) {
				n += value
			}
		}
		return err
	})
	return n, err
}
