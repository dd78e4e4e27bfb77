package httpapi_test

import (
	"net/http"
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// sweepOf is a sweep of two hours that begins at the door's now.
func sweepOf(d *door, name string) map[string]any {
	return map[string]any{"kind": "sweep", "name": name, "office_id": d.Branch, "place_id": d.Market, "opens_at": d.Now().Format(time.RFC3339),
		"closes_at": d.Now().Add(2 * time.Hour).Format(time.RFC3339), "plan": map[string]any{"programs": []string{"JKK", "JKM"}, "goal": 200}}
}

func ifMatch(version string) map[string]string {
	return map[string]string{"If-Match": `"` + version + `"`}
}

// campaigns walks from the plan of a market to the sealed result.
func (g *golden) campaigns() {
	lanes := g.lanes()
	id := g.planned()
	path := "/campaigns/" + id
	g.teams(path, lanes)
	g.take("campaigns-id-state", "/campaigns/{id}/state", ask{actor: g.Officer, method: "POST", path: path + "/state", body: map[string]any{"to": "open"}})
	g.take("campaigns-id-state-again", "/campaigns/{id}/state", ask{actor: g.Officer, method: "POST", path: path + "/state", body: map[string]any{"to": "open"}})
	g.take("campaigns-id-state-cancel-bare.en", "/campaigns/{id}/state", ask{actor: g.Officer, method: "POST", path: path + "/state", lang: "en", body: map[string]any{"to": "cancelled"}})
	doubtful := g.morning(jaring.CampaignID(id), lanes[0])
	g.take("campaigns-id-board", "/campaigns/{id}/board", ask{actor: g.Head, method: "GET", path: path + "/board"})
	g.take("campaigns-id-board-elsewhere", "/campaigns/{id}/board", ask{actor: g.FarOfficer, method: "GET", path: path + "/board"})
	g.take("field", "/field", ask{actor: g.Agent, method: "GET"})
	g.take("field-nobody.en", "/field", ask{actor: g.Admin, method: "GET", lang: "en"})
	g.take("home-sweep", "/home", ask{actor: g.Agent, method: "GET"})
	g.kiosks(path)
	g.take("campaigns-id-result", "/campaigns/{id}/result", ask{actor: g.Head, method: "GET", path: path + "/result"})
	decide := ask{actor: g.Head, method: "POST", path: path + "/captures/" + string(doubtful) + "/decision", body: map[string]any{"decision": "counted", "reason": "jam HP sudah dicocokkan"}}
	g.take("captures-decision", "/campaigns/{id}/captures/{operation_id}/decision", decide)
	decide.actor, decide.lang = g.Officer, "en"
	g.take("captures-decision-officer.en", "/campaigns/{id}/captures/{operation_id}/decision", decide)
	g.Pass(4 * time.Hour)
	if n, err := g.App.TurnCampaigns(g.t.Context()); err != nil || n != 2 {
		g.t.Fatalf("%d %v", n, err)
	}
	g.take("campaigns-id-result-sealed", "/campaigns/{id}/result", ask{actor: g.Admin, method: "GET", path: path + "/result"})
	g.take("campaigns-id-document", "/campaigns/{id}/document", ask{actor: g.Head, method: "GET", path: path + "/document"})
	g.take("campaigns-id-document.en", "/campaigns/{id}/document", ask{actor: g.Head, method: "GET", path: path + "/document?lang=en"})
	g.take("campaigns-id-document-far", "/campaigns/{id}/document", ask{actor: g.FarOfficer, method: "GET", path: path + "/document"})
	g.take("campaigns", "/campaigns", ask{actor: g.Officer, method: "GET"})
	g.take("campaigns-far", "/campaigns", ask{actor: g.FarOfficer, method: "GET"})
	g.take("campaigns-state-unknown", "/campaigns", ask{actor: g.Officer, method: "GET", path: "/campaigns?state=meriah"})
	decide.actor, decide.lang = g.Head, ""
	g.take("captures-decision-sealed", "/campaigns/{id}/captures/{operation_id}/decision", decide)
}

// lanes draws a market and gives its lanes.
func (g *golden) lanes() []string {
	path := "/places/" + string(g.Market) + "/lanes"
	g.take("places-id-lanes-empty", "/places/{id}/lanes", ask{actor: g.Agent, method: "GET", path: path})
	plan := map[string]any{"lanes": []any{map[string]any{"name": "C", "trade": "sayur", "x": 0, "y": 0, "w": 12, "h": 2, "lots": []string{"1", "2", "3"}},
		map[string]any{"name": "D", "trade": "ikan", "x": 0, "y": 3, "w": 12, "h": 2, "first": 1, "last": 2}}}
	g.take("places-id-lanes-put", "/places/{id}/lanes", ask{actor: g.Officer, method: "PUT", path: path, body: plan})
	faulty := map[string]any{"lanes": []any{map[string]any{"name": "", "lots": []string{"1", "01"}}, map[string]any{"name": "D", "first": 5, "last": 1}}}
	g.take("places-id-lanes-put-faulty", "/places/{id}/lanes", ask{actor: g.Officer, method: "PUT", path: path, body: faulty})
	g.take("places-id-lanes-put-lines-faulty.en", "/places/{id}/lanes", ask{actor: g.Officer, method: "PUT", path: path, lang: "en", body: map[string]any{"lines": "C; sayur\nD; ikan; 9-1"}})
	var market struct {
		Lanes []struct {
			LaneID string `json:"lane_id"`
		}
	}
	g.take("places-id-lanes", "/places/{id}/lanes", ask{actor: g.Agent, method: "GET", path: path}).into(g.t, &market)
	return []string{market.Lanes[0].LaneID, market.Lanes[1].LaneID}
}

// planned plans a sweep, with what is refused on the way, and gives it.
func (g *golden) planned() string {
	faulty := map[string]any{"kind": "pesta", "name": "", "office_id": g.Branch, "place_id": jaringtest.NewID(), "opens_at": "2026-11-22T03:00:00Z", "closes_at": "2026-11-22T01:00:00Z",
		"seal_hours": 0, "rewards": 99, "plan": map[string]any{"programs": []string{"JKX"}}}
	g.take("campaigns-post-faulty", "/campaigns", ask{actor: g.Officer, method: "POST", body: faulty})
	g.take("campaigns-post-faulty.en", "/campaigns", ask{actor: g.Officer, method: "POST", body: faulty, lang: "en"})
	var made struct {
		CampaignID string `json:"campaign_id"`
	}
	g.take("campaigns-post", "/campaigns", ask{actor: g.Officer, method: "POST", body: sweepOf(g.door, "Grebek Pasar Angso Duo")}).into(g.t, &made)
	path := "/campaigns/" + made.CampaignID
	g.take("campaigns-id", "/campaigns/{id}", ask{actor: g.Head, method: "GET", path: path})
	g.take("campaigns-id-agent", "/campaigns/{id}", ask{actor: g.Agent, method: "GET", path: path})
	g.take("campaigns-id-malformed.en", "/campaigns/{id}", ask{actor: g.Agent, method: "GET", path: "/campaigns/1", lang: "en"})
	change := ask{actor: g.Officer, method: "POST", path: path + "/plan", headers: ifMatch("1"), body: map[string]any{"name": "Grebek Angso Duo", "closes_at": g.Now().Add(150 * time.Minute).Format(time.RFC3339), "rewards": 2, "seal_hours": 1}}
	g.take("campaigns-id-plan", "/campaigns/{id}/plan", change)
	g.take("campaigns-id-plan-late", "/campaigns/{id}/plan", change)
	change.headers, change.lang = nil, "en"
	g.take("campaigns-id-plan-blind.en", "/campaigns/{id}/plan", change)
	return made.CampaignID
}

func (g *golden) teams(path string, lanes []string) {
	teams := map[string]any{"teams": []any{map[string]any{"name": "Utara", "lanes": lanes[:1], "members": []any{g.Agent.Account, g.SubAgent.Account}},
		map[string]any{"name": "Selatan", "lanes": lanes[1:], "members": []any{g.Second.Account}}}}
	g.take("campaigns-id-teams", "/campaigns/{id}/teams", ask{actor: g.Officer, method: "POST", path: path + "/teams", headers: ifMatch("2"), body: teams})
	faulty := map[string]any{"teams": []any{map[string]any{"name": "Utara", "members": []any{g.Agent.Account, g.FarOfficer.Account}}, map[string]any{"name": "utara", "lanes": []string{jaringtest.NewID()}, "members": []any{g.Agent.Account}}}}
	g.take("campaigns-id-teams-faulty", "/campaigns/{id}/teams", ask{actor: g.Officer, method: "POST", path: path + "/teams", headers: ifMatch("3"), body: faulty})
}

// morning lets two agents register three persons, one by a bad clock, and gives that record.
func (g *golden) morning(id jaring.CampaignID, lane string) (doubtful jaring.OperationID) {
	for n, actor := range []jaring.Actor{g.Agent, g.Agent, g.Second} {
		g.Pass(6 * time.Minute)
		c := jaring.SweepCapture{Campaign: id, Worker: g.Register(actor, 40+n), Operation: jaring.OperationID(jaringtest.NewID()), Agent: actor.Account, Kind: jaring.CaptureNew,
			Occupation: "pedagang sayur", TakenAt: g.Now(), ReceivedAt: g.Now(), Trusted: n < 2}
		if n == 0 {
			c.Lot = jaring.LotIDOf(jaring.LaneID(lane), "2")
		}
		doubtful = c.Operation
		if err := g.DB.Write(g.t.Context(), func(tx *store.Tx) error {
			if c.Lot != "" {
				if err := tx.AddLotVisit(store.LotVisit{Campaign: id, Lot: c.Lot, Operation: c.Operation, Outcome: jaring.LotRegistered, Worker: c.Worker, Agent: c.Agent, TakenAt: c.TakenAt, ReceivedAt: c.ReceivedAt, Trusted: true}); err != nil {
					return err
				}
			}
			return tx.AddSweepCapture(c)
		}); err != nil {
			g.t.Fatal(err)
		}
	}
	if _, err := g.App.Fold(g.t.Context()); err != nil {
		g.t.Fatal(err)
	}
	g.App.Changed()
	return doubtful
}

func (g *golden) kiosks(path string) {
	var made struct {
		KioskID string `json:"kiosk_id"`
		Token   string
		Path    string
	}
	g.take("campaigns-id-kiosks", "/campaigns/{id}/kiosks", ask{actor: g.Officer, method: "POST", path: path + "/kiosks", body: map[string]any{"name": "Proyektor aula"}}).into(g.t, &made)
	g.take("campaigns-id-kiosks-faulty", "/campaigns/{id}/kiosks", ask{actor: g.Officer, method: "POST", path: path + "/kiosks", body: map[string]any{"name": "", "until": "2020-01-01T00:00:00Z"}})
	g.take("kiosk-board", "/kiosk/board", ask{method: "GET", headers: map[string]string{"Authorization": "Kiosk " + made.Token}})
	g.take("kiosk-board-unknown.en", "/kiosk/board", ask{method: "GET", path: "/kiosk/board?k=salah", lang: "en"})
	if a := g.get(jaring.Actor{}, "/kiosk/board"+made.Path[strings.IndexByte(made.Path, '?'):]); a.StatusCode != http.StatusOK {
		g.t.Errorf("the address shows %d", a.StatusCode)
	}
	g.take("campaigns-id-kiosks-delete", "/campaigns/{id}/kiosks/{kiosk_id}", ask{actor: g.Officer, method: "DELETE", path: path + "/kiosks/" + made.KioskID})
	g.take("kiosk-board-closed", "/kiosk/board", ask{method: "GET", path: "/kiosk/board?k=" + made.Token})
	if strings.Contains(g.log.String(), made.Token) {
		g.t.Error("the log has a screen's token")
	}
}
