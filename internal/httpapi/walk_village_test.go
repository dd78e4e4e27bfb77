package httpapi_test

import (
	"bytes"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"jaring/internal/httpapi"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

var villageBody = map[string]any{"kind": "village", "area": jaringtest.Legok, "day": "2026-11-02", "reference": "Surat 5/2026", "officials": 9,
	"potential": map[string]any{"people": 120, "source": "Profil kelurahan 2026", "on": "2026-06-30"}}

// villages asks on a book of its own, from a proposal to the page that everybody may see.
func (g *golden) villages() {
	own := newGolden(newDoor(g.t, jaringtest.SQLite(g.t)), g.write)
	own.village()
	maps.Copy(g.asked, own.asked)
}

func (g *golden) village() {
	var made struct {
		ID string `json:"village_id"`
	}
	g.take("villages-post", "/villages", ask{actor: g.Officer, method: "POST", body: villageBody}).into(g.t, &made)
	g.take("villages-post-again.en", "/villages", ask{actor: g.Officer, method: "POST", body: villageBody, lang: "en"})
	g.take("villages-post-faulty", "/villages", ask{actor: g.Officer, method: "POST", body: map[string]any{"kind": "hutan", "area": "15.71", "day": "2026-12-01", "officials": -1, "potential": map[string]any{"people": 5, "source": "", "on": ""}}})
	path := "/villages/" + made.ID
	const route = "/villages/{id}"
	post := func(name, rest string, body map[string]any) reply {
		return g.take("villages-id-"+name, route+rest, ask{actor: g.Officer, method: "POST", path: path + strings.ReplaceAll(rest, "{step}", "agreed"), body: body, headers: ifMatch("1")})
	}
	post("steps-early", "/steps", map[string]any{"step": "launched", "day": "2026-11-03"})
	post("change", "/change", map[string]any{"officials": 8, "potential": villageBody["potential"]})
	post("change-stale", "/change", map[string]any{"officials": 8, "potential": villageBody["potential"]})
	post("steps", "/steps", map[string]any{"step": "agreed", "day": "2026-11-05", "reference": "SK Camat 3/2026"})
	post("correction", "/steps/{step}/correction", map[string]any{"day": "2026-11-06", "reference": "SK Camat 13/2026", "reason": "nomor salah tulis"})
	post("steps-missing", "/steps", map[string]any{"step": "officials", "day": "2026-11-07"})
	dialogue, err := g.App.PlanCampaign(g.t.Context(), g.Officer, newOp(), jaring.CampaignForm{Kind: jaring.KindDialogue, Name: "Dialog warga", Office: g.Branch, Place: g.Market,
		OpensAt: g.Now(), ClosesAt: g.Now().Add(2 * time.Hour), SealHours: 24})
	if err != nil {
		g.t.Fatal(err)
	}
	post("dialogues", "/dialogues", map[string]any{"campaign_id": dialogue})
	post("judgement", "/judgement", map[string]any{})
	g.take("villages", "/villages", ask{actor: g.Auditor, method: "GET", path: "/villages?area=15.71"})
	g.take("villages-nowhere.en", "/villages", ask{actor: g.Auditor, method: "GET", path: "/villages?area=99.99", lang: "en"})
	g.take("villages-id", route, ask{actor: g.Head, method: "GET", path: path})
	g.take("villages-id-board", route+"/board.pdf", ask{actor: g.Officer, method: "GET", path: path + "/board.pdf?paper=a3"})
	g.take("villages-criteria", "/villages/criteria", ask{actor: g.Auditor, method: "GET"})
	trial := "/villages/criteria/trial"
	g.take("villages-criteria-trial", trial, ask{actor: g.Admin, method: "GET", path: trial + "?officials_percent=100&dialogues=1&coverage_percent=30&months=3&warn_points=5&warn_months=3"})
	g.take("villages-criteria-trial-faulty.en", trial, ask{actor: g.Admin, method: "GET", lang: "en", path: trial + "?officials_percent=101&dialogues=0&coverage_percent=30&months=3&warn_points=5&warn_months=3"})
	g.take("villages-criteria-put", "/villages/criteria", ask{actor: g.Admin, method: "PUT", key: "new", body: map[string]any{"officials_percent": 100, "dialogues": 2, "coverage_percent": 30, "months": 3, "warn_points": 5, "warn_months": 3}})
	g.take("villages-criteria-put-faulty", "/villages/criteria", ask{actor: g.Admin, method: "PUT", key: "new", body: map[string]any{"coverage_percent": 0}})
	public := g.publicOf(made.ID)
	g.take("public-villages", "/public/villages/{token}", ask{method: "GET", path: "/public/villages/" + public})
	g.take("public-villages-none.en", "/public/villages/{token}", ask{method: "GET", path: "/public/villages/AAAA", lang: "en"})
	post("address", "/address", map[string]any{})
	g.send(ask{method: "GET", path: "/public/villages/" + public}).want(g.t, http.StatusNotFound, "aware.unknown")
}

func (g *golden) publicOf(id string) string {
	v, err := g.App.GetAware(g.t.Context(), g.Officer, jaring.AwareID(id))
	if err != nil {
		g.t.Fatal(err)
	}
	return v.Token
}

// Each role on villages of the own house, below and far away.
func TestMatrixOfActsOnVillages(t *testing.T) {
	p := newPlan(t)
	acts := p.App
	p.onReach(t, 8, func(record string, office jaring.OfficeID) func(httpapi.ListedRoute) *reachedAsk {
		village := map[string]string{"own": jaringtest.Legok, "below": jaringtest.MuaraBulu, "far": palembang}[record]
		id, err := acts.ProposeAware(t.Context(), jaring.System, newOp(), jaring.Aware{Kind: jaring.AwareVillage, Office: office, Area: village}, jaring.AwareTaken{Day: 20261101})
		if err != nil {
			t.Fatal(err)
		}
		return func(r httpapi.ListedRoute) *reachedAsk {
			if !strings.HasPrefix(r.Path, "/villages/{id}") {
				return nil
			}
			q := &reachedAsk{unknown: "aware.unknown"}
			q.path = strings.NewReplacer("{id}", string(id), "{step}", "agreed").Replace(r.Path)
			if strings.HasSuffix(r.Path, "correction") {
				q.body = map[string]any{"reason": "alasan yang cukup"}
			}
			if strings.HasSuffix(r.Path, "dialogues") { // of which there is none
				q.missing = "campaign.not_found"
			}
			return q
		}
	})
}

// Nobody is told by a number: of three protected people the public page tells that they are fewer than five.
func TestThePublicPageTellsNoSmallNumbers(t *testing.T) {
	p := newPlan(t)
	acts := p.App
	id, err := acts.ProposeAware(t.Context(), p.Officer, newOp(), jaring.Aware{Kind: jaring.AwareVillage, Office: p.Branch, Area: jaringtest.Legok,
		Potential: jaring.Potential{People: 9, Source: "Profil", On: 20260101}}, jaring.AwareTaken{Day: 20261101})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		who := p.fresh("own", false)
		p.settled(who)
		p.confirmed(who)
	}
	if err := acts.JudgeAware(t.Context(), p.Officer, id); err != nil {
		t.Fatal(err)
	}
	v, err := acts.GetAware(t.Context(), p.Officer, id)
	if err != nil || v.Verdict.Protected != 3 {
		t.Fatalf("%+v %v", v, err)
	}
	page := p.send(ask{method: "GET", path: "/public/villages/" + v.Token}).want(t, http.StatusOK, "").text
	if !bytes.Contains(page, []byte(`"protected":5,"fewer":true`)) || bytes.Contains(page, []byte(`"protected":3`)) || bytes.Contains(page, []byte("worker_id")) {
		t.Errorf("%s", page)
	}
}
