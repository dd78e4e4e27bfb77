package demo

import (
	"context"
	"io"
	"net/http/httptest"
	"testing"
	"time"

	"jaring/internal/acts"
	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/auth"
	"jaring/internal/core"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/jobs"
	"jaring/internal/scheme"
	"jaring/internal/sheet"
	"jaring/internal/vault"
)

// house is a fresh database with a core that answers overnight.
func house(t *testing.T, url string) func(now func() time.Time) House {
	t.Helper()
	db := jaringtest.Open(t, url)
	ring, err := vault.NewRing("test")
	if err != nil {
		t.Fatal(err)
	}
	return func(now func() time.Time) House {
		who := auth.New(db, auth.Options{Now: now, Hash: auth.Parameters{Memory: 64, Time: 1, Threads: 1}})
		acts := acts.New(app.Config{DB: db, Vault: ring, Book: scheme.Load(), Areas: area.Load(), Now: now, OpenRoster: openRoster, Cover: jaring.DefaultCoverSettings(),
			Actor: who.ActorOfAccount, Forget: who.ForgetAccount, Password: who.NewPassword})
		sim, err := core.NewSimulator(core.SimulatorOptions{Seed: 1, Delay: 20 * time.Hour, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		front := httptest.NewServer(sim.Handler())
		t.Cleanup(front.Close)
		port, err := core.NewREST(front.URL, core.RESTOptions{})
		if err != nil {
			t.Fatal(err)
		}
		runner := jobs.New(jobs.Config{App: acts, Core: port})
		return House{App: acts, Auth: who, Core: func(ctx context.Context) error { return runner.Pump(ctx) }}
	}
}

func openRoster(r io.ReaderAt, size int64) (app.RosterFile, error) {
	return sheet.OpenRoster(r, size, i18n.ID, sheet.Options{})
}
