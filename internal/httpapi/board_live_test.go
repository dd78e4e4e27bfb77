package httpapi_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/httpapi"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// runningSweep is a sweep of the branch that runs, with one agent.
func runningSweep(t *testing.T, d *door) jaring.CampaignID {
	t.Helper()
	p := &plan{door: d}
	id := p.sweep(d.Branch, d.Agent.Account)
	if err := d.App.MoveCampaign(t.Context(), d.Head, newOp(), id, jaring.CampaignIsOpen, ""); err != nil {
		t.Fatal(err)
	}
	return id
}

// caught notes that an agent has registered the n-th person in a sweep.
func caught(t *testing.T, d *door, id jaring.CampaignID, n int) {
	t.Helper()
	c := jaring.SweepCapture{Campaign: id, Worker: d.Register(d.Agent, n), Operation: newOp(), Agent: d.Agent.Account, Kind: jaring.CaptureNew, Occupation: "penjahit",
		TakenAt: d.Now(), ReceivedAt: d.Now(), Trusted: true}
	if err := d.DB.Write(t.Context(), func(tx *store.Tx) error { return tx.AddSweepCapture(c) }); err != nil {
		t.Fatal(err)
	}
	d.App.Changed()
}

// boards opens a stream and gives what reads its next board, −1 when it has ended.
func boards(t *testing.T, d *door, path string, headers map[string]string) func() int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", d.server.URL+"/api/v1"+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	a, err := d.server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Body.Close() })
	if a.StatusCode != 200 || a.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("%s: %d %v", path, a.StatusCode, a.Header)
	}
	lines := bufio.NewScanner(a.Body)
	lines.Buffer(nil, 1<<20)
	return func() int {
		for lines.Scan() {
			if text, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var b struct{ Registered int }
				if err := json.Unmarshal([]byte(text), &b); err != nil {
					t.Fatal(err)
				}
				return b.Registered
			}
		}
		return -1
	}
}

// until reads boards until one has n, or the stream is over.
func until(next func() int, n int) bool {
	for {
		switch got := next(); {
		case got < 0:
			return false
		case got == n:
			return true
		}
	}
}

func TestBoardsStreamToStaffAndToScreens(t *testing.T) {
	httpapi.QuickBoards(t, 20*time.Millisecond, 200*time.Millisecond)
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		d := newDoor(t, db)
		id := runningSweep(t, d)
		path := "/campaigns/" + string(id) + "/live"
		d.send(ask{method: "GET", path: path}).want(t, http.StatusUnauthorized, "error.unauthenticated")
		d.get(d.FarOfficer, path).want(t, http.StatusNotFound, "campaign.not_found")
		d.get(d.Second, path).want(t, http.StatusNotFound, "campaign.not_found")
		d.get(d.Head, "/campaigns/x/live").want(t, http.StatusNotFound, "campaign.not_found")
		d.send(ask{method: "GET", path: "/kiosk/live?k=salah"}).want(t, http.StatusForbidden, "kiosk.unknown")
		k, token, err := d.App.OpenKiosk(t.Context(), d.Head, newOp(), id, "Aula", time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		session := map[string]string{"Cookie": "jaring_session=" + d.cookie(d.Agent)}
		streams := map[string]func() int{"agent": boards(t, d, path, session), "screen": boards(t, d, "/kiosk/live?k="+token, nil),
			"screen by header": boards(t, d, "/kiosk/live", map[string]string{"Authorization": "Kiosk " + token})}
		for n := range 4 {
			for name, next := range streams {
				if !until(next, n) {
					t.Fatalf("%s never sees %d", name, n)
				}
			}
			caught(t, d, id, n)
		}
		if err := d.Auth.LogOut(t.Context(), d.cookie(d.Agent)); err != nil {
			t.Fatal(err)
		}
		if err := d.App.CloseKiosk(t.Context(), d.Head, id, app.KioskID(k)); err != nil {
			t.Fatal(err)
		}
		for name, next := range streams {
			if until(next, 99) {
				t.Errorf("%s goes on", name)
			}
		}
		if strings.Contains(d.log.String(), token) {
			t.Error("the log has a screen's token")
		}
	})
}
