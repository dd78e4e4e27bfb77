package app_test

import (
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// A day is closed over what stands; what comes for it later is shown as such, and the close still holds.
func TestCloseDay(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		day := jaring.NewDay(2026, 11, 21)
		id := town.Register(town.Agent, 1)
		if err := came(town, id, 50_000, "B1"); err != nil {
			t.Fatal(err)
		}
		s := stray(t, town, codeOf(t, town, id), 45_600, "Q1")
		d, err := town.App.GetDay(ctx, town.Officer, "", day)
		if err != nil || !d.SumsZero || d.Entries != 2 || d.Fund != 45_600 || d.Closed != nil || len(d.Open) != 2 || d.Open[0].Key != "day.open.suspense" || d.Open[0].Amount != 45_600 {
			t.Fatalf("%+v %v", d, err)
		}
		if bank, qris := d.Channels[0], d.Channels[1]; bank.N != 1 || bank.Amount != 50_000 || qris.Amount != 45_600 || qris.Suspense != 45_600 {
			t.Errorf("%+v", d.Channels)
		}
		wantKey(t, town.App.CloseDay(ctx, town.Officer, op(), town.Branch, day), jaring.Forbidden, "error.forbidden")
		wantKey(t, town.App.CloseDay(ctx, town.Head, op(), town.Branch, day.Add(1)), jaring.Invalid, "date.future")
		wantKey(t, town.App.CloseDay(ctx, town.Head, op(), town.Palembang, day), jaring.Forbidden, "error.out_of_area")
		one := op()
		for range 2 {
			if err := town.App.CloseDay(ctx, town.Head, one, town.Branch, day); err != nil {
				t.Fatal(err)
			}
		}
		wantKey(t, town.App.CloseDay(ctx, town.Head, op(), town.Branch, day), jaring.Conflict, "day.closed")
		if err := town.App.AssignSuspense(ctx, town.Officer, op(), s.ID, id, ""); err != nil { // in the same millisecond
			t.Fatal(err)
		}
		d, err = town.App.GetDay(ctx, town.Auditor, town.Branch, day)
		if err != nil || d.Closed == nil || !d.Sound || d.ByName != "Darwis Hanafi" || d.Entries != 2 || d.Fund != 45_600 || d.Channels[1].Suspense != 45_600 || len(d.After) != 2 {
			t.Errorf("%+v %v", d, err)
		}
		wantSound(t, town)
	})
}
