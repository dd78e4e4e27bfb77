package httpapi_test

import (
	"maps"
	"time"

	"jaring/internal/jaringtest"
)

// outreach asks on a book of its own, from an invitation to what came of it.
func (g *golden) outreach() {
	own := newGolden(newDoor(g.t, jaringtest.SQLite(g.t)), g.write)
	path := own.dialogue()
	own.guests(path)
	maps.Copy(g.asked, own.asked)
}

// dialogue plans a dialogue of today and gives its address.
func (g *golden) dialogue() string {
	var made struct {
		CampaignID string `json:"campaign_id"`
	}
	body := map[string]any{"kind": "dialogue", "name": "Dialog warga Legok", "office_id": g.Branch, "place_id": g.Market, "opens_at": g.Now().Format(time.RFC3339),
		"closes_at": g.Now().Add(3 * time.Hour).Format(time.RFC3339)}
	g.take("campaigns-post-dialogue", "/campaigns", ask{actor: g.Officer, method: "POST", body: body}).into(g.t, &made)
	return "/campaigns/" + made.CampaignID
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
