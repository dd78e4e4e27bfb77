package httpapi_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"jaring/internal/app"
	"jaring/internal/httpapi"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// employee is the body that adds the n-th person of the town as a worker.
func employee(n, wage int) map[string]any {
	person := jaringtest.Person(n)
	return map[string]any{"person": person, "wage": wage, "position": "tukang las"}
}

// employers asks on a book of its own.
func (g *golden) employers() {
	own := newGolden(newDoor(g.t, jaringtest.SQLite(g.t)), g.write)
	own.workshop()
	maps.Copy(g.asked, own.asked)
}

func (g *golden) workshop() {
	form := map[string]any{"kind": "business", "name": "Bengkel Las Sinar Jaya", "nib": "9120001234567", "area": jaringtest.Legok, "sector": "services", "risk_class": 3, "size_class": "small",
		"contact_name": "Pak Darmo", "contact_phone": "0812-3456-7890"}
	var made struct {
		EmployerID string `json:"employer_id"`
	}
	g.take("employers-post", "/employers", ask{actor: g.Officer, method: "POST", body: form}).into(g.t, &made)
	g.take("employers-post-faulty", "/employers", ask{actor: g.Officer, method: "POST", body: map[string]any{"kind": "firma", "name": " ", "nib": "12", "area": "99.99", "risk_class": 9, "size_class": "raksasa", "contact_name": ""}})
	g.take("employers-post-taken.en", "/employers", ask{actor: g.Officer, method: "POST", lang: "en", body: form})
	path := "/employers/" + made.EmployerID
	g.take("employers", "/employers", ask{actor: g.Auditor, method: "GET", path: "/employers?q=sinar"})
	form["size_class"] = "micro"
	g.take("employers-id-change", "/employers/{id}/change", ask{actor: g.Officer, method: "POST", path: path + "/change", body: form, headers: map[string]string{"If-Match": `"1"`}})
	g.take("employers-id-change-late", "/employers/{id}/change", ask{actor: g.Officer, method: "POST", path: path + "/change", body: form, headers: map[string]string{"If-Match": `"1"`}})
	people := path + "/employees"
	var hired struct {
		MembershipID string `json:"membership_id"`
		WorkerID     string `json:"worker_id"`
	}
	g.take("employers-id-employees", "/employers/{id}/employees", ask{actor: g.Officer, method: "POST", path: people, body: employee(1, 3_000_000)}).into(g.t, &hired)
	g.take("employers-id-employees-already", "/employers/{id}/employees", ask{actor: g.Officer, method: "POST", path: people, body: employee(1, 3_000_000)})
	g.take("employers-id-employees-faulty.en", "/employers/{id}/employees", ask{actor: g.Officer, method: "POST", lang: "en", path: people, body: map[string]any{"person": map[string]any{"nik": "157"}, "wage": 0}})
	list := map[string]any{"text": "NIK\tNama\tTanggal lahir\tL/P\tPekerjaan\tUpah\n" + fmt.Sprint(jaringtest.Person(2)["nik"], "\tRatna Juwita\t", jaringtest.Person(2)["birth_date"], "\t\tpenjahit\t2,5 juta\n157\tBu Ani\t31-02-1980\tP\tpenjahit\t"), "dry": true}
	g.take("employers-id-employees-list", "/employers/{id}/employees/list", ask{actor: g.Officer, method: "POST", path: people + "/list", body: list})
	g.take("employers-id-employees-list-faulty.en", "/employers/{id}/employees/list", ask{actor: g.Officer, method: "POST", lang: "en", path: people + "/list", body: map[string]any{"text": "halo"}})
	g.sheet("/employers/{id}/employees/template.xlsx", people+"/template.xlsx", "daftar-kosong.xlsx")
	wages := map[string]any{"month": "2026-11", "wages": []any{map[string]any{"membership_id": hired.MembershipID, "wage": 3_200_000}}}
	g.take("employers-id-wages", "/employers/{id}/wages", ask{actor: g.Officer, method: "POST", path: path + "/wages", body: wages})
	g.take("workers-id-employments", "/workers/{id}/employments", ask{actor: g.Officer, method: "GET", path: "/workers/" + hired.WorkerID + "/employments"})
	bill := ask{actor: g.Officer, method: "POST", path: path + "/bills", body: map[string]any{"month": "2026-11"}}
	var b struct {
		BillID string `json:"bill_id"`
		ToPay  int    `json:"to_pay"`
	}
	g.take("employers-id-bills-post", "/employers/{id}/bills", bill).into(g.t, &b)
	g.take("employers-id-bills-again", "/employers/{id}/bills", bill)
	g.take("employers-id-bills-id-delete", "/employers/{id}/bills/{bill_id}", ask{actor: g.Officer, method: "DELETE", path: path + "/bills/" + b.BillID})
	g.take("employers-id-bills-anew", "/employers/{id}/bills", bill).into(g.t, &b)
	g.take("employers-id-bills-id-document", "/employers/{id}/bills/{bill_id}/document", ask{actor: g.Officer, method: "GET", path: path + "/bills/" + b.BillID + "/document"})
	pay := ask{actor: g.Officer, method: "POST", path: path + "/bills/" + b.BillID + "/settlement", body: map[string]any{"amount": b.ToPay + 1, "channel": "counter", "reference": "K-1", "paid_on": "2026-11-21"}}
	g.take("employers-id-bills-id-settlement-faulty", "/employers/{id}/bills/{bill_id}/settlement", pay)
	pay.body.(map[string]any)["amount"] = b.ToPay
	g.take("employers-id-bills-id-settlement", "/employers/{id}/bills/{bill_id}/settlement", pay)
	g.take("employers-id-bills-id-reversal", "/employers/{id}/bills/{bill_id}/reversal", ask{actor: g.Head, method: "POST", path: path + "/bills/" + b.BillID + "/reversal", body: map[string]any{"reason": "salah pemberi kerja"}})
	g.send(ask{actor: g.Officer, method: "POST", key: "new", path: path + "/bills/" + b.BillID + "/settlement", body: pay.body}).want(g.t, http.StatusOK, "")
	g.take("employers-id-bills", "/employers/{id}/bills", ask{actor: g.Auditor, method: "GET", path: path + "/bills"})
	g.take("employers-id-employees-end", "/employers/{id}/employees/{membership_id}/end", ask{actor: g.Officer, method: "POST", path: people + "/" + hired.MembershipID + "/end", body: map[string]any{"to": "2026-11-21", "reason": "pindah ke kota lain"}})
	g.take("employers-id", "/employers/{id}", ask{actor: g.Officer, method: "GET", path: path})
	g.take("employers-id-elsewhere", "/employers/{id}", ask{actor: g.FarOfficer, method: "GET", path: path})
}

// employerBy is an employer that an agent registered, with one worker and a bill that waits.
func (p *plan) employerBy(agent jaring.Actor) (ask map[string]string, amount int) {
	p.t.Helper()
	ctx, by := p.t.Context(), jaring.System
	by.Account, by.Office = agent.Account, agent.Office
	must := func(err error) {
		p.t.Helper()
		if err != nil {
			p.t.Fatal(err)
		}
	}
	id, err := p.App.RegisterEmployer(ctx, by, newOp(), jaring.EmployerForm{Kind: jaring.EmployerBusiness, Name: "Bengkel", Area: jaringtest.Legok, RiskClass: 1, SizeClass: jaring.SizeMicro, ContactName: "Bu Tini"})
	must(err)
	p.n++
	form := app.EmployeeForm{Wage: 2_000_000}
	must(json.Unmarshal(jaringtest.JSON(jaringtest.Person(p.n)), &form.Person))
	form.Person.Name = distinct(p.n*2654435761) + " " + distinct(p.n*40503+7)
	e, err := p.App.AddEmployee(ctx, by, newOp(), id, form)
	must(err)
	b, err := p.App.BillEmployer(ctx, by, newOp(), string(id), jaring.DayIn(p.Now(), app.Zone("")).Month())
	must(err)
	return map[string]string{"{id}": string(id), "{membership_id}": string(e.Membership), "{bill_id}": b.ID}, int(b.Amount)
}

func TestMatrixOfActsOnEmployers(t *testing.T) {
	p := newPlan(t)
	for _, r := range httpapi.ListedRoutes() {
		if !strings.HasPrefix(r.Path, "/employers/{id}") {
			continue
		}
		for name, actor := range p.actors {
			for _, record := range []string{"own", "other", "far"} {
				if !may(name, string(r.Act)) && record != "own" {
					continue // no power is no power anywhere
				}
				ids, amount := p.employerBy(p.makers[record])
				q := ask{actor: actor, method: r.Method, path: r.Path, key: "new", body: p.onEmployer(r, ids, amount), headers: map[string]string{"If-Match": `"1"`}}
				for mark, id := range ids {
					q.path = strings.ReplaceAll(q.path, mark, id)
				}
				want := r.Status
				switch {
				case !may(name, string(r.Act)):
					want = http.StatusForbidden
				case !reaches(name, record):
					want = http.StatusNotFound
				case r.Method+r.Path == "POST/employers/{id}/bills":
					want = http.StatusConflict // the month is billed
				case strings.HasSuffix(r.Path, "/reversal"):
					want = http.StatusConflict // nothing is paid
				}
				p.send(q).want(t, want, "")
			}
		}
	}
}

// onEmployer is the body with which a route is asked.
func (p *plan) onEmployer(r httpapi.ListedRoute, ids map[string]string, amount int) any {
	p.n++
	switch r.Method + " " + r.Path {
	case "POST /employers/{id}/change":
		return map[string]any{"kind": "business", "name": "Bengkel Baru", "area": jaringtest.Legok, "risk_class": 2, "size_class": "micro", "contact_name": "Bu Tini"}
	case "POST /employers/{id}/employees":
		return employee(p.n, 2_000_000)
	case "POST /employers/{id}/employees/list":
		return map[string]any{"rows": []any{map[string]any{"row": 2, "cells": map[string]any{"nik": "157", "name": "Bu Ani"}}}, "dry": true}
	case "POST /employers/{id}/employees/{membership_id}/end":
		return map[string]any{"to": "2026-11-21", "reason": "pindah ke kota lain"}
	case "POST /employers/{id}/wages":
		return map[string]any{"month": "2026-11", "wages": []any{map[string]any{"membership_id": ids["{membership_id}"], "wage": 2_500_000}}}
	case "POST /employers/{id}/bills":
		return map[string]any{"month": "2026-11"}
	case "POST /employers/{id}/bills/{bill_id}/reversal":
		return map[string]any{"reason": "salah pemberi kerja"}
	case "POST /employers/{id}/bills/{bill_id}/settlement":
		return map[string]any{"amount": amount, "channel": "counter", "reference": "K", "paid_on": "2026-11-21"}
	}
	return map[string]any{}
}
