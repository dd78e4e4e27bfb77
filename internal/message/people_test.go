package message

import (
	"context"
	"fmt"
	"net"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

var (
	wib   = time.FixedZone("WIB", 7*3600)
	start = time.Date(2026, 11, 21, 10, 30, 0, 0, wib)
)

// values are as long as they get.
var values = Values{Name: "Siti Nur Aminah Rahmawati", Amount: 1_209_600, Day: jaring.NewDay(2026, 9, 30), Until: jaring.NewDay(2026, 12, 31), Days: 30, Months: 12,
	Code: "88899 0000 0000 001", Link: "https://jaring.kota-contoh.go.id/c/7KQ2-M4XN-P9TR-W"}

func letter(n int, template string) Letter {
	return Letter{ID: fmt.Sprintf("0199b000-0000-7000-8000-%012x", n), Template: template, Values: values,
		To: Contact{Phone: fmt.Sprintf("+628120%07d", n), Email: "siti@contoh.example", Lang: i18n.ID, Zone: wib}}
}

// town is a simulated gateway with a way to it.
type town struct {
	*jaringtest.Clock
	sim      *Simulator
	settings Settings
	gateway  *Gateway
	waits    atomic.Int64
}

func newTown(t testing.TB) *town {
	t.Helper()
	w := &town{Clock: jaringtest.NewClock(start)}
	w.sim = NewSimulator(SimulatorOptions{Now: w.Now, Token: "t0ken", AppSecret: "s3cret", VerifyToken: "v3rify"})
	web := httptest.NewServer(w.sim.Handler())
	t.Cleanup(web.Close)
	post, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.sim.ServeMail(ctx, post) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	w.settings = w.sim.Settings(web.URL, post.Addr().String())
	w.use(t, WhatsApp, SMS, Email)
	return w
}

// use makes the gateway try these channels.
func (w *town) use(t testing.TB, order ...Channel) {
	t.Helper()
	w.settings.Order = order
	senders, err := w.settings.Senders(nil, w.Now)
	if err != nil {
		t.Fatal(err)
	}
	w.gateway = NewGateway(senders, Options{Now: w.Now, Wait: func(ctx context.Context, _ time.Duration) error { w.waits.Add(1); return ctx.Err() }})
}

// ear keeps what a hook hears.
type ear struct {
	mu       sync.Mutex
	reports  []Report
	writings []Writing
	trouble  error
	news     chan struct{}
}

func (e *ear) Report(_ context.Context, r Report) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.trouble != nil {
		return e.trouble
	}
	e.reports = append(e.reports, r)
	return nil
}

func (e *ear) Write(_ context.Context, w Writing) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.trouble != nil {
		return e.trouble
	}
	e.writings = append(e.writings, w)
	if e.news != nil {
		close(e.news)
	}
	return nil
}

func wantKey(t testing.TB, err error, code jaring.Code, key string) {
	t.Helper()
	if jaring.CodeOf(err) != code || jaring.KeyOf(err) != key {
		t.Fatalf("got %v, want %s %s", err, code, key)
	}
}
