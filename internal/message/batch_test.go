package message

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
)

// drawer is an outbox in memory.
type drawer struct {
	mu       sync.Mutex
	waiting  []Letter
	underWay map[string]bool
	done     map[string]Outcome
	taken    []int
	trouble  error
}

func newDrawer(n int, template string) *drawer {
	d := &drawer{underWay: map[string]bool{}, done: map[string]Outcome{}}
	for i := range n {
		d.waiting = append(d.waiting, letter(i+1, template))
	}
	return d
}

func (d *drawer) Take(_ context.Context, n int) ([]Letter, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n = min(n, len(d.waiting))
	letters := d.waiting[:n]
	d.waiting = d.waiting[n:]
	d.taken = append(d.taken, n)
	for _, l := range letters {
		d.underWay[l.ID] = true
	}
	return letters, nil
}

func (d *drawer) Done(_ context.Context, l Letter, o Outcome) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.trouble != nil {
		return d.trouble
	}
	if !d.underWay[l.ID] {
		return fmt.Errorf("%s was not under way", l)
	}
	delete(d.underWay, l.ID)
	d.done[l.ID] = o
	return nil
}

func TestRunSendsEachOnce(t *testing.T) {
	w := newTown(t)
	w.use(t, WhatsApp, SMS)
	d := newDrawer(220, "confirmed")
	w.sim.Misbehave(Mischief{Busy: 5, Drop: 5})
	tally, err := w.gateway.Run(t.Context(), d, Caps{PerSecond: 1e6})
	if err != nil || len(d.done) != 220 || len(d.underWay) != 0 || tally[Sent]+tally[Unknown] != 220 {
		t.Fatal(tally, err, len(d.done))
	}
	seen := map[string]int{}
	for _, r := range w.sim.Inbox() {
		seen[r.LetterID]++
	}
	if len(seen) != 220 {
		t.Errorf("%d of 220 arrived", len(seen))
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s arrived %d times", id, n)
		}
	}
}

func TestRunKeepsItsCaps(t *testing.T) {
	w := newTown(t)
	d := newDrawer(200, "confirmed")
	tally, err := w.gateway.Run(t.Context(), d, Caps{Batch: 70, PerSecond: 1e6, Workers: 1})
	if err != nil || tally[Sent] != 70 || len(d.waiting) != 130 || fmt.Sprint(d.taken) != "[50 20]" {
		t.Error(tally, err, d.taken)
	}
	if c := (Caps{}).filled(); c != (Caps{5000, 20, 4}) {
		t.Error(c)
	}
}

func TestRunStops(t *testing.T) {
	w := newTown(t)
	d := newDrawer(60, "confirmed")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if tally, err := w.gateway.Run(ctx, d, Caps{}); err != nil || len(tally) != 0 || len(d.waiting) != 60 {
		t.Error(tally, err)
	}
	d.trouble = errors.New("no room")
	if _, err := w.gateway.Run(t.Context(), d, Caps{PerSecond: 1e6}); !errors.Is(err, d.trouble) || len(d.waiting) != 10 {
		t.Error("goes on without a memory:", err, len(d.waiting))
	}
}

// At night a batch is put off, not sent.
func TestRunAtNight(t *testing.T) {
	w := newTown(t)
	w.Wind(10 * 3600e9)
	d := newDrawer(3, "confirmed")
	tally, err := w.gateway.Run(t.Context(), d, Caps{PerSecond: 1e6})
	if err != nil || tally[Waits] != 3 || len(w.sim.Inbox()) != 0 {
		t.Error(tally, err)
	}
	for _, o := range d.done {
		if o.NotBefore.Hour() != 8 || o.NotBefore.Day() != 22 {
			t.Error(o.NotBefore)
		}
	}
}
