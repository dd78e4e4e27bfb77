package httpapi_test

import (
	"maps"
	"net/http"
	"net/url"
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// payment is the contribution of a person of the town at the counter.
func payment(id jaring.WorkerID, amount int) map[string]any {
	return map[string]any{"worker_id": id, "amount": amount, "channel": "bank", "reference": "TRX-" + string(id)[30:], "paid_on": "2026-11-21"}
}

// settled is the contribution of a person, paid by somebody who is not asked about afterwards.
func (p *plan) settled(id jaring.WorkerID) string {
	p.t.Helper()
	if _, err := p.Do(jaring.Actor{Role: jaring.RoleSystem, Name: "Jaring"}, jaring.ActSettle, payment(id, 45_600)); err != nil {
		p.t.Fatal(err)
	}
	v, err := p.App.GetWorker(p.t.Context(), p.Auditor, id)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(v.Payment.ID)
}

// credited gives a person credit of 400 rupiah, paid by somebody who is not asked about afterwards.
func (p *plan) credited(id jaring.WorkerID) {
	p.t.Helper()
	body := payment(id, 46_000)
	body["as_received"] = true
	if _, err := p.Do(jaring.Actor{Role: jaring.RoleSystem, Name: "Jaring"}, jaring.ActSettle, body); err != nil {
		p.t.Fatal(err)
	}
}

// money asks on a book of its own: sums and codes depend on what was paid before.
func (g *golden) money() {
	own := newGolden(newDoor(g.t, jaringtest.SQLite(g.t)), g.write)
	own.contributions()
	maps.Copy(g.asked, own.asked)
}

func (g *golden) contributions() {
	id := g.Register(g.Agent, 21)
	path := "/workers/" + string(id)
	more := ask{actor: g.Agent, method: "POST", path: path + "/contributions", body: map[string]any{"months": 2}}
	g.take("workers-id-payments-part", "/workers/{id}/payments", ask{actor: g.Officer, method: "POST", path: path + "/payments",
		body: map[string]any{"amount": 20_000, "channel": "bank", "reference": "TRX-2", "paid_on": "2026-11-21", "as_received": true}})
	asked := g.take("workers-id-contributions", "/workers/{id}/contributions", more)
	more.lang, more.body = "en", map[string]any{"months": 0, "first_month": "2026-11"}
	g.take("workers-id-contributions-faulty.en", "/workers/{id}/contributions", more)
	more.actor, more.lang = g.SubAgent, ""
	g.take("workers-id-contributions-elsewhere", "/workers/{id}/contributions", more)
	var made struct {
		ContributionID string `json:"contribution_id"`
	}
	asked.into(g.t, &made)
	undo := ask{actor: g.Head, method: "POST", path: path + "/contributions/" + made.ContributionID + "/reversal", body: map[string]any{"reason": "salah orang"}}
	g.take("workers-id-contributions-reversal-waiting", "/workers/{id}/contributions/{contribution_id}/reversal", undo)
	undo.path = path + "/contributions/" + g.lastPaid(id) + "/reversal"
	g.take("workers-id-contributions-reversal", "/workers/{id}/contributions/{contribution_id}/reversal", undo)
	back := ask{actor: g.Head, method: "POST", path: path + "/refund", body: map[string]any{"amount": 99_000, "channel": "bank", "reference": "TRF-1", "reason": "x"}}
	g.take("workers-id-refund-faulty", "/workers/{id}/refund", back)
	g.take("workers-id-payments-more", "/workers/{id}/payments", ask{actor: g.Officer, method: "POST", path: path + "/payments",
		body: map[string]any{"amount": 50_000, "channel": "bank", "reference": "TRX-3", "paid_on": "2026-11-21", "as_received": true}})
	g.take("workers-id-refund-faulty.en", "/workers/{id}/refund", func() ask { f := back; f.lang = "en"; return f }())
	back.body = map[string]any{"amount": 1_000, "channel": "bank", "reference": "TRF-1", "reason": "bayar lebih"}
	g.take("workers-id-refund", "/workers/{id}/refund", back)
	g.take("workers-id-ledger", "/workers/{id}/ledger", ask{actor: g.Agent, method: "GET", path: path + "/ledger"})
	g.take("workers-id-ledger.en", "/workers/{id}/ledger", ask{actor: g.Agent, method: "GET", path: path + "/ledger", lang: "en"})
	g.take("workers-id-ledger-elsewhere", "/workers/{id}/ledger", ask{actor: g.SubAgent, method: "GET", path: path + "/ledger"})
	g.take("ledger", "/ledger", ask{actor: g.Officer, method: "GET"})
	fund := "/ledger/" + url.PathEscape("fund@"+string(g.Branch))
	g.take("ledger-account", "/ledger/{account}", ask{actor: g.Officer, method: "GET", path: fund + "?limit=2"})
	g.take("ledger-account-elsewhere", "/ledger/{account}", ask{actor: g.FarOfficer, method: "GET", path: fund})
	g.take("ledger-account-unknown", "/ledger/{account}", ask{actor: g.Officer, method: "GET", path: "/ledger/purse"})
}

// lastPaid is the contribution of a person that was paid last.
func (g *golden) lastPaid(id jaring.WorkerID) (contribution string) {
	g.t.Helper()
	l, err := g.App.GetWorkerLedger(g.t.Context(), g.Officer, id)
	if err != nil {
		g.t.Fatal(err)
	}
	for _, p := range l.Payments {
		if p.State == "settled" {
			contribution = string(p.ID)
		}
	}
	return contribution
}

// An account is named in an address with its slash escaped.
func TestAccountOfAChannel(t *testing.T) {
	d := liteDoor(t)
	id := d.Register(d.Agent, 1)
	if _, err := d.Do(d.Officer, jaring.ActSettle, payment(id, 45_600)); err != nil {
		t.Fatal(err)
	}
	var page struct {
		Items []struct{ Balance int }
		Next  int
	}
	d.get(d.Officer, "/ledger/"+url.PathEscape("clearing/bank@"+string(d.Branch))).want(t, http.StatusOK, "").into(t, &page)
	if len(page.Items) != 1 || page.Items[0].Balance != 45_600 || page.Next != 1 {
		t.Errorf("%+v", page)
	}
	d.get(d.Agent, "/ledger").want(t, http.StatusForbidden, "error.forbidden")
}
