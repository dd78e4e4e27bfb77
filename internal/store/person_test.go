package store_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

func TestGetPerson_IsWhatTheRowsSaySingly(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := addWorker(t, db)
		m, event := sampleMembership(w), sampleEvent(string(w.ID), jaring.WorkerRegistered)
		p := jaring.Payment{Worker: w.ID, Membership: m.ID, Code: "82600000000017", State: "waiting", Amount: 16_800}
		write(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddMembership(m), tx.AddPayment(p), tx.AddFirstEvent(event))
		})
		read(t, db, func(tx *store.Tx) error {
			one, heads, err := tx.GetPayer(w.ID)
			again, err2 := tx.GetPerson(w.ID)
			worker, err3 := tx.GetWorker(w.ID)
			all, err4 := tx.FindMemberships(w.ID)
			if d := cmp.Diff(&store.Person{Worker: worker, Memberships: all}, one); d != "" || len(all[0].Payments) != 1 {
				t.Errorf("(-singly +at once):\n%s", d)
			}
			if d := cmp.Diff(one, again); d != "" || heads.Events.Seq != 1 || string(heads.Events.Hash) != string(event.Hash) || heads.Ledger.Seq != 0 {
				t.Errorf("%+v\n%s", heads, d)
			}
			_, err5 := tx.GetPerson(newID[jaring.WorkerID]())
			wantKey(t, err5, jaring.NotFound, "worker.not_found")
			return errors.Join(err, err2, err3, err4)
		})
	})
}

// Who has read the end of a chain before is done once more when it is the end no more, and nothing is lost.
func TestAddEventBehind_WhatWasTheEnd(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := addWorker(t, db)
		write(t, db, func(tx *store.Tx) error { return tx.AddFirstEvent(sampleEvent(string(w.ID), jaring.WorkerRegistered)) })
		for _, stale := range []bool{false, true} {
			var heads *store.Heads
			read(t, db, func(tx *store.Tx) (err error) {
				_, heads, err = tx.GetPayer(w.ID)
				return err
			})
			if stale {
				write(t, db, func(tx *store.Tx) error { return tx.AddEvent(sampleEvent(string(w.ID), jaring.WorkerCorrected)) })
			}
			runs := 0
			write(t, db, func(tx *store.Tx) error {
				if runs++; runs > 1 {
					return tx.AddEvent(sampleEvent(string(w.ID), jaring.ContributionSettled))
				}
				return tx.AddEventBehind(sampleEvent(string(w.ID), jaring.ContributionSettled), heads.Events)
			})
			if runs != 1 && !stale || runs != 2 && stale {
				t.Errorf("done %d times, stale %v", runs, stale)
			}
		}
		wantChain(t, db, string(w.ID), 4)
	})
}

// Two who read the same standing: one writes it.
func TestUpdateStanding_ByOneOfTwo(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := addWorker(t, db)
		first, second := *w, *w
		first.Standing, first.PaidTo = jaring.StandingPaid, jaring.NewDay(2026, 12, 31).Month()
		write(t, db, func(tx *store.Tx) error { return tx.UpdateStanding(&first) })
		wantKey(t, db.Write(t.Context(), func(tx *store.Tx) error { return tx.UpdateStanding(&second) }), jaring.Conflict, "worker.changed_meanwhile")
		read(t, db, func(tx *store.Tx) error {
			got, err := tx.GetWorker(w.ID)
			if d := cmp.Diff(&first, got); d != "" {
				t.Errorf("(-written +read):\n%s", d)
			}
			return err
		})
	})
}
