package httpapi_test

import (
	"maps"
	"net/http"
	"path"
	"strings"
	"testing"

	"jaring/internal/httpapi"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// expo plans a jamboree of an office, by Jaring itself.
func (d *door) expo(office jaring.OfficeID) string {
	d.t.Helper()
	id, err := d.App.PlanCampaign(d.t.Context(), jaring.System, newOp(), jaring.CampaignForm{Kind: jaring.KindJamboree, Name: "Expo UMKM", Office: office, Place: d.Market,
		OpensAt: d.Now(), ClosesAt: d.Now().Add(8 * 3600e9), SealHours: 24})
	if err != nil {
		d.t.Fatal(err)
	}
	return string(id)
}

// selves registers people by themselves, on a book of its own.
func (g *golden) selves() {
	own := newGolden(newDoor(g.t, jaringtest.SQLite(g.t)), g.write)
	own.registerThemselves()
	maps.Copy(g.asked, own.asked)
}

func (g *golden) registerThemselves() {
	at := "/self/" + g.expo(g.Branch)
	var source struct {
		SourceID, Path string
	}
	var made struct {
		ID   string `json:"source_id"`
		Path string `json:"path"`
	}
	g.take("self-sources-post", "/self/{id}/sources", ask{actor: g.Officer, method: "POST", path: at + "/sources", body: map[string]any{"stand": "B-12"}}).into(g.t, &made)
	source.SourceID, source.Path = made.ID, made.Path
	g.take("self-sources-post-late.en", "/self/{id}/sources", ask{actor: g.Officer, method: "POST", path: at + "/sources", lang: "en", body: map[string]any{"until": "2020-01-01T00:00:00Z"}})
	page := "/public/self/" + path.Base(source.Path)
	g.take("public-self", "/public/self/{token}", ask{method: "GET", path: page})
	g.take("public-self-unknown.en", "/public/self/{token}", ask{method: "GET", path: "/public/self/nothing", lang: "en"})
	g.take("public-self-codes-faulty", "/public/self/{token}/codes", ask{method: "POST", path: page + "/codes", body: map[string]any{"phone": "dua"}})
	var code struct {
		Demo string `json:"demo_code"`
	}
	g.take("public-self-codes", "/public/self/{token}/codes", ask{method: "POST", path: page + "/codes", body: map[string]any{"phone": "081234567801"}}).into(g.t, &code)
	g.take("public-self-codes-soon", "/public/self/{token}/codes", ask{method: "POST", path: page + "/codes", body: map[string]any{"phone": "081234567801"}})
	g.take("public-self-proofs-faulty", "/public/self/{token}/proofs", ask{method: "POST", path: page + "/proofs", body: map[string]any{"phone": "081234567801", "code": "12"}})
	var proof struct {
		Proof string `json:"proof"`
	}
	g.take("public-self-proofs", "/public/self/{token}/proofs", ask{method: "POST", path: page + "/proofs", body: map[string]any{"phone": "081234567801", "code": code.Demo}}).into(g.t, &proof)
	form := map[string]any{"proof": proof.Proof, "kind": "lone", "registration": jaringtest.Person(1)}
	g.take("public-self-registrations", "/public/self/{token}/registrations", ask{method: "POST", path: page + "/registrations", body: form})
	form["kind"], form["registration"] = "owner", map[string]any{"nik": "12"}
	g.take("public-self-registrations-faulty", "/public/self/{token}/registrations", ask{method: "POST", path: page + "/registrations", body: form})
	form["proof"] = "x.y"
	g.take("public-self-registrations-late.en", "/public/self/{token}/registrations", ask{method: "POST", path: page + "/registrations", body: form, lang: "en"})
	var orders struct {
		Items []struct {
			Code string `json:"code"`
		} `json:"items"`
	}
	g.take("self-orders", "/self/{id}/orders", ask{actor: g.Officer, method: "GET", path: at + "/orders"}).into(g.t, &orders)
	pay := map[string]any{"amount": 1, "channel": "counter", "reference": "BK-1", "paid_on": "2026-11-21"}
	bill := "/payment-codes/" + orders.Items[0].Code
	g.take("payment-codes-settlement-differs", "/payment-codes/{code}/settlement", ask{actor: g.Officer, method: "POST", path: bill + "/settlement", body: pay})
	pay["amount"] = 50_400
	g.take("payment-codes-settlement", "/payment-codes/{code}/settlement", ask{actor: g.Officer, method: "POST", path: bill + "/settlement", body: pay})
	g.take("self-sources", "/self/{id}/sources", ask{actor: g.Officer, method: "GET", path: at + "/sources"})
	g.take("self-sources-closing", "/self/{id}/sources/{source_id}/closing", ask{actor: g.Officer, method: "POST", path: at + "/sources/" + source.SourceID + "/closing", body: map[string]any{}})
}

// Only those who lead a campaign hang up its QR codes and see what came by them.
func TestMatrixOfSelfRegistration(t *testing.T) {
	p := newPlan(t)
	at := map[string]string{"own": p.expo(p.Branch), "below": p.expo(p.Batanghari), "far": p.expo(p.Palembang)}
	for _, r := range httpapi.ListedRoutes() {
		if !strings.HasPrefix(r.Path, "/self/{id}") {
			continue
		}
		for name, actor := range p.actors {
			for record, id := range at {
				a := ask{actor: actor, method: r.Method, key: "new", path: strings.NewReplacer("{id}", id, "{source_id}", jaringtest.NewID()).Replace(r.Path)}
				if r.Method == http.MethodPost {
					a.body = map[string]any{}
				}
				want := r.Status
				switch reached := name == "admin" || name == "auditor" || strings.Contains(reach[name], record); {
				case roleOf(name) == "agent" || !reached:
					want = http.StatusNotFound
				case !may(name, string(r.Act)):
					want = http.StatusForbidden
				case strings.HasSuffix(r.Path, "/closing"):
					want = http.StatusNotFound // no such source
				}
				if got := p.send(a); got.StatusCode != want {
					t.Errorf("%s %s on %s by %s: %d, want %d: %.200s", r.Method, r.Path, record, name, got.StatusCode, want, got.text)
				}
			}
		}
	}
}
