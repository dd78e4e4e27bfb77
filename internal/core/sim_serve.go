package core

import (
	"context"
	"errors"
	"net"

	"jaring/internal/jaring"
	"jaring/internal/outside"
)

// Listen opens a port for a simulator, on this machine only. Error: core.sim_listen.
func Listen(address string) (net.Listener, error) {
	return outside.Listen(address, jaring.NewError(jaring.Invalid, "core.sim_listen", "addr", address).At("listen"))
}

// Serve answers on l until ctx ends. When portFile is named, the port is written there
// once calls are taken.
func (s *Simulator) Serve(ctx context.Context, l net.Listener, portFile string) error {
	if err := outside.WritePort(portFile, l.Addr()); err != nil {
		return errors.Join(err, l.Close())
	}
	return outside.Serve(ctx, l, s.Handler())
}
