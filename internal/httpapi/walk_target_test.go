package httpapi_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"jaring/internal/httpapi"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

var targetBody = map[string]any{"kind": "target", "unit": "person", "part": "BPU", "year": 2026, "value": 36_000, "source": "Surat wilayah 7/2026", "as_of": "2026-01-05"}

// targets asks on a book of its own, from a figure without a source to one that is withdrawn.
func (g *golden) targets() {
	own := newGolden(newDoor(g.t, jaringtest.SQLite(g.t)), g.write)
	own.target()
	maps.Copy(g.asked, own.asked)
}

func (g *golden) target() {
	for n := range 3 {
		g.Register(g.Agent, n+1)
	}
	if _, err := g.App.Fold(g.t.Context()); err != nil {
		g.t.Fatal(err)
	}
	var made struct {
		ID string `json:"figure_id"`
	}
	g.take("targets-post", "/targets", ask{actor: g.Head, method: "POST", body: targetBody}).into(g.t, &made)
	g.take("targets-post-again", "/targets", ask{actor: g.Head, method: "POST", body: targetBody})
	g.take("targets-post-faulty.en", "/targets", ask{actor: g.Head, method: "POST", lang: "en", body: map[string]any{"kind": "target", "unit": "person", "part": "micro", "value": 0, "source": " ", "as_of": "2027-01-01", "area": "99"}})
	gap := maps.Clone(targetBody)
	gap["kind"], gap["as_of"], gap["area"], gap["value"] = "gap", "2016-11-12", "15", 430_000
	g.take("targets-post-gap", "/targets", ask{actor: g.Head, method: "POST", body: gap})
	path := "/targets/" + made.ID
	change := ask{actor: g.Head, method: "POST", path: path + "/change", headers: ifMatch("1"), body: map[string]any{"value": 40_000, "source": "Revisi", "as_of": "2026-07-01", "reason": "ditambah pertengahan tahun"}}
	g.take("targets-id-change", "/targets/{id}/change", change)
	g.take("targets-id-change-late.en", "/targets/{id}/change", ask{actor: g.Head, method: "POST", path: change.path, headers: ifMatch("1"), lang: "en", body: map[string]any{"value": 1, "source": "Revisi", "as_of": "2026-07-01", "reason": "ditambah pertengahan tahun"}})
	g.take("targets-id", "/targets/{id}", ask{actor: g.Auditor, method: "GET", path: path})
	g.take("targets-id-far", "/targets/{id}", ask{actor: g.FarOfficer, method: "GET", path: path})
	g.take("targets", "/targets", ask{actor: g.Officer, method: "GET", path: "/targets?year=2026"})
	g.take("targets-id-withdrawal", "/targets/{id}/withdrawal", ask{actor: g.Head, method: "POST", path: path + "/withdrawal", body: map[string]any{"reason": "salah kantor"}})
}

// Each role on figures of the own house, below and far away.
func TestMatrixOfActsOnTargets(t *testing.T) {
	p := newPlan(t)
	acts := p.App
	asked := 0
	for record, office := range map[string]jaring.OfficeID{"own": p.Branch, "below": p.Batanghari, "far": p.Palembang} {
		for _, r := range httpapi.ListedRoutes() {
			if !strings.HasPrefix(r.Path, "/targets/{id}") {
				continue
			}
			for name, actor := range p.actors {
				id, err := acts.AddFigure(t.Context(), jaring.System, newOp(), jaring.Figure{Office: office, Year: 2026, Kind: jaring.FigureTarget, Unit: jaring.UnitPerson, Part: jaring.PartAll,
					Value: 5, Source: "Surat", AsOf: 20260101})
				if err != nil {
					t.Fatal(err)
				}
				q := ask{actor: actor, method: r.Method, key: "new", headers: ifMatch("1"), path: strings.Replace(r.Path, "{id}", string(id), 1)}
				if q.method == http.MethodPost {
					q.body = map[string]any{"reason": "alasan yang cukup"}
				}
				if strings.HasSuffix(r.Path, "change") {
					q.body = map[string]any{"reason": "alasan yang cukup", "value": 6, "source": "Surat", "as_of": "2026-01-01"}
				}
				want := r.Status
				switch {
				case !may(name, string(r.Act)):
					want = http.StatusForbidden
				case !reaches(name, record):
					want = http.StatusNotFound
				}
				p.send(q).want(t, want, "")
				asked++
				if err := acts.WithdrawFigure(t.Context(), jaring.System, newOp(), id, "untuk uji berikut"); err != nil && jaring.KeyOf(err) != "figure.unknown" {
					t.Fatal(err)
				}
			}
		}
	}
	if want := 3 * 3 * len(p.actors); asked != want {
		t.Errorf("%d questions, want %d", asked, want)
	}
}
