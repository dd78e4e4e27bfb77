package app_test

import (
	"database/sql"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// openTown is a town whose file a test can reach around the store.
func openTown(t *testing.T) (town *jaringtest.Town, tamper func(text string, args ...any)) {
	t.Helper()
	url := jaringtest.SQLiteURL(t)
	town = jaringtest.NewTown(t, jaringtest.Open(t, url))
	return town, func(text string, args ...any) {
		t.Helper()
		db, err := sql.Open("sqlite", strings.TrimPrefix(url, "sqlite:"))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec("PRAGMA busy_timeout = 5000"); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(text, args...); err != nil {
			t.Fatal(err)
		}
	}
}

func TestVerifyFindsTampering(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"other facts":           {`UPDATE event SET facts = replace(facts, 'salah dengar', 'benar') WHERE subject_id = ? AND seq = 2`, "chain.hash"},
		"another actor":         {`UPDATE event SET actor_id = '' WHERE subject_id = ? AND seq = 2`, "chain.hash"},
		"another kind":          {`UPDATE event SET kind = 'worker.registered' WHERE subject_id = ? AND seq = 2`, "chain.hash"},
		"another time":          {`UPDATE event SET at = at + 1 WHERE subject_id = ? AND seq = 2`, "chain.hash"},
		"one from the middle":   {`DELETE FROM event WHERE subject_id = ? AND seq = 2`, "chain.gap"},
		"the first":             {`DELETE FROM event WHERE subject_id = ? AND seq = 1`, "chain.gap"},
		"the last, sealed":      {`DELETE FROM event WHERE subject_id = ? AND seq = 3`, "root.hash"},
		"a whole chain, sealed": {`DELETE FROM event WHERE subject_id = ?`, "root.hash"},
		"another root":          {`UPDATE merkle_root SET root = zeroblob(32) WHERE ? <> ''`, "root.hash"},
		"an unsigned root":      {`UPDATE merkle_root SET signature = zeroblob(64) WHERE ? <> ''`, "root.signature"},
	} {
		t.Run(name, func(t *testing.T) {
			town, tamper := openTown(t)
			id := town.Register(town.Agent, 1)
			for _, occupation := range []string{"nelayan", "petani"} {
				_, err := town.Do(town.Agent, jaring.ActCorrectWorker, fields{"worker_id": id, "fields": fields{"occupation": occupation}, "reason": "salah dengar"})
				if err != nil {
					t.Fatal(err)
				}
			}
			town.Pass(time.Until(town.Now()).Abs() + 3*time.Hour) // ids are made by the machine's clock
			sealed := 0
			if _, err := town.App.SealHours(t.Context(), func(store.MerkleRoot) error { sealed++; return nil }); err != nil || sealed == 0 {
				t.Fatalf("%d hours sealed, %v", sealed, err)
			}
			if damages, events, roots, err := town.App.Verify(t.Context()); len(damages) > 0 || events == 0 || roots != sealed || err != nil {
				t.Fatalf("before: %v, %d events, %d roots, %v", damages, events, roots, err)
			}
			tamper(c.text, string(id))
			damages, _, _, err := town.App.Verify(t.Context())
			if err != nil || !slices.ContainsFunc(damages, func(d app.Damage) bool { return d.What == c.want }) {
				t.Errorf("%+v, want %s, %v", damages, c.want, err)
			}
		})
	}
}

// The key of a person erased, nobody reads NIK, mother's name or what the field sent;
// the person stays in the book.
func TestErasedKeyMakesTheNIKUnreadable(t *testing.T) {
	town, tamper := openTown(t)
	id := town.Register(town.Agent, 1)
	tamper(`UPDATE worker SET person_key = NULL WHERE worker_id = ?`, string(id))
	_, err := town.App.RevealNIK(t.Context(), town.Officer, id, "dibandingkan dengan KTP")
	wantKey(t, err, jaring.NotFound, "worker.erased")
	_, err = correct(town, town.Agent, id, fields{"name": "Lain"})
	wantKey(t, err, jaring.NotFound, "worker.erased")
	if v := view(t, town, id); v.Worker.Name == "" || v.Payment == nil {
		t.Errorf("%+v", v.Worker)
	}
	if err := withdraw(town, town.Agent, id); err != nil {
		t.Error(err)
	}
	wantSound(t, town)
}

// A counter that somebody changed is found and mended.
func TestRecountFindsAndMends(t *testing.T) {
	town, tamper := openTown(t)
	town.Register(town.Agent, 1)
	if _, err := town.App.Fold(t.Context()); err != nil {
		t.Fatal(err)
	}
	tamper(`UPDATE counter SET n = n + 7 WHERE dimension = 'all' AND measure = 'now.waiting'`)
	tamper(`DELETE FROM counter WHERE dimension = 'sex' AND measure = 'registered'`)
	diffs, _, _, err := town.App.Recount(t.Context())
	if err != nil || len(diffs) != 2 || diffs[0].Stored != 8 || diffs[0].FromEvent != 1 || diffs[1].Stored != 0 {
		t.Fatalf("%+v %v", diffs, err)
	}
	if err := town.App.MendCounters(t.Context(), diffs); err != nil {
		t.Fatal(err)
	}
	wantSound(t, town)
}

// Two who fold at once count every event once.
func TestTwoFolders(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		const persons = 120
		ops := make([]jaring.Operation, persons)
		for i := range ops {
			ops[i] = town.Operation(jaring.ActRegisterWorker, jaringtest.Person(i))
		}
		if _, err := town.App.Apply(t.Context(), town.Agent, ops); err != nil {
			t.Fatal(err)
		}
		backlog, err := town.App.Backlog(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var folded [4]int
		var all sync.WaitGroup
		for i := range folded {
			all.Go(func() {
				n, err := town.App.Fold(t.Context())
				if err != nil {
					t.Error(err)
				}
				folded[i] = n
			})
		}
		all.Wait()
		if sum := folded[0] + folded[1] + folded[2] + folded[3]; int64(sum) != backlog.Events {
			t.Errorf("%v events folded of %d", folded, backlog.Events)
		}
		wantBook(t, town, persons)
	})
}
