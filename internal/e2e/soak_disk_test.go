//go:build soak

package e2e

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"jaring/internal/jaringtest"
)

// TestSoakDiskFails lets the calls of the server to its disk fail now and then, as a
// full or a dying disk does. What was asked meanwhile is refused or put off, never
// acknowledged and lost; the server lives on, and all is well when the disk is.
func TestSoakDiskFails(t *testing.T) {
	for _, disk := range []struct{ name, inject string }{
		{"a sync fails", "fsync:error=EIO:when=20+7"},
		{"no room", "pwrite64:error=ENOSPC:when=3000+401"},
		{"no room for long", "pwrite64:error=ENOSPC:when=3000..3400"},
		{"a write fails", "pwrite64:error=EIO:when=3000+401"},
		{"a read fails", "pread64:error=EIO:when=100+53"},
	} {
		t.Run(disk.name, func(t *testing.T) { failing(t, disk.inject) })
	}
}

// failFor is how long the disk fails under load.
const failFor = 10 * time.Second

func failing(t *testing.T, inject string) {
	h, b := newHouse(t, jaringtest.SQLiteURL(t)), newNotebook()
	b.broken = true
	path := h.url[len("sqlite:"):]
	trace := filepath.Join(h.dir, "trace")
	h.wrap = []string{"strace", "-D", "-f", "-o", trace, "-P", path, "-P", path + "-wal",
		"-e", "trace=fsync,pwrite64,pread64", "-e", "inject=" + inject}
	h.start()
	cookie := h.mustLogIn(t, agent)
	c := h.caller(cookie)
	defer c.close()
	ps := []*phone{c.enrol(t), c.enrol(t)}
	l := b.load(h, cookie, ps)
	time.Sleep(failFor)
	entries := l.stop()
	complaints := h.server.complaints()
	h.server.kill()
	h.wrap = nil
	failed := injected(t, trace)
	t.Logf("%d calls failed; %d registrations, %d acknowledged; put off: %v", failed, len(entries), b.acknowledged(0), b.late)
	if failed == 0 || len(b.late) == 0 {
		t.Error("the disk did not fail, or nobody noticed")
	}
	h.audit()
	h.start()
	b.repeat(t, h, cookie, entries)
	finish(t, h, b, cookie)
	for what, n := range complaints {
		t.Logf("%5d times the server said: %s", n, what)
	}
}

// injected counts the calls that were made to fail.
func injected(t *testing.T, trace string) int {
	t.Helper()
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(text, []byte("(INJECTED)"))
}
