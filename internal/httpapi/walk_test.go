package httpapi_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"net/http"
	"testing"

	"jaring/internal/httpapi"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// Every route once and every kind of answer that it has, on both engines: an answer that
// changes is seen here first.
func TestEveryRouteAnswersAsWritten(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		g := newGolden(newDoor(t, db), db.Dialect() == store.SQLite)
		g.talk()
		g.registrations()
		g.onePerson()
		g.secondLooks()
		g.lists()
		g.house()
		g.agents()
		g.ends()
		g.campaigns()
		g.halls()
		g.fair()
		g.phones()
		g.lapses()
		g.money()
		g.desk()
		g.employers()
		g.selves()
		g.sponsors()
		g.villages()
		g.targets()
		g.outreach()
		g.services()
		g.cash()
		for _, r := range httpapi.ListedRoutes() {
			if !g.asked[r.Method+" "+r.Path] {
				t.Errorf("%s %s has no written answer", r.Method, r.Path)
			}
		}
	})
}

func (g *golden) talk() {
	logIn := map[string]any{"login": "rahma", "password": g.Passwords[g.Agent.Account]}
	g.take("session-post", "/session", ask{method: "POST", body: logIn})
	g.take("session-post-refused", "/session", ask{method: "POST", body: map[string]any{"login": "rahma", "password": "salah sama sekali"}})
	g.take("session-post-refused.en", "/session", ask{method: "POST", lang: "en", body: map[string]any{"login": "rahma", "password": "salah sama sekali"}})
	g.take("session-get", "/session", ask{actor: g.Officer, method: "GET"})
	g.take("session-get-nobody", "/session", ask{method: "GET"})
	g.take("session-get-nobody.en", "/session", ask{method: "GET", lang: "en"})
	g.take("about", "/about", ask{method: "GET"})
	quote := map[string]any{"programs": []string{"JKK", "JKM"}, "income": 1_500_000, "months": 2}
	g.take("quotes", "/quotes", ask{method: "POST", body: quote})
	g.take("quotes.en", "/quotes", ask{method: "POST", body: quote, lang: "en"})
	faulty := map[string]any{"programs": []string{"JKK", "JKM"}, "months": 61, "sector": "laut"}
	g.take("quotes-faulty", "/quotes", ask{method: "POST", body: faulty})
	g.take("quotes-faulty.en", "/quotes", ask{method: "POST", body: faulty, lang: "en"})
	g.take("quotes-document", "/quotes/document", ask{method: "POST", body: quote})
	g.take("quotes-document.en", "/quotes/document", ask{method: "POST", body: quote, lang: "en"})
	g.take("quotes-document-faulty", "/quotes/document", ask{method: "POST", body: faulty})
	benefit := map[string]any{"programs": []string{"JKK", "JKM"}, "income": 1_500_000, "months_covered": 12}
	g.take("benefits", "/benefits", ask{method: "POST", body: benefit})
	g.take("benefits-document", "/benefits/document", ask{method: "POST", body: benefit})
	benefit["months_paid"], benefit["programs"] = 721, []string{"JHT"}
	g.take("benefits-document-faulty.en", "/benefits/document", ask{method: "POST", body: benefit, lang: "en"})
	g.take("rules", "/rules", ask{method: "GET", path: "/rules?on=2015-06-30"}) // before the first rule; rule_test.go looks at the others
}

func (g *golden) registrations() {
	g.take("workers-post", "/workers", ask{actor: g.Agent, method: "POST", body: jaringtest.Person(1)})
	again := ask{actor: g.Agent, method: "POST", body: jaringtest.Person(1)}
	g.take("workers-post-known", "/workers", again)
	again.lang = "en"
	g.take("workers-post-known.en", "/workers", again)
	again.actor = g.SubAgent // who does not reach that person and is told no name
	g.take("workers-post-known-elsewhere.en", "/workers", again)
	faulty := jaringtest.Person(2)
	faulty["nik"], faulty["birth_date"], faulty["sex"], faulty["months"] = "157102", "1985-02-31", "X", "tiga"
	faulty["village"], faulty["hobby"], faulty["consent"] = "99.99.99.9999", "mancing", map[string]any{"channel": "teriak", "at": "kemarin"}
	g.take("workers-post-faulty", "/workers", ask{actor: g.Agent, method: "POST", body: faulty})
	g.take("workers-post-faulty.en", "/workers", ask{actor: g.Agent, method: "POST", body: faulty, lang: "en"})
	g.take("workers-post-review", "/workers", ask{actor: g.Agent, method: "POST", body: twin(1, "9777")})
	g.take("workers-post-review.en", "/workers", ask{actor: g.Agent, method: "POST", body: twin(1, "9778"), lang: "en"})
}

// twin is the n-th person under another NIK: the same by name and birth.
func twin(n int, serial string) map[string]any {
	p := jaringtest.Person(n)
	nik := p["nik"].(string)
	p["nik"] = nik[:12] + serial
	return p
}

func (g *golden) onePerson() {
	id := string(g.Register(g.Agent, 3))
	path := "/workers/" + id
	g.take("workers-id", "/workers/{id}", ask{actor: g.Officer, method: "GET", path: path})
	g.take("workers-id.en", "/workers/{id}", ask{actor: g.Officer, method: "GET", path: path, lang: "en"})
	g.take("workers-id-quote", "/workers/{id}/quote.pdf", ask{actor: g.Officer, method: "GET", path: path + "/quote.pdf"})
	g.take("workers-id-quote-elsewhere", "/workers/{id}/quote.pdf", ask{actor: g.FarOfficer, method: "GET", path: path + "/quote.pdf"})
	g.take("workers-id-elsewhere", "/workers/{id}", ask{actor: g.FarOfficer, method: "GET", path: path})
	g.take("workers-id-elsewhere.en", "/workers/{id}", ask{actor: g.FarOfficer, method: "GET", path: path, lang: "en"})
	g.take("workers-id-malformed", "/workers/{id}", ask{actor: g.Officer, method: "GET", path: "/workers/1571"})
	correct := ask{actor: g.Officer, method: "POST", path: path + "/corrections", headers: map[string]string{"If-Match": `"1"`},
		body: map[string]any{"fields": map[string]any{"phone": "0812-3456-7890", "sex": "M"}, "reason": "salah ketik di stan"}}
	g.take("workers-id-corrections", "/workers/{id}/corrections", correct)
	g.take("workers-id-corrections-late", "/workers/{id}/corrections", correct)
	correct.lang, correct.headers = "en", nil
	g.take("workers-id-corrections-blind.en", "/workers/{id}/corrections", correct)
	pay := ask{actor: g.Officer, method: "POST", path: path + "/payments", body: map[string]any{"amount": 45_600, "channel": "bank", "reference": "TRX-1", "paid_on": "2026-11-21"}}
	g.take("workers-id-payments", "/workers/{id}/payments", pay)
	g.take("workers-id-payments-again", "/workers/{id}/payments", pay)
	reveal := ask{actor: g.Officer, method: "POST", path: path + "/nik-reveal", body: map[string]any{"reason": "dibandingkan dengan KTP"}}
	g.take("workers-id-nik-reveal", "/workers/{id}/nik-reveal", reveal)
	reveal.body = map[string]any{"reason": "x"}
	g.take("workers-id-nik-reveal-bare", "/workers/{id}/nik-reveal", reveal)
	g.take("workers-id-history", "/workers/{id}/history", ask{actor: g.Officer, method: "GET", path: path + "/history"})
	g.take("workers-id-history.en", "/workers/{id}/history", ask{actor: g.Officer, method: "GET", path: path + "/history", lang: "en"})
	g.take("workers-lookup", "/workers/lookup", ask{actor: g.Officer, method: "POST", body: map[string]any{"nik": jaringtest.Person(3)["nik"]}})
	g.take("workers-lookup-nobody", "/workers/lookup", ask{actor: g.Officer, method: "POST", body: map[string]any{"nik": jaringtest.Person(999)["nik"]}})
	leaving := string(g.Register(g.Agent, 4))
	g.take("workers-id-consent-withdrawal", "/workers/{id}/consent-withdrawal", ask{actor: g.Agent, method: "POST", path: "/workers/" + leaving + "/consent-withdrawal", body: map[string]any{}})
	double := string(g.Register(g.Agent, 5))
	g.take("workers-id-merge", "/workers/{id}/merge", ask{actor: g.Officer, method: "POST", path: "/workers/" + double + "/merge", body: map[string]any{"into": id, "reason": "orang yang sama"}})
}

func (g *golden) secondLooks() {
	found := g.take("reviews", "/reviews", ask{actor: g.Officer, method: "GET"})
	g.take("reviews.en", "/reviews", ask{actor: g.Officer, method: "GET", lang: "en"})
	var list struct {
		Items []struct {
			ReviewID string `json:"review_id"`
		}
	}
	found.into(g.t, &list)
	if len(list.Items) == 0 {
		g.t.Fatal("no second look is open")
	}
	decide := ask{actor: g.Officer, method: "POST", path: "/reviews/" + list.Items[0].ReviewID + "/decision", body: map[string]any{"decision": "accept", "reason": "KTP berbeda, dua orang"}}
	g.take("reviews-id-decision", "/reviews/{id}/decision", decide)
	g.take("reviews-id-decision-again", "/reviews/{id}/decision", decide)
}

func (g *golden) lists() {
	if _, err := g.App.Fold(g.t.Context()); err != nil {
		g.t.Fatal(err)
	}
	g.take("home", "/home", ask{actor: g.Officer, method: "GET"})
	g.take("workers", "/workers", ask{actor: g.Officer, method: "GET"})
	g.take("workers-page", "/workers", ask{actor: g.Officer, method: "GET", path: "/workers?limit=1&status=waiting"})
	g.take("workers-status-unknown", "/workers", ask{actor: g.Officer, method: "GET", path: "/workers?status=senang"})
	g.take("audit", "/audit", ask{actor: g.Auditor, method: "GET"})
	g.take("areas", "/areas", ask{method: "GET", path: "/areas?q=legok&within=15.71&limit=2"})
	g.take("areas-code", "/areas/{code}", ask{method: "GET", path: "/areas/" + jaringtest.Legok})
	g.take("areas-code-unknown", "/areas/{code}", ask{method: "GET", path: "/areas/99.99"})
	g.take("places", "/places", ask{actor: g.Agent, method: "GET", path: "/places?q=angso"})
	g.take("places-post", "/places", ask{actor: g.Head, method: "POST", body: map[string]any{"name": "Balai Legok", "kind": "hall", "village": jaringtest.Legok}})
	g.take("places-post-faulty", "/places", ask{actor: g.Head, method: "POST", body: map[string]any{"name": " ", "kind": "kuil", "village": "15"}})
	for route, path := range map[string]string{"/packs/prices": "/packs/prices", "/packs/areas/{regency}": "/packs/areas/15.71"} {
		g.asked["GET "+route] = true
		pack := g.send(ask{method: "GET", path: path}).want(g.t, http.StatusOK, "")
		same := g.send(ask{method: "GET", path: path, headers: map[string]string{"If-None-Match": pack.Header.Get("ETag")}})
		if len(pack.text) < 1000 || pack.Header.Get("ETag") == "" || same.StatusCode != http.StatusNotModified || len(same.text) > 0 {
			g.t.Errorf("%s: %d bytes, %v, then %d", path, len(pack.text), pack.Header, same.StatusCode)
		}
	}
}

func (g *golden) house() {
	g.offices()
	account := map[string]any{"login": "baru", "name": "Nona Baru", "role": "agent", "office_id": g.Branch}
	made := g.take("accounts-post", "/accounts", ask{actor: g.Admin, method: "POST", body: account})
	g.take("accounts-post-taken", "/accounts", ask{actor: g.Admin, method: "POST", body: account})
	g.take("accounts-post-faulty.en", "/accounts", ask{actor: g.Admin, method: "POST", lang: "en", body: map[string]any{"login": "B", "role": "raja", "office_id": "x"}})
	g.take("accounts", "/accounts", ask{actor: g.Admin, method: "GET"})
	var id struct {
		AccountID string `json:"account_id"`
	}
	made.into(g.t, &id)
	g.take("accounts-id-delete", "/accounts/{id}", ask{actor: g.Admin, method: "DELETE", path: "/accounts/" + id.AccountID})
	device := g.take("devices-post", "/devices", ask{actor: g.Agent, method: "POST", body: map[string]any{"name": "HP Rahma", "public_key": newSPKI(g.t)}})
	g.take("devices", "/devices", ask{actor: g.Agent, method: "GET"})
	var enrolled struct {
		DeviceID string `json:"device_id"`
	}
	device.into(g.t, &enrolled)
	g.take("devices-id-delete", "/devices/{id}", ask{actor: g.Agent, method: "DELETE", path: "/devices/" + enrolled.DeviceID})
	g.take("devices-id-delete-unknown", "/devices/{id}", ask{actor: g.Agent, method: "DELETE", path: "/devices/" + jaringtest.NewID()})
}

func newSPKI(t testing.TB) string {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	spki, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(spki)
}

func (g *golden) ends() {
	phone := g.Enrol(g.Agent)
	batch := newBatch(g.door, phone)
	batch.add(jaring.ActRegisterWorker, jaringtest.Person(20))
	batch.add(jaring.ActRegisterWorker, jaringtest.Person(20))
	batch.operations = append(batch.operations, `{"id":7}`)
	g.take("sync", "/sync", ask{method: "POST", body: batch.signed(phone)})
	g.take("sync-unsigned", "/sync", ask{method: "POST", body: batch.text("")})
	g.take("sync-unsigned.en", "/sync", ask{method: "POST", body: batch.text(""), lang: "en"})
	change := map[string]any{"current": g.Passwords[g.Second.Account], "next": "kalimat yang panjang sekali"}
	g.take("password-usual", "/password", ask{actor: g.Second, method: "POST", body: map[string]any{"current": change["current"], "next": "pendek"}})
	g.take("password", "/password", ask{actor: g.Second, method: "POST", body: change})
	g.take("session-delete", "/session", ask{actor: g.Auditor, method: "DELETE"})
	g.get(g.Auditor, "/home").want(g.t, http.StatusUnauthorized, "error.unauthenticated")
}
