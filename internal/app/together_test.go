package app_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// Many act on the same few persons at once: what is refused is refused by rule, and the
// book that is left agrees with itself.
func TestActsOnTheSamePersonsAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		const rounds = 12
		for round := range rounds {
			one, two := town.Register(town.Agent, 2*round), town.Register(town.Agent, 2*round+1)
			var all sync.WaitGroup
			do := func(kind jaring.Act, body fields) {
				all.Go(func() {
					_, err := town.App.Apply(context.Background(), town.Officer, []jaring.Operation{town.Operation(kind, body)})
					var rule *jaring.Error
					var many jaring.Errors
					if err != nil && (!errors.As(err, &rule) && !errors.As(err, &many) || rule != nil && rule.Code != jaring.Conflict) {
						t.Errorf("%s: %v", kind, err)
					}
				})
			}
			do(jaring.ActSettle, settlement(town, one))
			do(jaring.ActSettle, settlement(town, one))
			do(jaring.ActMergeWorker, fields{"worker_id": one, "into": two, "reason": "orang yang sama"})
			do(jaring.ActMergeWorker, fields{"worker_id": two, "into": one, "reason": "orang yang sama"})
			do(jaring.ActWithdrawConsent, fields{"worker_id": two})
			do(jaring.ActCorrectWorker, fields{"worker_id": one, "fields": fields{"sex": "F"}, "reason": "salah dengar"})
			do(jaring.ActCorrectWorker, fields{"worker_id": one, "fields": fields{"nik": jaringtest.Person(900 + round)["nik"]}, "reason": "salah dengar"})
			do(jaring.ActRegisterWorker, fields(jaringtest.Person(2*round)))
			do(jaring.ActRegisterWorker, fields(jaringtest.Person(2*round)))
			all.Wait()
			wantNoStrayNIK(t, town, jaringtest.Person(2 * round)["nik"], jaringtest.Person(2*round + 1)["nik"], jaringtest.Person(900 + round)["nik"])
		}
		if _, err := town.App.Fold(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantMargins(t, town)
		wantSound(t, town)
	})
}

// wantNoStrayNIK: a NIK leads to a record that stands, or nowhere.
func wantNoStrayNIK(t *testing.T, town *jaringtest.Town, niks ...any) {
	t.Helper()
	for _, nik := range niks {
		id := lookUp(t, town, nik)
		if id == "" {
			continue
		}
		if w := view(t, town, id).Worker; w.State != jaring.WorkerActive && w.State != jaring.WorkerReview {
			t.Errorf("a NIK leads to a record that is %s", w.State)
		}
	}
}
