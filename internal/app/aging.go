package app

import (
	"context"

	"golang.org/x/sync/errgroup"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// ageBatch is how many persons one transaction of the calendar looks at.
const ageBatch = 1000

// Age moves persons whose standing the calendar has changed: cover that began, lapsed
// or ended. It works in batches, can be stopped at any point and told again, and gives
// the number of persons that it moved.
func (a *App) Age(ctx context.Context) (moved int, err error) {
	day := jaring.DayIn(a.Now(), Zone(""))
	for { // who was changed by an act meanwhile is looked at again
		seen, n, err := a.agePass(ctx, day)
		moved += n
		if err != nil || seen == 0 {
			return moved, err
		}
	}
}

// agePass goes once through all who are due. The next batch is read and judged while one is written.
func (a *App) agePass(ctx context.Context, day jaring.Day) (seen, moved int, err error) {
	batches := make(chan *aging, 1)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(batches)
		var after store.AgingCursor
		for {
			g, err := a.judgeAging(ctx, day, after)
			if err != nil || len(g.found) == 0 {
				return err
			}
			last := g.found[len(g.found)-1]
			after = store.AgingCursor{Until: last.Due, Worker: last.Worker.ID}
			select {
			case batches <- g:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	})
	group.Go(func() error {
		for g := range batches {
			n, err := a.writeAging(ctx, g)
			if err != nil {
				return err
			}
			seen += len(g.found)
			if moved += n; n > 0 {
				a.Changed()
			}
		}
		return nil
	})
	err = group.Wait()
	return seen, moved, err
}

// aging is a batch of persons with where the calendar puts them.
type aging struct {
	found []*store.Aging
	until []jaring.Day // until when they stand there
	moves []store.AgedWorker
	at    []int // of each move in found
}

// judgeAging reads a batch and decides about it.
func (a *App) judgeAging(ctx context.Context, day jaring.Day, after store.AgingCursor) (*aging, error) {
	g := &aging{}
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		g.found, err = tx.FindAging(day, after, ageBatch)
		return err
	})
	if err != nil {
		return nil, err
	}
	employed, err := a.employedAmong(ctx, g.found)
	if err != nil {
		return nil, err
	}
	g.until = make([]jaring.Day, len(g.found))
	for i, p := range g.found {
		w, m := &p.Worker, &p.Membership
		r := &Record{Worker: w, Membership: m}
		if whole := employed[w.ID]; whole != nil {
			r, m = &Record{Worker: w, Membership: whole.Membership, All: whole.All}, whole.Membership
		}
		is := r.StandingOn(day, a.Cover)
		if w.State == jaring.WorkerActive { // else no calendar moves it any more
			g.until[i] = r.HoldsUntil(day, a.Cover)
		}
		if is == w.Standing {
			continue // a closed record, or one that moved by an act meanwhile
		}
		event, err := a.agedEvent(ctx, w, m, day, is)
		if err != nil {
			return nil, err
		}
		g.moves, g.at = append(g.moves, store.AgedWorker{ID: w.ID, Version: w.Version, To: is, Event: event}), append(g.at, i)
	}
	return g, nil
}

// employedAmong reads those of a batch whole who are or were wage workers: they stand by several memberships.
func (a *App) employedAmong(ctx context.Context, found []*store.Aging) (out map[jaring.WorkerID]*Record, err error) {
	ids := make([]jaring.WorkerID, len(found))
	for i, p := range found {
		ids[i] = p.Worker.ID
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		employed, err := tx.EmployedAmong(ids)
		out = make(map[jaring.WorkerID]*Record, len(employed))
		for _, id := range employed {
			if err == nil {
				out[id], err = LoadRecord(tx, id)
			}
		}
		return err
	})
	return out, err
}

// agedEvent is what is told of a person whom the calendar moves.
func (a *App) agedEvent(ctx context.Context, w *store.WorkerRecord, m *store.MembershipRecord, day jaring.Day, is jaring.Standing) (*jaring.Event, error) {
	path, err := a.offices.path(ctx, w.Office, a.Now())
	if err != nil {
		return nil, err
	}
	f := a.FactsOf(w, m, path)
	f.Month, f.Was, f.Is = day.Month(), w.Standing, is
	event := a.NewEvent(jaring.System, string(w.ID), agedKind(is))
	event.Facts = store.FactsText(f)
	return &event, nil
}

// writeAging writes a batch. Who was changed since it was read stays due.
func (a *App) writeAging(ctx context.Context, g *aging) (n int, err error) {
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		n = 0
		moved, err := tx.AgeWorkers(g.moves)
		if err != nil {
			return err
		}
		stays := map[int]bool{}
		for i, is := range moved {
			if is {
				n++
			} else {
				stays[g.at[i]] = true
			}
		}
		var found []*store.Aging
		var until []jaring.Day
		for i, p := range g.found {
			if !stays[i] {
				found, until = append(found, p), append(until, g.until[i])
			}
		}
		return tx.PassStandingDue(found, until)
	})
	return n, err
}
