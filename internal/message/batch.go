package message

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"
)

// Outbox is where letters wait, durably. Two real things stand behind it: the book, and a
// slice in tests.
type Outbox interface {
	// Take gives up to n letters that may go now and writes down, before it returns, that they
	// are under way. A letter that is under way when a process dies is never given again: its
	// outcome is unknown.
	Take(ctx context.Context, n int) ([]Letter, error)
	// Done keeps what became of l. A letter that waits may be taken again from its NotBefore on.
	Done(ctx context.Context, l Letter, o Outcome) error
}

// Caps keep a batch small and slow; the zero value of each means its default.
type Caps struct {
	Batch     int     // letters in all; 5,000
	PerSecond float64 // 20
	Workers   int     // letters at one moment; 4
}

// chunk is how many letters are under way at most when a process dies.
const chunk = 50

func (c Caps) filled() Caps {
	if c.Batch == 0 {
		c.Batch = 5000
	}
	if c.PerSecond == 0 {
		c.PerSecond = 20
	}
	if c.Workers == 0 {
		c.Workers = 4
	}
	return c
}

// Tally counts what became of a batch.
type Tally map[Status]int

// Run sends what waits in box, until it is empty, a cap is reached or ctx ends. What was
// taken is always finished. The error is the outbox's.
func (g *Gateway) Run(ctx context.Context, box Outbox, c Caps) (Tally, error) {
	c = c.filled()
	pace := rate.NewLimiter(rate.Limit(c.PerSecond), max(1, int(c.PerSecond)))
	b := &batch{gateway: g, box: box, tally: Tally{}}
	for left := c.Batch; left > 0 && ctx.Err() == nil; {
		letters, err := box.Take(ctx, min(left, chunk))
		if err != nil || len(letters) == 0 {
			return b.tally, err
		}
		left -= len(letters)
		if err := b.send(ctx, letters, c.Workers, pace); err != nil {
			return b.tally, err
		}
	}
	return b.tally, nil
}

type batch struct {
	gateway *Gateway
	box     Outbox
	mu      sync.Mutex
	tally   Tally
}

func (b *batch) send(ctx context.Context, letters []Letter, workers int, pace *rate.Limiter) error {
	var all errgroup.Group
	all.SetLimit(workers)
	for _, l := range letters {
		all.Go(func() error {
			o := Outcome{Status: Waits}
			if pace.Wait(ctx) == nil {
				o = b.gateway.Deliver(ctx, l)
			}
			b.mu.Lock()
			b.tally[o.Status]++
			b.mu.Unlock()
			return b.box.Done(context.WithoutCancel(ctx), l, o) // what was sent is written down, whatever ends
		})
	}
	return all.Wait()
}
