package e2e

import (
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"jaring/internal/jaringtest"
)

// rounds is how often a test that is run all the time strikes.
const rounds = 5

// TestKillUnderLoad kills under 32 clients and finds all that was acknowledged, once.
func TestKillUnderLoad(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { strike(t, jaringtest.SQLiteURL(t), rounds, killServer) })
	t.Run("postgres/server", func(t *testing.T) { strike(t, jaringtest.PostgresURL(t), rounds, killServer) })
	t.Run("postgres/backend", func(t *testing.T) { strike(t, ownPostgres(t), rounds, killBackend) })
}

// blow is what befalls a house under load, at once; after it the house is as it can be.
type blow func(t *testing.T, h *house, l *load) []*entry

// strike does rounds of load and blow on one database, which grows meanwhile.
func strike(t *testing.T, url string, rounds int, blow blow) {
	h, b := newHouse(t, url), newNotebook()
	h.start()
	cookie := h.mustLogIn(t, agent)
	c := h.caller(cookie)
	defer c.close()
	ps := make([]*phone, phones)
	for i := range ps {
		ps[i] = c.enrol(t)
	}
	unknown := 0
	for round := range rounds {
		l := b.load(h, cookie, ps)
		l.await(t, 1)
		time.Sleep(rand.N(longest))
		entries := blow(t, h, l)
		unknown += len(entries) - b.acknowledged(l.from)
		if atRest := h.server == nil; atRest {
			if round%auditEvery(rounds) == 0 {
				h.audit()
			}
			h.start()
		}
		b.repeat(t, h, cookie, entries)
		if t.Failed() || len(b.faults) > 0 {
			break
		}
	}
	finish(t, h, b, cookie)
	t.Logf("%d rounds: %d registrations of %d people sent, %d unknown at a kill, answers put off: %v", rounds, len(b.entries), b.people, unknown, b.late)
}

// longest is how long after the first answer the blow falls at the latest.
const longest = 700 * time.Millisecond

// auditEvery says in which rounds the database is walked between kill and restart.
func auditEvery(rounds int) int { return max(1, rounds/10) }

// finish asks for every registration of all rounds once more, ends the server as it should be
// ended, and counts the rows.
func finish(t *testing.T, h *house, b *notebook, cookie string) {
	t.Helper()
	b.repeat(t, h, cookie, b.entries)
	b.close(t)
	h.server.end(t)
	h.server = nil
	h.audit()
	h.count(b)
}

// killServer kills the server, and sometimes the next one while it starts.
func killServer(t *testing.T, h *house, l *load) []*entry {
	h.server.kill()
	entries := l.stop()
	for rand.N(2) == 0 {
		h.server = launch(h)
		time.Sleep(rand.N(200 * time.Millisecond))
		h.server.kill()
	}
	h.server = nil
	return entries
}

// killBackend kills one process of PostgreSQL, which then ends all its others and recovers,
// while the clients go on.
func killBackend(t *testing.T, h *house, l *load) []*entry {
	killOneOf(t, h.url)
	l.await(t, clients)
	return l.stop()
}

// TestKillWhileItFounds kills the first servers of an empty database at any moment of
// their start: the next one finishes what they began.
func TestKillWhileItFounds(t *testing.T) {
	jaringtest.URLs(t, func(t *testing.T, url string) { killFounders(t, url, rounds) })
}

func killFounders(t *testing.T, url string, kills int) {
	h := &house{t: t, url: url, dir: t.TempDir(), passwords: map[string]string{}}
	h.newKeys()
	for range kills {
		s := launch(h)
		time.Sleep(rand.N(150 * time.Millisecond))
		s.kill()
	}
	keys := h.keys
	h = peopledHouse(t, url)
	if err := os.Rename(keys, h.keys); err != nil { // those that the first server used
		t.Fatal(err)
	}
	h.start()
	h.certify()
	b, cookie := newNotebook(), h.mustLogIn(t, agent)
	l := b.load(h, cookie, nil)
	l.await(t, clients)
	l.stop()
	finish(t, h, b, cookie)
}
