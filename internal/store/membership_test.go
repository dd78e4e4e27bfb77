package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

func TestMembershipRoundTrip(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := addWorker(t, db)
		first, second := sampleMembership(w), sampleMembership(w)
		second.LowestBand, second.Income = false, 3_500_000
		write(t, db, func(tx *store.Tx) error { return errors.Join(tx.AddMembership(second), tx.AddMembership(first)) })
		second.State, second.PaidOn, second.PaidAt, second.CoreState, second.CoreReason = jaring.StatePaid, jaring.NewDay(2026, 11, 22), now, jaring.CoreRejected, "name"
		second.ConfirmedAt = now.Add(time.Minute)
		write(t, db, func(tx *store.Tx) error { return tx.UpdateMembership(second) })
		read(t, db, func(tx *store.Tx) error {
			got, err := tx.FindMemberships(w.ID)
			if d := cmp.Diff([]*store.MembershipRecord{first, second}, got); d != "" {
				t.Errorf("memberships (-written +read):\n%s", d)
			}
			return err
		})
	})
}

func TestReviews(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		office := newID[jaring.OfficeID]()
		var all []*store.ReviewRecord
		for range 4 {
			w := addWorker(t, db)
			v := &store.ReviewRecord{ID: newID[jaring.ReviewID](), Worker: w.ID, State: "open", Office: office, OpenedAt: now, Candidate: newID[jaring.WorkerID](),
				Reasons: []jaring.Finding{{Verdict: jaring.Hold, Key: "match.suspected", Args: jaring.Args{"score": "0.9"}}}}
			write(t, db, func(tx *store.Tx) error { return tx.AddReview(v) })
			all = append([]*store.ReviewRecord{v}, all...)
		}
		decided := all[1]
		decided.State, decided.DecidedAt, decided.DecidedBy, decided.Reason = "same", now, newID[jaring.AccountID](), "same KTP"
		decide := func(tx *store.Tx) error { return tx.DecideReview(decided) }
		write(t, db, decide)
		wantKey(t, db.Write(t.Context(), decide), jaring.Conflict, "review.decided")
		read(t, db, func(tx *store.Tx) error {
			offices := []jaring.OfficeID{office, newID[jaring.OfficeID]()}
			first, err := tx.FindReviews(offices, "", 2)
			if d := cmp.Diff([]*store.ReviewRecord{all[0], all[2]}, first); d != "" {
				t.Errorf("first page (-want +got):\n%s", d)
			}
			rest, err2 := tx.FindReviews(offices, all[2].ID, 2)
			if d := cmp.Diff(all[3:], rest); d != "" {
				t.Errorf("second page (-want +got):\n%s", d)
			}
			one, err3 := tx.GetReview(decided.ID)
			if d := cmp.Diff(decided, one); d != "" {
				t.Errorf("decided (-want +got):\n%s", d)
			}
			open, err4 := tx.OpenReviewOf(all[3].Worker)
			none, err5 := tx.OpenReviewOf(decided.Worker)
			if open == nil || open.ID != all[3].ID || none != nil {
				t.Errorf("open reviews: %v and %v", open, none)
			}
			return errors.Join(err, err2, err3, err4, err5)
		})
		err := db.Read(t.Context(), func(tx *store.Tx) error { _, err := tx.GetReview(newID[jaring.ReviewID]()); return err })
		wantKey(t, err, jaring.NotFound, "review.not_found")
	})
}

func TestHeldOperations(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		first := newID[jaring.OperationID]()
		hold := func(seq int64, after ...jaring.OperationID) *store.HeldOperation {
			return &store.HeldOperation{
				Operation: jaring.Operation{ID: newID[jaring.OperationID](), Kind: jaring.ActSettle, Device: newID[jaring.DeviceID](), Seq: seq, After: after, BaseVersion: 3, TakenAt: now,
					ReceivedAt: now.Add(time.Duration(seq) * time.Hour), ClockTrust: seq != 5},
				Account: newID[jaring.AccountID](), Digest: []byte{1}, KeyID: "data-1", Sealed: []byte("sealed"), Waiting: after[0],
			}
		}
		late, early, other := hold(9, first), hold(2, first, newID[jaring.OperationID]()), hold(5, newID[jaring.OperationID]())
		for range 2 { // keeping twice is no error
			write(t, db, func(tx *store.Tx) error { return errors.Join(tx.AddHeld(late), tx.AddHeld(early), tx.AddHeld(other)) })
		}
		read(t, db, func(tx *store.Tx) error {
			waiting, err := tx.FindHeldAfter([]jaring.OperationID{first})
			if d := cmp.Diff([]*store.HeldOperation{early, late}, waiting); d != "" {
				t.Errorf("waiting for the first (-want +got):\n%s", d)
			}
			old, err2 := tx.FindHeldBefore(now.Add(6*time.Hour), 10)
			if d := cmp.Diff([]*store.HeldOperation{early, other}, old); d != "" {
				t.Errorf("waiting for long (-want +got):\n%s", d)
			}
			return errors.Join(err, err2)
		})
		write(t, db, func(tx *store.Tx) error { return errors.Join(tx.DropHeld(early.ID), tx.GiveUpHeld(late.ID, now)) })
		var left []jaring.OperationID
		read(t, db, func(tx *store.Tx) error {
			left = nil
			waiting, err := tx.FindHeldAfter([]jaring.OperationID{first})
			if len(waiting) != 0 {
				t.Error("a dropped or given up operation still waits")
			}
			return errors.Join(err, tx.EachHeld(func(h *store.HeldOperation) error { left = append(left, h.ID); return nil }))
		})
		if len(left) != 2 {
			t.Errorf("%d are kept, want the given up and the other", len(left))
		}
	})
}

func TestCoreMessages(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := addWorker(t, db)
		m := sampleMembership(w)
		write(t, db, func(tx *store.Tx) error { return errors.Join(tx.AddMembership(m), tx.QueueCore(w.ID, m.ID, now)) })
		message := &store.CoreMessage{Worker: w.ID, Membership: m.ID, State: jaring.CoreQueued, QueuedAt: now}
		want := func(state jaring.CoreState, reason string, tries int64) {
			t.Helper()
			read(t, db, func(tx *store.Tx) error {
				got, err := tx.GetCoreMessage(w.ID, m.ID)
				if got == nil || got.State != state || got.Reason != reason || got.Tries != tries {
					t.Errorf("message %+v, want %s %q after %d tries", got, state, reason, tries)
				}
				listed, err2 := tx.FindCoreMessages(state, 5)
				n, err3 := tx.CountCore(state)
				if len(listed) != 1 || n != 1 {
					t.Errorf("listed %d, counted %d in %s", len(listed), n, state)
				}
				return errors.Join(err, err2, err3)
			})
		}
		want(jaring.CoreQueued, "", 0)
		write(t, db, func(tx *store.Tx) error { return tx.SentCore(message, now) })
		want(jaring.CoreSent, "", 1)
		write(t, db, func(tx *store.Tx) error { return tx.SetCoreState(message, jaring.CoreRejected, "name", now) })
		want(jaring.CoreRejected, "name", 2)
		read(t, db, func(tx *store.Tx) error {
			n, err := tx.CountRefused([]jaring.OfficeID{w.Office})
			if n != 1 {
				t.Errorf("%d refused at the office, want 1", n)
			}
			return err
		})
		write(t, db, func(tx *store.Tx) error { return tx.SentCore(message, now) }) // answered meanwhile: stays so
		want(jaring.CoreRejected, "name", 2)
		write(t, db, func(tx *store.Tx) error { return tx.QueueCore(w.ID, m.ID, now) })
		want(jaring.CoreQueued, "", 2)
		read(t, db, func(tx *store.Tx) error {
			none, err := tx.GetCoreMessage(w.ID, newID[jaring.MembershipID]())
			if none != nil {
				t.Error("a message about another membership")
			}
			return err
		})
	})
}
