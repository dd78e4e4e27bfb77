package bench

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"jaring/internal/acts"
	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/auth"
	"jaring/internal/httpapi"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
	"jaring/internal/store"
)

// site is a whole server on loopback with an agent logged in and the counters being folded.
type site struct {
	db     *store.DB
	app    *acts.Acts
	auth   *auth.Service
	agent  jaring.Actor
	addr   string
	cookie string
	wake   chan struct{}
	stop   context.CancelFunc
	done   sync.WaitGroup
	server *http.Server
}

// open opens the database at url, with the keys and the agent of a book, and serves it.
func (b *book) open(ctx context.Context, url string) (*site, error) {
	db, err := store.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	s := &site{db: db, wake: make(chan struct{}, 1)}
	s.auth = auth.New(db, auth.Options{})
	s.app = acts.New(app.Config{DB: db, Vault: b.ring, Book: scheme.Load(), Areas: area.Load(), Now: time.Now, Cover: jaring.DefaultCoverSettings(),
		Actor: s.auth.ActorOfAccount, Forget: s.auth.ForgetAccount, Password: s.auth.NewPassword, Changed: func() {
			select {
			case s.wake <- struct{}{}:
			default:
			}
		}})
	if b.password == "" {
		err = b.people(ctx, s)
	}
	if err == nil {
		s.cookie, _, err = s.auth.LogIn(ctx, agentLogin, b.password, "127.0.0.1:1")
	}
	if err == nil {
		s.agent, err = s.auth.ActorOfAccount(ctx, b.agent)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, s.serve(ctx)
}

const agentLogin = "agen"

// people makes one office and one agent who may register.
func (b *book) people(ctx context.Context, s *site) error {
	office, err := s.auth.AddOffice(ctx, jaring.System, auth.NewOffice{Kind: "branch", Name: "Cabang uji", Zone: "Asia/Jakarta", Areas: []string{"15"}})
	if err != nil {
		return err
	}
	b.agent, b.password, err = s.auth.AddAccount(ctx, jaring.System, auth.NewAccount{Login: agentLogin, Name: "Agen Uji", Role: jaring.RoleAgent, Office: office})
	if err != nil {
		return err
	}
	today := jaring.DayIn(time.Now(), app.Zone(""))
	_, err = s.app.Certify(ctx, jaring.System, b.agent, today.Add(-1), today.Add(30), jaring.Powers)
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
