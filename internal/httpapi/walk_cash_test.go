package httpapi_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/httpapi"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// cashier is an agent with a phone.
type cashier struct {
	*door
	agent jaring.Actor
	phone jaringtest.Phone
	n     int64
}

// take takes the price of a month from a worker, and gives the receipt.
func (k *cashier) take(id jaring.WorkerID, months int, amount jaring.Rupiah) (code jaring.ReceiptCode, receipt string) {
	k.t.Helper()
	k.n++
	code, op := k.TakeCash(k.phone, k.n, map[string]any{"worker_id": string(id)}, months, amount)
	op.Seq = k.n
	out, err := k.App.Sync(k.t.Context(), k.agent, app.SyncBatch{Device: k.phone.ID, ClockNow: k.Now(), Operation: []jaring.Operation{op}})
	if err != nil || out[0].Kind != jaring.Accepted {
		k.t.Fatalf("%+v %v", out, err)
	}
	return code, string(op.ID)
}

// receiptOf is the receipt of cash that an actor of the matrix took, none of who may not.
func (p *plan) receiptOf(name string) []string {
	if !may(name, "cash.take") {
		return nil
	}
	k := &cashier{door: p.door, agent: p.actors[name]}
	k.phone = p.Enrol(k.agent)
	_, receipt := k.take(p.fresh("own", false), 1, 16_800)
	return []string{receipt}
}

// cash asks on a book of its own, like money.
func (g *golden) cash() {
	own := newGolden(newDoor(g.t, jaringtest.SQLite(g.t)), g.write)
	own.ownPurse()
	maps.Copy(g.asked, own.asked)
}

func (g *golden) ownPurse() {
	k := &cashier{door: g.door, agent: g.Agent, phone: g.Enrol(g.Agent)}
	held := g.Register(g.Agent, 31)
	first, receipt := k.take(held, 3, 45_600)
	g.Pass(time.Hour)
	k.take(g.Register(g.Agent, 32), 3, 50_000)
	g.Pass(72 * time.Hour)
	if _, err := g.App.TellOverdue(g.t.Context()); err != nil {
		g.t.Fatal(err)
	}
	g.take("me-cash", "/me/cash", ask{actor: g.Agent, method: "GET"})
	check := ask{method: "POST", body: map[string]any{"code": first.Text(), "birth_date": jaringtest.Person(31)["birth_date"]}}
	g.take("public-receipts-check", "/public/receipts/check", check)
	g.take("public-receipts-check-wrong", "/public/receipts/check", ask{method: "POST", body: map[string]any{"code": first, "birth_date": "1970-01-01"}})
	g.take("public-receipts-check-wrong.en", "/public/receipts/check", ask{method: "POST", lang: "en", body: map[string]any{"code": "7KQ2-M4XN-P9TRW", "birth_date": "1970-01-01"}})
	g.take("public-receipts-check-faulty", "/public/receipts/check", ask{method: "POST", body: map[string]any{"code": "0OI1", "birth_date": "1970-01-01"}})
	g.take("cash", "/cash", ask{actor: g.Head, method: "GET", path: "/cash?office=" + string(g.Branch)})
	g.take("cash-elsewhere", "/cash", ask{actor: g.FarOfficer, method: "GET", path: "/cash?office=" + string(g.Branch)})
	receipts := "/cash/" + string(g.Agent.Account) + "/receipts"
	g.take("cash-agent-receipts", "/cash/{agent}/receipts", ask{actor: g.Officer, method: "GET", path: receipts + "?state=open"})
	g.take("cash-agent-receipts-unknown", "/cash/{agent}/receipts", ask{actor: g.Officer, method: "GET", path: "/cash/" + jaringtest.NewID() + "/receipts"})
	g.take("receipts-id-document", "/receipts/{id}/document", ask{actor: g.Agent, method: "GET", path: "/receipts/" + receipt + "/document"})
	g.take("receipts-id-document.en", "/receipts/{id}/document", ask{actor: g.Officer, method: "GET", path: "/receipts/" + receipt + "/document?lang=en"})
	g.take("receipts-id-document-elsewhere", "/receipts/{id}/document", ask{actor: g.FarOfficer, method: "GET", path: "/receipts/" + receipt + "/document"})
	g.take("workers-id-cash", "/workers/{id}", ask{actor: g.Agent, method: "GET", path: "/workers/" + string(held)})
	g.deposits(receipt)
	g.take("public-receipts-check-deposited", "/public/receipts/check", check)
	g.disputes(check.body.(map[string]any))
}

func (g *golden) deposits(receipt string) {
	made := g.take("me-cash-deposits-post", "/me/cash/deposits", ask{actor: g.Agent, method: "POST", body: map[string]any{"receipts": []string{receipt}}})
	var d struct {
		DepositID string `json:"deposit_id"`
		Code      string `json:"code"`
	}
	made.into(g.t, &d)
	found := ask{actor: g.Officer, method: "GET", path: "/payment-codes/" + d.Code}
	g.take("payment-codes-code", "/payment-codes/{code}", found)
	found.actor = g.FarOfficer
	g.take("payment-codes-code-elsewhere", "/payment-codes/{code}", found)
	g.take("me-cash-deposits-post-taken", "/me/cash/deposits", ask{actor: g.Agent, method: "POST", body: map[string]any{"receipts": []string{receipt}}})
	settle := ask{actor: g.Officer, method: "POST", path: "/cash/deposits/" + d.DepositID + "/settlement", body: map[string]any{"amount": 50_000, "channel": "qris", "reference": "", "paid_on": "2026-11-20"}}
	g.take("cash-deposits-id-settlement-faulty", "/cash/deposits/{id}/settlement", settle)
	settle.body = map[string]any{"amount": 50_000, "channel": "counter", "reference": "K-77", "paid_on": "2026-11-24"}
	g.take("cash-deposits-id-settlement", "/cash/deposits/{id}/settlement", settle)
	settle.key = "new"
	g.take("cash-deposits-id-settlement-again", "/cash/deposits/{id}/settlement", settle)
	other := g.take("me-cash-deposits-post-all", "/me/cash/deposits", ask{actor: g.Agent, method: "POST", body: map[string]any{}})
	other.into(g.t, &d)
	g.take("me-cash-deposits-id", "/me/cash/deposits/{id}", ask{actor: g.Agent, method: "DELETE", path: "/me/cash/deposits/" + d.DepositID})
	g.take("me-cash-float-post", "/me/cash/float", ask{actor: g.Agent, method: "POST", body: map[string]any{"amount": 100_000}})
	g.take("me-cash-float-post-faulty", "/me/cash/float", ask{actor: g.Agent, method: "POST", body: map[string]any{"amount": 0}})
	block := ask{actor: g.Head, method: "POST", path: "/cash/" + string(g.Agent.Account) + "/block", body: map[string]any{"reason": "hilang kabar"}}
	g.take("cash-agent-block", "/cash/{agent}/block", block)
	g.take("me-cash-blocked.en", "/me/cash", ask{actor: g.Agent, method: "GET", lang: "en"})
	block.path = "/cash/" + string(g.Agent.Account) + "/unblock"
	g.take("cash-agent-unblock", "/cash/{agent}/unblock", block)
}

func (g *golden) disputes(said map[string]any) {
	said["what"], said["phone"] = "Uang saya belum disetor", "0812-0000-0009"
	g.take("public-receipts-dispute", "/public/receipts/dispute", ask{method: "POST", body: said})
	said["what"], said["phone"] = "", "12"
	g.take("public-receipts-dispute-faulty", "/public/receipts/dispute", ask{method: "POST", body: said})
	list := g.take("cases", "/cases", ask{actor: g.Head, method: "GET"})
	var cases struct {
		Items []struct {
			CaseID string `json:"case_id"`
		}
	}
	list.into(g.t, &cases)
	path := "/cases/" + cases.Items[0].CaseID + "/decision"
	g.take("cases-id-decision-faulty", "/cases/{id}/decision", ask{actor: g.Head, method: "POST", path: path, body: map[string]any{"decision": "biar", "reason": "sudah disetor"}})
	g.take("cases-id-decision", "/cases/{id}/decision", ask{actor: g.Head, method: "POST", path: path, body: map[string]any{"decision": "mended", "reason": "sudah disetor"}})
	g.take("cases-id-decision-again", "/cases/{id}/decision", ask{actor: g.Head, method: "POST", path: path, body: map[string]any{"decision": "founded", "reason": "sudah disetor"}})
}

// Of a receipt nobody who guesses learns anything, however often: codes are counted as well as addresses.
func TestReceiptCheckIsLimited(t *testing.T) {
	d := liteDoor(t)
	k := &cashier{door: d, agent: d.Agent, phone: d.Enrol(d.Agent)}
	code, _ := k.take(d.Register(d.Agent, 1), 3, 45_600)
	right := ask{method: "POST", path: "/public/receipts/check", body: map[string]any{"code": code, "birth_date": jaringtest.Person(1)["birth_date"]}}
	text := string(d.send(right).want(t, http.StatusOK, "").text)
	for _, secret := range []string{jaringtest.Person(1)["name"].(string), jaringtest.Person(1)["nik"].(string), string(code)} {
		if strings.Contains(text, secret) {
			t.Errorf("it tells %q: %s", secret, text)
		}
	}
	for n := range 7 {
		wrong := ask{method: "POST", path: right.path, body: map[string]any{"code": code, "birth_date": "1970-01-0" + string(rune('1'+n))}}
		d.send(wrong).want(t, http.StatusNotFound, "receipt.unknown")
	}
	d.send(right).want(t, http.StatusTooManyRequests, "error.rate_limited")
	unknown := ask{method: "POST", path: right.path, body: map[string]any{"code": "7KQ2-M4XN-P9TRW", "birth_date": "1970-01-01"}}
	for range 8 {
		d.send(unknown).want(t, http.StatusNotFound, "receipt.unknown")
	}
	d.send(unknown).want(t, http.StatusTooManyRequests, "error.rate_limited")
}

// Each role on the cash of an agent of the own house, below and far away.
func TestMatrixOfActsOnCash(t *testing.T) {
	p := newPlan(t)
	agents := map[string]jaring.Actor{"own": p.Agent, "below": p.SubAgent, "far": p.actors["agent far"]}
	purses := map[string]*cashier{}
	for record, agent := range agents {
		purses[record] = &cashier{door: p.door, agent: agent, phone: p.Enrol(agent)}
	}
	for _, r := range httpapi.ListedRoutes() {
		if !strings.HasPrefix(r.Path, "/cash/") && r.Path != "/cases/{id}/decision" && r.Path != "/receipts/{id}/document" && r.Path != "/me/cash/deposits/{id}" {
			continue
		}
		for name, actor := range p.actors {
			for record, agent := range agents {
				a := p.onCash(r, purses[record], record)
				a.actor = actor
				want := r.Status
				switch own := actor.Account == agent.Account; {
				case !may(name, string(r.Act)):
					want = http.StatusForbidden
				case r.Path == "/me/cash/deposits/{id}":
					if want = r.Status; !own {
						want = http.StatusNotFound
					}
				case r.Path == "/receipts/{id}/document":
					if own || reaches(name, record) && roleOf(name) != "agent" {
						want = http.StatusOK
					} else {
						want = http.StatusNotFound
					}
				case !reaches(name, record):
					want = http.StatusForbidden
				}
				if got := p.send(a); got.StatusCode != want {
					t.Errorf("%s %s on %s by %s: %d, want %d: %.200s", r.Method, r.Path, record, name, got.StatusCode, want, got.text)
				}
			}
		}
	}
}

// onCash is how each route about an agent's cash is asked.
func (p *plan) onCash(r httpapi.ListedRoute, k *cashier, record string) ask {
	p.t.Helper()
	a := ask{method: r.Method, key: "new", path: strings.Replace(r.Path, "{agent}", string(k.agent.Account), 1)}
	if strings.HasSuffix(r.Path, "block") {
		a.body = map[string]any{"reason": "hilang kabar"}
	}
	if !strings.Contains(r.Path, "{id}") {
		return a
	}
	_, receipt := k.take(p.fresh(record, false), 1, 20_000)
	id := receipt
	switch r.Path {
	case "/cases/{id}/decision":
		a.body = map[string]any{"decision": "mended", "reason": "selisih kecil"}
		all, _, _, err := p.App.FindCases(p.t.Context(), p.Auditor, "open", "")
		if err != nil {
			p.t.Fatal(err)
		}
		id = all[0].ID
	case "/cash/deposits/{id}/settlement", "/me/cash/deposits/{id}":
		d, err := p.App.MakeDeposit(p.t.Context(), k.agent, newOp(), []string{receipt})
		if err != nil {
			p.t.Fatal(err)
		}
		id = d.ID
		if r.Method == http.MethodPost {
			a.body = map[string]any{"amount": 20_000, "channel": "counter", "reference": "K-1", "paid_on": "2026-11-21"}
		}
	}
	a.path = strings.Replace(a.path, "{id}", id, 1)
	return a
}
