package app_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

const (
	races     = 5000 // on each engine
	racesOnce = 100  // in one batch of each agent
)

// Two agents, one NIK, one instant, many times: one person each, the other agent is told,
// and nobody is counted twice.
func TestTwoAgentsOneNIK(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		agents := []jaring.Actor{town.Agent, town.Second}
		for from := 0; from < races; from += racesOnce {
			var outcomes [2][]jaring.Outcome
			start := make(chan struct{})
			var both sync.WaitGroup
			for a, agent := range agents {
				ops := make([]jaring.Operation, racesOnce)
				for i := range ops {
					ops[i] = town.Operation(jaring.ActRegisterWorker, contested(from+i, agent.Name))
				}
				if a == 1 && from/racesOnce%4 == 0 {
					slices.Reverse(ops) // who meets in the middle waits for nobody in a ring
				}
				both.Go(func() {
					<-start
					done, err := town.App.Apply(t.Context(), agent, ops)
					if err != nil {
						t.Error(err)
						return
					}
					if a == 1 && from/racesOnce%4 == 0 {
						slices.Reverse(done)
					}
					outcomes[a] = done
				})
			}
			close(start)
			both.Wait()
			if t.Failed() {
				return
			}
			for i := range racesOnce {
				checkRace(t, from+i, outcomes[0][i], outcomes[1][i])
			}
		}
		wantBook(t, town, races)
	})
}

// contested is the n-th person as one agent writes him down.
func contested(n int, agent string) map[string]any {
	p := jaringtest.Person(n)
	p["nik"] = fmt.Sprintf("%s%04d", p["nik"].(string)[:12], 9001+n/360)
	p["occupation"] = "dicatat " + agent
	return p
}

func checkRace(t *testing.T, n int, one, two jaring.Outcome) {
	t.Helper()
	if one.Kind == jaring.Refused {
		one, two = two, one
	}
	stands := one.Kind == jaring.Accepted || one.Kind == jaring.Review
	told := two.Kind == jaring.Refused && len(two.Findings) > 0 && two.Findings[0].Key == "worker.already_registered" && two.Candidate == one.Worker
	if !stands || one.Worker == "" || !told {
		t.Errorf("person %d: %+v and %+v", n, one, two)
	}
}

// wantBook holds the whole book together: so many persons, counters as the events say, and
// every chain whole.
func wantBook(t *testing.T, town *jaringtest.Town, persons int64) {
	t.Helper()
	if _, err := town.App.Fold(t.Context()); err != nil {
		t.Fatal(err)
	}
	home, err := town.App.Home(t.Context(), town.Auditor)
	if err != nil {
		t.Fatal(err)
	}
	if got := home.Registered + home.Now[jaring.StandingReview]; got != persons {
		t.Errorf("%d persons in the book, want %d", got, persons)
	}
	wantSound(t, town)
}

func wantSound(t *testing.T, town *jaringtest.Town) {
	t.Helper()
	diffs, _, _, err := town.App.Recount(t.Context())
	if err != nil || len(diffs) > 0 {
		t.Errorf("recount: %d differences, first %+v, %v", len(diffs), diffs[:min(1, len(diffs))], err)
	}
	damages, _, _, err := town.App.Verify(t.Context())
	if err != nil || len(damages) > 0 {
		t.Errorf("verify: %+v, %v", damages[:min(3, len(damages))], err)
	}
}
