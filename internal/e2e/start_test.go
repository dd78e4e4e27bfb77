//go:build soak

package e2e

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// rest is how long a server is left alone before its memory is read.
const rest = 3 * time.Second

// TestSoakStartOnTheDemo prints how long a server on the demo data takes until it answers, and
// what it holds when nobody asks. It judges neither: a busy machine is no fault.
func TestSoakStartOnTheDemo(t *testing.T) {
	dir := t.TempDir()
	h := &house{t: t, url: "sqlite:" + filepath.Join(dir, "demo.db"), dir: dir}
	if _, code := jaring(t, "demo", "--db", h.url, "--json"); code != 0 {
		t.Fatalf("demo: exit %d", code)
	}
	var best time.Duration
	for range 3 {
		h.start()
		listens := time.Since(h.server.began)
		awaitReady(t, h)
		ready := time.Since(h.server.began)
		if best == 0 || ready < best {
			best = ready
		}
		t.Logf("listens after %d ms, ready after %d ms", listens.Milliseconds(), ready.Milliseconds())
		if h.server.end(t); t.Failed() {
			return
		}
	}
	h.start()
	time.Sleep(rest)
	now, most := h.server.memory()
	size := int64(0)
	if info, err := os.Stat(filepath.Join(dir, "demo.db")); err == nil {
		size = info.Size() >> 10
	}
	t.Logf("start to ready %d ms; at rest %d MB, at most %d MB; database %d kB", best.Milliseconds(), now, most, size)
	h.server.end(t)
}

// awaitReady waits until the server says that its database answers.
func awaitReady(t *testing.T, h *house) {
	t.Helper()
	for time.Since(h.server.began) < startWithin {
		answer, err := http.Get("http://" + h.addr.Load().(string) + "/readyz")
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusNoContent {
				return
			}
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("the server is not ready\n%s", h.server.tail())
}
