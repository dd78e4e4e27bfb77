package message

import (
	"context"
	"errors"
	"io"
	"net"

	"golang.org/x/sync/errgroup"

	"jaring/internal/jaring"
	"jaring/internal/outside"
)

// Listen opens a port for a simulator, on this machine only. Error: message.sim_listen.
func Listen(address string) (net.Listener, error) {
	return outside.Listen(address, jaring.NewError(jaring.Invalid, "message.sim_listen", "addr", address).At("listen"))
}

// Files that a simulator writes once letters are taken; each may be empty.
type Files struct {
	Port     string // the port of the web service, as text
	Settings string // those with which Jaring sends by it; holds secrets
}

// Serve takes letters on web and mail and reports until ctx ends.
func (s *Simulator) Serve(ctx context.Context, web, post net.Listener, files Files) error {
	if err := s.writeFiles(web.Addr(), post.Addr(), files); err != nil {
		return errors.Join(err, web.Close(), post.Close())
	}
	all, running := errgroup.WithContext(ctx)
	all.Go(func() error { return outside.Serve(running, web, s.Handler()) })
	all.Go(func() error { return s.ServeMail(running, post) })
	all.Go(func() error { s.Run(running); return nil })
	return all.Wait()
}

func (s *Simulator) writeFiles(web, post net.Addr, files Files) error {
	if files.Settings != "" {
		settings := s.Settings("http://"+web.String(), post.String())
		if err := outside.WriteWhole(files.Settings, 0o600, func(w io.Writer) error { return WriteSettings(w, settings) }); err != nil {
			return err
		}
	}
	return outside.WritePort(files.Port, web)
}
