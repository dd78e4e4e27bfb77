package message

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"jaring/internal/jaring"
)

// Listen opens a port for a simulator, on this machine only. Error: message.sim_listen.
func Listen(address string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil || !isLoopback(host) {
		return nil, jaring.NewError(jaring.Invalid, "message.sim_listen", "addr", address).At("listen")
	}
	return net.Listen("tcp", address)
}

// Files that a simulator writes once letters are taken; each may be empty.
type Files struct {
	Port     string // the port of the web service, as text
	Settings string // those with which Jaring sends by it; holds secrets
}

// Serve takes letters on web and mail and reports until ctx ends.
func (s *Simulator) Serve(ctx context.Context, web, post net.Listener, files Files) error {
	server := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute}
	if err := s.writeFiles(web.Addr(), post.Addr(), files); err != nil {
		return errors.Join(err, web.Close(), post.Close())
	}
	all, running := errgroup.WithContext(ctx)
	all.Go(func() error {
		if err := server.Serve(web); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	all.Go(func() error { return s.ServeMail(running, post) })
	all.Go(func() error { s.Run(running); return nil })
	all.Go(func() error {
		<-running.Done()
		rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		return server.Shutdown(rest)
	})
	return all.Wait()
}

func (s *Simulator) writeFiles(web, post net.Addr, files Files) error {
	if files.Settings != "" {
		settings := s.Settings("http://"+web.String(), post.String())
		if err := writeWhole(files.Settings, 0o600, func(f *os.File) error { return WriteSettings(f, settings) }); err != nil {
			return err
		}
	}
	if files.Port == "" {
		return nil
	}
	port := strconv.Itoa(web.(*net.TCPAddr).Port) + "\n"
	return writeWhole(files.Port, 0o644, func(f *os.File) error { _, err := f.WriteString(port); return err })
}

// writeWhole writes a file so that whoever waits for it never reads half of it.
func writeWhole(path string, mode os.FileMode, write func(*os.File) error) error {
	hidden := filepath.Join(filepath.Dir(path), "."+filepath.Base(path))
	f, err := os.OpenFile(hidden, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return err
	}
	return os.Rename(hidden, path)
}
