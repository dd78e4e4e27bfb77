package store_test

import (
	"bytes"
	"errors"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// register is what the acting room does in its short transaction, on the store's part.
func register(tx *store.Tx, w *store.WorkerRecord, op *store.OperationRecord, nik string) error {
	taken, err := tx.Claim([]*store.OperationRecord{op}, []store.NIKClaim{sampleClaim(w, nik)})
	if err != nil {
		return err
	}
	if taken[0] {
		o := op.Outcome
		o.Kind, o.Findings = jaring.Refused, []jaring.Finding{{Verdict: jaring.Reject, Key: "worker.already_registered"}}
		return tx.SetOutcome(o)
	}
	if err := tx.AddWorker(w); err != nil {
		return err
	}
	return tx.AddFirstEvent(sampleEvent(string(w.ID), jaring.WorkerRegistered))
}

func TestClaimRemembersOperations(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := sampleWorker()
		op := sampleOperation(w)
		write(t, db, func(tx *store.Tx) error { return register(tx, w, op, "1571025502849001") })
		read(t, db, func(tx *store.Tx) error {
			found, err := tx.FindOperations([]jaring.OperationID{op.ID, newID[jaring.OperationID]()})
			if len(found) != 1 {
				t.Fatalf("found %d operations, want 1: %v", len(found), err)
			}
			if d := cmp.Diff(op, found[op.ID]); d != "" {
				t.Errorf("operation (-written +read):\n%s", d)
			}
			none, err2 := tx.FindOperations(nil)
			if len(none) != 0 {
				t.Error("found operations by no id")
			}
			return errors.Join(err, err2)
		})
		err := db.Write(t.Context(), func(tx *store.Tx) error { return register(tx, sampleWorker(), op, "1571025502849002") })
		if !errors.Is(err, store.ErrRestart) {
			t.Errorf("the same operation again: %v, want ErrRestart", err)
		}
		if n := count(t, db, "worker"); n != 1 {
			t.Errorf("%d persons, want 1", n)
		}
		if n := count(t, db, "nik_index"); n != 1 {
			t.Errorf("%d claimed NIK, want 1: the repetition kept its claim", n)
		}
	})
}

func TestClaimOfATakenNIK(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		first, second := sampleWorker(), sampleWorker()
		op := sampleOperation(second)
		write(t, db, func(tx *store.Tx) error { return register(tx, first, sampleOperation(first), "1571025502849001") })
		write(t, db, func(tx *store.Tx) error { return register(tx, second, op, "1571025502849001") })
		read(t, db, func(tx *store.Tx) error {
			owner, err := tx.NIKOwner([][]byte{nikHash("unknown"), nikHash("1571025502849001")})
			if owner != first.ID {
				t.Errorf("owner %q, want the first", owner)
			}
			nobody, err2 := tx.NIKOwner([][]byte{nikHash("unknown")})
			if nobody != "" {
				t.Errorf("owner of an unknown NIK: %q", nobody)
			}
			found, err3 := tx.FindOperations([]jaring.OperationID{op.ID})
			if got := found[op.ID]; got == nil || got.Outcome.Kind != jaring.Refused || got.Outcome.Findings[0].Key != "worker.already_registered" {
				t.Errorf("outcome of the second: %+v", got)
			}
			return errors.Join(err, err2, err3)
		})
	})
}

// Two agents, one NIK, one instant: one person, and the other is told.
func TestNIKRaces(t *testing.T) {
	const races, lanes = 10_000, 32
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		var wg sync.WaitGroup
		for lane := range lanes {
			wg.Go(func() {
				for i := lane; i < races; i += lanes {
					raceForNIK(t, db, sampleNIK(i))
				}
			})
		}
		wg.Wait()
		if n := count(t, db, "worker"); n != races {
			t.Errorf("%d persons after %d races", n, races)
		}
		if n := count(t, db, "nik_index"); n != races {
			t.Errorf("%d NIK after %d races", n, races)
		}
		if n := count(t, db, "operation WHERE outcome = 'refused'"); n != races {
			t.Errorf("%d refusals after %d races", n, races)
		}
		if n := count(t, db, "nik_index i JOIN worker w ON w.worker_id = i.worker_id JOIN operation o ON o.worker_id = CAST(w.worker_id AS text) AND o.outcome = 'accepted'"); n != races {
			t.Errorf("%d persons are whole after %d races", n, races)
		}
	})
}

func raceForNIK(t *testing.T, db *store.DB, nik string) {
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			w := sampleWorker()
			op := sampleOperation(w)
			if err := db.Write(t.Context(), func(tx *store.Tx) error { return register(tx, w, op, nik) }); err != nil {
				t.Errorf("race: %v", err)
			}
		})
	}
	both.Wait()
}

func TestSameOperationRaces(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		for i := range 100 {
			w := sampleWorker()
			op := sampleOperation(w)
			var wg sync.WaitGroup
			results := make([]error, 5)
			for j := range results {
				wg.Go(func() {
					results[j] = db.Write(t.Context(), func(tx *store.Tx) error { return register(tx, w, op, sampleNIK(i)) })
				})
			}
			wg.Wait()
			good := 0
			for _, err := range results {
				if err == nil {
					good++
				} else if !errors.Is(err, store.ErrRestart) {
					t.Errorf("repetition: %v, want ErrRestart", err)
				}
			}
			if good != 1 {
				t.Errorf("%d of 5 repetitions were applied, want 1", good)
			}
		}
	})
}

// Two batches that claim the same NIK in opposite order meet in a deadlock on
// PostgreSQL; the one that is shot tries again.
func TestCrossingClaims(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		for i := range 10 {
			a, b := sampleNIK(2*i), sampleNIK(2*i+1)
			won := make([]int, 2)
			var wg sync.WaitGroup
			for j, order := range [][]string{{a, b}, {b, a}} {
				wg.Go(func() {
					w := sampleWorker()
					err := db.Write(t.Context(), func(tx *store.Tx) error {
						won[j] = 0
						for _, nik := range order {
							taken, err := tx.Claim(nil, []store.NIKClaim{sampleClaim(w, nik)})
							if err != nil {
								return err
							}
							if !taken[0] {
								won[j]++
							}
						}
						return nil
					})
					if err != nil {
						t.Errorf("crossing claims: %v", err)
					}
				})
			}
			wg.Wait()
			if won[0]+won[1] != 2 {
				t.Fatalf("two NIK were won %d times", won[0]+won[1])
			}
		}
	})
}

// While index keys rotate, a NIK may stand under the key that is being retired.
func TestClaimUnderOlderKey(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		first, second, third := sampleWorker(), sampleWorker(), sampleWorker()
		older, newer, other := []byte("older hash"), []byte("newer hash"), []byte("other hash")
		write(t, db, func(tx *store.Tx) error {
			taken, err := tx.Claim(nil, []store.NIKClaim{{Hashes: [][]byte{older}, KeyID: "index-1", Worker: first.ID}})
			if err == nil && taken[0] {
				t.Error("a free NIK was taken")
			}
			return err
		})
		write(t, db, func(tx *store.Tx) error {
			taken, err := tx.Claim(nil, []store.NIKClaim{
				{Hashes: [][]byte{newer, older}, KeyID: "index-2", Worker: second.ID},
				{Hashes: [][]byte{other, []byte("older other hash")}, KeyID: "index-2", Worker: third.ID},
			})
			if err == nil && (!taken[0] || taken[1]) {
				t.Errorf("taken %v, want the first alone", taken)
			}
			return err
		})
		if n := count(t, db, "nik_index WHERE worker_id = $1", string(second.ID)); n != 0 {
			t.Error("the claim under the newer key was not taken back")
		}
		if n := count(t, db, "nik_index WHERE key_id = 'index-2' AND worker_id = $1", string(third.ID)); n != 1 {
			t.Error("a free NIK was not claimed under the newer key")
		}
	})
}

func TestReplaceNIK(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		first, second := sampleWorker(), sampleWorker()
		write(t, db, func(tx *store.Tx) error { return register(tx, first, sampleOperation(first), "1571025502849001") })
		write(t, db, func(tx *store.Tx) error { return register(tx, second, sampleOperation(second), "1571025502849002") })
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			return tx.ReplaceNIK([][]byte{nikHash("1571025502849002")}, sampleClaim(second, "1571025502849001"))
		})
		wantKey(t, err, jaring.Conflict, "worker.already_registered")
		if n := count(t, db, "nik_index WHERE worker_id = $1", string(second.ID)); n != 1 {
			t.Error("a refused move lost the old NIK")
		}
		write(t, db, func(tx *store.Tx) error {
			return tx.ReplaceNIK([][]byte{nikHash("1571025502849002")}, sampleClaim(second, "1571025502849003"))
		})
		write(t, db, func(tx *store.Tx) error { return tx.DropNIK(first.ID) })
		var hash []byte
		read(t, db, func(tx *store.Tx) error {
			_, err := tx.One(`SELECT nik_hmac FROM nik_index`, nil, &hash)
			return err
		})
		if !bytes.Equal(hash, nikHash("1571025502849003")) {
			t.Error("the index does not hold the moved NIK alone")
		}
	})
}

func TestCapture(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := addWorker(t, db)
		write(t, db, func(tx *store.Tx) error { return tx.AddCapture(w.ID, newID[jaring.OperationID](), []byte("sealed")) })
		if n := count(t, db, "capture WHERE worker_id = $1 AND sealed = $2", string(w.ID), []byte("sealed")); n != 1 {
			t.Error("the capture is not there")
		}
	})
}
