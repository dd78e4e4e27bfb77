//go:build soak

package e2e

import (
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jaring/internal/jaringtest"
)

// setting is a number from the environment.
func setting(t *testing.T, name string, usual int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s must be a number from 1", name)
	}
	return n
}

// TestSoakKillUnderLoad is TestKillUnderLoad with as many kills as a branch sees in years.
func TestSoakKillUnderLoad(t *testing.T) {
	n := setting(t, "SOAK_ROUNDS", 200)
	t.Run("sqlite", func(t *testing.T) { strike(t, jaringtest.SQLiteURL(t), n, killServer) })
	t.Run("postgres/server", func(t *testing.T) { strike(t, jaringtest.PostgresURL(t), n, killServer) })
	t.Run("postgres/backend", func(t *testing.T) { strike(t, ownPostgres(t), n, killBackend) })
}

// TestSoakKillWhileItFounds tries many moments of a first start.
func TestSoakKillWhileItFounds(t *testing.T) {
	for range setting(t, "SOAK_ROUNDS", 200) / 20 {
		jaringtest.URLs(t, func(t *testing.T, url string) { killFounders(t, url, 10) })
	}
}

// most is what a server may hold under load, in MB.
const most = 512

// TestSoakTraffic lets a branch work while its server is killed; in the last third of the
// time nobody kills, so that memory can grow if it does.
func TestSoakTraffic(t *testing.T) {
	span := time.Duration(setting(t, "SOAK_MINUTES", 3)) * time.Minute
	t.Run("sqlite", func(t *testing.T) { soak(t, jaringtest.SQLiteURL(t), span) })
	t.Run("postgres", func(t *testing.T) { soak(t, ownPostgres(t), span) })
}

func soak(t *testing.T, url string, span time.Duration) {
	h := newHouse(t, url)
	h.start()
	tr := newTraffic(t, h)
	start := time.Now()
	tr.run(t)
	kills := tr.restless(t, start.Add(span*2/3))
	for time.Since(start) < span {
		now, high := h.server.memory()
		t.Logf("after %3.0f s: %d people, memory %d MB, at most %d MB", time.Since(start).Seconds(), tr.book.size(), now, high)
		if high > most {
			t.Errorf("the server held %d MB", high)
		}
		time.Sleep(span / 18)
	}
	tr.stop()
	tr.book.repeat(t, h, tr.cookies[agent], tr.book.entries)
	tr.book.close(t)
	tr.check(t)
	h.server.end(t)
	complaints := h.server.complaints()
	h.server = nil
	h.audit()
	tr.count(t)
	tr.report(t, kills, complaints)
}

func (tr *traffic) report(t *testing.T, kills int, complaints map[string]int) {
	t.Logf("%d kills, %d people; answers put off: %v", kills, tr.book.people, tr.book.late)
	var names []string
	for name := range tr.done {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		t.Logf("%8d %s", tr.done[name], name)
	}
	for what, n := range complaints {
		t.Logf("%8d times the server said: %s", n, what)
	}
}

// complaints are the errors that all servers of the house logged, each with how often.
func (s *server) complaints() map[string]int {
	text, _ := os.ReadFile(s.log)
	found := map[string]int{}
	for line := range strings.Lines(string(text)) {
		var said map[string]any
		if json.Unmarshal([]byte(line), &said) != nil {
			found["no JSON: "+strings.TrimSpace(line)]++
			continue
		}
		for _, name := range []string{"time", "again_in", "trace", "duration", "duration_ms", "took", "id", "remote"} {
			delete(said, name)
		}
		short, _ := json.Marshal(said)
		found[string(short)]++
	}
	return found
}
