package payment

import (
	"context"
	"errors"
	"io"
	"net"

	"jaring/internal/jaring"
	"jaring/internal/outside"
)

// Listen opens a port for a simulator, on this machine only. Error: payment.sim_listen.
func Listen(address string) (net.Listener, error) {
	return outside.Listen(address, jaring.NewError(jaring.Invalid, "payment.sim_listen", "addr", address).At("listen"))
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
	if err := s.writeFiles(l.Addr(), files); err != nil {
		return errors.Join(err, l.Close())
	}
	run, end := context.WithCancel(ctx)
	sent := make(chan struct{})
	go func() { defer close(sent); s.Run(run) }()
	err := outside.Serve(ctx, l, s.Handler())
	end()
	<-sent
	return err
}

func (s *Simulator) writeFiles(addr net.Addr, files Files) error {
	if files.Banks != "" {
		if err := s.WriteBank(files.Banks); err != nil {
			return err
		}
	}
	return outside.WritePort(files.Port, addr)
}

// WriteBank writes the file of banks for Jaring, readable by its owner alone.
func (s *Simulator) WriteBank(path string) error {
	return outside.WriteWhole(path, 0o600, func(w io.Writer) error { return WriteBanks(w, []Bank{s.Bank()}) })
}
