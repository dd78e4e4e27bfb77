package bench

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"jaring/internal/store"
	"jaring/internal/vault"
)

// What the process in which a night is tried is told.
const (
	nightBook     = "JARING_TEST_NIGHT"
	nightTime     = "JARING_TEST_NIGHT_AT"
	nightPatience = "JARING_TEST_NIGHT_PATIENCE"
)

// The night before the first of a month in processes that kill themselves on the way, each a little further
// or less far: nobody is moved twice, nobody is chosen twice, and nobody is left out.
func TestLapse_ProcessKilledOnTheWay(t *testing.T) {
	if os.Getenv(nightBook) != "" {
		night(t)
		return
	}
	ctx := t.Context()
	b, err := newBook(ctx, Options{Book: 100})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := b.remove(ctx); err != nil {
			t.Error(err)
		}
	}()
	w, err := b.turningMonth(ctx, 12_000)
	if err != nil {
		t.Fatal(err)
	}
	for _, patience := range []int{500, 1500, 2600, 1200, 1900, 1100, 0} {
		if ended := w.nightAlone(t, patience); ended != (patience == 0) {
			t.Errorf("with patience %d: ended %v", patience, ended)
		}
	}
	p, err := openPlain(ctx, w.figure)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{
		`SELECT count(*) FROM event WHERE kind = 'cover.lapsed'`:                                                                       w.lapse,
		`SELECT count(*) FROM event WHERE kind = 'cover.ended'`:                                                                        w.over,
		`SELECT count(DISTINCT subject_id) FROM event WHERE kind LIKE 'cover.%'`:                                                       w.lapse + w.over,
		`SELECT count(*) FROM event e JOIN event_pending p ON p.subject_id = e.subject_id AND p.seq = e.seq WHERE kind LIKE 'cover.%'`: w.lapse + w.over,
		`SELECT count(*) FROM worker WHERE status = 'grace'`:                                                                           w.lapse,
		`SELECT count(*) FROM worker WHERE status = 'ended'`:                                                                           w.over,
		`SELECT count(*) FROM reminder`:                                                                                                w.lapse + w.next,
		`SELECT count(DISTINCT worker_id) FROM reminder`:                                                                               w.lapse + w.next,
		`SELECT sum(made) FROM reminder_run`:                                                                                           w.lapse + w.next,
	} {
		var got int
		if err := p.one(ctx, text, nil, &got); err != nil || got != want {
			t.Errorf("%s: %d, want %d, %v", text, got, want, err)
		}
	}
	if err := p.close(ctx); err != nil {
		t.Error(err)
	}
}

// nightAlone lets a process of its own do the work of the night, and tells whether it came to the end.
func (w *turn) nightAlone(t *testing.T, patience int) bool {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestLapse_ProcessKilledOnTheWay$")
	child.Env = append(os.Environ(), nightBook+"="+w.figure, nightTime+"="+w.now.Format(time.RFC3339), nightPatience+"="+strconv.Itoa(patience))
	text, err := child.CombinedOutput()
	if child.ProcessState.ExitCode() > 0 {
		t.Fatalf("%v: %s", err, text)
	}
	return err == nil
}

// night does the work of the night and kills its process when it has looked at the clock so often: the writer
// is busy then with what was judged before.
func night(t *testing.T) {
	patience, err := strconv.ParseInt(os.Getenv(nightPatience), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.Parse(time.RFC3339, os.Getenv(nightTime))
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	ring, err := vault.NewRing("bench")
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), os.Getenv(nightBook))
	if err != nil {
		t.Fatal(err)
	}
	var looks atomic.Int64
	w := &turn{now: at}
	acts := w.acts(db, ring, func() time.Time {
		if looks.Add(1) == patience {
			_ = self.Kill()
			select {}
		}
		return at
	})
	_, err = acts.Age(t.Context())
	if err == nil {
		_, err = acts.SelectReminders(t.Context(), w.quiet)
	}
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}
