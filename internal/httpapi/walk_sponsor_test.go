package httpapi_test

import (
	"bytes"
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

// sponsorList is a list of the n-th persons of the town from first on, with more lines behind.
func sponsorList(first, n int, more ...string) []byte {
	var b bytes.Buffer
	b.WriteString("NIK;Nama;Tanggal Lahir;Jenis Kelamin;Desa;Pekerjaan;Penghasilan\n")
	for i := first; i < first+n; i++ {
		p := jaringtest.Person(i)
		fmt.Fprintf(&b, "%s;%s;%s;%s;%s;%s;%d\n", p["nik"], p["name"], p["birth_date"], map[string]string{"M": "L", "F": "P"}[p["sex"].(string)], p["village"], p["occupation"], p["monthly_income"])
	}
	b.WriteString(strings.Join(more, "\n"))
	return b.Bytes()
}

var pactBody = map[string]any{"kind": "apbd", "number": "PKS 12/2026", "decree": "SK 7/2026", "first_month": "2026-12", "months": 12, "programs": []string{"JKK", "JKM"},
	"ceiling_amount": 10_000_000, "ceiling_people": 50, "terms": map[string]any{"area": "15.71"}}

// sponsors asks on a book of its own, from an agreement to people who have started.
func (g *golden) sponsors() {
	own := newGolden(newDoor(g.t, jaringtest.SQLite(g.t)), g.write)
	own.agreements()
	maps.Copy(g.asked, own.asked)
}

func (g *golden) agreements() {
	made := g.take("sponsors-post", "/sponsors", ask{actor: g.Officer, method: "POST", body: map[string]any{"name": "Kabupaten Contoh", "contact_name": "Bu Ani"}})
	g.take("sponsors-post-faulty.en", "/sponsors", ask{actor: g.Officer, method: "POST", lang: "en", body: map[string]any{"name": " ", "contact_name": "", "contact_phone": "1"}})
	var id struct {
		Sponsor   string `json:"sponsor_id"`
		Agreement string `json:"agreement_id"`
	}
	made.into(g.t, &id)
	path := "/sponsors/" + id.Sponsor
	const route = "/sponsors/{id}/agreements"
	g.take("sponsors-id-agreements", route, ask{actor: g.Officer, method: "POST", path: path + "/agreements", body: pactBody}).into(g.t, &id)
	g.take("sponsors-id-agreements-faulty", route, ask{actor: g.Officer, method: "POST", path: path + "/agreements",
		body: map[string]any{"kind": "apbdes", "number": "", "first_month": "2026-12", "months": 99, "programs": []string{}, "ceiling_amount": 0, "ceiling_people": 0, "terms": map[string]any{"area": "99"}}})
	path += "/agreements/" + id.Agreement
	body := maps.Clone(pactBody)
	body["months"] = 11
	g.take("sponsors-id-agreements-change", route+"/{agreement_id}/change", ask{actor: g.Officer, method: "POST", path: path + "/change", body: body, headers: ifMatch("1")})
	g.take("sponsors-id-agreements-change-stale.en", route+"/{agreement_id}/change", ask{actor: g.Officer, method: "POST", path: path + "/change", body: body, headers: ifMatch("1"), lang: "en"})
	g.take("sponsors-id-agreements-approval", route+"/{agreement_id}/approval", ask{actor: g.Head, method: "POST", path: path + "/approval", body: map[string]any{}, headers: ifMatch("2")})
	g.take("sponsors", "/sponsors", ask{actor: g.Auditor, method: "GET"})
	g.take("sponsors-id", "/sponsors/{id}", ask{actor: g.Officer, method: "GET", path: "/sponsors/" + id.Sponsor})
	g.rosters(path)
	g.take("sponsors-id-agreements-id", route+"/{agreement_id}", ask{actor: g.Head, method: "GET", path: path})
}

// rosters sends a dirty list, mends it and follows it to its end.
func (g *golden) rosters(agreement string) {
	const route = "/sponsors/{id}/agreements/{agreement_id}/rosters"
	send := ask{actor: g.Officer, method: "POST", path: agreement + "/rosters?name=daftar.csv", body: sponsorList(51, 3, "1,57E+15;Budi;1980-01-01;L;Legok;petani;1000000")}
	g.Register(g.Agent, 52)
	var id struct {
		Roster string        `json:"roster_id"`
		People int           `json:"people"`
		Amount jaring.Rupiah `json:"amount"`
	}
	g.take("sponsors-id-agreements-rosters", route, send).into(g.t, &id)
	g.turn()
	path := "/rosters/" + id.Roster
	get := ask{actor: g.Head, method: "GET", path: path}
	g.take("rosters-id-judged", "/rosters/{id}", get).into(g.t, &id)
	g.take("rosters-id-findings", "/rosters/{id}/findings", ask{actor: g.Officer, method: "GET", path: path + "/findings"})
	g.take("rosters-id-findings-reject.en", "/rosters/{id}/findings", ask{actor: g.Officer, method: "GET", path: path + "/findings?verdict=reject", lang: "en"})
	g.sheet("/rosters/{id}/findings.xlsx", path+"/findings.xlsx", "daftar-temuan.xlsx")
	g.sheet("/sponsors/{id}/agreements/{agreement_id}/template.xlsx", agreement+"/template.xlsx", "daftar-kosong.xlsx")
	g.mends(path)
	g.take("rosters-id-file", "/rosters/{id}/file", ask{actor: g.Officer, method: "POST", path: path + "/file?name=daftar-2.csv", body: sponsorList(51, 3)})
	g.turn()
	approval := ask{actor: g.Head, method: "POST", path: path + "/approval", body: map[string]any{"version": 1, "people": id.People, "amount": id.Amount}}
	g.take("rosters-id-approval-stale", "/rosters/{id}/approval", approval)
	approval.body = map[string]any{"version": 3, "people": id.People, "amount": id.Amount}
	g.take("rosters-id-approval", "/rosters/{id}/approval", approval)
	g.turn()
	g.take("rosters-id-cancellation-late.en", "/rosters/{id}/cancellation", ask{actor: g.Officer, method: "POST", path: path + "/cancellation", body: map[string]any{}, lang: "en"})
	g.take("rosters-id-withdrawal-faulty", "/rosters/{id}/withdrawal", ask{actor: g.Head, method: "POST", path: path + "/withdrawal", body: map[string]any{"reason": "x"}})
	g.take("rosters-id-people", "/rosters/{id}/people", ask{actor: g.Officer, method: "GET", path: path + "/people"})
	g.take("rosters-id-settlement", "/rosters/{id}/settlement", ask{actor: g.Officer, method: "POST", path: path + "/settlement",
		body: map[string]any{"amount": id.Amount, "channel": "bank", "reference": "SP2D-1", "paid_on": "2026-11-21"}})
	g.turn()
	g.take("rosters-id", "/rosters/{id}", get)
	g.follow(agreement, id.Roster)
}

// mends leaves out, types and undoes beside the file; what is not offered is not taken.
func (g *golden) mends(path string) {
	const route = "/rosters/{id}/rows/{row}/mend"
	mend := ask{actor: g.Officer, method: "POST", path: path + "/rows/5/mend", body: map[string]any{"leave_out": true}}
	g.take("rosters-id-rows-row-mend", route, mend)
	g.take("rosters-id-findings-left-out", "/rosters/{id}/findings", ask{actor: g.Officer, method: "GET", path: path + "/findings?code=roster.left_out"})
	mend.body = map[string]any{"nik": "15", "undo": true}
	g.take("rosters-id-rows-row-mend-twice.en", route, ask{actor: g.Officer, method: "POST", path: mend.path, body: mend.body, lang: "en"})
	g.take("rosters-id-mend-another-number", "/rosters/{id}/mend", ask{actor: g.Officer, method: "POST", path: path + "/mend", body: map[string]any{"code": "nik.damaged", "field": "nik", "rows": 9}})
}

// turn does what lists wait for.
func (g *golden) turn() {
	g.t.Helper()
	if err := g.App.TurnRosters(g.t.Context()); err != nil {
		g.t.Fatal(err)
	}
}

// sheet asks for a spreadsheet; the file itself is looked at by the room that writes it.
func (g *golden) sheet(route, path, name string) {
	g.t.Helper()
	g.asked["GET "+route] = true
	got := g.send(ask{actor: g.Officer, method: "GET", path: path}).want(g.t, http.StatusOK, "")
	if !bytes.HasPrefix(got.text, []byte("PK")) || !strings.Contains(got.Header.Get("Content-Disposition"), name) {
		g.t.Errorf("%v %.20q", got.Header, got.text)
	}
}

// sponsorAt is a sponsor of an office with an approved agreement and a list that waits.
func (p *plan) sponsorAt(office jaring.OfficeID) map[string]string {
	p.t.Helper()
	by := jaring.System
	ctx := p.t.Context()
	sponsor, err := p.App.AddSponsor(ctx, by, newOp(), jaring.Sponsor{Office: office, Name: "Sponsor " + string(office)[30:], ContactName: "Bu Ani"})
	if err != nil {
		p.t.Fatal(err)
	}
	agreement, err := p.App.AddAgreement(ctx, by, newOp(), sponsor, jaring.Agreement{Kind: jaring.SponsorCSR, Number: "PKS 1", FirstMonth: jaring.NewMonth(2026, 12), Months: 1,
		Programs: jaring.Programs{jaring.JKK, jaring.JKM}, CeilingAmount: 1_000_000, CeilingPeople: 5})
	if err != nil {
		p.t.Fatal(err)
	}
	by.Account = p.Admin.Account
	if err := p.App.ApproveAgreement(ctx, by, newOp(), sponsor, agreement, 1); err != nil {
		p.t.Fatal(err)
	}
	roster, err := p.App.SendRoster(ctx, by, newOp(), sponsor, agreement, "x.csv", sponsorList(1, 1))
	if err != nil {
		p.t.Fatal(err)
	}
	return map[string]string{"{agreement_id}": agreement, "sponsor": sponsor, "roster": roster}
}

// Each role on sponsors, agreements and lists of the own house, below and far away.
func TestMatrixOfActsOnSponsors(t *testing.T) {
	p := newPlan(t)
	p.onReach(t, 29, func(_ string, office jaring.OfficeID) func(httpapi.ListedRoute) *reachedAsk {
		there := p.sponsorAt(office)
		return func(r httpapi.ListedRoute) *reachedAsk {
			kind, _, _ := strings.Cut(strings.TrimPrefix(r.Path, "/"), "/")
			if kind != "sponsors" && kind != "rosters" || !strings.Contains(r.Path, "{id}") {
				return nil
			}
			kind = strings.TrimSuffix(kind, "s")
			q := &reachedAsk{unknown: kind + ".unknown"}
			q.path = strings.NewReplacer("{id}", there[kind], "{agreement_id}", there["{agreement_id}"], "{row}", "2", "{departure_id}", jaringtest.NewID()).Replace(r.Path)
			if strings.Contains(r.Path, "{departure_id}") {
				q.missing = "departure.unknown"
			}
			return q
		}
	})
}

// A list that is sent twice under one key is one list.
func TestAListIsSentOncePerKey(t *testing.T) {
	p := newPlan(t)
	there := p.sponsorAt(p.Branch)
	q := ask{actor: p.Officer, method: "POST", key: app.NewID(), path: "/sponsors/" + there["sponsor"] + "/agreements/" + there["{agreement_id}"] + "/rosters?name=a.csv", body: sponsorList(1, 2)}
	first, second := p.send(q).want(t, http.StatusAccepted, ""), p.send(q).want(t, http.StatusAccepted, "")
	var a, b struct {
		ID string `json:"roster_id"`
	}
	first.into(t, &a)
	if second.into(t, &b); a != b || a.ID == "" {
		t.Errorf("%v, then %v", a, b)
	}
	q.body = sponsorList(1, 3)
	p.send(q).want(t, http.StatusConflict, "operation.conflict")
	q.body, q.key = []byte("%PDF-1.4"), app.NewID()
	p.send(q).want(t, http.StatusAccepted, "").into(t, &a)
	if err := p.App.TurnRosters(t.Context()); err != nil {
		t.Fatal(err)
	}
	said := string(p.get(p.Officer, "/rosters/"+a.ID).want(t, http.StatusOK, "").text)
	if !strings.Contains(said, `"unreadable"`) || !strings.Contains(said, "sheet.pdf") {
		t.Error(said)
	}
}
