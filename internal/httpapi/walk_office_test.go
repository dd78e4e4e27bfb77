package httpapi_test

import (
	"net/http"
	"testing"

	"jaring/internal/httpapi"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// offices walks over all that happens to an office. Those of the town stay as they are.
func (g *golden) offices() {
	g.take("offices", "/offices", ask{actor: g.Admin, method: "GET"})
	g.take("offices-head", "/offices", ask{actor: g.Head, method: "GET"})
	g.take("offices-agent", "/offices", ask{actor: g.Agent, method: "GET"})
	body := map[string]any{"parent_id": g.Branch, "kind": "sub_branch", "name": "KCP Bungo", "zone": "Asia/Jakarta", "areas": []string{"15.08", "15.71.04"}}
	made := g.take("offices-post", "/offices", ask{actor: g.Admin, method: "POST", body: body})
	faulty := map[string]any{"parent_id": g.Batanghari, "kind": "branch", "name": " ", "zone": "CET", "areas": []string{"15.08", "99", "15.08.01"}}
	g.take("offices-post-faulty", "/offices", ask{actor: g.Admin, method: "POST", body: faulty})
	g.take("offices-post-faulty.en", "/offices", ask{actor: g.Admin, method: "POST", body: faulty, lang: "en"})
	var id struct {
		OfficeID string `json:"office_id"`
	}
	made.into(g.t, &id)
	path := "/offices/" + id.OfficeID
	areas := ask{actor: g.Admin, method: "POST", path: path + "/areas", body: map[string]any{"areas": []string{"15.71.04", "15.09"}, "from": "2026-12-01"}}
	g.take("offices-id-areas", "/offices/{id}/areas", areas)
	areas.body = map[string]any{"areas": []string{"16.71", "15.71.04", "15.71.04"}, "from": "2026-11-20"}
	g.take("offices-id-areas-past", "/offices/{id}/areas", areas)
	areas.body, areas.lang = map[string]any{"areas": []string{"16.71"}, "from": "2026-11-22"}, "en"
	g.take("offices-id-areas-taken.en", "/offices/{id}/areas", areas)
	g.take("offices-id-name", "/offices/{id}/name", ask{actor: g.Admin, method: "POST", path: path + "/name", body: map[string]any{"name": "KCP Muara Bungo"}})
	g.take("offices-id-name-taken.en", "/offices/{id}/name", ask{actor: g.Admin, method: "POST", path: path + "/name", body: map[string]any{"name": "kcp batang hari"}, lang: "en"})
	g.take("offices-id-phone", "/offices/{id}/phone", ask{actor: g.Admin, method: "POST", path: path + "/phone", body: map[string]any{"phone": "(0747) 321-456"}})
	g.take("offices-id-phone-faulty.en", "/offices/{id}/phone", ask{actor: g.Admin, method: "POST", path: path + "/phone", body: map[string]any{"phone": "tanya Bu Ani"}, lang: "en"})
	g.take("offices-id", "/offices/{id}", ask{actor: g.Head, method: "GET", path: path})
	g.take("offices-id-elsewhere.en", "/offices/{id}", ask{actor: g.FarOfficer, method: "GET", path: path, lang: "en"})
	g.take("offices-id-closing-staffed", "/offices/{id}/closing", ask{actor: g.Admin, method: "POST", path: "/offices/" + string(g.Branch) + "/closing", body: map[string]any{}})
	g.take("offices-id-closing", "/offices/{id}/closing", ask{actor: g.Admin, method: "POST", path: path + "/closing", body: map[string]any{}})
	g.take("offices-id-closing-again.en", "/offices/{id}/closing", ask{actor: g.Admin, method: "POST", path: path + "/closing", body: map[string]any{}, lang: "en"})
}

// Each role on an office of the own house, below and far away.
func TestMatrixOfActsOnOffices(t *testing.T) {
	p := newPlan(t)
	offices := map[string]jaring.OfficeID{"own": p.Branch, "below": p.Batanghari, "far": p.Palembang}
	keep := map[string]string{"own": "15.71", "below": "15.04", "far": "16.71"}
	asked := 0
	for _, r := range httpapi.ListedRoutes() {
		for record, office := range offices {
			q := ask{method: r.Method, key: "new", path: "/offices/" + string(office)}
			want := r.Status
			switch r.Path {
			case "/offices/{id}":
			case "/offices/{id}/areas":
				q.path, q.body = q.path+"/areas", map[string]any{"areas": []string{keep[record]}, "from": "2026-11-21"}
			case "/offices/{id}/name":
				q.path, q.body = q.path+"/name", map[string]any{"name": "Kantor " + record}
			case "/offices/{id}/phone":
				q.path, q.body = q.path+"/phone", map[string]any{"phone": "0741 22345"}
			case "/offices/{id}/closing":
				q.path, q.body, want = q.path+"/closing", map[string]any{}, http.StatusUnprocessableEntity // somebody works there
			default:
				continue
			}
			for name, actor := range p.actors {
				want := want
				switch {
				case !may(name, string(r.Act)):
					want = http.StatusForbidden
				case !reaches(name, record) && (record != "own" || name != "officer"):
					want = http.StatusNotFound
				}
				q.actor = actor
				asked++
				if got := p.send(q); got.StatusCode != want {
					t.Errorf("%s %s on %s by %s: %d, want %d: %.200s", r.Method, r.Path, record, name, got.StatusCode, want, got.text)
				}
			}
		}
	}
	if asked != 5*3*len(p.actors) {
		t.Errorf("%d questions", asked)
	}
	p.send(ask{actor: p.Admin, method: "GET", path: "/offices/" + jaringtest.NewID()}).want(t, http.StatusNotFound, "office.not_found")
}

// The same key is the same act: no second office, and another content under it is refused.
func TestAnOfficeIsAddedOncePerKey(t *testing.T) {
	d := liteDoor(t)
	q := ask{actor: d.Admin, method: "POST", path: "/offices", key: jaringtest.NewID(),
		body: map[string]any{"parent_id": d.Region, "kind": "branch", "name": "Cabang Bungo", "zone": "Asia/Jakarta", "areas": []string{"15.09"}}}
	first, second := d.send(q).want(t, http.StatusCreated, ""), d.send(q).want(t, http.StatusCreated, "")
	var a, b struct {
		OfficeID string `json:"office_id"`
	}
	first.into(t, &a)
	if second.into(t, &b); a != b || a.OfficeID == "" {
		t.Errorf("%v, then %v", a, b)
	}
	q.body = map[string]any{"parent_id": d.Region, "kind": "branch", "name": "Cabang Lain", "zone": "Asia/Jakarta", "areas": []string{}}
	d.send(q).want(t, http.StatusConflict, "operation.conflict")
	// The head of the region's other branch does not serve it, the new office's people do at once.
	officer := d.Hire("bungo", "Petugas Bungo", jaring.RoleOfficer, jaring.OfficeID(a.OfficeID))
	d.send(ask{actor: officer, method: "POST", path: "/places", key: "new", body: map[string]any{"name": "Pasar Bungo", "kind": "market", "village": "15.09.04.1001"}}).want(t, http.StatusCreated, "")
}
