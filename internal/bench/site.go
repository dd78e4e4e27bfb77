package bench

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/auth"
	"jaring/internal/httpapi"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// site is a whole server on loopback with an agent logged in and the counters being folded.
type site struct {
	db     *store.DB
	app    *app.App
	auth   *auth.Service
	agent  jaring.Actor
	addr   string
	cookie string
	wake   chan struct{}
	stop   context.CancelFunc
	done   sync.WaitGroup
	server *http.Server
}

// newSite opens url, which must be empty, and serves it.
func newSite(ctx context.Context, url string) (*site, error) {
	db, err := store.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	ring, err := vault.NewRing("bench")
	if err != nil {
		return nil, err
	}
	s := &site{db: db, wake: make(chan struct{}, 1)}
	s.auth = auth.New(db, auth.Options{})
	s.app = app.New(app.Config{DB: db, Vault: ring, Book: scheme.Load(), Areas: area.Load(), Now: time.Now, Cover: jaring.DefaultCoverSettings(),
		Actor: s.auth.ActorOfAccount, Changed: func() {
			select {
			case s.wake <- struct{}{}:
			default:
			}
		}})
	if err := s.people(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, s.serve(ctx)
}

// people makes one office and one agent and logs the agent in.
func (s *site) people(ctx context.Context) error {
	office, err := s.auth.AddOffice(ctx, jaring.System, auth.NewOffice{Kind: "branch", Name: "Cabang uji", Zone: "Asia/Jakarta", Areas: []string{"15"}})
	if err != nil {
		return err
	}
	id, password, err := s.auth.AddAccount(ctx, jaring.System, auth.NewAccount{Login: "agen", Name: "Agen Uji", Role: jaring.RoleAgent, Office: office})
	if err != nil {
		return err
	}
	if s.cookie, _, err = s.auth.LogIn(ctx, "agen", password, "127.0.0.1:1"); err != nil {
		return err
	}
	s.agent, err = s.auth.ActorOfAccount(ctx, id)
	return err
}

func (s *site) serve(ctx context.Context) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.addr = listener.Addr().String()
	handler := httpapi.New(httpapi.Config{App: s.app, Auth: s.auth, Log: slog.New(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelError})),
		Fund: "Badan Penyelenggara (contoh)", Version: "bench"})
	s.server = &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	ctx, s.stop = context.WithCancel(ctx)
	s.done.Add(2)
	go func() { defer s.done.Done(); _ = s.server.Serve(listener) }()
	go func() { defer s.done.Done(); s.fold(ctx) }()
	return nil
}

// fold brings events into the counters as the jobs of a server do: soon, and not more often than needed.
func (s *site) fold(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		}
		_, _ = s.app.Fold(ctx)
		select {
		case <-ctx.Done():
			return
		case <-time.After(foldPause):
		}
	}
}

const foldPause = 250 * time.Millisecond

// close stops the server; the counters are folded to the end first.
func (s *site) close() error {
	err := s.server.Close()
	s.stop()
	s.done.Wait()
	return errors.Join(err, s.db.Close())
}

// bases gives fresh addresses of empty databases of an engine.
type bases struct {
	url  string // of the engine; empty for SQLite in a temporary folder
	dir  string
	next int
}

func newBases(url string) (*bases, error) {
	dir, err := os.MkdirTemp("", "jaring-bench-")
	return &bases{url: url, dir: dir}, err
}

func (b *bases) remove() { _ = os.RemoveAll(b.dir) }

func (b *bases) engine() string {
	if b.url == "" {
		return "sqlite"
	}
	return "postgres"
}

// fresh names the next empty database: a file, or a schema of its own.
func (b *bases) fresh(ctx context.Context) (string, error) {
	b.next++
	if b.url == "" {
		return "sqlite:" + filepath.Join(b.dir, "bench"+string(rune('a'+b.next))+".db"), nil
	}
	schema := "bench_" + string(rune('a'+b.next))
	sep := "?"
	if strings.Contains(b.url, "?") {
		sep = "&"
	}
	return b.url + sep + "search_path=" + schema, store.RemakeSchema(ctx, b.url, schema)
}
