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

func sampleReminder(w *store.WorkerRecord, kind jaring.ReminderKind) *store.ReminderRecord {
	return &store.ReminderRecord{ID: jaringtest.NewID(), Worker: w.ID, End: jaring.NewDay(2027, 1, 31), Kind: kind, State: jaring.ReminderWaits, NotBefore: now, MadeAt: now}
}

func TestReminders_OneOfAKindForAnEnd(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := sampleWorker()
		r := sampleReminder(w, "b30")
		write(t, db, func(tx *store.Tx) error {
			added, err := false, tx.AddWorker(w)
			if err == nil {
				added, err = tx.AddReminder(r)
			}
			if !added {
				t.Error("not added")
			}
			return err
		})
		write(t, db, func(tx *store.Tx) error {
			again := *r
			again.ID = jaringtest.NewID()
			added, err := tx.AddReminder(&again)
			if added {
				t.Error("a second one")
			}
			return errors.Join(err, tx.AddReminders([]*store.ReminderRecord{&again}))
		})
		read(t, db, func(tx *store.Tx) error {
			all, err := tx.FindReminders(w.ID)
			if d := cmp.Diff([]*store.ReminderRecord{r}, all); d != "" {
				t.Errorf("(-written +read):\n%s", d)
			}
			early, err2 := tx.FindWaitingReminders(now.Add(-time.Second), 9)
			due, err3 := tx.FindWaitingReminders(now, 9)
			mine, err4 := tx.FindRemindersOf([]jaring.WorkerID{w.ID}, r.End)
			later, err5 := tx.FindRemindersOf([]jaring.WorkerID{w.ID}, r.End.Add(1))
			if len(early) != 0 || len(due) != 1 || len(mine) != 1 || len(later) != 0 {
				t.Errorf("%d early, %d due, %d mine, %d later", len(early), len(due), len(mine), len(later))
			}
			return errors.Join(err, err2, err3, err4, err5)
		})
	})
}

func TestReminders_MoveOnceFromWhereTheyStand(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := sampleWorker()
		r := sampleReminder(w, "a1")
		write(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddWorker(w), tx.AddReminders([]*store.ReminderRecord{r}))
		})
		move := func(was, is jaring.ReminderState) (moved bool) {
			next := *r
			next.State, next.TakenAt, next.Channel, next.GatewayID, next.Failed, next.Why, next.Progress, next.DoneAt = is, now, "sms", "g", "whatsapp", "message.refused", "read", now.Add(time.Minute)
			write(t, db, func(tx *store.Tx) (err error) {
				moved, err = tx.MoveReminder(&next, was)
				return err
			})
			return moved
		}
		if !move(jaring.ReminderWaits, jaring.ReminderUnderWay) || move(jaring.ReminderWaits, jaring.ReminderUnderWay) {
			t.Error("taken twice")
		}
		write(t, db, func(tx *store.Tx) error {
			n, err := tx.LoseReminders(now)
			if n != 0 {
				t.Error("lost too early")
			}
			return err
		})
		write(t, db, func(tx *store.Tx) error {
			n, err := tx.LoseReminders(now.Add(time.Second))
			if n != 1 {
				t.Error("not lost")
			}
			return err
		})
		if !move(jaring.ReminderUnknown, jaring.ReminderSentState) {
			t.Error("a gateway's word comes late")
		}
		read(t, db, func(tx *store.Tx) error {
			got, err := tx.ReminderOfLetter(r.ID)
			nobody, err2 := tx.ReminderOfLetter(jaringtest.NewID())
			if got == nil || got.State != jaring.ReminderSentState || got.Failed != "whatsapp" || got.Progress != "read" || nobody != nil {
				t.Errorf("%+v %+v", got, nobody)
			}
			return errors.Join(err, err2)
		})
	})
}

func TestContactChoice_TheLatestHolds(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		put := func(stop bool, at time.Time) (changed bool) {
			write(t, db, func(tx *store.Tx) (err error) {
				changed, err = tx.PutContactChoice(store.ContactChoice{Phone: "+628120000001", Stopped: stop, At: at, Letter: jaringtest.NewID(), Template: "x", State: jaring.ReminderWaits})
				return err
			})
			return changed
		}
		if !put(true, now) || put(false, now) || put(false, now.Add(-time.Hour)) || !put(true, now.Add(time.Hour)) {
			t.Error("an older choice, or the same again, changes something")
		}
		var waiting []store.ContactChoice
		read(t, db, func(tx *store.Tx) (err error) {
			stopped, err := tx.FindStopped([]string{"+628120000001", "+628120000002"})
			if !stopped["+628120000001"] || stopped["+628120000002"] {
				t.Errorf("%v", stopped)
			}
			if err == nil {
				waiting, err = tx.FindWaitingAnswers(9)
			}
			return err
		})
		for i := range 2 {
			write(t, db, func(tx *store.Tx) error {
				moved, err := tx.MoveAnswer(waiting[0].Phone, waiting[0].Letter, jaring.ReminderWaits, jaring.ReminderUnderWay, now)
				if moved != (i == 0) {
					t.Errorf("moved %t", moved)
				}
				return err
			})
		}
	})
}

func TestReminderRun_IsLeftAndTakenUp(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		run := store.ReminderRun{Office: newID[jaring.OfficeID](), End: jaring.NewDay(2027, 1, 31), Kind: "b30"}
		for _, after := range []jaring.WorkerID{newID[jaring.WorkerID](), newID[jaring.WorkerID]()} {
			run.After, run.Made, run.DoneAt = after, run.Made+5, now
			write(t, db, func(tx *store.Tx) error { return tx.PutReminderRun(run) })
			read(t, db, func(tx *store.Tx) error {
				got, err := tx.GetReminderRun(run.Office, run.End, run.Kind)
				if d := cmp.Diff(run, got); d != "" {
					t.Error(d)
				}
				return err
			})
		}
	})
}

// A token leads to one rescue, and a contribution to whoever else pays it.
func TestRescue(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := sampleWorker()
		r := &store.RescueRecord{ID: jaringtest.NewID(), Worker: w.ID, Contribution: newID[jaring.ContributionID](), PayerKind: jaring.PayerGroup, PayerName: "Ojek", MadeBy: "x", MadeAt: now}
		write(t, db, func(tx *store.Tx) error { return errors.Join(tx.AddWorker(w), tx.AddRescue(r, []byte("hash"))) })
		read(t, db, func(tx *store.Tx) error {
			got, err := tx.RescueOfToken([]byte("hash"))
			of, err2 := tx.RescueOf(w.ID, r.Contribution)
			none, err3 := tx.RescueOf(w.ID, newID[jaring.ContributionID]())
			if d := cmp.Diff([]*store.RescueRecord{r, r, nil}, []*store.RescueRecord{got, of, none}); d != "" {
				t.Error(d)
			}
			_, err4 := tx.RescueOfToken([]byte("other"))
			wantKey(t, err4, jaring.NotFound, "rescue.unknown")
			return errors.Join(err, err2, err3)
		})
	})
}
