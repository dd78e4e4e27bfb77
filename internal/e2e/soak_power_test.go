//go:build soak

package e2e

import (
	"bufio"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"jaring/internal/jaringtest"
)

// TestSoakPowerCut cuts the power: after each kill, what the server had written and not
// yet synced is taken out of the files again, some of it or all, as a machine without
// power would have lost it. What was acknowledged is there all the same.
func TestSoakPowerCut(t *testing.T) {
	h, b := newHouse(t, jaringtest.SQLiteURL(t)), newNotebook()
	h.start()
	cookie := h.mustLogIn(t, agent)
	c := h.caller(cookie)
	defer c.close()
	ps := []*phone{c.enrol(t), c.enrol(t)}
	h.server.end(t)
	path, lost := h.url[len("sqlite:"):], 0
	for round := range setting(t, "SOAK_ROUNDS", 200) / 10 {
		trace := filepath.Join(h.dir, "trace")
		h.wrap = []string{"strace", "-D", "-f", "-y", "-s", "0", "-o", trace, "-P", path, "-P", path + "-wal", "-e", "trace=fsync,fdatasync,pwrite64"}
		h.start()
		l := b.load(h, cookie, ps)
		l.await(t, clients)
		time.Sleep(rand.N(3 * time.Second))
		h.server.kill()
		entries := l.stop()
		awaitTracer(t, trace)
		lost += losePower(t, trace)
		h.wrap = nil
		if round%5 == 0 {
			h.audit()
		}
		h.start()
		b.repeat(t, h, cookie, entries)
		if len(b.faults) > 0 {
			break
		}
		h.server.end(t)
	}
	h.start()
	finish(t, h, b, cookie)
	t.Logf("%d registrations of %d people, %d writes lost with the power", len(b.entries), b.people, lost)
	if lost == 0 {
		t.Error("no write was lost: the cut proves nothing")
	}
}

// written is a range of a file.
type written struct{ at, size int64 }

// cache is what a disk has been given and not yet made to keep.
type cache struct {
	given   map[string][]written
	syncing map[string]asked // by thread
}

// asked is a sync under way.
type asked struct {
	path string
	upTo int // writes when it began
}

var (
	writeLine = regexp.MustCompile(`^\d+ +pwrite64\(\d+<([^>]*)>, .*, (\d+), (\d+)(?:\)| <unfinished)`)
	syncLine  = regexp.MustCompile(`^(\d+) +f(?:data)?sync\(\d+<([^>]*)>(.*)$`)
)

// losePower takes writes that no sync covers out of the files and gives how many.
func losePower(t *testing.T, trace string) (lost int) {
	t.Helper()
	in, err := os.Open(trace)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	k := &cache{map[string][]written{}, map[string]asked{}}
	for lines := bufio.NewScanner(in); lines.Scan(); {
		k.line(lines.Text())
	}
	all := rand.N(2) == 0
	for path, writes := range k.given {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range writes {
			if all || rand.N(2) == 0 {
				lost++
				if _, err := f.WriteAt(make([]byte, w.size), w.at); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return lost
}

func (k *cache) line(text string) {
	if m := writeLine.FindStringSubmatch(text); m != nil {
		size, _ := strconv.ParseInt(m[2], 10, 64)
		at, _ := strconv.ParseInt(m[3], 10, 64)
		k.given[m[1]] = append(k.given[m[1]], written{at, size})
	} else if m := syncLine.FindStringSubmatch(text); m != nil {
		k.syncing[m[1]] = asked{m[2], len(k.given[m[2]])}
		if !strings.Contains(m[3], "<unfinished") {
			k.kept(m[1], strings.HasSuffix(m[3], "= 0"))
		}
	} else if m := resumedLine.FindStringSubmatch(text); m != nil && strings.HasSuffix(m[2], "sync") {
		k.kept(m[1], m[3] == "0")
	}
}

// kept forgets what a sync that ended well has covered. Others of that file count from there.
func (k *cache) kept(thread string, well bool) {
	s, known := k.syncing[thread]
	delete(k.syncing, thread)
	if !known || !well {
		return
	}
	k.given[s.path] = k.given[s.path][s.upTo:]
	for other, o := range k.syncing {
		if o.path == s.path {
			k.syncing[other] = asked{o.path, max(0, o.upTo-s.upTo)}
		}
	}
}
