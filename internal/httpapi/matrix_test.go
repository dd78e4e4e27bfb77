package httpapi_test

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jaring/internal/httpapi"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// The table of who may do what, written down a second time from the trade's point of
// view: roles by act, and for each actor whose records it reaches.
var mayDo = map[string]string{
	"worker.register": "head officer agent", "worker.find": "head officer agent auditor", "worker.get": "head officer agent auditor",
	"worker.correct": "head officer agent", "worker.reveal_nik": "head officer", "worker.merge": "head officer", "consent.withdraw": "head officer agent",
	"worker.remind": "head officer agent", "contribution.rescue": "head officer agent",
	"contribution.settle": "head officer", "review.decide": "head officer", "review.find": "head officer auditor", "home.read": "admin head officer agent auditor",
	"audit.read": "admin head auditor", "place.add": "admin head officer", "device.enrol": "head officer agent", "device.sync": "head officer agent", "account.manage": "admin",
	"office.find": "admin head officer auditor", "office.manage": "admin",

	"agent.find": "admin head officer auditor", "application.decide": "head officer", "class.manage": "head officer", "certificate.issue": "head",
	"certificate.stop": "head", "kit.manage": "head officer", "territory.assign": "head officer",

	"cash.take": "head officer agent", "cash.deposit": "head officer agent", "cash.read": "head officer auditor", "cash.block": "head", "case.find": "head officer auditor", "case.decide": "head officer",
	"contribution.ask": "head officer agent", "contribution.reverse": "head", "ledger.read": "head officer auditor",
	"suspense.assign": "head officer", "suspense.refund": "head", "credit.refund": "head", "statement.add": "head officer", "day.close": "head", "group.manage": "head officer", "group.find": "head officer auditor",
	"target.manage": "admin head", "target.find": "admin head officer auditor",
	"village.manage": "head officer", "village.find": "head officer auditor", "village.criteria": "admin",
	"employer.register": "head officer agent", "employer.manage": "head officer", "employee.add": "head officer agent", "employer.find": "head officer agent auditor",
	"sponsor.manage": "head officer", "sponsor.approve": "head", "sponsor.find": "head officer auditor",

	"campaign.manage": "head officer", "campaign.read": "admin head officer agent auditor", "campaign.evaluate": "head", "lot.record": "head officer agent", "photo.add": "head officer agent", "ticket.check": "head officer agent",
	"guest.manage": "head officer", "guest.mark": "head officer agent", "partner.manage": "head officer", "partner.find": "head officer auditor",
	"lead.note": "head officer agent", "lead.find": "head officer agent auditor",
	"service.manage": "head officer", "service.serve": "head officer", "service.find": "head officer auditor",
}

var reach = map[string]string{
	"admin": "own other below far", "auditor": "own other below far", "head": "own other below", "officer": "own other below",
	"agent": "own", "second agent": "other", "agent below": "below", "officer far": "far", "agent far": "far",
}

// roleOf is the first word of a name: "agent below" is an agent.
func roleOf(name string) string {
	for _, role := range []string{"admin", "auditor", "head", "officer"} {
		if strings.HasPrefix(name, role) {
			return role
		}
	}
	return "agent"
}

func may(name, act string) bool { return slices.Contains(strings.Fields(mayDo[act]), roleOf(name)) }

func reaches(name, record string) bool { return slices.Contains(strings.Fields(reach[name]), record) }

// plan is the matrix under way: actors by name, and a fresh person for each question.
type plan struct {
	*door
	actors map[string]jaring.Actor
	makers map[string]jaring.Actor // who registers the records of each kind
	n      int
}

const palembang = "16.71.01.1001"

func newPlan(t *testing.T) *plan {
	d := liteDoor(t)
	far := d.Certify(d.Hire("jauh2", "Agen Jauh", jaring.RoleAgent, d.Palembang))
	return &plan{door: d, actors: map[string]jaring.Actor{"admin": d.Admin, "auditor": d.Auditor, "head": d.Head, "officer": d.Officer, "agent": d.Agent,
		"second agent": d.Second, "agent below": d.SubAgent, "officer far": d.FarOfficer, "agent far": far},
		makers: map[string]jaring.Actor{"own": d.Agent, "other": d.Second, "below": d.SubAgent, "far": far}}
}

var homes = map[string]string{"own": jaringtest.Legok, "other": jaringtest.Legok, "below": jaringtest.MuaraBulu, "far": palembang}

// fresh registers a new person; odd ones wait for a second look.
func (p *plan) fresh(record string, odd bool) jaring.WorkerID {
	p.t.Helper()
	p.n++
	body := jaringtest.Person(p.n)
	body["village"] = homes[record]
	body["name"] = distinct(p.n*2654435761) + " " + distinct(p.n*40503+7)
	if odd {
		body["nik"] = body["nik"].(string)[:12] + "0000"
	}
	o, err := p.Do(p.makers[record], jaring.ActRegisterWorker, body)
	if err != nil || o.Worker == "" || odd != (o.Kind == jaring.Review) {
		p.t.Fatalf("%s: %+v %v", record, o, err)
	}
	return o.Worker
}

// distinct is a word made of a number, so that nobody is taken for another.
func distinct(n int) string {
	word := ""
	for range 4 {
		word += string("bdgjklmnprstwy"[n%14]) + string("aiueo"[n/14%5])
		n /= 70
	}
	return word
}

func (p *plan) reviewOf(id jaring.WorkerID) string {
	v, err := p.App.GetWorker(p.t.Context(), p.Auditor, id)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(v.Review.ID)
}

// onRecord is how each route that is about one person is asked.
func (p *plan) onRecord(r httpapi.ListedRoute, record string) ask {
	a := ask{method: r.Method, key: "new"}
	id := p.fresh(record, strings.HasPrefix(r.Path, "/reviews"))
	a.path = strings.Replace(r.Path, "{id}", string(id), 1)
	switch r.Path {
	case "/workers/{id}/nik-reveal":
		a.body = map[string]any{"reason": "dibandingkan dengan KTP"}
	case "/workers/{id}/photos/{photo_id}/reveal":
		o, err := p.Do(p.makers[record], jaring.ActAddPhoto, map[string]any{"worker_id": id, "kind": "stall", "jpeg": jaringtest.JPEG(1), "taken_at": p.Now()})
		if err != nil {
			p.t.Fatal(err)
		}
		a.path = strings.Replace(a.path, "{photo_id}", string(o.Operation), 1)
		a.body = map[string]any{"reason": "dibandingkan dengan KTP"}
	case "/workers/{id}/corrections":
		a.body, a.headers = map[string]any{"fields": map[string]any{"occupation": "penjahit"}, "reason": "pindah kerja"}, map[string]string{"If-Match": `"1"`}
	case "/workers/{id}/consent-withdrawal":
		a.body = map[string]any{"reason": "atas permintaan"}
	case "/workers/{id}/merge":
		a.body = map[string]any{"into": p.fresh(record, false), "reason": "orang yang sama"}
	case "/workers/{id}/reminder":
		p.paid(id)
		a.body = map[string]any{}
	case "/workers/{id}/messages":
		p.phone(id)
		a.body = map[string]any{"stop": true}
	case "/workers/{id}/rescue":
		a.body = map[string]any{"months": 1, "payer": map[string]any{"kind": "relative", "name": "Ratna Sari"}}
	case "/workers/{id}/payments":
		a.body = map[string]any{"amount": 45_600, "channel": "counter", "reference": "K-1", "paid_on": "2026-11-21"}
	case "/workers/{id}/refund":
		p.credited(id)
		a.body = map[string]any{"amount": 400, "channel": "bank", "reference": "RF", "reason": "bayar lebih"}
	case "/workers/{id}/contributions":
		a.body = map[string]any{"months": 2}
	case "/workers/{id}/contributions/{contribution_id}/reversal":
		a.path = strings.Replace(a.path, "{contribution_id}", p.settled(id), 1)
		a.body = map[string]any{"reason": "salah orang"}
	case "/reviews/{id}/decision":
		a.path = strings.Replace(r.Path, "{id}", p.reviewOf(id), 1)
		a.body = map[string]any{"decision": "accept", "reason": "KTP sudah dilihat"}
	}
	return a
}

func TestMatrixOfActsOnRecords(t *testing.T) {
	p := newPlan(t)
	for _, r := range httpapi.ListedRoutes() {
		if r.Act == "" || !strings.Contains(r.Path, "{id}") || !strings.HasPrefix(r.Path, "/workers") && !strings.HasPrefix(r.Path, "/reviews") {
			continue // records of other kinds have a matrix of their own
		}
		for name, actor := range p.actors {
			for _, record := range []string{"own", "other", "below", "far"} {
				a := p.onRecord(r, record)
				a.actor = actor
				want := r.Status
				switch {
				case !may(name, string(r.Act)):
					want = http.StatusForbidden
				case reaches(name, record):
				case r.Method == http.MethodGet:
					want = http.StatusNotFound
				default:
					want = http.StatusForbidden
				}
				if got := p.send(a); got.StatusCode != want {
					t.Errorf("%s on %s by %s: %d, want %d: %.200s", r.Act, record, name, got.StatusCode, want, got.text)
				}
			}
		}
	}
}

// atLarge is how routes that are about nobody in particular are asked, and what comes when
// the actor may.
func (p *plan) atLarge(name string) map[string]ask {
	p.n++
	person := jaringtest.Person(p.n)
	at := map[string]any{}
	maps.Copy(at, villageBody)
	at["area"] = cmp.Or(map[string]string{"officer": jaringtest.MuaraBulu, "officer far": palembang}[name], jaringtest.Legok)
	return map[string]ask{
		"GET /targets": {}, "POST /targets": {body: targetBody},
		"GET /villages/criteria/trial": {path: "?officials_percent=100&dialogues=1&coverage_percent=25&months=3&warn_points=3&warn_months=3"},
		"GET /villages":                {}, "GET /villages/criteria": {}, "POST /villages": {body: at},
		"PUT /villages/criteria": {body: map[string]any{"officials_percent": 100, "dialogues": 1, "coverage_percent": 25, "months": 3, "warn_points": 3, "warn_months": 3}},
		"GET /suspense":          {}, "GET /statements": {}, "GET /groups": {}, "GET /sponsors": {},
		"POST /sponsors":   {body: map[string]any{"name": "PT " + name, "contact_name": "Bu Ani"}},
		"POST /statements": {body: map[string]any{"channel": "bank", "csv": "date,amount\n2026-11-21,1"}},
		"POST /groups":     {body: map[string]any{"name": "Paguyuban " + name, "kind": "association", "contact_name": "Ketua"}},

		"GET /employers":  {},
		"POST /employers": {body: map[string]any{"kind": "business", "name": "CV " + name, "area": jaringtest.Legok, "risk_class": 1, "size_class": "micro", "contact_name": "Bu Tini"}},

		"GET /partners": {}, "GET /leads": {}, "GET /services": {},
		"POST /services": {body: deskBody},
		"POST /partners": {body: map[string]any{"kind": "bank", "name": "Bank " + name, "contact_name": "Pak Edi"}},
		"POST /leads":    {body: map[string]any{"name": "Bu " + name}},

		"GET /home": {}, "GET /workers": {}, "GET /reviews": {}, "GET /audit": {}, "GET /devices": {}, "GET /offices": {}, "GET /accounts": {},
		"GET /applications": {}, "GET /classes": {}, "GET /agents": {}, "GET /kit": {}, "GET /campaigns": {}, "GET /field": {}, "GET /field/gate": {}, "GET /lapses": {}, "GET /cohorts": {}, "GET /rankings": {},
		"POST /campaigns":   {body: sweepOf(p.door, "Grebek "+name)},
		"POST /classes":     {body: classOf(p.Town, 1)},
		"POST /kit":         {body: map[string]any{"kind": "jacket", "serials": []string{name}, "office_id": p.Branch}},
		"POST /sealed/open": {body: p.sealedAsk()},
		"GET /ledger":       {},
		"GET /cash":         {}, "GET /cases": {}, "GET /me/cash": {},
		"POST /me/cash/float":    {body: map[string]any{"amount": 50_000}},
		"POST /me/cash/deposits": {body: map[string]any{"receipts": p.receiptOf(name)}},
		"POST /workers":          {body: person},
		"POST /workers/lookup":   {body: map[string]any{"nik": person["nik"]}},
		"POST /places":           {body: map[string]any{"name": "Pasar " + name, "kind": "market", "village": jaringtest.Legok}},
		"POST /devices":          {body: map[string]any{"name": "HP " + name, "public_key": newSPKI(p.t)}},
		"POST /offices":          {body: map[string]any{"parent_id": p.Branch, "kind": "sub_branch", "name": "KCP " + name, "zone": "Asia/Jakarta", "areas": []string{}}},
		"POST /accounts":         {body: map[string]any{"login": "akun" + fmt.Sprint(p.n), "name": "Akun", "role": "agent", "office_id": p.Branch}},
	}
}

func TestMatrixOfActsAtLarge(t *testing.T) {
	p := newPlan(t)
	for name, actor := range p.actors {
		asks := p.atLarge(name)
		for _, r := range httpapi.ListedRoutes() {
			a, ok := asks[r.Method+" "+r.Path]
			if r.Act == "" || strings.Contains(r.Path, "{") || r.Path == "/sync" {
				continue
			}
			if !ok {
				t.Fatalf("%s %s is not in the matrix", r.Method, r.Path)
			}
			want := r.Status
			if !may(name, string(r.Act)) || name == "officer far" && r.Method == "POST" && slices.Contains([]string{"/places", "/classes", "/kit", "/campaigns"}, r.Path) {
				want = http.StatusForbidden
			}
			if name == "admin" && r.Path == "/villages/criteria" {
				want = r.Status // who sets them sees them
			}
			a.actor, a.method, a.path, a.key = actor, r.Method, r.Path+a.path, "new"
			p.send(a).want(t, want, "")
		}
	}
}

func TestListsShowWhatIsReachedAndNoMore(t *testing.T) {
	p := newPlan(t)
	ids := map[string]jaring.WorkerID{}
	numbers := map[string]any{}
	for record := range homes {
		ids[record] = p.fresh(record, false)
		numbers[record] = jaringtest.Person(p.n)["nik"]
	}
	for name, actor := range p.actors {
		if !may(name, "worker.find") {
			continue
		}
		list := string(p.get(actor, "/workers").want(t, http.StatusOK, "").text)
		for record, id := range ids {
			if strings.Contains(list, string(id)) != reaches(name, record) {
				t.Errorf("%s's list and %s: %t", name, record, !reaches(name, record))
			}
			var found struct{ Found bool }
			p.post(actor, "/workers/lookup", map[string]any{"nik": numbers[record]}).into(t, &found)
			if found.Found != reaches(name, record) {
				t.Errorf("%s looks up %s: %t", name, record, found.Found)
			}
		}
	}
}

func TestDevicesAndAccountsOfOthers(t *testing.T) {
	p := newPlan(t)
	for name, actor := range p.actors {
		phone, other := p.Enrol(p.Second), p.Enrol(p.makers["far"])
		want := map[bool]int{true: http.StatusNoContent, false: http.StatusForbidden}
		p.send(ask{actor: actor, method: "DELETE", path: "/devices/" + string(phone.ID)}).want(t, want[name == "admin" || name == "second agent"], "")
		p.send(ask{actor: actor, method: "DELETE", path: "/devices/" + string(other.ID)}).want(t, want[name == "admin" || name == "agent far"], "")
	}
	for name, actor := range p.actors {
		if name != "admin" {
			p.send(ask{actor: actor, method: "DELETE", path: "/accounts/" + string(p.Auditor.Account)}).want(t, http.StatusForbidden, "error.forbidden")
		}
	}
	p.send(ask{actor: p.Admin, method: "DELETE", path: "/accounts/" + string(p.Admin.Account)}).want(t, http.StatusForbidden, "account.own")
	p.send(ask{actor: p.Admin, method: "DELETE", path: "/accounts/" + jaringtest.NewID()}).want(t, http.StatusNotFound, "account.not_found")
}

func TestMembersNeedASession(t *testing.T) {
	p := newPlan(t)
	old := map[string]string{"Cookie": "jaring_session=" + p.cookie(p.Officer)}
	garbage := map[string]string{"Cookie": "jaring_session=../../etc"}
	gone := map[string]string{"Cookie": "jaring_session=" + p.cookie(p.Head)}
	if err := p.Auth.LogOut(t.Context(), p.cookie(p.Head)); err != nil {
		t.Fatal(err)
	}
	p.Pass(13 * time.Hour)
	for _, r := range httpapi.ListedRoutes() {
		if r.Public {
			continue
		}
		for _, headers := range []map[string]string{nil, old, garbage, gone} {
			a := ask{method: r.Method, path: strings.Replace(r.Path, "{id}", jaringtest.NewID(), 1), key: "new", headers: headers}
			p.send(a).want(t, http.StatusUnauthorized, "error.unauthenticated")
		}
	}
	p.send(ask{method: "GET", path: "/live"}).want(t, http.StatusUnauthorized, "error.unauthenticated")
}
