package app_test

import (
	"context"
	"sync"
	"testing"

	"jaring/internal/acts"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// under is the town's acts under another key set.
func under(town *jaringtest.Town, ring *vault.Ring) *acts.Acts {
	c := town.App.Config
	c.Vault = ring
	return acts.New(c)
}

// rotated is the town's key set with new keys in front.
func rotated(t *testing.T, town *jaringtest.Town) *vault.Ring {
	t.Helper()
	ring := *town.Ring
	if err := ring.Rotate("next"); err != nil {
		t.Fatal(err)
	}
	return &ring
}

func nikOf(n int) string { return jaringtest.Person(n)["nik"].(string) }

// foundBy fails unless the person of NIK n is found and is want.
func foundBy(t *testing.T, a *acts.Acts, town *jaringtest.Town, n int, want jaring.WorkerID) {
	t.Helper()
	w, err := a.LookUpWorker(t.Context(), town.Officer, nikOf(n))
	if err != nil || w == nil || w.ID != want {
		t.Fatalf("NIK %d: %v, %v, want %s", n, err, w, want)
	}
}

func TestRekey_EverybodyIsFoundAndReadUnderTheNewKeysAlone(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ids := map[int]jaring.WorkerID{}
		for n := range 30 {
			ids[n] = town.Register(town.Agent, n)
		}
		// One NIK leads to another record, one was freed and is somebody new's.
		do(t, town, town.Officer, jaring.ActMergeWorker, map[string]any{"worker_id": ids[3], "into": ids[4], "reason": "orang yang sama"})
		ids[3] = ids[4]
		do(t, town, town.Agent, jaring.ActWithdrawConsent, map[string]any{"worker_id": ids[5], "reason": "permintaan sendiri"})
		ids[5] = town.Register(town.Second, 5)
		// Two records had one NIK, one after the other, and the second is part of another.
		do(t, town, town.Agent, jaring.ActWithdrawConsent, map[string]any{"worker_id": ids[8], "reason": "permintaan sendiri"})
		do(t, town, town.Officer, jaring.ActMergeWorker, map[string]any{"worker_id": town.Register(town.Second, 8), "into": ids[9], "reason": "orang yang sama"})
		ids[8] = ids[9]
		held := town.Operation(jaring.ActRegisterWorker, jaringtest.Person(40))
		held.After = []jaring.OperationID{jaring.OperationID(jaringtest.NewID())}
		if out, err := town.App.Apply(t.Context(), town.Agent, []jaring.Operation{held}); err != nil || out[0].Kind != jaring.HeldEarlier {
			t.Fatal(err, out)
		}
		ring := rotated(t, town)
		acts := under(town, ring)
		foundBy(t, acts, town, 7, ids[7]) // before anything has moved
		done, err := acts.Rekey(t.Context(), func(int) {})
		if err != nil || done.Left != 0 || len(done.Doubles) > 0 || done.Rehashed != 30 || done.Rewrapped != 32 || done.Resealed != 1+9 { // nine certificates have codes
			t.Fatalf("%v, %+v", err, done)
		}
		ring.Retire()
		for n, id := range ids {
			foundBy(t, acts, town, n, id)
			if nik, err := acts.RevealNIK(t.Context(), town.Officer, id, "uji kunci baru"); err != nil || n != 3 && n != 8 && nik != nikOf(n) {
				t.Fatalf("NIK %d: %v", n, err)
			}
		}
		if _, err := town.App.RevealNIK(t.Context(), town.Officer, ids[7], "uji kunci lama"); jaring.KeyOf(err) != "keys.unknown" {
			t.Errorf("the old keys still open: %v", err)
		}
		out, err := acts.Apply(t.Context(), town.Agent, []jaring.Operation{{ID: held.After[0], Kind: jaring.ActRegisterWorker, TakenAt: town.Now(),
			ClockTrust: true, Body: jaringtest.JSON(jaringtest.Person(41))}})
		if err != nil || out[0].Kind != jaring.Accepted {
			t.Fatal(err, out)
		}
		if n, err := acts.ReleaseHeld(t.Context()); n != 1 || err != nil {
			t.Errorf("the held one: %d, %v", n, err)
		}
		if again, err := acts.Rekey(t.Context(), func(int) {}); err != nil || again.Rehashed+again.Rewrapped+again.Resealed != 0 {
			t.Errorf("a second time: %v, %+v", err, again)
		}
	})
}

func do(t *testing.T, town *jaringtest.Town, actor jaring.Actor, kind jaring.Act, body any) {
	t.Helper()
	if _, err := town.Do(actor, kind, body); err != nil {
		t.Fatal(err)
	}
}

func TestRekey_BrokenOffGoesOnWhereItWas(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		const people = 450
		for n := range people { // who looks like somebody else is one of them too
			do(t, town, town.Agent, jaring.ActRegisterWorker, jaringtest.Person(n))
		}
		acts := under(town, rotated(t, town))
		ctx, cancel := context.WithCancel(t.Context())
		if _, err := acts.Rekey(ctx, func(int) { cancel() }); err == nil {
			t.Fatal("was not broken off")
		}
		for n := range people { // half are here, half there
			w, err := acts.LookUpWorker(t.Context(), town.Officer, nikOf(n))
			if err != nil || w == nil {
				t.Fatalf("NIK %d is lost half-way: %v", n, err)
			}
		}
		done, err := acts.Rekey(t.Context(), func(int) {})
		if err != nil || done.Left != 0 || done.Persons >= people || done.Persons == 0 {
			t.Errorf("%v, %+v", err, done)
		}
	})
}

// TestRekey_OneNIKStaysOnePerson registers everybody again, and new people twice at one
// moment, on two servers while a third process moves the rows.
func TestRekey_OneNIKStaysOnePerson(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		const known, fresh = 300, 200
		ids := make([]jaring.WorkerID, known)
		for n := range known {
			ids[n] = town.Register(town.Agent, n)
		}
		ring := rotated(t, town)
		var group sync.WaitGroup
		var mu sync.Mutex
		outcomes := map[int][]jaring.Outcome{}
		try := func(a *acts.Acts, actor jaring.Actor, n int) {
			op := town.Operation(jaring.ActRegisterWorker, jaringtest.Person(n))
			op.Device = "00000000-0000-7000-8000-000000000001"
			out, err := a.Apply(t.Context(), actor, []jaring.Operation{op})
			if err != nil {
				t.Errorf("NIK %d: %v", n, err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			outcomes[n] = append(outcomes[n], out[0])
		}
		for _, actor := range []jaring.Actor{town.Agent, town.Second} {
			server := under(town, ring)
			for part := range 4 {
				group.Go(func() {
					for n := part; n < known+fresh; n += 4 {
						try(server, actor, n)
					}
				})
			}
		}
		mover := under(town, ring)
		done, err := mover.Rekey(t.Context(), func(int) {})
		group.Wait()
		if err != nil || len(done.Doubles) > 0 || done.Left != 0 || done.Rehashed != known {
			t.Errorf("%v, %+v", err, done)
		}
		for n := range known + fresh {
			accepted := 0
			for _, o := range outcomes[n] {
				if o.Kind != jaring.Refused {
					accepted++
				} else if n < known && o.Candidate != ids[n] {
					t.Errorf("NIK %d is told to be %s", n, o.Candidate)
				}
			}
			if want := map[bool]int{true: 0, false: 1}[n < known]; accepted != want || len(outcomes[n]) != 2 {
				t.Errorf("NIK %d: %d of %d became a person", n, accepted, len(outcomes[n]))
			}
		}
	})
}

// TestRekey_TellsOfANIKThatHasTwoPeople makes the fault that should never be by hand.
func TestRekey_TellsOfANIKThatHasTwoPeople(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		first := town.Register(town.Agent, 1)
		ring := rotated(t, town)
		alone := *ring
		alone.Index = alone.Index[:1] // a server that knows nothing of the old key
		if _, err := under(town, &alone).Apply(t.Context(), town.Second, []jaring.Operation{town.Operation(jaring.ActRegisterWorker, jaringtest.Person(1))}); err != nil {
			t.Fatal(err)
		}
		town.Register(town.Agent, 2)
		done, err := under(town, ring).Rekey(t.Context(), func(int) {})
		if err != nil || len(done.Doubles) != 1 || done.Doubles[0] != first || done.Left != 1 || done.Rehashed != 1 {
			t.Errorf("%v, %+v", err, done)
		}
	})
}

// TestRekey_MeetsActsOnTheSamePerson moves rows while they are merged and withdrawn.
func TestRekey_MeetsActsOnTheSamePerson(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		const people = 120
		ids := make([]jaring.WorkerID, people)
		for n := range people {
			ids[n] = town.Register(town.Agent, n)
		}
		ring := rotated(t, town)
		server, mover := under(town, ring), under(town, ring)
		var group sync.WaitGroup
		group.Go(func() {
			for n := 0; n < people; n += 3 {
				for _, op := range []jaring.Operation{
					town.Operation(jaring.ActMergeWorker, map[string]any{"worker_id": ids[n], "into": ids[n+1], "reason": "orang yang sama"}),
					town.Operation(jaring.ActWithdrawConsent, map[string]any{"worker_id": ids[n+2], "reason": "permintaan"}),
				} {
					if _, err := server.Apply(t.Context(), town.Officer, []jaring.Operation{op}); err != nil {
						t.Error(err)
					}
				}
			}
		})
		_, err := mover.Rekey(t.Context(), func(int) {})
		group.Wait()
		if err != nil {
			t.Fatal(err)
		}
		ring.Retire()
		for n := 0; n < people; n += 3 {
			foundBy(t, server, town, n, ids[n+1]) // leads to the surviving record
			foundBy(t, server, town, n+1, ids[n+1])
			if w, err := server.LookUpWorker(t.Context(), town.Officer, nikOf(n+2)); err != nil || w != nil {
				t.Errorf("NIK %d was not freed: %v", n+2, err)
			}
		}
		err = town.DB.Read(t.Context(), func(tx *store.Tx) error {
			index, _, _, err := tx.CountUnderOther(ring.Index[0].ID, ring.Data[0].ID)
			if index != 0 {
				t.Errorf("%d rows are left under the old key", index)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}
