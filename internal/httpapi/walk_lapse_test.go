package httpapi_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// paid makes a person one for whom something ends: the first contribution is with the fund.
func (d *door) paid(id jaring.WorkerID) {
	d.t.Helper()
	for _, officer := range []jaring.Actor{d.Officer, d.FarOfficer} {
		v, err := d.App.GetWorker(d.t.Context(), officer, id)
		if err != nil {
			continue
		}
		body := map[string]any{"worker_id": id, "amount": v.Payment.Amount, "channel": "bank", "reference": "T" + string(id)[24:], "paid_on": d.Now().Add(7 * time.Hour).Format(time.DateOnly)}
		if _, err := d.Do(officer, jaring.ActSettle, body); err != nil {
			d.t.Fatal(err)
		}
		return
	}
	d.t.Fatal("nobody reaches the person")
}

// confirmed lets the core say yes to the first contribution of a person.
func (d *door) confirmed(id jaring.WorkerID) {
	d.t.Helper()
	v, err := d.App.GetWorker(d.t.Context(), d.Auditor, id)
	if err != nil {
		d.t.Fatal(err)
	}
	err = d.App.Confirm(d.t.Context(), app.Confirmation{Worker: id, Membership: v.Membership.ID, Accepted: true, KPJ: "S" + string(id)[26:], From: v.Membership.FirstMonth, To: v.Membership.LastMonth()})
	if err != nil {
		d.t.Fatal(err)
	}
}

// lapses are the routes about the end of cover: two people who paid for one month, a phone and none.
func (g *golden) lapses() {
	agent := g.Certify(g.Hire("bertahan", "Sumarni Wulandari", jaring.RoleAgent, g.Branch))
	var ids []string
	for i := range 2 {
		body := jaringtest.Person(700 + i)
		body["months"] = 1
		if i == 0 {
			body["phone"] = "0812-0000-0001"
		}
		o, err := g.Do(agent, jaring.ActRegisterWorker, body)
		if err != nil {
			g.t.Fatal(err)
		}
		g.paid(o.Worker)
		g.confirmed(o.Worker)
		ids = append(ids, string(o.Worker))
	}
	g.fold()
	g.take("lapses", "/lapses", ask{actor: agent, method: "GET"})
	g.take("lapses.en", "/lapses", ask{actor: agent, method: "GET", lang: "en"})
	g.take("lapses-grace-none", "/lapses", ask{actor: agent, method: "GET", path: "/lapses?state=grace"})
	g.take("lapses-faulty", "/lapses", ask{actor: agent, method: "GET", path: "/lapses?within=400"})
	remind := ask{actor: agent, method: "POST", path: "/workers/" + ids[0] + "/reminder", body: map[string]any{}}
	g.take("workers-id-reminder", "/workers/{id}/reminder", remind)
	remind.path, remind.lang = "/workers/"+ids[1]+"/reminder", "en"
	g.take("workers-id-reminder-by-hand.en", "/workers/{id}/reminder", remind)
	g.take("workers-id-reminders", "/workers/{id}/reminders", ask{actor: agent, method: "GET", path: "/workers/" + ids[1] + "/reminders"})
	g.take("workers-id-outlook", "/workers/{id}/outlook", ask{actor: agent, method: "GET", path: "/workers/" + ids[1] + "/outlook?months=3"})
	g.take("workers-id-outlook-on.en", "/workers/{id}/outlook", ask{actor: agent, method: "GET", path: "/workers/" + ids[1] + "/outlook?on=2027-06-02&months=1", lang: "en"})
	g.take("workers-id-outlook-faulty", "/workers/{id}/outlook", ask{actor: agent, method: "GET", path: "/workers/" + ids[1] + "/outlook?on=2020-01-01&months=99&first_month=x"})
	g.take("workers-id-messages", "/workers/{id}/messages", ask{actor: agent, method: "POST", path: "/workers/" + ids[0] + "/messages", body: map[string]any{"stop": true}})
	g.take("workers-id-messages-no-phone", "/workers/{id}/messages", ask{actor: agent, method: "POST", path: "/workers/" + ids[1] + "/messages", body: map[string]any{"stop": true}})
	g.rescues(agent, ids[0])
	g.take("cohorts", "/cohorts", ask{actor: agent, method: "GET"})
	g.take("cohorts-elsewhere", "/cohorts", ask{actor: g.FarOfficer, method: "GET", path: "/cohorts?office=" + string(g.Branch)})
	g.take("rankings", "/rankings", ask{actor: g.Officer, method: "GET", path: "/rankings?by=kept&months=3"})
	g.take("rankings-faulty", "/rankings", ask{actor: g.Officer, method: "GET", path: "/rankings?months=99"})
}

func (g *golden) fold() {
	g.t.Helper()
	if _, err := g.App.Fold(g.t.Context()); err != nil {
		g.t.Fatal(err)
	}
}

func (g *golden) rescues(agent jaring.Actor, id string) {
	path := "/workers/" + id + "/rescue"
	rescue := ask{actor: agent, method: "POST", path: path, body: map[string]any{"months": 3, "payer": map[string]any{"kind": "relative", "name": "Ratna Sari Dewi"}}}
	made := g.take("workers-id-rescue", "/workers/{id}/rescue", rescue)
	faulty := ask{actor: agent, method: "POST", path: path, body: map[string]any{"months": 0, "payer": map[string]any{"kind": "tetangga", "name": ""}}}
	g.take("workers-id-rescue-faulty", "/workers/{id}/rescue", faulty)
	faulty.lang = "en"
	g.take("workers-id-rescue-faulty.en", "/workers/{id}/rescue", faulty)
	var told struct{ Token string }
	made.into(g.t, &told)
	g.take("public-rescues-token", "/public/rescues/{token}", ask{method: "GET", path: "/public/rescues/" + told.Token})
	g.take("public-rescues-token.en", "/public/rescues/{token}", ask{method: "GET", path: "/public/rescues/" + told.Token, lang: "en"})
	g.take("public-rescues-token-unknown", "/public/rescues/{token}", ask{method: "GET", path: "/public/rescues/nobody"})
}

// The page of a rescue names the worker by the given name alone.
func TestRescuePageNamesNobody(t *testing.T) {
	d := liteDoor(t)
	id := d.Register(d.Agent, 1)
	d.paid(id)
	var told struct{ Token string }
	d.post(d.Agent, "/workers/"+string(id)+"/rescue", map[string]any{"months": 1, "payer": map[string]any{"kind": "group", "name": "Ojek Pangkalan Legok"}}).into(t, &told)
	page := string(d.send(ask{method: "GET", path: "/public/rescues/" + told.Token}).want(t, 200, "").text)
	person := jaringtest.Person(1)
	name := person["name"].(string)
	for _, secret := range []string{name, fmt.Sprint(person["nik"]), fmt.Sprint(person["birth_date"]), string(id), "Pangkalan Legok"} {
		if strings.Contains(page, secret) {
			t.Errorf("the page tells %q: %s", secret, page)
		}
	}
}

// phone gives a person a number.
func (d *door) phone(id jaring.WorkerID) {
	d.t.Helper()
	for _, officer := range []jaring.Actor{d.Officer, d.FarOfficer} {
		if _, err := d.Do(officer, jaring.ActCorrectWorker, map[string]any{"worker_id": id, "fields": map[string]any{"phone": "0812-0000-0009"}, "reason": "nomor dicatat"}); err == nil {
			return
		}
	}
	d.t.Fatal("nobody reaches the person")
}
