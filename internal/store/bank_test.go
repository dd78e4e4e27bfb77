package store_test

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

func bankEntry(external, request string) *store.BankEntry {
	return &store.BankEntry{Partner: "BANKSIM", Day: jaring.NewDay(2026, 11, 21), ExternalID: external, RequestID: request, Digest: []byte("d-" + external),
		Code: "888998260000000017", Amount: 45_600, Worker: newID[jaring.WorkerID](), Entry: newID[string](), At: now}
}

func TestBankEntries(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		first, other, refused := bankEntry("E1", "R1"), bankEntry("E2", "R1"), bankEntry("E3", "R3")
		refused.Worker, refused.Entry, refused.Refused, refused.RefusedAs = "", "", "payment.settled", jaring.Conflict
		write(t, db, func(tx *store.Tx) error { return tx.AddBankEntry(first, true) })
		write(t, db, func(tx *store.Tx) error { return tx.AddBankEntry(other, false) })
		write(t, db, func(tx *store.Tx) error { return tx.AddBankEntry(refused, true) })
		again := *first // what came second got the first one's answer
		again.ExternalID, again.Digest = other.ExternalID, other.Digest
		answer := func(e *store.BankEntry) *store.BankEntry {
			short := *e
			short.Day, short.ExternalID, short.Digest = 0, "", nil
			return &short
		}
		for _, c := range []struct {
			partner, external, request string
			day                        jaring.Day
			byExternal, byRequest      *store.BankEntry
		}{
			{"BANKSIM", "E1", "R1", first.Day, first, answer(first)},
			{"BANKSIM", "E2", "R1", first.Day, &again, answer(first)},
			{"BANKSIM", "E2", "R3", first.Day, &again, answer(refused)},
			{"BANKSIM", "E3", "R9", first.Day, refused, nil},
			{"BANKSIM", "E9", "R3", first.Day, nil, answer(refused)},
			{"BANKSIM", "E1", "R9", first.Day.Add(1), nil, nil},
			{"OTHER", "E1", "R1", first.Day, nil, nil},
		} {
			read(t, db, func(tx *store.Tx) error {
				byExternal, byRequest, err := tx.FindBankEntries(c.partner, c.day, c.external, c.request)
				if d := cmp.Diff(c.byExternal, byExternal) + cmp.Diff(c.byRequest, byRequest); d != "" {
					t.Errorf("%s %s %s:\n%s", c.partner, c.external, c.request, d)
				}
				return err
			})
		}
	})
}

// Of many who tell of one payment at one moment one is first, and the others see it.
func TestBankEntriesRace(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		var mu sync.Mutex
		var all sync.WaitGroup
		firsts := 0
		for i := range 16 {
			all.Go(func() {
				e, first := bankEntry("E"+string(rune('a'+i)), "R1"), false
				err := db.Write(t.Context(), func(tx *store.Tx) error {
					_, known, err := tx.FindBankEntries(e.Partner, e.Day, e.ExternalID, e.RequestID)
					if err != nil {
						return err
					}
					first = known == nil
					return tx.AddBankEntry(e, first)
				})
				mu.Lock()
				defer mu.Unlock()
				if first && err == nil {
					firsts++
				}
				if err != nil && jaring.CodeOf(err) != jaring.Unavailable {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if firsts != 1 {
			t.Errorf("%d were first", firsts)
		}
	})
}

func TestSuspense(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		office, far := newID[jaring.OfficeID](), newID[jaring.OfficeID]()
		var all []*store.SuspenseRecord
		for i := range 3 {
			s := &store.SuspenseRecord{Office: office, ID: newID[string](), Code: "8260000000017", Channel: "qris", Bank: "Bank Uji", Reference: "REF",
				Amount: jaring.Rupiah(10_000 + i), PaidOn: jaring.NewDay(2026, 11, 21), Why: "payment.settled", At: now}
			all = append(all, s)
			write(t, db, func(tx *store.Tx) error { return tx.AddSuspense(s) })
		}
		read(t, db, func(tx *store.Tx) error {
			got, err := tx.FindSuspense([]jaring.OfficeID{far, office}, all[0].ID, 10)
			if d := cmp.Diff(all[1:], got); d != "" {
				t.Error(d)
			}
			n, err2 := tx.CountSuspense([]jaring.OfficeID{office})
			none, err3 := tx.CountSuspense([]jaring.OfficeID{far})
			if n != 3 || none != 0 || err2 != nil || err3 != nil {
				t.Error(n, none, err2, err3)
			}
			return err
		})
	})
}

// A rehearsal writes down what an act would write, and leaves nothing.
func TestRehearse(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		e := bankEntry("E1", "R1")
		all, err := db.Rehearse(t.Context(), func(tx *store.Tx) error { return tx.AddBankEntry(e, true) })
		if err != nil || len(all) != 2 {
			t.Errorf("%d statements, %v", len(all), err)
		}
		read(t, db, func(tx *store.Tx) error {
			byExternal, byRequest, err := tx.FindBankEntries(e.Partner, e.Day, e.ExternalID, e.RequestID)
			if byExternal != nil || byRequest != nil {
				t.Error("something stayed")
			}
			return err
		})
	})
}
