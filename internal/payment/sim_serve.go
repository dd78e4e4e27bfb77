package payment

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

// Listen opens a port for a simulator, on this machine only. Error: payment.sim_listen.
func Listen(address string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil || !isLoopback(host) {
		return nil, jaring.NewError(jaring.Invalid, "payment.sim_listen", "addr", address).At("listen")
	}
	return net.Listen("tcp", address)
}

// Files that a simulator writes once calls are taken; each may be empty.
type Files struct {
	Port  string // the port, as text
	Banks string // what Jaring needs to know of the bank; holds keys
}

// Serve answers on l and sends notices until ctx ends.
func (s *Simulator) Serve(ctx context.Context, l net.Listener, files Files) error {
	s.mu.Lock()
	s.bank.Base = "http://" + l.Addr().String()
	s.mu.Unlock()
	server := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute}
	stop := context.AfterFunc(ctx, func() {
		rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = server.Shutdown(rest)
	})
	defer stop()
	if err := s.writeFiles(l.Addr(), files); err != nil {
		return errors.Join(err, l.Close())
	}
	run, end := context.WithCancel(ctx)
	sent := make(chan struct{})
	go func() { defer close(sent); s.Run(run) }()
	err := server.Serve(l)
	end()
	<-sent
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func (s *Simulator) writeFiles(addr net.Addr, files Files) error {
	if files.Banks != "" {
		if err := s.WriteBank(files.Banks); err != nil {
			return err
		}
	}
	if files.Port == "" {
		return nil
	}
	port := strconv.Itoa(addr.(*net.TCPAddr).Port) + "\n"
	return writeWhole(files.Port, 0o644, func(f *os.File) error { _, err := f.WriteString(port); return err })
}

// WriteBank writes the file of banks for Jaring, readable by its owner alone.
func (s *Simulator) WriteBank(path string) error {
	return writeWhole(path, 0o600, func(f *os.File) error { return WriteBanks(f, []Bank{s.Bank()}) })
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
