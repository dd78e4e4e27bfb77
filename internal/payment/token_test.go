package payment

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jaring/internal/jaringtest"
)

// Many callers who need a token at one moment share one request for it.
func TestPurseFetchesOnce(t *testing.T) {
	var calls atomic.Int64
	release := make(chan struct{})
	c := jaringtest.NewClock(start)
	p := purse{now: c.Now, fetch: func(context.Context) (string, time.Duration, error) {
		calls.Add(1)
		<-release
		return "t1", 15 * time.Minute, nil
	}}
	given, cancel := context.WithCancel(t.Context())
	impatient := make(chan error)
	go func() { _, err := p.get(given); impatient <- err }()
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if token, err := p.get(t.Context()); err != nil || token != "t1" {
				t.Error(token, err)
			}
		})
	}
	cancel()
	if err := <-impatient; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	close(release)
	all.Wait()
	if calls.Load() != 1 {
		t.Errorf("%d requests", calls.Load())
	}
}

func TestPurseRenews(t *testing.T) {
	n := 0
	var fail error
	c := jaringtest.NewClock(start)
	p := purse{now: c.Now, fetch: func(context.Context) (string, time.Duration, error) {
		n++
		return string(rune('a' + n - 1)), 15 * time.Minute, fail
	}}
	want := func(token string) {
		t.Helper()
		if got, err := p.get(t.Context()); err != nil || got != token {
			t.Fatalf("got %s, want %s (%v)", got, token, err)
		}
	}
	want("a")
	c.Wind(14*time.Minute + 29*time.Second)
	want("a")
	c.Wind(time.Second) // 30 s before its end
	want("b")
	p.drop("a") // an old one
	want("b")
	p.drop("b")
	want("c")
	p.drop("c")
	fail = errors.New("no")
	if _, err := p.get(t.Context()); !errors.Is(err, fail) {
		t.Error(err)
	}
	fail = nil
	want("e")
}

func TestTokensEnd(t *testing.T) {
	c := jaringtest.NewClock(start)
	s := sealer{[]byte("key"), time.Minute, c.Now}
	token := s.issue("client|with|bars")
	if got, ok := s.holder(token); !ok || got != "client|with|bars" {
		t.Error(got, ok)
	}
	if again := s.issue("client|with|bars"); again == token {
		t.Error("two tokens are one")
	}
	c.Wind(time.Minute)
	if _, ok := s.holder(token); ok {
		t.Error("a token outlives its time")
	}
	for _, bad := range []string{"", ".", "a.b", token + "x", "x" + token} {
		if _, ok := s.holder(bad); ok {
			t.Errorf("took %q", bad)
		}
	}
}
