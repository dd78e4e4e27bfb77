package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jaring/internal/httpapi"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// campaignReach is whose campaigns each actor knows of: agents those in which they take part.
var campaignReach = map[string]string{
	"admin": "own below far", "auditor": "own below far", "head": "own below", "officer": "own below", "agent": "own", "second agent": "", "agent below": "below",
	"officer far": "far", "agent far": "far",
}

// sweep plans a sweep of an office with one member, by Jaring itself.
func (p *plan) sweep(office jaring.OfficeID, member jaring.AccountID) jaring.CampaignID {
	p.t.Helper()
	id, err := p.App.PlanCampaign(p.t.Context(), jaring.System, newOp(), jaring.CampaignForm{Kind: jaring.KindSweep, Name: "Grebek", Office: office, Place: p.Market,
		OpensAt: p.Now(), ClosesAt: p.Now().Add(2 * time.Hour), SealHours: 24, Rewards: 3})
	if err != nil {
		p.t.Fatal(err)
	}
	by := jaring.System
	by.Offices = []jaring.OfficeID{p.Branch, p.Batanghari, p.Palembang}
	if err := p.App.SetTeams(p.t.Context(), by, newOp(), id, 1, []jaring.Team{{Name: "Satu", Members: []jaring.AccountID{member}}}); err != nil {
		p.t.Fatal(err)
	}
	return id
}

func TestMatrixOfActsOnCampaigns(t *testing.T) {
	p := newPlan(t)
	hosts := map[string]jaring.OfficeID{"own": p.Branch, "below": p.Batanghari, "far": p.Palembang}
	members := map[string]jaring.AccountID{"own": p.Agent.Account, "below": p.SubAgent.Account, "far": p.actors["agent far"].Account}
	bodies := map[string]map[string]any{
		"/campaigns/{id}/plan":  {"name": "Grebek lain", "closes_at": p.Now().Add(time.Hour).Format(time.RFC3339)},
		"/campaigns/{id}/teams": {"teams": []any{}}, "/campaigns/{id}/state": {"to": "open"}, "/campaigns/{id}/kiosks": {"name": "Aula"},
		"/campaigns/{id}/captures/{operation_id}/decision": {"decision": "counted", "reason": "jam sudah dicocokkan"},
		"/campaigns/{id}/guests":                           {"guests": []any{map[string]any{"kind": "official", "name": "Camat"}}}, "/campaigns/{id}/guests/{guest_id}/state": {"state": "accepted"},
		"/campaigns/{id}/costs": {"what": "Tenda"}, "/campaigns/{id}/questions": {"kind": "press", "asked": "Bagaimana?"},
	}
	for path, body := range map[string]map[string]any{"hall": {"version": 0, "gates": []string{"Utara"}}, "participants": {"participants": []any{map[string]any{"kind": "umkm", "name": "Siti"}}},
		"participants/{participant_id}": {"act": "cancel"}, "stands": {"number": "1", "name": "Batik Siti", "kind": "umkm"}, "queue": {"act": "take"}, "offers": {"close": jaringtest.NewID()}, "announcements": {"text": "Makan siang"}} {
		bodies["/campaigns/{id}/"+path] = body
	}
	for path, body := range fairBodies(p.Now()) {
		bodies["/campaigns/{id}/"+path] = body
	}
	files := map[string][]byte{"/campaigns/{id}/media": jaringtest.JPEG(3)}
	notThere := map[string]string{"POST /campaigns/{id}/participants/{participant_id}": "participant.not_found", "POST /campaigns/{id}/offers": "offer.unknown",
		"POST /campaigns/{id}/captures/{operation_id}/decision": "capture.not_found", "DELETE /campaigns/{id}/kiosks/{kiosk_id}": "kiosk.not_found",
		"POST /campaigns/{id}/guests/{guest_id}/state": "guest.unknown", "POST /campaigns/{id}/applicants": "opening.unknown", "POST /campaigns/{id}/applicants/step": "opening.unknown",
		"POST /campaigns/{id}/openings/{opening_id}/employer": "opening.unknown", "POST /campaigns/{id}/openings/{opening_id}/applicants/{participant_id}/hire": "opening.unknown"}
	for _, r := range httpapi.ListedRoutes() {
		if !strings.HasPrefix(r.Path, "/campaigns/{id}") {
			continue
		}
		for name, actor := range p.actors {
			for record, office := range hosts {
				id := string(p.sweep(office, members[record]))
				a := ask{actor: actor, method: r.Method, key: "new", headers: ifMatch("2")}
				if a.body = any(bodies[r.Path]); r.Method != http.MethodPost {
					a.body = nil
				}
				if file := files[r.Path]; file != nil {
					a.body = file
				}
				a.path = strings.NewReplacer("{id}", id, "{participant_id}", jaringtest.NewID(), "{operation_id}", jaringtest.NewID(), "{kiosk_id}", jaringtest.NewID(), "{guest_id}", jaringtest.NewID(), "{cost_id}", jaringtest.NewID(), "{question_id}", jaringtest.NewID(), "{opening_id}", jaringtest.NewID()).Replace(r.Path)
				want, key := r.Status, ""
				switch {
				case !strings.Contains(campaignReach[name], record):
					want, key = http.StatusNotFound, "campaign.not_found"
				case !may(name, string(r.Act)):
					want, key = http.StatusForbidden, "error.forbidden"
				case notThere[r.Method+" "+r.Path] != "":
					want, key = http.StatusNotFound, notThere[r.Method+" "+r.Path]
				}
				if got := p.send(a); got.StatusCode != want || key != "" && got.problem(t).Key != key {
					t.Errorf("%s %s on %s by %s: %d, want %d %s: %.200s", r.Method, r.Path, record, name, got.StatusCode, want, key, got.text)
				}
			}
		}
	}
}

func TestMatrixOfMarkets(t *testing.T) {
	p := newPlan(t)
	path := "/places/" + string(p.Market) + "/lanes"
	for name, actor := range p.actors {
		want := http.StatusOK
		if !may(name, "campaign.manage") || name == "officer far" {
			want = http.StatusForbidden
		}
		p.send(ask{actor: actor, method: "PUT", path: path, body: map[string]any{"lines": "C; sayur; 1-3"}}).want(t, want, "")
		p.get(actor, path).want(t, http.StatusOK, "")
	}
	p.get(p.Agent, "/places/"+jaringtest.NewID()+"/lanes").want(t, http.StatusNotFound, "place.not_found")
}

func TestCampaignListsShowWhatIsReachedAndNoMore(t *testing.T) {
	p := newPlan(t)
	ids := map[string]string{"own": string(p.sweep(p.Branch, p.Agent.Account)), "below": string(p.sweep(p.Batanghari, p.SubAgent.Account)),
		"far": string(p.sweep(p.Palembang, p.actors["agent far"].Account))}
	for name, actor := range p.actors {
		list := string(p.get(actor, "/campaigns").want(t, http.StatusOK, "").text)
		for record, id := range ids {
			if strings.Contains(list, id) != strings.Contains(campaignReach[name], record) {
				t.Errorf("%s and %s: %s", name, record, list)
			}
		}
	}
}
