package sponsor

import (
	"context"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/roster"
	"jaring/internal/store"
)

// HoldListed holds rows that are judged against the book, as a sponsor's list is, and lets each hear of it: the months
// that others pay already, whose NIK it is, who is alike. It leaves no trace of who was asked about. form says which
// months a sponsor would pay for.
func (a *Sponsors) HoldListed(ctx context.Context, entries []*roster.Entry, form jaring.Agreement) error {
	on := jaring.DayIn(a.Now(), app.Zone(""))
	rows, err := a.holdAgainst(ctx, entries, &store.RosterRecord{MadeAt: a.Now()}, on)
	if err != nil {
		return err
	}
	first, months := monthsLeft(form, on)
	for i := range rows {
		if rows[i].err == nil && rows[i].entry.Verdict != jaring.Reject {
			rows[i].entry.Hear(placeIn(&rows[i], first, months).findings...)
		}
	}
	return nil
}
