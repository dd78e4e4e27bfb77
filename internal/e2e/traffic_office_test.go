//go:build soak

package e2e

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"
	"time"
)

// decide takes a second look at those that wait.
func (tr *traffic) decide(c *caller) {
	var list struct {
		Items []struct {
			ID string `json:"review_id"`
		} `json:"items"`
	}
	if r, err := c.read("/reviews", &list); err != nil || r.status != http.StatusOK {
		return
	}
	for _, item := range list.Items {
		if tr.stopped.Load() {
			return
		}
		decision := []string{"accept", "same"}[rand.N(2)]
		if _, ok := tr.act(c, decision, "/reviews/"+item.ID+"/decision", map[string]any{"decision": decision, "reason": "sudah dibandingkan"}, http.StatusOK); ok {
			tr.mu.Lock()
			tr.decided[item.ID] = struct{}{}
			tr.mu.Unlock()
		}
	}
}

// reveal looks at a whole NIK, which is no operation: asked twice it is written down twice.
func (tr *traffic) reveal(c *caller) {
	m := tr.next()
	if m == nil {
		return
	}
	r, err := c.do(http.MethodPost, "/workers/"+m.id+"/nik-reveal", newKey(), []byte(`{"reason":"dibandingkan dengan KTP"}`))
	if err == nil {
		tr.note("reveal", r.status)
	}
}

// look reads what screens show, and finds a person by the NIK.
func (tr *traffic) look(c *caller) {
	n := rand.N(1000)
	for _, path := range []string{"/home", "/workers", fmt.Sprintf("/workers?q=%c", 'a'+rune(n%26)), "/workers?status=waiting", "/reviews"} {
		if r, err := c.do(http.MethodGet, path, "", nil); err == nil && r.final() {
			tr.note("look", r.status)
		}
	}
	var sent struct {
		NIK string `json:"nik"`
	}
	_ = json.Unmarshal(registration(n), &sent)
	text, _ := json.Marshal(sent)
	if r, err := c.do(http.MethodPost, "/workers/lookup", newKey(), text); err == nil && r.final() {
		tr.note("look up", r.status)
	}
}

// logInAndOut ends a session; it must stay ended.
func (tr *traffic) logInAndOut(*caller) {
	cookie, err := tr.house.logIn(officer)
	if err != nil {
		return
	}
	own := tr.house.caller(cookie)
	defer own.close()
	if r, err := own.do(http.MethodGet, "/session", "", nil); err == nil && r.final() {
		tr.note("session", r.status)
	}
	if r, err := own.do(http.MethodDelete, "/session", "", nil); err == nil && r.status == http.StatusNoContent {
		tr.note("log out", r.status)
		tr.mu.Lock()
		tr.gone = append(tr.gone, cookie)
		tr.mu.Unlock()
	}
}

// check asks for what was acknowledged.
func (tr *traffic) check(t *testing.T) {
	t.Helper()
	c := tr.house.caller(tr.cookies[officer])
	defer c.close()
	type page struct {
		Phone      string
		Membership struct{ State string }
	}
	for _, m := range tr.settled {
		var p page
		if r, err := c.read("/workers/"+m.id, &p); err != nil || p.Membership.State != "paid" {
			t.Errorf("settled and not paid: %v %v", r, err)
		}
	}
	for _, m := range tr.altered {
		var p page
		if r, err := c.read("/workers/"+m.id, &p); err != nil || p.Phone != m.phone {
			t.Errorf("corrected to %s: %v %v", m.phone, r, err)
		}
	}
	for _, cookie := range tr.gone {
		if r, err := tr.house.caller(cookie).do(http.MethodGet, "/session", "", nil); err != nil || r.status != http.StatusUnauthorized {
			t.Errorf("an ended session lives: %v %v", r, err)
		}
	}
	for _, f := range tr.faults {
		t.Error(f)
	}
}

// count compares rows and events with what was acknowledged: each act once.
func (tr *traffic) count(t *testing.T) {
	t.Helper()
	db := tr.house.open()
	defer db.Close()
	corrected := tr.done["correct 200"] + tr.done["correct by sync accepted"]
	for query, want := range map[string]int{
		`SELECT count(*) FROM worker`:                                    tr.book.people,
		`SELECT count(*) FROM nik_index`:                                 tr.book.people,
		`SELECT count(*) FROM membership`:                                tr.book.people,
		`SELECT count(*) FROM payment WHERE state = 'settled'`:           tr.done["settle 200"],
		`SELECT count(*) FROM event WHERE kind = 'contribution.settled'`: tr.done["settle 200"],
		`SELECT count(*) FROM event WHERE kind = 'worker.corrected'`:     corrected,
		`SELECT count(*) FROM review WHERE state <> 'open'`:              tr.done["accept 200"] + tr.done["same 200"],
		`SELECT count(*) FROM event WHERE kind = 'worker.accepted'`:      tr.done["accept 200"],
		`SELECT count(*) FROM event WHERE kind = 'worker.merged'`:        2 * tr.done["same 200"], // told of both records
		`SELECT count(*) FROM event_pending`:                             0,
		`SELECT count(*) FROM held_operation`:                            0,
	} {
		if got := number(t, db, query); got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
	if got := number(t, db, `SELECT count(*) FROM event WHERE kind = 'worker.nik_revealed'`); got < tr.done["reveal 200"] {
		t.Errorf("%d reveals are written down, %d were answered", got, tr.done["reveal 200"])
	}
}

// restless kills the server, or with PostgreSQL one of its processes, at random moments until
// the end, and gives how often.
func (tr *traffic) restless(t *testing.T, until time.Time) (kills int) {
	for {
		time.Sleep(time.Second + rand.N(8*time.Second))
		if time.Now().After(until) {
			return kills
		}
		kills++
		h := tr.house
		if h.url[:6] != "sqlite" && rand.N(2) == 0 {
			killOneOf(t, h.url)
			continue
		}
		h.server.kill()
		for rand.N(3) == 0 {
			h.server = launch(h)
			time.Sleep(rand.N(200 * time.Millisecond))
			h.server.kill()
		}
		h.start()
	}
}
