package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"jaring/internal/config"
	"jaring/internal/core"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// ServeCmd serves the pages and the API, and does the jobs.
type ServeCmd struct {
	config.Server
	lawFiles
	postFlags
	cashFlags
	bankFlags
	backupFlags
	CoreToken string `env:"JARING_CORE_TOKEN" placeholder:"TOKEN" help:"Token for the fund's core system."`
	PortFile  string `placeholder:"FILE" help:"Write the bound address there once calls are taken."`
	Roots     string `env:"JARING_ROOTS" placeholder:"FILE" help:"Append the signed root of each hour to this file; send it off the machine."`
	TLS       bool   `name:"behind-tls" env:"JARING_BEHIND_TLS" help:"A proxy before this server speaks TLS: cookies are for TLS alone."`
}

// Help is shown below the flags.
func (c *ServeCmd) Help() string {
	return `Example: jaring serve --db sqlite:data/jaring.db --listen 127.0.0.1:8080 --keys jaring.keys

A fresh database migrates itself. Without keys only a demo database is served, and only on this machine.`
}

// How long a server waits: for a request's head and body, for an answer to be taken, for
// requests under way when it ends.
const (
	headTimeout  = 10 * time.Second
	bodyTimeout  = time.Minute
	idleTimeout  = 2 * time.Minute
	drainTimeout = 20 * time.Second
)

// Run serves until its context ends. Errors: those of Server.Check, MayListen and
// DemoMayListen; of loadRing; demo.is_real, demo.is_demo, keys.other_database.
func (c *ServeCmd) Run(s *session) (err error) {
	if err := c.Check(); err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(s.talk, &slog.HandlerOptions{Level: c.Level()}))
	if err := makeFolder(c.DB); err != nil {
		return err
	}
	db, err := store.Open(s.ctx, c.DB)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	srv, err := c.prepare(s, db, log)
	if err != nil {
		return err
	}
	defer srv.close()
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return &jaring.Error{Code: jaring.Unavailable, Key: "serve.listen", Args: jaring.Args{"addr": c.Listen}, Err: err}
	}
	return srv.serve(s.ctx, l, c.PortFile)
}

// makeFolder makes the folder of a SQLite database.
func makeFolder(url string) error {
	path := sqlitePath(url)
	if path == "" {
		return nil
	}
	return os.MkdirAll(filepath.Dir(path), 0o750)
}

// prepare decides whether this database may be served, with these keys, on this address.
func (c *ServeCmd) prepare(s *session, db *store.DB, log *slog.Logger) (*server, error) {
	demo, err := isDemo(s.ctx, db)
	if err != nil {
		return nil, err
	}
	may := c.MayListen
	if demo {
		may = config.DemoMayListen
	}
	if err := may(c.Listen); err != nil {
		return nil, err
	}
	ring, path, err := ringInUse(s.ctx, db, c.Keys, c.DB, demo)
	if err != nil {
		return nil, err
	}
	cover, err := loadCover(c.CoverFile)
	if err != nil {
		return nil, err
	}
	book, err := c.book()
	if err != nil {
		return nil, err
	}
	letters, err := c.letters()
	if err != nil {
		return nil, err
	}
	cash, err := c.cashFlags.settings()
	if err != nil {
		return nil, err
	}
	banks, err := c.bankFlags.banks()
	if err != nil {
		return nil, err
	}
	if err := c.backupFlags.check(); err != nil {
		return nil, err
	}
	srv := &server{db: db, log: log, demo: demo, cover: cover, book: book, letters: letters, cash: cash, banks: banks, command: c, keyFile: path, id: newServerID()}
	switch {
	case c.Core == "" && demo:
		if srv.core, srv.sim, err = simulate(path+simSuffix, simWatched, time.Now); err != nil {
			return nil, err
		}
	case c.Core != "":
		say := func(why *jaring.Error) string { return i18n.Error(s.lang, why) }
		if srv.core, err = core.Open(c.Core, core.Options{Token: c.CoreToken, Damaged: say}); err != nil {
			return nil, err
		}
	}
	h := srv.newHouse(ring)
	if err := h.app.Found(s.ctx, demo); err != nil {
		return nil, err
	}
	srv.house.Store(h)
	return srv, nil
}

// serve answers on l until ctx ends: then it takes no more calls, finishes those under
// way and the jobs, and leaves.
func (srv *server) serve(ctx context.Context, l net.Listener, portFile string) error {
	front := &http.Server{Handler: srv.front(ctx), ReadHeaderTimeout: headTimeout, ReadTimeout: bodyTimeout, IdleTimeout: idleTimeout,
		ErrorLog: slog.NewLogLogger(srv.log.Handler(), slog.LevelDebug)}
	ended, k := make(chan struct{}), newKeeper(srv)
	go func() {
		defer close(ended)
		k.run(ctx)
	}()
	drained := make(chan error, 1)
	context.AfterFunc(ctx, func() {
		rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
		defer cancel()
		drained <- front.Shutdown(rest)
	})
	if err := announce(portFile, l.Addr().String()); err != nil {
		return errors.Join(err, l.Close())
	}
	srv.log.Info("serving", slog.String("address", l.Addr().String()), slog.String("engine", string(srv.db.Dialect())), slog.Bool("demo", srv.demo),
		slog.String("version", version()))
	err := front.Serve(l)
	if errors.Is(err, http.ErrServerClosed) {
		err = <-drained
	}
	if ctx.Err() == nil {
		return err // the listener broke; nothing else has ended
	}
	<-ended
	srv.log.Info("ended")
	return err
}

// announce writes the bound address whole: who waits for the file never reads half of it.
func announce(path, address string) error {
	if path == "" {
		return nil
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".port-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.WriteString(address + "\n")
	if err := errors.Join(err, temp.Chmod(0o644), temp.Close()); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}
