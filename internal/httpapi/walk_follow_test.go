package httpapi_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// follow is what comes once a sponsor has paid: somebody leaves, somebody comes, the report, cards, a ceremony.
func (g *golden) follow(agreement, roster string) {
	const pact = "/sponsors/{id}/agreements/{agreement_id}"
	people, _, err := g.App.FindRosterPeople(g.t.Context(), g.Officer, roster, "")
	if err != nil {
		g.t.Fatal(err)
	}
	for i, p := range people {
		answer := app.Confirmation{Worker: p.Worker.ID, Membership: jaring.MembershipID(p.Contribution), Accepted: true, KPJ: "A000000000" + string(rune('0'+i)), From: p.First, To: p.First.Add(p.Months - 1)}
		if err := g.App.Confirm(g.t.Context(), answer); err != nil {
			g.t.Fatal(err)
		}
	}
	gone := people[0].Sponsorship.Worker
	post := func(name, route, path string, body any) reply {
		return g.take(name, route, ask{actor: g.Officer, method: "POST", path: path, body: body})
	}
	get := func(name, route, path string) { g.take(name, route, ask{actor: g.Officer, method: "GET", path: path}) }
	get("sponsors-people", pact+"/people", agreement+"/people?q="+url.QueryEscape(string(people[0].Worker.RegistrationNo)))
	post("sponsors-departures-faulty", pact+"/departures", agreement+"/departures", map[string]any{"worker_id": gone, "why": "weg", "from": "2026-11"})
	var made struct {
		Items []struct {
			ID string `json:"departure_id"`
		}
	}
	post("sponsors-departures-post", pact+"/departures", agreement+"/departures", map[string]any{"worker_id": gone, "why": "died", "from": "2027-02"}).into(g.t, &made)
	one := agreement + "/departures/" + made.Items[0].ID
	p := jaringtest.Person(77)
	post("sponsors-heir-faulty.en", pact+"/departures/{departure_id}/heir", one+"/heir", map[string]any{"nik": "1", "name": "", "birth_date": "?", "occupation": ""})
	post("sponsors-heir", pact+"/departures/{departure_id}/heir", one+"/heir", map[string]any{"nik": p["nik"], "name": p["name"], "birth_date": p["birth_date"], "village": p["village"], "occupation": "petani"})
	post("sponsors-replacements-none", pact+"/replacements", agreement+"/replacements?name=a.csv", sponsorList(80, 1))
	g.take("sponsors-departures-approval", pact+"/departures/{departure_id}/approval", ask{actor: g.Head, method: "POST", path: one + "/approval", body: map[string]any{}})
	post("sponsors-departures-cancellation-late", pact+"/departures/{departure_id}/cancellation", one+"/cancellation", map[string]any{})
	get("sponsors-departures", pact+"/departures", agreement+"/departures")
	sponsor, id, _ := strings.Cut(strings.TrimPrefix(agreement, "/sponsors/"), "/agreements/")
	get("sponsors-report", "/sponsors/{id}/report", "/sponsors/"+sponsor+"/report?month=2026-12")
	g.file("GET /sponsors/{id}/report/document", "/sponsors/"+sponsor+"/report/document?agreement="+id, "%PDF")
	g.file("GET /sponsors/{id}/report/sheet", "/sponsors/"+sponsor+"/report/sheet", "PK")
	g.file("GET "+pact+"/cards", agreement+"/cards", "%PDF")
	g.ceremony(sponsor, id, people[1].Sponsorship.Worker)
	g.take("cards-check-unknown", "/public/cards/check", ask{method: "POST", body: map[string]any{"code": "2222-2222-22222", "birth_date": "1980-01-01"}})
}

// file asks for a file of which only the beginning is looked at.
func (g *golden) file(route, path, begins string) {
	g.t.Helper()
	g.asked[route] = true
	if got := g.send(ask{actor: g.Officer, method: "GET", path: path}).want(g.t, http.StatusOK, ""); !bytes.HasPrefix(got.text, []byte(begins)) {
		g.t.Errorf("%s: %.20q", path, got.text)
	}
}

// ceremony hands over what the sponsor pays.
func (g *golden) ceremony(sponsor, agreement string, worker jaring.WorkerID) {
	form := jaring.CampaignForm{Kind: jaring.KindHandover, Name: "Serah terima", Office: g.Branch, Place: g.Market, OpensAt: g.Now(), ClosesAt: g.Now().Add(3 * time.Hour), SealHours: 24}
	id, err := g.App.PlanCampaign(g.t.Context(), g.Officer, newOp(), form)
	if err != nil {
		g.t.Fatal(err)
	}
	path := "/handovers/" + string(id)
	body := map[string]any{"sponsor_id": sponsor, "agreement_id": agreement, "recipients": []any{map[string]any{"worker_id": worker, "consent": true}}}
	g.take("handovers-post", "/handovers/{id}", ask{actor: g.Officer, method: "POST", path: path, body: body})
	body["recipients"] = []any{map[string]any{"worker_id": jaringtest.NewID(), "consent": true}}
	g.take("handovers-post-faulty", "/handovers/{id}", ask{actor: g.Officer, method: "POST", path: path, body: body})
	g.take("handovers-id", "/handovers/{id}", ask{actor: g.Auditor, method: "GET", path: path})
	g.file("GET /handovers/{id}/document", path+"/document", "%PDF")
}
