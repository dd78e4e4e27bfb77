package outside

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jaring/internal/jaring"
)

func TestPatienceGrowsWithinBounds(t *testing.T) {
	p := Patience{200 * time.Millisecond, 5 * time.Second}
	for n := 1; n < 30; n++ {
		full := min(p.First<<min(n-1, 10), p.Max)
		if d := p.After(n); d < full/2 || d > full {
			t.Errorf("try %d waits %s", n, d)
		}
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if Wait(ctx, time.Hour) == nil || Wait(t.Context(), time.Nanosecond) != nil {
		t.Error("does not wait as it is told")
	}
}

var elsewhere = jaring.NewError(jaring.Invalid, "core.sim_listen")

func TestListenHereAlone(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "10.1.2.3:0", "example.org:80", "127.0.0.1"} {
		if l, err := Listen(addr, elsewhere); l != nil || !errors.Is(err, elsewhere) {
			t.Errorf("%s: %v", addr, err)
		}
	}
	for _, host := range []string{"localhost", "127.0.0.1", "127.9.9.9", "::1"} {
		if !IsHere(host) {
			t.Error(host)
		}
	}
}

func TestServeUntilTheEnd(t *testing.T) {
	l, err := Listen("127.0.0.1:0", elsewhere)
	if err != nil {
		t.Fatal(err)
	}
	port := filepath.Join(t.TempDir(), "port")
	if err := WritePort(port, l.Addr()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- Serve(ctx, l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "here") }))
	}()
	text, err := os.ReadFile(port)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.Get("http://127.0.0.1:" + strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, _ := io.ReadAll(res.Body); string(body) != "here" {
		t.Errorf("%q", body)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestJournalCutsWhatACrashCutOff(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state")
	j, lines, err := OpenJournal(path)
	if err != nil || len(lines) != 0 {
		t.Fatal(err, len(lines))
	}
	for n := range 2 {
		if err := j.Write(map[string]int{"n": n}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := j.f.WriteString(`{"n":`); err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j, lines, err = OpenJournal(path)
	if err != nil || string(lines) != "{\"n\":0}\n{\"n\":1}\n" {
		t.Fatalf("%v %q", err, lines)
	}
	if err := j.Write(2); err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if raw, _ := os.ReadFile(path); string(raw) != "{\"n\":0}\n{\"n\":1}\n2\n" {
		t.Errorf("%q", raw)
	}
	var none *Journal
	if none.Write(1) != nil || none.Close() != nil {
		t.Error("a journal that is none does not forget")
	}
}
