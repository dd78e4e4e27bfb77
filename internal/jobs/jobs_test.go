package jobs_test

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/jobs"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// folded reads the counter of folded events from a registry.
func folded(t *testing.T, registry *prometheus.Registry) int {
	t.Helper()
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() == "jaring_events_folded_total" {
			return int(f.GetMetric()[0].GetCounter().GetValue())
		}
	}
	t.Fatal("not counted")
	return 0
}

// run starts jobs and gives what ends them.
func run(r *jobs.Runner) (end func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); r.Run(ctx) }()
	return func() { cancel(); <-ended }
}

// eventually waits until something is so.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !so(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("never: " + what)
		}
	}
}

func TestFold_TwoProcessesCountEachEventOnce(t *testing.T) {
	jaringtest.URLs(t, func(t *testing.T, url string) {
		w := newTown(t, jaringtest.Open(t, url))
		other := w.elsewhere(jaringtest.Open(t, url))
		var ends []func()
		var folds sync.WaitGroup
		for _, one := range []*town{w, other} {
			ends = append(ends, run(jobs.New(jobs.Config{App: one.Acts, Bell: one.bell, Metrics: jobs.NewMetrics(prometheus.NewRegistry())})))
			folds.Go(func() { // and beside the leases, without any
				for range 40 {
					if _, err := one.Fold(t.Context()); err != nil && jaring.CodeOf(err) != jaring.Unavailable {
						t.Error(err)
					}
				}
			})
		}
		n := len(w.register(t.Context(), 300))
		folds.Wait()
		eventually(t, "counted", func() bool { p, err := w.HasPending(t.Context()); return err == nil && !p })
		for _, end := range ends {
			end()
		}
		if got := w.standing(jaring.StandingWaiting); got != int64(n) {
			t.Errorf("%d wait, want %d", got, n)
		}
		w.countsRight()
	})
}

func TestRun_FoldsWhenTheBellRings(t *testing.T) {
	w := newTown(t, jaringtest.SQLite(t))
	notified, registry := make(chan struct{}, 1), prometheus.NewRegistry()
	defer run(jobs.New(jobs.Config{App: w.Acts, Bell: w.bell, Metrics: jobs.NewMetrics(registry), Folded: func() {
		select {
		case notified <- struct{}{}:
		default:
		}
	}}))()
	eventually(t, "quiet", func() bool { p, err := w.HasPending(t.Context()); return err == nil && !p })
	before := folded(t, registry)
	w.register(t.Context(), 1)
	eventually(t, "counted", func() bool { return folded(t, registry) > before })
	<-notified
}

func TestJobs_StoppedAnywhereAndBegunAgain(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db)
		sim, port := newCore(t, w)
		_ = sim
		ids := w.register(t.Context(), 60)
		w.settle(t.Context(), ids)
		random := rand.New(rand.NewPCG(7, 7))
		for range 60 { // each time another process, killed somewhere
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(random.IntN(12_000))*time.Microsecond)
			_ = jobs.New(jobs.Config{App: w.Acts, Core: port}).Once(ctx)
			cancel()
		}
		r := jobs.New(jobs.Config{App: w.Acts, Core: port})
		eventually(t, "confirmed", func() bool {
			w.must(r.Pump(t.Context()))
			_, err := w.Fold(t.Context())
			w.must(err)
			return w.standing(jaring.StandingProtected) == int64(len(ids))
		})
		w.countsRight()
		damages, _, _, err := w.Verify(t.Context())
		if err != nil || len(damages) > 0 {
			t.Errorf("%v, %+v", err, damages)
		}
	})
}

func TestAge_OncePerDayAfterMidnightInWesternIndonesia(t *testing.T) {
	w := newTown(t, jaringtest.SQLite(t))
	_, port := newCore(t, w)
	ids := w.register(t.Context(), 5) // October to December
	w.settle(t.Context(), ids)
	r := jobs.New(jobs.Config{App: w.Acts, Core: port})
	w.must(r.Pump(t.Context()))
	fold := func() { _, err := w.Fold(t.Context()); w.must(err) }
	for _, step := range []struct {
		at                      string
		protected, grace, ended int64
	}{
		{"2026-12-31T16:59:00Z", 5, 0, 0}, // 23:59 in Jambi
		{"2026-12-31T17:05:00Z", 0, 5, 0}, // 00:05
		{"2027-03-31T16:00:00Z", 0, 5, 0},
		{"2027-04-01T01:00:00Z", 0, 0, 5},
	} {
		at, err := time.Parse(time.RFC3339, step.at)
		w.must(err)
		w.clock.set(at)
		w.must(jobs.New(jobs.Config{App: w.Acts}).Once(t.Context()))
		fold()
		if p, g, e := w.standing(jaring.StandingProtected), w.standing(jaring.StandingGrace), w.standing(jaring.StandingEnded); p != step.protected || g != step.grace || e != step.ended {
			t.Errorf("%s: %d protected, %d in grace, %d ended", step.at, p, g, e)
		}
		if day, _ := w.Setting(t.Context(), "jobs.aged"); day != jaring.DayIn(at, app.Zone("")).String() {
			t.Errorf("%s: aged %s", step.at, day)
		}
	}
	w.countsRight()
}

func TestHeld_IsDoneThoughWhoeverBroughtTheFirstWasStopped(t *testing.T) {
	w := newTown(t, jaringtest.SQLite(t))
	first := w.registration()
	address := "RT 03 RW 01"
	second := w.op(jaring.ActCorrectWorker, wire.Correction{RegisteredBy: string(first.ID), Fields: wire.FieldsToSet{Address: &address}, Reason: "Dilengkapi"})
	second.After, second.Device = []jaring.OperationID{first.ID}, "00000000-0000-7000-8000-000000000001"
	outcomes, err := w.Apply(t.Context(), w.agent, []jaring.Operation{second})
	if err != nil || outcomes[0].Kind != jaring.HeldEarlier {
		t.Fatal(err, outcomes)
	}
	outcomes, err = w.Apply(t.Context(), w.agent, []jaring.Operation{first}) // Sync would go on to the second
	w.must(err)
	w.must(jobs.New(jobs.Config{App: w.Acts}).Once(t.Context()))
	view, err := w.GetWorker(t.Context(), w.officer, outcomes[0].Worker)
	if err != nil || view.Worker.Address != address {
		t.Errorf("%v, address %q", err, view.Worker.Address)
	}
}

func TestHeld_IsGivenUpAfterFiveDays(t *testing.T) {
	w := newTown(t, jaringtest.SQLite(t))
	late := w.registration()
	late.After, late.Device = []jaring.OperationID{jaring.OperationID(app.NewID())}, "00000000-0000-7000-8000-000000000001"
	_, err := w.Apply(t.Context(), w.agent, []jaring.Operation{late})
	w.must(err)
	r := jobs.New(jobs.Config{App: w.Acts})
	w.clock.set(w.clock.now().Add(6 * 24 * time.Hour))
	w.must(r.Once(t.Context()))
	outcomes, err := w.Apply(t.Context(), w.agent, []jaring.Operation{late})
	if err != nil || outcomes[0].Kind != jaring.Same || outcomes[0].First != jaring.Refused {
		t.Errorf("%v, %+v", err, outcomes)
	}
}

func TestRoots_ReachTheFileWholeAndOnce(t *testing.T) {
	w := newTown(t, jaringtest.SQLite(t))
	path := filepath.Join(t.TempDir(), "roots.jsonl")
	seal := func() {
		w.clock.set(time.Now().Add(2 * time.Hour)) // ids of events have the real time
		w.must(jobs.New(jobs.Config{App: w.Acts, Roots: path}).Once(t.Context()))
	}
	w.register(t.Context(), 3)
	seal()
	whole, err := os.ReadFile(path)
	w.must(err)
	seal()
	again, _ := os.ReadFile(path)
	if string(again) != string(whole) || len(whole) == 0 {
		t.Fatalf("a root came twice, or none: %q", again)
	}
	// A crash in the middle of a line, and one just before its end.
	for _, cut := range []int{len(whole) / 2, len(whole) - 1} {
		w.must(os.WriteFile(path, whole[:cut], 0o600))
		seal()
		if mended, _ := os.ReadFile(path); strings.TrimSpace(string(mended)) != strings.TrimSpace(string(whole)) {
			t.Errorf("cut at %d: %q", cut, mended)
		}
	}
	var line struct{ Root, Signature string }
	if json.Unmarshal([]byte(strings.Split(string(whole), "\n")[0]), &line) != nil || len(line.Root) != 64 || line.Signature == "" {
		t.Errorf("%q", whole)
	}
	damages, _, roots, err := w.Verify(t.Context())
	if err != nil || len(damages) > 0 || roots == 0 {
		t.Errorf("%v, %d roots, %+v", err, roots, damages)
	}
}
