package e2e

import (
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// clients are in flight at once; some of them are phones that send batches.
const (
	clients = 32
	phones  = 8
)

// load is what the clients do until they are stopped or the server is gone.
type load struct {
	book    *notebook
	from    int // entries before this load
	stopped atomic.Bool
	group   sync.WaitGroup
}

// begin lets all clients loose.
func (b *notebook) load(h *house, cookie string, ps []*phone) *load {
	l := &load{book: b, from: b.size()}
	for i := range clients {
		l.group.Go(func() {
			c := h.caller(cookie)
			defer c.close()
			for !l.stopped.Load() {
				if i < len(ps) && !l.batch(c, ps[i]) || i >= len(ps) && !b.send(c, b.begin(nil)) {
					return // nobody answers: what was sent stays unknown
				}
			}
		})
	}
	return l
}

func (l *load) batch(c *caller, p *phone) bool {
	some := make([]*entry, 1+rand.N(batchAtMost))
	for i := range some {
		some[i] = l.book.begin(p)
	}
	return l.book.sendBatch(c, some)
}

// await waits until n more registrations are acknowledged.
func (l *load) await(t testing.TB, n int) {
	t.Helper()
	start := l.book.acknowledged(l.from)
	for end := time.Now().Add(startWithin); l.book.acknowledged(l.from) < start+n; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("nothing is acknowledged any more: %v", l.book.late)
		}
	}
}

// stop ends the load and gives what was sent by it.
func (l *load) stop() []*entry {
	l.stopped.Store(true)
	l.group.Wait()
	return l.book.entries[l.from:]
}
