package httpapi_test

import (
	"maps"
	"time"

	"jaring/internal/jaringtest"
)

// outreach asks on a book of its own, from an invitation to what came of it.
func (g *golden) outreach() {
	own := newGolden(newDoor(g.t, jaringtest.SQLite(g.t)), g.write)
	partner := own.partners()
	path := own.dialogue(partner)
	own.guests(path)
	own.around(path)
	own.leads(path, partner)
	maps.Copy(g.asked, own.asked)
}

// dialogue plans a dialogue of today that a partner organises, and gives its address.
func (g *golden) dialogue(partner string) string {
	var made struct {
		CampaignID string `json:"campaign_id"`
	}
	body := map[string]any{"kind": "dialogue", "name": "Dialog warga Legok", "office_id": g.Branch, "place_id": g.Market, "opens_at": g.Now().Format(time.RFC3339),
		"closes_at":         g.Now().Add(3 * time.Hour).Format(time.RFC3339),
		"organiser_partner": partner, "budget": 5_000_000, "plan": map[string]any{"agenda": []any{map[string]any{"at": "09.30", "what": "Pembukaan", "who": "Camat"}}}}
	g.take("campaigns-post-dialogue", "/campaigns", ask{actor: g.Officer, method: "POST", body: body}).into(g.t, &made)
	return "/campaigns/" + made.CampaignID
}

// partners adds a partner and gives it.
func (g *golden) partners() string {
	body := map[string]any{"kind": "association", "name": "Asosiasi Pengusaha (contoh)", "contact_name": "Bu Ani", "agreement": "PKS 3/2026", "until": "2026-12-31"}
	var made struct {
		PartnerID string `json:"partner_id"`
	}
	g.take("partners-post", "/partners", ask{actor: g.Officer, method: "POST", body: body}).into(g.t, &made)
	g.take("partners-post-faulty.en", "/partners", ask{actor: g.Officer, method: "POST", lang: "en", body: map[string]any{"kind": "raja", "name": "", "from": "2026-02-01", "until": "2026-01-01"}})
	path := "/partners/" + made.PartnerID
	body["note"] = "bertemu tiap bulan"
	change := ask{actor: g.Officer, method: "POST", path: path + "/change", headers: ifMatch("1"), body: body}
	g.take("partners-id-change", "/partners/{id}/change", change)
	change.lang = "en"
	g.take("partners-id-change-late.en", "/partners/{id}/change", change)
	var sponsor struct {
		SponsorID string `json:"sponsor_id"`
	}
	g.send(ask{actor: g.Officer, method: "POST", path: "/sponsors", key: "new", body: map[string]any{"name": "Asosiasi Pengusaha (contoh)", "contact_name": "Bu Ani"}}).into(g.t, &sponsor)
	g.take("partners-id-pays", "/partners/{id}/pays", ask{actor: g.Officer, method: "POST", path: path + "/pays", body: map[string]any{"sponsor_id": sponsor.SponsorID, "pays": true}})
	g.take("partners", "/partners", ask{actor: g.Auditor, method: "GET"})
	g.take("partners-id-far", "/partners/{id}", ask{actor: g.FarOfficer, method: "GET", path: path})
	return made.PartnerID
}

// around writes what a campaign costs and what was asked at it.
func (g *golden) around(path string) {
	var line struct {
		Costs []struct {
			CostID string `json:"cost_id"`
		}
		Questions []struct {
			QuestionID string `json:"question_id"`
		}
	}
	g.take("campaigns-id-costs", "/campaigns/{id}/costs", ask{actor: g.Officer, method: "POST", path: path + "/costs", body: map[string]any{"what": "Sewa tenda", "planned": 2_000_000, "spent": 1_750_000}})
	g.take("campaigns-id-costs-faulty.en", "/campaigns/{id}/costs", ask{actor: g.Officer, method: "POST", path: path + "/costs", lang: "en", body: map[string]any{"what": "", "planned": -1}})
	g.take("campaigns-id-questions", "/campaigns/{id}/questions", ask{actor: g.Officer, method: "POST", path: path + "/questions",
		body: map[string]any{"kind": "community", "asked": "Bila menunggak, bagaimana?", "answered": "Masih bisa menyusul."}}).into(g.t, &line)
	g.take("campaigns-id-questions-faulty", "/campaigns/{id}/questions", ask{actor: g.Officer, method: "POST", path: path + "/questions", body: map[string]any{"kind": "", "asked": " "}})
	g.take("campaigns-id-around", "/campaigns/{id}/around", ask{actor: g.Head, method: "GET", path: path + "/around"})
	g.take("campaigns-id-document-dialogue", "/campaigns/{id}/document", ask{actor: g.Head, method: "GET", path: path + "/document"})
	g.take("campaigns-id-document-dialogue.en", "/campaigns/{id}/document", ask{actor: g.Head, method: "GET", path: path + "/document?lang=en"})
	g.take("campaigns-id-costs-delete", "/campaigns/{id}/costs/{cost_id}", ask{actor: g.Officer, method: "DELETE", path: path + "/costs/" + line.Costs[0].CostID})
	g.take("campaigns-id-questions-delete", "/campaigns/{id}/questions/{question_id}", ask{actor: g.Officer, method: "DELETE", path: path + "/questions/" + line.Questions[0].QuestionID})
	g.take("campaigns-of-a-day", "/campaigns", ask{actor: g.Officer, method: "GET", path: "/campaigns?from=2026-11-21&until=2026-11-21&kind=dialogue"})
}

// leads notes people and follows one of them.
func (g *golden) leads(path, partner string) {
	var made struct {
		LeadID string `json:"lead_id"`
	}
	body := map[string]any{"name": "Bu Siti", "phone": "0811740001", "business": "kue", "campaign_id": path[len("/campaigns/"):], "partner_id": partner, "area": jaringtest.Legok}
	g.take("leads-post", "/leads", ask{actor: g.Officer, method: "POST", body: body}).into(g.t, &made)
	g.take("leads-post-faulty", "/leads", ask{actor: g.Agent, method: "POST", body: map[string]any{"name": "", "phone": "1", "state": "registered", "next_day": "2020-01-01", "area": "99"}})
	move := ask{actor: g.Officer, method: "POST", path: "/leads/" + made.LeadID + "/state", body: map[string]any{"state": "interested", "next_day": "2026-11-24", "note": "setelah pasar"}}
	g.take("leads-id-state", "/leads/{id}/state", move)
	move.body, move.lang = map[string]any{"state": "entah"}, "en"
	g.take("leads-id-state-unknown.en", "/leads/{id}/state", move)
	g.take("leads-id-hidden", "/leads/{id}", ask{actor: g.Auditor, method: "GET", path: "/leads/" + made.LeadID})
	g.take("leads-id-far", "/leads/{id}", ask{actor: g.FarOfficer, method: "GET", path: "/leads/" + made.LeadID})
	g.take("leads", "/leads", ask{actor: g.Officer, method: "GET", path: "/leads?q=siti"})
	g.take("partners-id", "/partners/{id}", ask{actor: g.Head, method: "GET", path: "/partners/" + partner})
}

func (g *golden) guests(path string) {
	const route = "/campaigns/{id}/guests"
	people := map[string]any{"guests": []any{map[string]any{"kind": "official", "name": "Camat Danau Sipin", "position": "Camat"},
		map[string]any{"kind": "community", "name": "Warga RT 07", "heads": 40}}}
	var list struct {
		Items []struct {
			GuestID string `json:"guest_id"`
		}
	}
	g.take("campaigns-id-guests-post", route, ask{actor: g.Officer, method: "POST", path: path + "/guests", body: people}).into(g.t, &list)
	faulty := map[string]any{"guests": []any{map[string]any{"kind": "raja", "name": " ", "heads": -1}, map[string]any{"kind": "press", "name": "Radio", "state": "attended", "came": 9999}}}
	g.take("campaigns-id-guests-faulty", route, ask{actor: g.Officer, method: "POST", path: path + "/guests", body: faulty})
	g.take("campaigns-id-guests-none.en", route, ask{actor: g.Officer, method: "POST", path: path + "/guests", body: map[string]any{}, lang: "en"})
	one := path + "/guests/" + list.Items[1].GuestID
	g.take("campaigns-id-guests-state", route+"/{guest_id}/state", ask{actor: g.Officer, method: "POST", path: one + "/state", body: map[string]any{"state": "attended", "came": 33}})
	g.take("campaigns-id-guests-state-unknown.en", route+"/{guest_id}/state", ask{actor: g.Officer, method: "POST", path: one + "/state", body: map[string]any{"state": "tersesat"}, lang: "en"})
	g.take("campaigns-id-guests-delete", route+"/{guest_id}", ask{actor: g.Officer, method: "DELETE", path: path + "/guests/" + list.Items[0].GuestID})
	g.take("campaigns-id-guests", route, ask{actor: g.Auditor, method: "GET", path: path + "/guests"})
}
