package jobs_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jaring/internal/core"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/jobs"
	"jaring/internal/store"
)

// newCore is a simulated core that is called over the loopback.
func newCore(t *testing.T, w *town) (*core.Simulator, core.Port) {
	t.Helper()
	sim, err := core.NewSimulator(core.SimulatorOptions{Now: w.clock.now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(sim.Handler())
	t.Cleanup(server.Close)
	port, err := core.NewREST(server.URL, core.RESTOptions{Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }})
	if err != nil {
		t.Fatal(err)
	}
	return sim, port
}

func TestPump_EveryPaidPersonIsConfirmedOnceByACoreThatMisbehaves(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db)
		sim, port := newCore(t, w)
		sim.Misbehave(core.Mischief{Double: true, Reorder: true, Unavailable: 2, Cut: 3})
		ids := w.register(t.Context(), 120)
		w.settle(t.Context(), ids[:100])
		r := jobs.New(jobs.Config{App: w.Acts, Core: port})
		for range 6 { // what a broken connection left undone is done the next time
			if err := r.Pump(t.Context()); err != nil && jaring.CodeOf(err) != jaring.Unavailable {
				t.Fatal(err)
			}
		}
		_, err := w.Fold(t.Context())
		w.must(err)
		if p, q := w.standing(jaring.StandingProtected), w.standing(jaring.StandingWaiting); p != 100 || q != int64(len(ids)-100) {
			t.Errorf("%d protected, %d waiting", p, q)
		}
		confirmed, err := w.Counted(t.Context(), jaring.Counter{Dimension: jaring.ByAll, Measure: jaring.FlowConfirmed})
		if err != nil || confirmed != 100 {
			t.Errorf("%v, %d confirmations", err, confirmed)
		}
		kpj := map[string]bool{}
		for _, id := range ids[:100] {
			view, err := w.GetWorker(t.Context(), w.officer, id)
			w.must(err)
			if kpj[view.Worker.KPJ] || !strings.HasPrefix(view.Worker.KPJ, "S") {
				t.Fatalf("KPJ %q twice or not simulated", view.Worker.KPJ)
			}
			kpj[view.Worker.KPJ] = true
		}
		w.countsRight()
	})
}

// altered is a core whose words are changed on the way.
type altered struct {
	core.Port
	answer func(*core.Answer)
	rows   func([]core.StatementRow) []core.StatementRow
}

func (a altered) Answers(ctx context.Context, cursor string) ([]core.Answer, string, error) {
	list, next, err := a.Port.Answers(ctx, cursor)
	for i := range list {
		if a.answer != nil {
			a.answer(&list[i])
		}
	}
	return list, next, err
}

func (a altered) Statement(ctx context.Context, day jaring.Day) ([]core.StatementRow, error) {
	rows, err := a.Port.Statement(ctx, day)
	if a.rows != nil {
		rows = a.rows(rows)
	}
	return rows, err
}

func TestPump_AnAnswerToSomethingElseProtectsNobodyAndStopsNobody(t *testing.T) {
	w := newTown(t, jaringtest.SQLite(t))
	_, port := newCore(t, w)
	ids := w.register(t.Context(), 3)
	w.settle(t.Context(), ids)
	r := jobs.New(jobs.Config{App: w.Acts, Core: altered{Port: port, answer: func(a *core.Answer) {
		switch a.WorkerID {
		case ids[0]:
			a.To = a.To.Add(9) // more months than were paid
		case ids[1]:
			a.MembershipID = jaring.MembershipID(ids[1]) // nobody's
		}
	}}})
	w.must(r.Pump(t.Context()))
	_, err := w.Fold(t.Context())
	w.must(err)
	if p, paid := w.standing(jaring.StandingProtected), w.standing(jaring.StandingPaid); p != 1 || paid != 2 {
		t.Errorf("%d protected, %d paid", p, paid)
	}
}

func TestReconcile_TellsWhatTheCoreHoldsOtherwise(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db)
		_, port := newCore(t, w)
		w.settle(t.Context(), w.register(t.Context(), 5))
		w.must(jobs.New(jobs.Config{App: w.Acts, Core: port}).Pump(t.Context()))
		w.clock.set(w.clock.now().Add(24 * time.Hour))
		var lost int
		r := jobs.New(jobs.Config{App: w.Acts, Core: altered{Port: port, rows: func(rows []core.StatementRow) []core.StatementRow {
			lost = len(rows)
			rows[1].KPJ = "S2699999999"
			return rows[1:]
		}}})
		w.must(r.Once(t.Context()))
		text, err := w.Setting(t.Context(), "core.report")
		w.must(err)
		var report struct {
			Day         string
			Ours        int
			Theirs      int
			Differences map[core.DifferenceKind]int
		}
		w.must(json.Unmarshal([]byte(text), &report))
		if lost != 5 || report.Ours != 5 || report.Theirs != 4 || report.Differences[core.MissingAtCore] != 1 || report.Differences[core.KPJDiffers] != 1 {
			t.Errorf("%s", text)
		}
	})
}

func TestPump_NoNumberOfAPersonInAddressesOrLogs(t *testing.T) {
	w := newTown(t, jaringtest.SQLite(t))
	sim, err := core.NewSimulator(core.SimulatorOptions{Now: w.clock.now})
	w.must(err)
	var addresses bytes.Buffer
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		addresses.WriteString(r.URL.String())
		sim.Handler().ServeHTTP(out, r)
	}))
	defer server.Close()
	port, err := core.NewREST(server.URL, core.RESTOptions{})
	w.must(err)
	w.settle(t.Context(), w.register(t.Context(), 2))
	w.must(jobs.New(jobs.Config{App: w.Acts, Core: port}).Pump(t.Context()))
	if strings.Contains(addresses.String(), "157104") {
		t.Error("a NIK in an address")
	}
}

func TestEnding_TheCoreIsToldAndTheComparisonKnows(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db)
		_, port := newCore(t, w)
		ids := w.register(t.Context(), 2)
		w.settle(t.Context(), ids)
		r := jobs.New(jobs.Config{App: w.Acts, Core: port})
		w.must(r.Pump(t.Context()))
		w.clock.set(w.clock.now().Add(24 * time.Hour))
		w.must(db.Write(t.Context(), func(tx *store.Tx) error { // as an approved departure leaves it
			paid, err := tx.FindPayments(ids[0])
			if err != nil {
				return err
			}
			p := paid[0]
			if err := tx.KeepTold(ids[0], p.ID, p.Months); err != nil {
				return err
			}
			p.Months--
			if err := tx.UpdatePayment(p.Payment); err != nil {
				return err
			}
			return tx.AddEnding(&store.Ending{Worker: ids[0], Membership: jaring.MembershipID(p.ID), Departure: string(ids[1]), Why: jaring.LeftDied, Last: p.LastMonth(), State: jaring.CoreQueued, QueuedAt: w.clock.now()})
		}))
		for range 2 { // told and heard; told of nothing new
			w.must(r.Once(t.Context()))
		}
		w.clock.set(w.clock.now().Add(24 * time.Hour))
		w.must(r.Once(t.Context()))
		text, err := w.Setting(t.Context(), "core.report")
		w.must(err)
		if !strings.Contains(text, `"ours":2`) || !strings.Contains(text, `"differences":{}`) {
			t.Error(text)
		}
		history, err := w.FindHistory(t.Context(), w.officer, ids[0])
		w.must(err)
		told := 0
		for _, h := range history {
			if h.Kind == jaring.CoreEnded {
				told++
			}
		}
		if told != 1 {
			t.Errorf("%d times told", told)
		}
	})
}
