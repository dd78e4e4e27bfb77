package outreach

import (
	"context"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// EraseServices takes name, phone and words from cases that were closed for longer than such are kept, and gives of
// how many; codes of numbers of past days lead nowhere any more. What is left still counts. It may be stopped and
// told again at any time.
func (o *Outreach) EraseServices(ctx context.Context) (n int, err error) {
	months := o.ServiceMonths
	if months == 0 {
		months = jaring.ServiceMonths
	}
	// Two days, because it is still yesterday somewhere.
	past := jaring.DayIn(o.Now(), app.Zone("")).Add(-2)
	if err := o.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.ForgetTurns(past)
		return err
	}); err != nil {
		return 0, err
	}
	before := o.Now().AddDate(0, -months, 0)
	for {
		erased := 0
		err := o.DB.Write(ctx, func(tx *store.Tx) (err error) {
			erased, err = tx.EraseServiceCases(before, o.Now(), eraseBatch)
			return err
		})
		if n += erased; err != nil || erased < eraseBatch {
			return n, err
		}
	}
}
