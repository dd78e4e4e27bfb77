package jobs_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"sync/atomic"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/jobs"
	"jaring/internal/message"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// postOffice is what a process that sends letters is told of the world.
type postOffice struct {
	URL      string // of the database
	Settings message.Settings
	At       time.Time
	Patience int64 // looks at the clock before it kills itself; 0: never
}

const postOfficeEnv = "JARING_TEST_POST_OFFICE"

// Letters are chosen and sent by processes that kill themselves at one point after the other, with SIGKILL:
// nobody is written to twice, and of whom it is not known whether the letter went, that is said.
func TestReminders_ProcessKilledAnywhere(t *testing.T) {
	if text := os.Getenv(postOfficeEnv); text != "" {
		sendAndDie(t, text)
		return
	}
	url := jaringtest.SQLiteURL(t)
	db, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	w := newTown(t, db)
	p := newPost(t, w)
	ids, phones := members(t, w, 25)
	w.at("2026-12-01T02:00:00Z")
	office := postOffice{URL: url, Settings: p.settings, At: w.clock.now()}
	kills := 0
	for office.Patience = 20; !office.run(t); office.Patience += 37 {
		kills++
	}
	if kills < 2 {
		t.Errorf("killed %d times", kills)
	}
	office.Patience, office.At = 0, office.At.Add(2*time.Hour)
	w.clock.set(office.At)
	if !office.run(t) {
		t.Error("killed without a reason")
	}
	unknown := 0
	for i, phone := range phones {
		told, err := w.FindReminders(t.Context(), w.officer, ids[i])
		w.must(err)
		arrived := len(p.texts(phone))
		switch {
		case len(told) != 1 || arrived > 1:
			t.Fatalf("%s got %d letters of %d reminders", phone, arrived, len(told))
		case told[0].State == jaring.ReminderUnknown:
			unknown++
		case told[0].State != jaring.ReminderSentState || arrived != 1:
			t.Errorf("%s: %s, %d arrived", phone, told[0].State, arrived)
		}
	}
	t.Logf("killed %d times; of %d of %d it is not known whether they were told", kills, unknown, len(phones))
	w.countsRight()
}

// run lets a process do all jobs once, and tells whether it came to the end.
func (o postOffice) run(t *testing.T) bool {
	t.Helper()
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestReminders_ProcessKilledAnywhere$")
	child.Env = append(os.Environ(), postOfficeEnv+"="+string(text))
	said, err := child.CombinedOutput()
	if child.ProcessState.ExitCode() > 0 {
		t.Fatalf("%v: %s", err, said)
	}
	return err == nil
}

// sendAndDie does all jobs once in a process of its own.
func sendAndDie(t *testing.T, text string) {
	var o postOffice
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		t.Fatal(err)
	}
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	ring, err := vault.NewRing("test")
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), o.URL)
	if err != nil {
		t.Fatal(err)
	}
	var looks atomic.Int64
	w := &town{t: t, clock: &clock{at: o.At, look: func() {
		if looks.Add(1) == o.Patience {
			_ = self.Kill()
			select {}
		}
	}}}
	w.open(db, ring)
	err = jobs.New(jobs.Config{App: w.Acts, Gateway: w.gateway(o.Settings)}).Once(t.Context())
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}
