package main

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"jaring/internal/acts"
	"jaring/internal/app"
	"jaring/internal/core"
	"jaring/internal/httpapi"
	"jaring/internal/jaring"
	"jaring/internal/jobs"
	"jaring/internal/payment"
	"jaring/internal/scheme"
	"jaring/internal/store"
	"jaring/internal/vault"
	"jaring/web"
)

// server is one process that serves a database. What stands on the keys is a house;
// when the keys change, another house takes its place between two requests.
type server struct {
	db      *store.DB
	log     *slog.Logger
	demo    bool
	cover   jaring.CoverSettings
	book    *scheme.Book
	letters letters
	cash    jaring.CashSettings
	banks   []payment.Bank // that may call
	command *ServeCmd
	keyFile string
	core    core.Port
	sim     *core.Simulator // of a demo that has no other core
	id      string          // among the servers of one database
	gate    gate
	house   atomic.Pointer[house]
}

// close lets go of what the server opened besides the database.
func (srv *server) close() {
	if srv.sim != nil {
		_ = srv.sim.Close() // each answer was written when it was made
	}
}

func newServerID() string { return uuid.NewString() }

// house is everything that stands on one key set.
type house struct {
	ring    *vault.Ring
	app     *acts.Acts
	handler http.Handler
	runner  *jobs.Runner
	over    context.Context // ends when another house has taken its place
	leave   context.CancelFunc
}

func (srv *server) newHouse(ring *vault.Ring) *house {
	bell, live, registry := &jobs.Bell{}, httpapi.NewLive(), prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	acts, who := stand{db: srv.db, ring: ring, cover: srv.cover, reminders: srv.letters.reminders, cash: srv.cash, book: srv.book, changed: bell.Ring, rejectedDays: srv.command.RejectedDays, leadMonths: srv.command.LeadMonths, serviceMonths: srv.command.ServiceMonths}.build()
	srv.callBanks(acts)
	runner := jobs.New(jobs.Config{App: acts, Bell: bell, Core: srv.core, Folded: live.Notify, DropExpired: who.DropExpired,
		Roots: srv.command.Roots, Metrics: jobs.NewMetrics(registry), Gateway: srv.letters.gateway, Log: srv.log,
		Backup: srv.nightly(ring)})
	handler := httpapi.New(httpapi.Config{App: acts, Auth: who, Log: srv.log, Metrics: registry, Web: web.Handler(), Live: live,
		Fund: srv.command.Fund, Operator: srv.command.Operator.Name, Address: strings.TrimRight(srv.command.Address, "/"), Version: version(), Demo: srv.demo, Ready: srv.ready, Hook: srv.letters.hook(acts, srv.log), Gateway: srv.letters.gateway != nil, Secure: srv.command.TLS})
	h := &house{ring: ring, app: acts, handler: srv.withBanks(acts, ring, handler), runner: runner}
	h.over, h.leave = context.WithCancel(context.Background())
	return h
}

// ready is nil when the database answers.
func (srv *server) ready() error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	return srv.db.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.Setting(app.SettingDemo)
		return err
	})
}

// livePath is the feed, which lasts as long as its watcher: it must not keep the server
// from ending, nor its watcher in a house where nothing happens any more.
const livePath = "/api/v1/live"

// front hands each request to the present house. What may write passes the gate.
func (srv *server) front(ctx context.Context) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := srv.house.Load()
		if r.URL.Path == livePath {
			watching, cancel := context.WithCancel(r.Context())
			defer cancel()
			defer context.AfterFunc(ctx, cancel)()
			defer context.AfterFunc(h.over, cancel)()
			r = r.WithContext(watching)
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			if err := srv.gate.enter(r.Context()); err != nil {
				return // the caller left
			}
			defer srv.gate.leave()
			h = srv.house.Load() // it may have changed before the gate
		}
		h.handler.ServeHTTP(w, r)
	})
}

// gate lets requests that may write pass, and can be shut for a moment: those under way
// finish, others wait before it. Its zero value is open.
type gate struct {
	mu    sync.Mutex
	under int           // requests that have passed and not left
	shut  chan struct{} // closed when the gate opens again; nil while it is open
	idle  chan struct{} // told when the last one leaves a shut gate
}

// enter passes the gate, or waits before it. Its error is that of ctx.
func (g *gate) enter(ctx context.Context) error {
	for {
		g.mu.Lock()
		shut := g.shut
		if shut == nil {
			g.under++
		}
		g.mu.Unlock()
		if shut == nil {
			return nil
		}
		select {
		case <-shut:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.under--; g.under == 0 && g.shut != nil {
		select {
		case g.idle <- struct{}{}:
		default:
		}
	}
}

// close shuts the gate and waits until nobody is under way. When that takes longer than
// ctx lasts, the gate is open again and false is given.
func (g *gate) close(ctx context.Context) bool {
	under, idle := g.shutNow()
	if under == 0 {
		return true
	}
	select {
	case <-idle:
		return true
	case <-ctx.Done():
		g.open()
		return false
	}
}

// shutNow lets nobody pass any more and gives how many are under way.
func (g *gate) shutNow() (under int, idle <-chan struct{}) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut == nil {
		g.shut = make(chan struct{})
	}
	g.idle = make(chan struct{}, 1)
	return g.under, g.idle
}

func (g *gate) open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut != nil {
		close(g.shut)
		g.shut = nil
	}
}
