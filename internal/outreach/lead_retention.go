package outreach

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// eraseBatch is how many leads are erased in one transaction.
const eraseBatch = 200

// EraseLeads takes name, phone and note from leads that became nobody for longer than such notes are kept, and
// gives how many. What is left still counts. It may be stopped and told again at any time.
func (o *Outreach) EraseLeads(ctx context.Context) (n int, err error) {
	months := o.LeadMonths
	if months == 0 {
		months = jaring.LeadMonths
	}
	before := o.Now().AddDate(0, -months, 0)
	for {
		erased := 0
		err := o.DB.Write(ctx, func(tx *store.Tx) (err error) {
			erased, err = tx.EraseLeads(before, o.Now(), eraseBatch)
			return err
		})
		if n += erased; err != nil || erased < eraseBatch {
			return n, err
		}
	}
}
