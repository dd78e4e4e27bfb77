package httpapi_test

import (
	"net/http"
	"strings"
	"time"

	"jaring/internal/jaringtest"
)

// fair walks through a job fair: an opening, an applicant's own phone, the employer's desk, and a hiring.
func (g *golden) fair() {
	var made struct {
		CampaignID string `json:"campaign_id"`
	}
	plan := sweepOf(g.door, "Bursa kerja")
	plan["kind"] = "job_fair"
	g.post(g.Officer, "/campaigns", plan).into(g.t, &made)
	path := "/campaigns/" + made.CampaignID
	g.post(g.Officer, path+"/state", map[string]any{"to": "open"}).want(g.t, http.StatusOK, "")
	from := g.Now()
	opening := map[string]any{"employer_name": "Konveksi Maju", "position": "Penjahit", "seats": 2, "wage_from": 3_000_000, "wage_to": 3_500_000, "area": jaringtest.Legok, "welcome": []string{"physical"},
		"slots": []any{map[string]any{"from": from.Format(time.RFC3339), "to": from.Add(time.Hour).Format(time.RFC3339), "places": 5, "desk": "Meja 3"}}}
	var page struct {
		PagePath string `json:"page_path"`
		Items    []struct {
			OpeningID string `json:"opening_id"`
			DeskPath  string `json:"desk_path"`
		}
	}
	g.take("openings-post", "/campaigns/{id}/openings", ask{actor: g.Officer, method: "POST", path: path + "/openings", body: opening}).into(g.t, &page)
	g.take("openings-post-faulty", "/campaigns/{id}/openings", ask{actor: g.Officer, method: "POST", path: path + "/openings", body: map[string]any{"position": "", "seats": 0, "wage_from": 5, "wage_to": 3, "area": "99", "welcome": []string{"x"}, "slots": []any{map[string]any{"from": from, "to": from, "places": 0}}}})
	g.take("openings-document", "/campaigns/{id}/openings/document", ask{actor: g.Officer, method: "GET", path: path + "/openings/document"})
	id := page.Items[0].OpeningID
	ticket := g.seeker(strings.TrimPrefix(page.PagePath, "/bursa/"), id)
	g.take("applicants-post", "/campaigns/{id}/applicants", ask{actor: g.Officer, method: "POST", path: path + "/applicants", body: map[string]any{"opening_id": id, "person": map[string]any{"kind": "worker", "name": "Budi Gunawan", "consent": true}}})
	g.take("applicants-post-faulty", "/campaigns/{id}/applicants", ask{actor: g.Officer, method: "POST", path: path + "/applicants", body: map[string]any{"opening_id": id, "person": map[string]any{"kind": "worker", "name": ""}}})
	g.take("applicants-step", "/campaigns/{id}/applicants/step", ask{actor: g.Officer, method: "POST", path: path + "/applicants/step", body: map[string]any{"opening_id": id, "act": "call"}})
	g.take("public-ticket-applications", "/public/tickets/{code}/applications", ask{method: "GET", path: "/public/tickets/" + ticket + "/applications"})
	who := g.employersDesk(strings.TrimPrefix(page.Items[0].DeskPath, "/meja/"), id)
	g.take("applicants", "/campaigns/{id}/applicants", ask{actor: g.Head, method: "GET", path: path + "/applicants?q=dewi"})
	hire := ask{actor: g.Officer, method: "POST", path: path + "/openings/" + id + "/applicants/" + who + "/hire", body: employee(1, 3_000_000)}
	g.take("openings-hire-early", "/campaigns/{id}/openings/{opening_id}/applicants/{participant_id}/hire", hire)
	g.take("openings-employer", "/campaigns/{id}/openings/{opening_id}/employer", ask{actor: g.Officer, method: "POST", path: path + "/openings/" + id + "/employer",
		body: map[string]any{"employer": map[string]any{"kind": "business", "name": "Konveksi Maju", "area": jaringtest.Legok, "risk_class": 1, "size_class": "micro", "contact_name": "Bu Tini"}}})
	g.take("openings-hire", "/campaigns/{id}/openings/{opening_id}/applicants/{participant_id}/hire", hire)
	g.take("fair", "/campaigns/{id}/fair", ask{actor: g.Head, method: "GET", path: path + "/fair"})
	g.take("fair-evaluation", "/campaigns/{id}/document", ask{actor: g.Head, method: "GET", path: path + "/document"})
}

// seeker is somebody on the own phone: sees the openings, gets a ticket and applies.
func (g *golden) seeker(code, opening string) string {
	g.take("public-fairs", "/public/fairs/{code}", ask{method: "GET", path: "/public/fairs/" + code})
	g.take("public-fairs-unknown.en", "/public/fairs/{code}", ask{method: "GET", path: "/public/fairs/AAAAAAAAAAAAA", lang: "en"})
	g.take("public-fairs-post-faulty", "/public/fairs/{code}", ask{method: "POST", path: "/public/fairs/" + code, body: map[string]any{"name": "", "phone": "12"}})
	var joined struct{ Code string }
	g.take("public-fairs-post", "/public/fairs/{code}", ask{method: "POST", path: "/public/fairs/" + code, body: map[string]any{"name": "Dewi Lestari", "phone": "0812-3456-7890", "consent": true}}).into(g.t, &joined)
	mine := ask{method: "POST", path: "/public/tickets/" + joined.Code + "/applications", body: map[string]any{"opening_id": opening}}
	g.take("public-ticket-applications-post", "/public/tickets/{code}/applications", mine)
	g.take("public-ticket-applications-post-again.en", "/public/tickets/{code}/applications", ask{method: "POST", lang: "en", path: mine.path, body: mine.body})
	return joined.Code
}

// employersDesk is the page with which an employer works through its queue; it gives who has an offer.
func (g *golden) employersDesk(code, opening string) string {
	path, route := "/public/desks/"+code, "/public/desks/{code}"
	var desk struct {
		Applicants []struct {
			ParticipantID string `json:"participant_id"`
			Name          string
		}
	}
	g.take("public-desks", route, ask{method: "GET", path: path}).into(g.t, &desk)
	who := desk.Applicants[0].ParticipantID
	if desk.Applicants[0].Name != "Dewi Lestari" {
		who = desk.Applicants[1].ParticipantID
	}
	step := func(act string) ask {
		return ask{method: "POST", path: path, body: map[string]any{"opening_id": opening, "participant_id": who, "act": act}}
	}
	g.take("public-desks-post", route, step("interviewed"))
	g.take("public-desks-post-unknown", route, step("hired"))
	g.take("public-desks-post-offered", route, step("offered"))
	return who
}

// fairBodies are what the routes of a job fair are asked with.
func fairBodies(now time.Time) map[string]map[string]any {
	nobody := map[string]any{"opening_id": jaringtest.NewID(), "participant_id": jaringtest.NewID(), "act": "call"}
	return map[string]map[string]any{"openings": {"employer_name": "CV", "position": "Kasir", "seats": 1, "closes_at": now.Add(time.Hour).Format(time.RFC3339)}, "applicants/step": nobody,
		"applicants": {"opening_id": jaringtest.NewID(), "ticket": "AAAA-AAAA-AAAAA"}, "openings/{opening_id}/employer": {"employer_id": jaringtest.NewID()},
		"openings/{opening_id}/applicants/{participant_id}/hire": employee(1, 3_000_000)}
}
