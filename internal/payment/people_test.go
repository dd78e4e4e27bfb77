package payment

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

var start = time.Date(2026, 11, 21, 3, 30, 0, 0, time.UTC) // 10:30 WIB

// shop is a biller with a book of its own: what each code asks for, and what was booked.
type shop struct {
	journal *Memory
	clock   *jaringtest.Clock
	mu      sync.Mutex
	bills   map[string]*shopBill // by Notice.Code
	booked  []Notice
	asked   int
	trouble error // given to everybody while set
	news    chan struct{}
}

type shopBill struct {
	Bill
	expires time.Time
	paid    bool
}

func newShop(c *jaringtest.Clock) *shop {
	return &shop{journal: NewMemory(), clock: c, bills: map[string]*shopBill{}, news: make(chan struct{}, 1)}
}

func (s *shop) owe(code string, amount jaring.Rupiah) {
	s.bills[code] = &shopBill{Bill: Bill{Name: "SITI A", Amount: amount, Text: "Iuran 3 bulan"}, expires: s.clock.Now().Add(24 * time.Hour)}
}

func (s *shop) open(code string) (*shopBill, error) {
	b := s.bills[code]
	switch {
	case s.trouble != nil:
		return nil, s.trouble
	case b == nil:
		return nil, jaring.NewError(jaring.NotFound, "payment.code_unknown")
	case b.paid:
		return nil, jaring.NewError(jaring.Conflict, "payment.settled")
	case s.clock.Now().After(b.expires):
		return nil, jaring.NewError(jaring.Conflict, "payment.code_expired")
	}
	return b, nil
}

func (s *shop) Inquire(_ context.Context, va VA) (Bill, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	b, err := s.open(va.String())
	if err != nil {
		return Bill{}, err
	}
	return b.Bill, nil
}

func (s *shop) Pay(ctx context.Context, n Notice) (Receipt, error) {
	return s.journal.Once(ctx, n, func(context.Context) (Receipt, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		b, err := s.open(n.Code())
		if err != nil {
			return Receipt{}, err
		}
		if n.Amount != b.Amount {
			return Receipt{}, jaring.NewError(jaring.Invalid, "payment.amount_differs", "got", n.Amount, "want", b.Amount)
		}
		b.paid = true
		s.booked = append(s.booked, n)
		select {
		case s.news <- struct{}{}:
		default:
		}
		return Receipt{Bill: b.Bill, BookedAt: s.clock.Now()}, nil
	})
}

func (s *shop) sum() (total jaring.Rupiah) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, n := range s.booked {
		total += n.Amount
	}
	return total
}

func (s *shop) settled() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.booked)
}

func (s *shop) worry(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trouble = err
}

// keysOf is the first line of a state file, made once: keys take long to make.
var keysOf = sync.OnceValue(func() []byte {
	dir, err := os.MkdirTemp("", "bank")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "state")
	s, err := NewSimulator(SimulatorOptions{State: path})
	if err != nil {
		panic(err)
	}
	if err := s.Close(); err != nil {
		panic(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return raw
})

// town is a simulated bank, our server and our client for it, over real connections.
type town struct {
	*jaringtest.Clock
	shop   *shop
	sim    *Simulator
	server *Server
	client *Client
	state  string
	ours   string // where our server is
}

func newTown(t testing.TB, profile string) *town {
	t.Helper()
	c := jaringtest.NewClock(start)
	w := &town{Clock: c, shop: newShop(c), state: filepath.Join(t.TempDir(), "state")}
	if err := os.WriteFile(w.state, keysOf(), 0o600); err != nil {
		t.Fatal(err)
	}
	var err error
	w.sim, err = NewSimulator(SimulatorOptions{Profile: profile, State: w.state, Now: c.Now, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.sim.Close() })
	bank := httptest.NewServer(w.sim.Handler())
	t.Cleanup(bank.Close)
	b := w.sim.Bank()
	b.Base = bank.URL
	if w.server, err = NewServer([]Bank{b}, w.shop, ServerOptions{Now: c.Now}); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/snap/", http.StripPrefix("/snap", w.server))
	mine := httptest.NewServer(mux)
	t.Cleanup(mine.Close)
	w.ours = mine.URL + "/snap"
	w.sim.Notify(w.ours)
	w.client, err = NewClient(b, ClientOptions{Now: c.Now, Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// order is the n-th of a town's orders, for Rp16.800.
func (w *town) order(t testing.TB, n int) Order {
	t.Helper()
	va, err := w.sim.Bank().Profile.NewVA(fmt.Sprintf("%014d", n))
	if err != nil {
		t.Fatal(err)
	}
	return Order{ID: fmt.Sprintf("ORDER-%d", n), VA: va, Name: "SITI A", Amount: 16_800, Expires: w.Now().Add(24 * time.Hour)}
}

// issue makes the n-th order's code at the bank and in our book.
func (w *town) issue(t testing.TB, n int) Order {
	t.Helper()
	o := w.order(t, n)
	w.shop.owe(o.VA.String(), o.Amount)
	if err := w.client.CreateVA(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	return o
}

// settle winds the clock until no notice waits, and gives the takings.
func (w *town) settle(t testing.TB) []Taking {
	t.Helper()
	for range 1000 {
		next := w.sim.Deliver(t.Context())
		if next.IsZero() {
			return w.sim.Statement(0)
		}
		w.Wind(max(0, next.Sub(w.Now())))
	}
	t.Fatal("notices without end")
	return nil
}

func wantKey(t testing.TB, err error, code jaring.Code, key string) {
	t.Helper()
	if jaring.CodeOf(err) != code || jaring.KeyOf(err) != key {
		t.Fatalf("got %v, want %s %s", err, code, key)
	}
}
