package app_test

import (
	"fmt"
	"sync"
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// The calendar is stopped at any point, works in two processes at once, and beside people who pay meanwhile; each
// person moves once and every counter and chain is right.
func TestAge_StoppedAnywhereAndBesideOthers(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		const people = 12
		var ids []jaring.WorkerID
		for i := range people {
			id := registerAs(t, town, town.Agent, i, fields{"months": 1})
			cover(t, town, id, i)
			ids = append(ids, id)
		}
		town.Pass(11 * day) // 2 December
		for n := range 12 {
			_, _ = town.App.Age(&dying{Context: t.Context(), left: n})
		}
		var work sync.WaitGroup
		for range 2 {
			work.Go(func() {
				if _, err := town.App.Age(t.Context()); err != nil && jaring.CodeOf(err) != jaring.Unavailable {
					t.Error(err)
				}
			})
		}
		for i, id := range ids[:4] {
			p := ask(t, town, town.Officer, id, 1).Payment
			if err := came(town, id, p.Amount, fmt.Sprintf("A%d", i)); err != nil {
				t.Error(err)
			}
		}
		work.Wait()
		if _, err := town.App.Age(t.Context()); err != nil {
			t.Fatal(err)
		}
		acknowledge(t, town)
		for i, id := range ids {
			want, until := jaring.StandingGrace, "2026-11-30"
			if i < 4 {
				want, until = jaring.StandingProtected, "2026-12-31"
			}
			wantStanding(t, town, id, want, until)
		}
		wantSound(t, town)
	})
}
