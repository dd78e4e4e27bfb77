package app_test

import (
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// Of a sponsor's list, those are found who are registered, also while the index keys rotate; nobody else.
func TestListedPeopleAreFound(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		for n := range 3 {
			town.Register(town.Agent, n)
		}
		ask := func() map[jaring.NIK]jaring.Standing {
			var niks []jaring.NIK
			for n := range 6 {
				nik, err := jaring.ParseNIK(nikOf(n))
				if err != nil {
					t.Fatal(err)
				}
				niks = append(niks, nik)
			}
			known, err := town.App.FindListed(t.Context(), niks)
			if err != nil {
				t.Fatal(err)
			}
			return known
		}
		known := ask()
		if len(known) != 3 {
			t.Fatalf("%d of 3 found", len(known))
		}
		for nik, standing := range known {
			if standing != jaring.StandingWaiting {
				t.Errorf("%s is %s", nik, standing)
			}
		}
		if err := town.App.Vault.Rotate("later"); err != nil {
			t.Fatal(err)
		}
		if again := ask(); len(again) != 3 {
			t.Errorf("%d of 3 found under the older key", len(again))
		}
	})
}
