package core

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"jaring/internal/jaring"
)

// Listen opens a port for a simulator, on this machine only. Error: core.sim_listen.
func Listen(address string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil || !isLoopback(host) {
		return nil, jaring.NewError(jaring.Invalid, "core.sim_listen", "addr", address).At("listen")
	}
	return net.Listen("tcp", address)
}

// Serve answers on l until ctx ends. When portFile is named, the port is written there
// once calls are taken.
func (s *Simulator) Serve(ctx context.Context, l net.Listener, portFile string) error {
	server := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute}
	stop := context.AfterFunc(ctx, func() {
		rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = server.Shutdown(rest)
	})
	defer stop()
	if portFile != "" {
		if err := writePort(portFile, l.Addr()); err != nil {
			return errors.Join(err, l.Close())
		}
	}
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// writePort writes the port whole: who waits for the file never reads half of it.
func writePort(path string, addr net.Addr) error {
	port := addr.(*net.TCPAddr).Port
	hidden := filepath.Join(filepath.Dir(path), "."+filepath.Base(path))
	if err := os.WriteFile(hidden, []byte(strconv.Itoa(port)+"\n"), 0o644); err != nil {
		return err
	}
	return os.Rename(hidden, path)
}
