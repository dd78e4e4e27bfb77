package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// exportPage is how many rows one read brings: no reader is kept for longer.
const exportPage = 1000

// EachWorker walks all persons in the order of their ids.
func (a *App) EachWorker(ctx context.Context, f func(*store.WorkerRecord) error) error {
	var last jaring.WorkerID
	return pages(ctx, a, func(tx *store.Tx) ([]*store.WorkerRecord, error) { return tx.WorkersAfter(last, exportPage) },
		func(w *store.WorkerRecord) error { last = w.ID; return f(w) })
}

// EachMembership walks all memberships in the order of persons.
func (a *App) EachMembership(ctx context.Context, f func(*store.MembershipRecord) error) error {
	var last store.MembershipRecord
	return pages(ctx, a, func(tx *store.Tx) ([]*store.MembershipRecord, error) {
		return tx.MembershipsAfter(last.Worker, last.ID, exportPage)
	}, func(m *store.MembershipRecord) error { last = *m; return f(m) })
}

// EachPayment walks all that is or was to be paid in the order of persons.
func (a *App) EachPayment(ctx context.Context, f func(jaring.Payment) error) error {
	var last jaring.Payment
	return pages(ctx, a, func(tx *store.Tx) ([]jaring.Payment, error) {
		return tx.PaymentsAfter(last.Worker, last.ID, exportPage)
	}, func(p jaring.Payment) error { last = p; return f(p) })
}

// EachEvent walks all events in the order of subjects and their chains.
func (a *App) EachEvent(ctx context.Context, f func(*jaring.Event) error) error {
	return a.DB.Read(ctx, func(tx *store.Tx) error { return tx.EachEvent(f) })
}

// EachAttendance walks who was in which class on which day.
func (a *App) EachAttendance(ctx context.Context, f func(*store.AttendanceRow) error) error {
	var last *store.AttendanceRow
	return pages(ctx, a, func(tx *store.Tx) ([]*store.AttendanceRow, error) { return tx.AttendanceAfter(last, exportPage) },
		func(r *store.AttendanceRow) error { last = r; return f(r) })
}

// pages reads page after page until one is empty.
func pages[T any](ctx context.Context, a *App, read func(*store.Tx) ([]T, error), f func(T) error) error {
	for {
		var page []T
		err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
			page, err = read(tx)
			return err
		})
		if err != nil || len(page) == 0 {
			return err
		}
		for _, row := range page {
			if err := f(row); err != nil {
				return err
			}
		}
	}
}
