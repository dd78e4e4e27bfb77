package sponsor_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"jaring/internal/acts"
	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/scheme"
	"jaring/internal/sponsor"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// clerk is a process that does what lists wait for.
type clerk struct {
	URL, Keys string
	At        time.Time
	Patience  int64 // looks at the clock before it kills itself
}

const clerkEnv = "JARING_TEST_CLERK"

// The people of a list come in, and start, by processes that are killed at one point after the other: each time
// nobody is in or everybody is, and the list says which.
func TestAListIsEnteredWholeOrNotAtAll(t *testing.T) {
	if text := os.Getenv(clerkEnv); text != "" {
		workAndDie(t, text)
		return
	}
	jaringtest.URLs(t, func(t *testing.T, url string) {
		const people = 30
		town := jaringtest.NewTown(t, jaringtest.Open(t, url))
		c := clerk{URL: url, Keys: filepath.Join(t.TempDir(), "keys"), At: town.Now()}
		if err := town.Ring.Save(c.Keys); err != nil {
			t.Fatal(err)
		}
		giver, agreement := sponsored(t, town, "Kabupaten Contoh", pact(town, jaring.SponsorAPBD, 2))
		v := sent(t, town, giver, agreement, listOf(1, people))
		if err := town.App.ApproveRoster(t.Context(), town.Head, op(), v.ID, sponsor.Approval{Version: v.Version, People: v.People, Amount: v.Amount}); err != nil {
			t.Fatal(err)
		}
		count := func(state jaring.RosterState, want int) {
			t.Helper()
			got, _, err := town.App.FindRosterPeople(t.Context(), town.Officer, v.ID, "")
			now, err2 := town.App.GetRoster(t.Context(), town.Officer, v.ID)
			g, err3 := town.App.GetAgreement(t.Context(), town.Officer, giver, agreement)
			if err := errors.Join(err, err2, err3); err != nil || now.State != state || len(got) != want || g.UsedPeople != want || (now.Code != "") != (want > 0) {
				t.Fatalf("%d people of a list that is %s, code %q, %d used: %v", len(got), now.State, now.Code, g.UsedPeople, err)
			}
		}
		kills := 0
		for c.Patience = 12; !c.run(t); c.Patience += 19 {
			kills++
			count(jaring.RosterToEnrol, 0)
		}
		count(jaring.RosterToPay, people)
		if err := town.App.SettleRoster(t.Context(), town.Officer, op(), v.ID, moneyFor(town, v)); err != nil {
			t.Fatal(err)
		}
		for c.Patience = 12; !c.run(t); c.Patience += 19 {
			kills++
			count(jaring.RosterToStart, people)
			people, _, err := town.App.FindRosterPeople(t.Context(), town.Officer, v.ID, "")
			if err != nil || people[0].State != "waiting" || people[0].Worker.Standing != jaring.StandingWaiting {
				t.Fatalf("%+v %v", people[0], err)
			}
		}
		if kills < 4 {
			t.Errorf("killed %d times", kills)
		}
		count(jaring.RosterRunning, people)
		sound(t, town)
	})
}

// run lets a process do all that waits, and tells whether it came to the end.
func (c clerk) run(t *testing.T) bool {
	t.Helper()
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAListIsEnteredWholeOrNotAtAll$")
	child.Env = append(os.Environ(), clerkEnv+"="+string(text))
	said, err := child.CombinedOutput()
	if child.ProcessState.ExitCode() > 0 {
		t.Fatalf("%v: %s", err, said)
	}
	return err == nil
}

func workAndDie(t *testing.T, text string) {
	var c clerk
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	ring, err := vault.Load(c.Keys)
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), c.URL)
	if err != nil {
		t.Fatal(err)
	}
	var looks atomic.Int64
	acts := acts.New(app.Config{DB: db, Vault: ring, Book: scheme.Load(), Areas: area.Load(), Cover: jaring.DefaultCoverSettings(), Now: func() time.Time {
		if looks.Add(1) == c.Patience {
			_ = self.Kill()
			select {}
		}
		return c.At
	}})
	if err := errors.Join(acts.TurnRosters(t.Context()), db.Close()); err != nil {
		t.Fatal(err)
	}
}
