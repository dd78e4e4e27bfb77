package app

import (
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// CoreEnding is the end of somebody's cover before what the core was told of.
type CoreEnding = store.Ending

// FindCoreEndings gives ends of which the core was not told, the oldest first.
func (a *App) FindCoreEndings(ctx context.Context, limit int) (due []*CoreEnding, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		due, err = tx.FindEndingsDue(limit)
		return err
	})
	return due, err
}

// EndingsTold notes that the core has taken the message of ends.
func (a *App) EndingsTold(ctx context.Context, told []*CoreEnding) error {
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		for _, e := range told {
			if err := tx.SentEnding(e, a.Now()); err != nil {
				return err
			}
		}
		return nil
	})
}

// CoreEnded records that the core holds an end since a day. The same answer again changes nothing, and neither does
// one about an end that nobody asked for. Error: worker.not_found.
func (a *App) CoreEnded(ctx context.Context, worker jaring.WorkerID, membership jaring.MembershipID, last jaring.Month, on jaring.Day) error {
	err := a.DB.Write(ctx, func(tx *store.Tx) error {
		done, err := tx.EndCore(worker, membership, last, on)
		if err != nil || !done {
			return err
		}
		r, err := LoadRecord(tx, worker)
		if err != nil {
			return err
		}
		return a.TellOf(tx, jaring.System, r, r.Worker.Standing, jaring.CoreEnded, func(f *jaring.Facts) { f.To = last })
	})
	if err == nil {
		a.Changed()
	}
	return err
}

// silent says why nobody is reminded of the end of what a person has paid: the person died, or has left a sponsor's
// list and the months ended by that. Empty: there is nothing against it. Own rule: a family in mourning gets no bill.
func silent(es []*store.Ending, worker jaring.WorkerID, paidTo jaring.Month) (key string) {
	for _, e := range es {
		switch {
		case e.Worker != worker:
		case e.Why == jaring.LeftDied:
			return "reminder.died"
		case e.Last == paidTo:
			key = "reminder.left"
		}
	}
	return key
}

// heard leaves those away of whose end nobody is reminded.
func heard[T any](tx *store.Tx, list []T, of func(T) (jaring.WorkerID, jaring.Month)) ([]T, error) {
	ids := make([]jaring.WorkerID, len(list))
	for i, one := range list {
		ids[i], _ = of(one)
	}
	es, err := tx.FindEndings(ids)
	if err != nil || len(es) == 0 {
		return list, err
	}
	return slices.DeleteFunc(slices.Clone(list), func(one T) bool {
		id, paidTo := of(one)
		return silent(es, id, paidTo) != ""
	}), nil
}

// mayHear asks whether somebody may be reminded of the end of what is paid. Errors: reminder.died, reminder.left.
func (a *App) mayHear(ctx context.Context, w *store.WorkerRecord) error {
	var es []*store.Ending
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		es, err = tx.FindEndings([]jaring.WorkerID{w.ID})
		return err
	})
	if key := silent(es, w.ID, w.PaidTo); err == nil && key != "" {
		err = jaring.NewError(jaring.Conflict, key)
	}
	return err
}
