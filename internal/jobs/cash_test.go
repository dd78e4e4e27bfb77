package jobs

import (
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// Cash that should have been deposited is told of once a day, however often the jobs come round.
func TestCash_IsToldOfOnceADay(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.SQLite(t))
	phone := town.Enrol(town.Agent)
	_, op := town.TakeCash(phone, 1, map[string]any{"worker_id": string(town.Register(town.Agent, 1))}, 3, 45_600)
	if _, err := town.App.Sync(t.Context(), town.Agent, app.SyncBatch{Device: phone.ID, ClockNow: town.Now(), Operation: []jaring.Operation{op}}); err != nil {
		t.Fatal(err)
	}
	r := New(Config{App: town.App})
	for day := range 5 {
		for range 2 {
			due, err := r.cashDue(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if !due {
				continue
			}
			if err := r.tellCash(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		h, err := town.App.Home(t.Context(), town.Head)
		if err != nil || (h.OldCash == 1) != (day >= 1) || (h.Cases == 1) != (day >= 3) {
			t.Errorf("day %d: %d agents, %d cases, %v", day, h.OldCash, h.Cases, err)
		}
		town.Pass(24 * time.Hour)
	}
}
