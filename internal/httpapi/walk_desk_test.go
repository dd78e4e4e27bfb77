package httpapi_test

import (
	"context"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/httpapi"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/ledger"
)

// bankOfTests makes codes at once, without a bank.
type bankOfTests struct{}

func (bankOfTests) Offers() []app.BankOffer {
	return []app.BankOffer{{Name: "Bank Uji", Partner: "BANK", VA: true, QR: true}}
}

func (bankOfTests) TakeBackVA(context.Context, string, app.BankOrder) error { return nil }

func (bankOfTests) MakeVA(_ context.Context, _ string, o app.BankOrder) (string, error) {
	return "88899" + o.Code, nil
}

func (bankOfTests) MakeQR(_ context.Context, _ string, o app.BankOrder) (string, error) {
	return "QRIS " + o.ID, nil
}

// kept is money at an office that pays nothing: of the code of a worker there, in another amount.
func (d *door) kept(id jaring.WorkerID, reference string) *app.Suspense {
	d.t.Helper()
	v, err := d.App.GetWorker(d.t.Context(), d.Auditor, id)
	if err != nil {
		d.t.Fatal(err)
	}
	n := app.BankNotice{Code: v.Payment.Code, Amount: 50_000, Channel: "qris", Bank: "Bank Uji", Reference: reference, PaidAt: d.Now(), Kept: true}
	entry := ""
	err = d.App.BookNotice(d.t.Context(), n, func(book *app.BankBook) error {
		done, err := book.Book()
		entry = done.Entry
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	k, err := d.App.GetSuspense(d.t.Context(), d.Auditor, entry)
	if err != nil {
		d.t.Fatal(err)
	}
	return k
}

// desk asks on a book of its own.
func (g *golden) desk() {
	own := newGolden(newDoor(g.t, jaringtest.SQLite(g.t)), g.write)
	own.App.Banks = bankOfTests{}
	own.groups()
	own.strays()
	own.papers()
	maps.Copy(g.asked, own.asked)
}

func (g *golden) groups() {
	made := g.take("groups-post", "/groups", ask{actor: g.Officer, method: "POST", body: map[string]any{"name": "Paguyuban Pasar Angso Duo", "kind": "association", "contact_name": "Bu Sri", "contact_phone": "0812-3456-7890"}})
	g.take("groups-post-faulty", "/groups", ask{actor: g.Officer, method: "POST", body: map[string]any{"name": " ", "kind": "klub", "contact_name": "", "contact_phone": "dua"}})
	var group struct {
		GroupID string `json:"group_id"`
	}
	made.into(g.t, &group)
	path := "/groups/" + group.GroupID
	ids := []jaring.WorkerID{g.Register(g.Agent, 1), g.Register(g.Agent, 2), g.Register(g.Agent, 3)}
	g.take("groups-id-members", "/groups/{id}/members", ask{actor: g.Officer, method: "POST", path: path + "/members", body: map[string]any{"workers": ids}})
	g.take("groups-id-members-nobody.en", "/groups/{id}/members", ask{actor: g.Officer, method: "POST", path: path + "/members", lang: "en", body: map[string]any{"workers": []string{}}})
	g.take("groups-id-members-delete", "/groups/{id}/members/{worker_id}", ask{actor: g.Officer, method: "DELETE", path: path + "/members/" + string(ids[2])})
	bill := ask{actor: g.Officer, method: "POST", path: path + "/bills", body: map[string]any{"months": 2}}
	first := g.take("groups-id-bills", "/groups/{id}/bills", bill)
	g.take("groups-id-bills-open", "/groups/{id}/bills", bill)
	var b struct {
		BillID string `json:"bill_id"`
		Code   string
		Amount int
	}
	first.into(g.t, &b)
	g.take("groups-id-bills-id-delete", "/groups/{id}/bills/{bill_id}", ask{actor: g.Officer, method: "DELETE", path: path + "/bills/" + b.BillID})
	g.take("groups-id-bills-again", "/groups/{id}/bills", bill).into(g.t, &b)
	g.take("groups", "/groups", ask{actor: g.Auditor, method: "GET", path: "/groups?q=pasar"})
	g.take("groups-id-bills-id-document", "/groups/{id}/bills/{bill_id}/document", ask{actor: g.Officer, method: "GET", path: path + "/bills/" + b.BillID + "/document"})
	g.codes(b.Code)
	pay := ask{actor: g.Officer, method: "POST", path: path + "/bills/" + b.BillID + "/settlement", body: map[string]any{"amount": b.Amount - 1, "channel": "pos", "reference": "", "paid_on": "2026-11-20"}}
	g.take("groups-id-bills-id-settlement-faulty", "/groups/{id}/bills/{bill_id}/settlement", pay)
	pay.body = map[string]any{"amount": b.Amount, "channel": "counter", "reference": "K-7", "paid_on": "2026-11-21"}
	g.take("groups-id-bills-id-settlement", "/groups/{id}/bills/{bill_id}/settlement", pay)
	g.take("groups-id-bills-id-document-paid.en", "/groups/{id}/bills/{bill_id}/document", ask{actor: g.Officer, method: "GET", lang: "en", path: path + "/bills/" + b.BillID + "/document"})
	g.take("public-pays-paid", "/public/pays/{code}", ask{method: "GET", path: "/public/pays/" + b.Code})
	g.take("groups-id", "/groups/{id}", ask{actor: g.Officer, method: "GET", path: path})
	g.take("groups-id-elsewhere", "/groups/{id}", ask{actor: g.FarOfficer, method: "GET", path: path})
}

// codes asks what anybody may ask who has a payment code.
func (g *golden) codes(code string) {
	g.take("public-pays", "/public/pays/{code}", ask{method: "GET", path: "/public/pays/" + code})
	g.take("public-pays-unknown", "/public/pays/{code}", ask{method: "GET", path: "/public/pays/72600000000000"})
	g.take("public-pays-worker", "/public/pays/{code}", ask{method: "GET", path: "/public/pays/82600000000008"})
	g.take("payment-codes-va", "/payment-codes/{code}/va", ask{method: "POST", path: "/payment-codes/" + code + "/va", body: map[string]any{"bank": "Bank Uji"}})
	g.take("payment-codes-va-unknown", "/payment-codes/{code}/va", ask{method: "POST", path: "/payment-codes/" + code + "/va", body: map[string]any{"bank": "Bank Lain"}})
	g.take("payment-codes-qr", "/payment-codes/{code}/qr", ask{method: "POST", path: "/payment-codes/" + code + "/qr", body: map[string]any{"bank": "Bank Uji"}})
}

func (g *golden) strays() {
	id := g.Register(g.Agent, 5)
	one, two := g.kept(id, "Q-1"), g.kept(id, "Q-2")
	g.take("suspense", "/suspense", ask{actor: g.Officer, method: "GET"})
	give := ask{actor: g.Officer, method: "POST", path: "/suspense/" + one.ID + "/assignment", body: map[string]any{}}
	g.take("suspense-id-assignment-nobody", "/suspense/{id}/assignment", give)
	give.body = map[string]any{"worker_id": id}
	g.take("suspense-id-assignment", "/suspense/{id}/assignment", give)
	give.key = "other"
	g.take("suspense-id-assignment-again", "/suspense/{id}/assignment", give)
	back := ask{actor: g.Head, method: "POST", path: "/suspense/" + two.ID + "/refund", body: map[string]any{"reference": "RF-1", "reason": "salah kirim"}}
	g.take("suspense-id-refund", "/suspense/{id}/refund", back)
	g.take("suspense-id", "/suspense/{id}", ask{actor: g.Auditor, method: "GET", path: "/suspense/" + one.ID})
	g.take("workers-id-statement", "/workers/{id}/statement.pdf", ask{actor: g.Officer, method: "GET", path: "/workers/" + string(id) + "/statement.pdf"})
	g.take("workers-id-statement.en", "/workers/{id}/statement.pdf", ask{actor: g.Officer, method: "GET", lang: "en", path: "/workers/" + string(id) + "/statement.pdf"})
}

func (g *golden) papers() {
	file := "Tanggal;Referensi;Jumlah;Keterangan\n21/11/2026;Q-1;Rp50.000;QRIS\n21/11/2026;X-1;10.000;asing\n"
	body := map[string]any{"channel": "qris", "bank": "Bank Uji", "from": "2026-11-21", "to": "2026-11-21", "csv": file}
	made := g.take("statements-post", "/statements", ask{actor: g.Officer, method: "POST", body: body})
	var s struct {
		StatementID string `json:"statement_id"`
	}
	made.into(g.t, &s)
	g.take("statements-post-faulty", "/statements", ask{actor: g.Officer, method: "POST", body: map[string]any{"channel": "pos", "csv": "Tanggal;Jumlah\nkemarin;16.800,50\n"}})
	g.take("statements", "/statements", ask{actor: g.Officer, method: "GET"})
	g.take("statements-id", "/statements/{id}", ask{actor: g.Auditor, method: "GET", path: "/statements/" + s.StatementID})
	g.take("days-day", "/days/{day}/close", ask{actor: g.Officer, method: "GET", path: "/days/2026-11-21/close"})
	g.take("days-day-malformed", "/days/{day}/close", ask{actor: g.Officer, method: "GET", path: "/days/kemarin/close"})
	g.take("days-day-close", "/days/{day}/close", ask{actor: g.Head, method: "POST", path: "/days/2026-11-21/close", body: map[string]any{}})
	late := g.Register(g.Agent, 9)
	if _, err := g.Do(g.Officer, jaring.ActSettle, payment(late, 45_600)); err != nil {
		g.t.Fatal(err)
	}
	g.take("days-day-after.en", "/days/{day}/close", ask{actor: g.Officer, method: "GET", lang: "en", path: "/days/2026-11-21/close"})
}

// deskOf is what an office has at its desk, each thing new.
type deskOf struct {
	worker      jaring.WorkerID
	open        string // money that pays nothing
	group, bill string
	amount      int
	statement   string
	day         jaring.Day
}

// deskFor makes one where the worker of that record is.
func (p *plan) deskFor(record string, day jaring.Day) deskOf {
	p.t.Helper()
	ctx, id := p.t.Context(), p.fresh(record, false)
	out := deskOf{worker: id, open: p.kept(id, jaringtest.NewID()).ID, day: day}
	office := map[string]jaring.OfficeID{"own": p.Branch, "below": p.Batanghari, "far": p.Palembang}[record]
	by := jaring.System
	by.Office = office
	must := func(err error) {
		p.t.Helper()
		if err != nil {
			p.t.Fatal(err)
		}
	}
	var err error
	out.group, err = p.App.AddGroup(ctx, by, newOp(), jaring.Group{Office: office, Name: "Kelompok", Kind: jaring.GroupOther, ContactName: "Ketua"})
	must(err)
	_, _, err = p.App.JoinGroup(ctx, by, newOp(), out.group, []jaring.WorkerID{id})
	must(err)
	b, err := p.App.BillGroup(ctx, by, newOp(), out.group, 1, nil)
	must(err)
	out.bill, out.amount = b.ID, int(b.Amount)
	out.statement, err = p.App.AddStatement(ctx, by, newOp(), app.StatementForm{Channel: "bank", CSV: "date,amount\n2026-11-21,1"})
	must(err)
	return out
}

// onDesk is how each route of the desk is asked; ok is false for others.
func (k deskOf) onDesk(r httpapi.ListedRoute, office jaring.OfficeID) (q ask, ok bool) {
	q = ask{method: r.Method, key: "new", body: map[string]any{}}
	id := k.group
	switch head, _, _ := strings.Cut(strings.TrimPrefix(r.Path, "/"), "/"); head {
	case "suspense":
		id = k.open
	case "statements":
		id = k.statement
	case "groups", "days":
	default:
		return q, false
	}
	switch r.Method + " " + r.Path {
	case "POST /suspense/{id}/assignment":
		q.body = map[string]any{"worker_id": k.worker}
	case "POST /suspense/{id}/refund":
		q.body = map[string]any{"reference": "RF", "reason": "salah kirim"}
	case "POST /days/{day}/close":
		q.body = map[string]any{"office_id": office}
	case "POST /groups/{id}/members":
		q.body = map[string]any{"workers": []any{k.worker}}
	case "POST /groups/{id}/bills":
		q.body = map[string]any{"months": 1}
	case "POST /groups/{id}/bills/{bill_id}/settlement":
		q.body = map[string]any{"amount": k.amount, "channel": "counter", "reference": "K", "paid_on": "2026-11-21"}
	}
	q.path = strings.NewReplacer("{id}", id, "{bill_id}", k.bill, "{worker_id}", string(k.worker), "{day}", k.day.String()).Replace(r.Path)
	if r.Method == http.MethodGet && strings.HasPrefix(r.Path, "/days") {
		q.path += "?office=" + string(office)
	}
	return q, strings.Contains(r.Path, "{")
}

func TestMatrixOfActsAtTheDesk(t *testing.T) {
	p := newPlan(t)
	offices := map[string]jaring.OfficeID{"own": p.Branch, "below": p.Batanghari, "far": p.Palembang}
	day, asked := jaring.DayIn(p.Now(), app.Zone("")), 0
	for _, r := range httpapi.ListedRoutes() {
		if _, ours := (deskOf{}).onDesk(r, ""); !ours || r.Act == "" {
			continue
		}
		for name, actor := range p.actors {
			for record, office := range offices {
				if !may(name, string(r.Act)) && record != "own" {
					continue // no power is no power anywhere
				}
				q, _ := p.deskFor(record, day.Add(-asked)).onDesk(r, office)
				q.actor = actor
				want := r.Status
				switch {
				case !may(name, string(r.Act)):
					want = http.StatusForbidden
				case reaches(name, record):
					if r.Method+r.Path == "POST/groups/{id}/bills" {
						want = http.StatusConflict // one waits
					}
				case strings.HasPrefix(r.Path, "/days"):
					want = http.StatusForbidden
				default:
					want = http.StatusNotFound
				}
				asked++
				p.send(q).want(t, want, "")
			}
		}
	}
	if asked == 0 {
		t.Error("nothing was asked")
	}
}

// Whoever tries codes comes to a stop, and an unknown code looks like any other.
func TestPaymentCodesAreNotTriedInARow(t *testing.T) {
	d := liteDoor(t)
	stopped := false
	for range 100 {
		a := d.send(ask{method: "GET", path: "/public/pays/82600000000008"})
		if stopped = a.StatusCode == http.StatusTooManyRequests; stopped {
			break
		}
		a.want(t, http.StatusNotFound, "payment.code_unknown")
	}
	if !stopped {
		t.Error("nobody stops who tries codes")
	}
	d.Pass(time.Hour)
	d.send(ask{method: "GET", path: "/public/pays/x"}).want(t, http.StatusNotFound, "payment.code_unknown")
}

// A day that was closed keeps the figures over which it was signed.
func TestDayKeepsItsFigures(t *testing.T) {
	d := liteDoor(t)
	id := d.Register(d.Agent, 1)
	if _, err := d.Do(d.Officer, jaring.ActSettle, payment(id, 45_600)); err != nil {
		t.Fatal(err)
	}
	var day struct {
		Fund   int
		Closed struct {
			Sound bool
			Hash  string
		}
	}
	d.post(d.Head, "/days/2026-11-21/close", map[string]any{}).into(t, &day)
	if day.Fund != 45_600 || !day.Closed.Sound || len(day.Closed.Hash) != 64 {
		t.Errorf("%+v", day)
	}
	balances, err := d.App.FindBalances(t.Context(), d.Auditor)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range balances {
		if b.Account.Account() == ledger.Fund && b.Balance != -45_600 {
			t.Errorf("%+v", b)
		}
	}
}
