package app_test

import (
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/scheme"
)

// An invented regulation: JKM Rp10.000 from March 2027 on.
const coming = `{"name": "invented", "as_of": "2026-11-21", "rules": [{"id": "invented.jkm", "key": "bpu.jkm", "from": "2027-03",
	"article": "invented, article 1", "source": "invented for this test", "mark": "L", "replaces": ["bpu.jkm.2015"], "amount": 10000}]}`

func TestWhatIfPricesEverybodyByBothVersions(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		for n := 1; n <= 4; n++ {
			town.Register(town.Agent, n)
		}
		later, err := scheme.New(scheme.DefaultSettings(), []byte(coming))
		if err != nil {
			t.Fatal(err)
		}
		effects, err := app.WhatIf(t.Context(), town.DB, scheme.Load(), later, jaring.NewMonth(2027, 3))
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]scheme.Effect{}
		for _, group := range []string{"all", "sector other", "area 15.71"} {
			want[group] = scheme.Effect{Group: group, People: 4, More: 4, Before: 4 * 22_800, After: 4 * 26_000}
		}
		for _, e := range effects {
			if e != want[e.Group] {
				t.Errorf("%+v, want %+v", e, want[e.Group])
			}
		}
		if len(effects) != len(want) {
			t.Errorf("%d groups", len(effects))
		}
	})
}
