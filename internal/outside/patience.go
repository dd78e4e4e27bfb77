package outside

import (
	"context"
	"math/rand/v2"
	"net"
	"time"
)

// Patience is how long a caller waits between tries: First after the first, doubled each time, Max at the most.
type Patience struct{ First, Max time.Duration }

// After is how long to wait after the n-th try: half of it sure, half by chance, so that many branches do not come
// back at one moment.
func (p Patience) After(n int) time.Duration {
	d := min(p.First<<min(n-1, 10), p.Max)
	return d/2 + rand.N(d/2)
}

// Wait waits for d, or until ctx ends and then with its error.
func Wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// IsHere reports whether a host is this machine by an address that nobody else can reach.
func IsHere(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
