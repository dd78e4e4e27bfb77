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

// deskBody is a service desk that is open all day, every day.
var deskBody = map[string]any{"name": "Pojok Layanan Disnaker", "place": "Kantor Disnaker, lantai 1", "area": "15.71", "by_phone": true, "topics": []string{"not_registered", "wages", "other"}, "opens": everyDay()}

func everyDay() (out []any) {
	for day := range 7 {
		out = append(out, map[string]any{"day": day + 1, "from": "00:00", "until": "23:59"})
	}
	return out
}

// services asks on a book of its own, from an opened desk to a case that is closed.
func (g *golden) services() {
	own := newGolden(newDoor(g.t, jaringtest.SQLite(g.t)), g.write)
	path := own.openDesk()
	own.deskQueue(path)
	own.deskCases(path)
	own.take("services", "/services", ask{actor: own.Auditor, method: "GET"})
	own.take("services-id", "/services/{id}", ask{actor: own.Head, method: "GET", path: path})
	own.take("services-id-far", "/services/{id}", ask{actor: own.FarOfficer, method: "GET", path: path})
	own.take("services-id-codes", "/services/{id}/codes", ask{actor: own.Officer, method: "POST", path: path + "/codes", body: map[string]any{}})
	maps.Copy(g.asked, own.asked)
}

func (g *golden) openDesk() string {
	var made struct {
		ID string `json:"service_id"`
	}
	g.take("services-post", "/services", ask{actor: g.Officer, method: "POST", body: deskBody}).into(g.t, &made)
	faulty := map[string]any{"name": "", "place": "", "area": "99", "topics": []string{"cuaca"}, "opens": []any{map[string]any{"day": 9, "from": "8", "until": "7"}}}
	g.take("services-post-faulty", "/services", ask{actor: g.Officer, method: "POST", body: faulty})
	path := "/services/" + made.ID
	body := maps.Clone(deskBody)
	body["place"] = "Kantor Disnaker, loket 3"
	change := ask{actor: g.Officer, method: "POST", path: path + "/change", headers: ifMatch("1"), body: body}
	g.take("services-id-change", "/services/{id}/change", change)
	change.lang = "en"
	g.take("services-id-change-late.en", "/services/{id}/change", change)
	return path
}

// codesOf are the codes that hang at a desk.
func (g *golden) codesOf(path string) (entry, screen string) {
	var desk struct {
		Entry  string `json:"entry_path"`
		Screen string `json:"screen_path"`
	}
	g.get(g.Officer, path).into(g.t, &desk)
	return strings.TrimPrefix(desk.Entry, "/antre/"), strings.TrimPrefix(desk.Screen, "/board/antre?k=")
}

func (g *golden) deskQueue(path string) {
	const route = "/services/{id}/queue"
	entry, screen := g.codesOf(path)
	queue := ask{actor: g.Officer, method: "POST", path: path + "/queue", body: map[string]any{"act": "take", "topic": "wages"}}
	g.take("services-queue-post", route, queue)
	var own struct {
		Path string `json:"page"`
	}
	public := ask{method: "POST", path: "/public/services/" + entry, body: map[string]any{"topic": "wages"}}
	g.take("public-services-post", "/public/services/{code}", public).into(g.t, &own)
	public.body, public.lang = map[string]any{"topic": "layoff"}, "en"
	g.take("public-services-post-faulty.en", "/public/services/{code}", public)
	queue.body = map[string]any{"act": "called", "desk": "Loket 1"}
	g.take("services-queue-called", route, queue)
	queue.body = map[string]any{"act": "done", "number": 2, "topic": "wages"}
	g.take("services-queue-early", route, queue)
	g.take("services-queue", route, ask{actor: g.Auditor, method: "GET", path: path + "/queue?day=2026-11-21"})
	g.take("public-services", "/public/services/{code}", ask{method: "GET", path: "/public/services/" + entry})
	g.take("public-services-unknown.en", "/public/services/{code}", ask{method: "GET", path: "/public/services/AAAAAAAAAAAAA", lang: "en"})
	turn := g.take("public-turns", "/public/turns/{code}", ask{method: "GET", path: "/public/turns/" + strings.TrimPrefix(own.Path, "/nomor/")})
	if !strings.Contains(string(turn.text), `"ahead":0`) { // the first is called by now
		g.t.Errorf("%s", turn.text)
	}
	g.take("public-turns-unknown", "/public/turns/{code}", ask{method: "GET", path: "/public/turns/" + entry})
	g.take("kiosk-service", "/kiosk/service", ask{method: "GET", headers: map[string]string{"Authorization": "Kiosk " + screen}})
	g.take("kiosk-service-unknown", "/kiosk/service", ask{method: "GET", path: "/kiosk/service?k=" + entry})
}

func (g *golden) deskCases(path string) {
	const route = "/services/{id}/cases"
	var made struct {
		ID string `json:"case_id"`
	}
	body := map[string]any{"topic": "not_registered", "about": "Dua tahun bekerja, belum didaftarkan.", "name": "Rina Wati", "phone": "0811740001", "label": "A-001", "follow_day": "2026-11-24"}
	g.take("services-cases-post", route, ask{actor: g.Officer, method: "POST", path: path + "/cases", body: body}).into(g.t, &made)
	g.take("services-cases-post-faulty", route, ask{actor: g.Officer, method: "POST", path: path + "/cases", body: map[string]any{"topic": "death", "about": "", "phone": "1", "follow_day": "2026-11-01"}})
	at := path + "/cases/" + made.ID
	act := func(name string, body map[string]any) {
		g.take("services-case-"+name, route+"/{case_id}", ask{actor: g.Officer, method: "POST", path: at, body: body})
	}
	act("note", map[string]any{"act": "note", "note": "Majikan sudah dihubungi."})
	act("closed-early", map[string]any{"act": "closed", "outcome": "registered"})
	act("link-none", map[string]any{"act": "link"})
	var partner struct {
		ID string `json:"partner_id"`
	}
	g.post(g.Officer, "/partners", map[string]any{"kind": "union", "name": "Serikat (contoh)", "contact_name": "Pak Edi"}).into(g.t, &partner)
	act("refer", map[string]any{"act": "refer", "partner_id": partner.ID, "note": "mohon didampingi"})
	act("waiting", map[string]any{"act": "waiting", "follow_day": "2026-11-25"})
	act("closed", map[string]any{"act": "closed", "outcome": "referred"})
	act("take-late", map[string]any{"act": "take"})
	g.take("services-cases", route, ask{actor: g.Officer, method: "GET", path: path + "/cases?show=closed"})
	g.take("services-cases-id-hidden", route+"/{case_id}", ask{actor: g.Auditor, method: "GET", path: at})
}

// Each role on desks of the own house, below and far away: whoever has no power there is refused, and whoever does
// not reach them does not know of them.
func TestMatrixOfActsOnServices(t *testing.T) {
	p := newPlan(t)
	acts := p.App
	asked := 0
	for record, office := range map[string]jaring.OfficeID{"own": p.Branch, "below": p.Batanghari, "far": p.Palembang} {
		id, err := acts.OpenService(t.Context(), jaring.System, newOp(), jaring.ServiceDesk{Office: office, Name: "Pojok", Place: "Lobi", Area: "15.71", Topics: jaring.ServiceTopics,
			Opens: []jaring.ServiceHours{{Day: 1, From: "08:00", Until: "15:00"}}})
		if err != nil {
			t.Fatal(err)
		}
		one, err := acts.OpenServiceCase(t.Context(), jaring.System, newOp(), id, jaring.ServiceCase{Topic: jaring.TopicOther, About: "Bertanya"})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range httpapi.ListedRoutes() {
			if !strings.HasPrefix(r.Path, "/services/{id}") {
				continue
			}
			q := ask{method: r.Method, key: "new", headers: ifMatch("9"), path: strings.NewReplacer("{id}", string(id), "{case_id}", string(one)).Replace(r.Path)}
			if q.method == http.MethodPost {
				q.body = map[string]any{}
			}
			for name, actor := range p.actors {
				q.actor = actor
				got := p.send(q)
				asked++
				switch {
				case !may(name, string(r.Act)):
					got.want(t, http.StatusForbidden, "error.forbidden")
				case !reaches(name, record):
					got.want(t, http.StatusNotFound, "service.unknown")
				case got.StatusCode == http.StatusForbidden || got.StatusCode == http.StatusNotFound || got.StatusCode >= 500:
					t.Errorf("%s %s on %s by %s: %d %.200s", r.Method, r.Path, record, name, got.StatusCode, got.text)
				}
			}
		}
	}
	if want := 9 * 3 * len(p.actors); asked != want {
		t.Errorf("%d questions, want %d", asked, want)
	}
}
