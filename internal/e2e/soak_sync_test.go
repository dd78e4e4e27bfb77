//go:build soak

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"jaring/internal/jaringtest"
)

// How many registrations the traced runs do: one after the other, and many at once.
const (
	single = 300
	crowd  = 3000
)

// TestSoakSyncBeforeAnswer looks at the calls themselves. Registrations that come one by
// one each cost a sync of SQLite's log, which has ended when the answer leaves; 32 at once
// share them.
func TestSoakSyncBeforeAnswer(t *testing.T) {
	if _, err := exec.LookPath("strace"); err != nil {
		t.Fatal("strace is missing: run scripts/setup.sh soak")
	}
	one := traceRun(t, oneByOne)
	t.Logf("one by one: %d answers, %d syncs, %d without a sync before", one.answers, one.syncs, one.unsynced)
	if one.answers != single || one.unsynced > 0 || one.syncs < one.answers {
		t.Errorf("an answer left before its sync: %+v", one)
	}
	many := traceRun(t, allAtOnce)
	t.Logf("32 at once: %d answers, %d syncs, %.1f answers a sync", many.answers, many.syncs, float64(many.answers)/float64(many.syncs))
	if many.answers < crowd || many.syncs == 0 || many.syncs >= many.answers {
		t.Errorf("groups do not share their syncs: %+v", many)
	}
}

// traceRun does work on a fresh SQLite database whose server is traced from the moment
// that somebody is logged in.
func traceRun(t *testing.T, work func(t *testing.T, h *house, cookie string)) traced {
	t.Helper()
	h := newHouse(t, jaringtest.SQLiteURL(t))
	file := filepath.Join(h.dir, "trace")
	h.wrap = tracer(file)
	h.start()
	work(t, h, h.mustLogIn(t, agent))
	h.server.end(t)
	h.server = nil
	seen := readTrace(t, file, true)
	if err := os.Remove(file); err != nil {
		t.Error(err)
	}
	h.wrap = nil
	h.audit()
	return seen
}

// oneByOne registers people on one connection, each after the answer to the one before.
func oneByOne(t *testing.T, h *house, cookie string) {
	t.Helper()
	b, c := newNotebook(), h.caller(cookie)
	defer c.close()
	for n := range single {
		e := &entry{key: newKey(), person: n}
		b.entries, b.people = append(b.entries, e), n+1
		if !b.send(c, e) || e.told.outcome != accepted && e.told.outcome != review {
			t.Fatalf("person %d: %v %v", n, e.told, b.late)
		}
	}
	b.close(t)
}

// allAtOnce lets 32 clients register people, each alone.
func allAtOnce(t *testing.T, h *house, cookie string) {
	t.Helper()
	b := newNotebook()
	l := b.load(h, cookie, nil)
	l.await(t, crowd+crowd/againOneIn+clients) // some are told of a registration before
	l.stop()
	b.close(t)
}

// handInWithin is how long the processes of PostgreSQL keep what they have counted to
// themselves.
const handInWithin = 5 * time.Second

// TestSoakSyncPostgres asks PostgreSQL itself how often it synced its log.
func TestSoakSyncPostgres(t *testing.T) {
	for _, run := range []struct {
		name string
		work func(t *testing.T, h *house, cookie string)
	}{{"one by one", oneByOne}, {"32 at once", allAtOnce}} {
		h := newHouse(t, ownPostgres(t))
		h.start()
		cookie := h.mustLogIn(t, agent)
		db := h.open()
		defer db.Close()
		before := number(t, db, `SELECT wal_sync FROM pg_stat_wal`)
		run.work(t, h, cookie)
		h.server.end(t)
		h.server = nil
		answers := number(t, db, `SELECT count(*) FROM worker`)
		syncs := 0
		for end := time.Now().Add(handInWithin); time.Now().Before(end) && syncs < answers; time.Sleep(100 * time.Millisecond) {
			syncs = number(t, db, `SELECT wal_sync FROM pg_stat_wal`) - before
		}
		t.Logf("%s: %d registrations, %d syncs of the log", run.name, answers, syncs)
		if syncs == 0 || run.name == "one by one" && syncs < answers {
			t.Errorf("%s: %d registrations and %d syncs", run.name, answers, syncs)
		}
	}
}
