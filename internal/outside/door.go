package outside

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"jaring/internal/jaring"
)

// Listen opens a port for a simulator, on this machine only; elsewhere is what is said of any other
// address.
func Listen(address string, elsewhere *jaring.Error) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil || !IsHere(host) {
		return nil, elsewhere
	}
	return net.Listen("tcp", address)
}

// Serve lets h answer on l until ctx ends; who is being answered then is given five seconds.
func Serve(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute}
	stop := context.AfterFunc(ctx, func() {
		rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = server.Shutdown(rest)
	})
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// WriteWhole writes a file so that whoever waits for it never reads half of it.
func WriteWhole(path string, mode os.FileMode, write func(io.Writer) error) error {
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

// WritePort writes the port of an address as text, for whoever waits until calls are taken; nothing without a path.
func WritePort(path string, addr net.Addr) error {
	if path == "" {
		return nil
	}
	port := strconv.Itoa(addr.(*net.TCPAddr).Port) + "\n"
	return WriteWhole(path, 0o644, func(w io.Writer) error { _, err := io.WriteString(w, port); return err })
}
