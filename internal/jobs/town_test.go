package jobs_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"jaring/internal/acts"
	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/jobs"
	"jaring/internal/scheme"
	"jaring/internal/store"
	"jaring/internal/vault"
	"jaring/internal/wire"
)

// clock is a time that tests move.
type clock struct {
	mu   sync.Mutex
	at   time.Time
	look func() // somebody looks at it; may be nil
}

func (c *clock) now() time.Time {
	if c.look != nil {
		c.look()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = t
}

// town is a branch with an agent and an officer.
type town struct {
	*acts.Acts
	t       *testing.T
	clock   *clock
	bell    *jobs.Bell
	auth    *auth.Service
	agent   jaring.Actor
	officer jaring.Actor
	people  int
}

var cheap = auth.Parameters{Memory: 64, Time: 1, Threads: 1}

func newTown(t *testing.T, db *store.DB) *town {
	t.Helper()
	w := &town{t: t, clock: &clock{at: time.Date(2026, 10, 5, 3, 0, 0, 0, time.UTC)}}
	ring, err := vault.NewRing("test")
	w.must(err)
	w.open(db, ring)
	office, err := w.auth.AddOffice(t.Context(), jaring.System, auth.NewOffice{Kind: "branch", Name: "Cabang Jambi", Zone: "Asia/Jakarta", Areas: []string{"15.71"}})
	w.must(err)
	for _, who := range []struct {
		role  jaring.Role
		actor *jaring.Actor
	}{{jaring.RoleAgent, &w.agent}, {jaring.RoleOfficer, &w.officer}} {
		id, _, err := w.auth.AddAccount(t.Context(), jaring.System, auth.NewAccount{Login: string(who.role), Name: "Orang " + string(who.role), Role: who.role, Office: office})
		w.must(err)
		if who.role == jaring.RoleAgent {
			_, err := w.Certify(t.Context(), jaring.System, id, jaring.NewDay(2026, 1, 1), jaring.NewDay(2028, 12, 31), jaring.Powers)
			w.must(err)
		}
		*who.actor, err = w.auth.ActorOfAccount(t.Context(), id)
		w.must(err)
	}
	return w
}

// open makes the acts on a database.
func (w *town) open(db *store.DB, ring *vault.Ring) {
	w.bell = &jobs.Bell{}
	w.auth = auth.New(db, auth.Options{Now: w.clock.now, Hash: cheap})
	w.Acts = acts.New(app.Config{DB: db, Vault: ring, Book: scheme.Load(), Areas: area.Load(), Now: w.clock.now, Cover: jaring.DefaultCoverSettings(),
		Actor: w.auth.ActorOfAccount, Forget: w.auth.ForgetAccount, Password: w.auth.NewPassword, Changed: w.bell.Ring})
}

// elsewhere is the same town as another process on another connection sees it.
func (w *town) elsewhere(db *store.DB) *town {
	other := *w
	other.open(db, w.Vault)
	return &other
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) op(kind jaring.Act, body any) jaring.Operation {
	w.t.Helper()
	text, err := json.Marshal(body)
	w.must(err)
	return jaring.Operation{ID: jaring.OperationID(app.NewID()), Kind: kind, TakenAt: w.clock.now(), ClockTrust: true, Body: text}
}

var firsts = []string{"Ahmad", "Siti", "Budi", "Ratna", "Hendra", "Dewi", "Joko", "Fitri", "Zainal", "Melati", "Karyono", "Yuliana", "Togar"}
var lasts = []string{"Hidayat", "Lestari", "Siregar", "Wulandari", "Basri", "Kusuma", "Harahap", "Prasetyo", "Anwar", "Ginting", "Zakaria"}

// registration is of somebody who was not here before, born in 1980, for three months.
func (w *town) registration() jaring.Operation {
	w.people++
	n := w.people
	month, day := 1+n%12, 1+n/12%28
	income := jaring.Rupiah(1_000_000)
	return w.op(jaring.ActRegisterWorker, wire.Registration{
		NIK:  fmt.Sprintf("157104%02d%02d%02d%04d", day, month, 70+n/336%30, 9001+n/10080),
		Name: firsts[n%len(firsts)] + " " + lasts[n%len(lasts)] + " " + firsts[n/7%len(firsts)], BirthDate: fmt.Sprintf("19%02d-%02d-%02d", 70+n/336%30, month, day), Sex: "M",
		Occupation: "Pedagang", MonthlyIncome: &income, Programs: []string{"JKK", "JKM"}, Months: 3, Village: "15.71.04.1002",
		Consent: &wire.Consent{NoticeVersion: "test", Channel: "tap", At: w.clock.now()}, Confirmed: nil})
}

// register registers n people and gives who became a worker at once.
func (w *town) register(ctx context.Context, n int) (ids []jaring.WorkerID) {
	w.t.Helper()
	for n > 0 {
		var ops []jaring.Operation
		for range min(n, 50) {
			ops = append(ops, w.registration())
		}
		n -= len(ops)
		outcomes, err := w.Apply(ctx, w.agent, ops)
		w.must(err)
		for _, o := range outcomes {
			if o.Kind == jaring.Accepted {
				ids = append(ids, o.Worker)
			}
		}
	}
	return ids
}

// settle books what people owe.
func (w *town) settle(ctx context.Context, ids []jaring.WorkerID) {
	w.t.Helper()
	for _, id := range ids {
		view, err := w.GetWorker(ctx, w.officer, id)
		w.must(err)
		_, err = w.Apply(ctx, w.officer, []jaring.Operation{w.op(jaring.ActSettle, wire.Settlement{Worker: string(id), Amount: view.Payment.Amount,
			Channel: "bank", Reference: "TRX", PaidOn: jaring.DayIn(w.clock.now(), app.Zone(""))})})
		w.must(err)
	}
}

// standing is how many people stand where, by the counters.
func (w *town) standing(s jaring.Standing) int64 {
	w.t.Helper()
	n, err := w.Counted(context.Background(), jaring.Counter{Dimension: jaring.ByAll, Measure: jaring.Gauge(s)})
	w.must(err)
	return n
}

// countsRight fails when a counter is not what the events say.
func (w *town) countsRight() {
	w.t.Helper()
	diffs, _, events, err := w.Recount(context.Background())
	w.must(err)
	if len(diffs) > 0 || events == 0 {
		w.t.Errorf("%d differences in %d events, first %+v", len(diffs), events, diffs[:min(1, len(diffs))])
	}
}
