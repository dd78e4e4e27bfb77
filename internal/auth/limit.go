package auth

import (
	"container/list"
	"math"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"jaring/internal/jaring"
)

// Limits of tries. For a log-in they are tight and forgiven after a right password;
// for an address they are wide, because an office stands behind one address.
const (
	loginBurst   = 10
	loginEvery   = 30 * time.Second
	addressBurst = 60
	addressEvery = time.Second
	maxLimits    = 20000 // of each kind; the one that was quiet for longest goes first
)

// limiter counts tries by a key, in bounded memory.
type limiter struct {
	mu    sync.Mutex
	every rate.Limit
	burst int
	max   int
	byKey map[string]*list.Element
	order *list.List // of *limit; the latest used in front
}

type limit struct {
	key  string
	rate *rate.Limiter
}

func newLimiter(every time.Duration, burst, most int) *limiter {
	return &limiter{every: rate.Every(every), burst: burst, max: most, byKey: map[string]*list.Element{}, order: list.New()}
}

// take counts a try. Error: error.rate_limited with the seconds to wait.
func (l *limiter) take(key string, now time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	bucket := l.of(key)
	if bucket.AllowN(now, 1) {
		return nil
	}
	wait := (1 - bucket.TokensAt(now)) / float64(l.every)
	return jaring.NewError(jaring.Unavailable, "error.rate_limited", "n", max(1, int(math.Ceil(wait))))
}

func (l *limiter) of(key string) *rate.Limiter {
	if e, ok := l.byKey[key]; ok {
		l.order.MoveToFront(e)
		return e.Value.(*limit).rate
	}
	if l.order.Len() >= l.max {
		oldest := l.order.Back()
		delete(l.byKey, oldest.Value.(*limit).key)
		l.order.Remove(oldest)
	}
	fresh := &limit{key, rate.NewLimiter(l.every, l.burst)}
	l.byKey[key] = l.order.PushFront(fresh)
	return fresh.rate
}

// forgive forgets the tries of a key.
func (l *limiter) forgive(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.byKey[key]; ok {
		delete(l.byKey, key)
		l.order.Remove(e)
	}
}

// addressKey is the address of "host:port" or "host" without its port. Whoever holds
// one IPv6 address holds its /64, so that is what is counted.
func addressKey(remote string) string {
	ip, err := netip.ParseAddr(remote)
	if err != nil {
		port, err := netip.ParseAddrPort(remote)
		if err != nil {
			return "unknown"
		}
		ip = port.Addr()
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		block, _ := ip.Prefix(64)
		return block.String()
	}
	return ip.String()
}
