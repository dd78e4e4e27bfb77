package httpapi_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// application is what somebody sends who wants to be an agent.
func application(office jaring.OfficeID, name string) map[string]any {
	return map[string]any{"office_id": office, "name": name, "phone": "0812-3456-7890", "village": jaringtest.Legok, "background": "rt_rw", "prospects": 12,
		"prospects_where": "Pasar Angso Duo", "consent": map[string]any{"notice_version": "2026-11", "channel": "tap", "at": jaringtest.Noon.Format(time.RFC3339)}}
}

// classOf is what an office plans.
func classOf(g *jaringtest.Town, seats int) map[string]any {
	return map[string]any{"name": "Kelas kader November", "office_id": g.Branch, "from": "2026-11-21", "to": "2026-11-21", "place_id": g.Market, "pass_mark": 70,
		"quotas": []any{map[string]any{"office_id": g.Branch, "seats": seats}, map[string]any{"office_id": g.Batanghari, "seats": 1}}}
}

// picture is a small photo as a browser makes it.
func picture(t testing.TB) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 16, 16))
	m.Set(3, 3, color.RGBA{200, 30, 30, 255})
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (g *golden) agents() {
	application := g.applicants()
	class := g.class(application)
	number, account := g.certificates(class, application)
	g.agentPages(account)
	g.kit(account)
	g.authenticity(number)
	g.take("classes-id-closing", "/classes/{id}/closing", ask{actor: g.Officer, method: "POST", path: "/classes/" + class + "/closing", body: map[string]any{}})
	g.take("classes-id-closing-again.en", "/classes/{id}/closing", ask{actor: g.Officer, method: "POST", path: "/classes/" + class + "/closing", lang: "en"})
}

// applicants walks from the application to the decision and gives who was accepted.
func (g *golden) applicants() string {
	g.take("public-offices", "/public/offices", ask{method: "GET"})
	one := ask{method: "POST", body: application(g.Branch, "Calon Kader")}
	g.take("public-applications", "/public/applications", one)
	faulty := map[string]any{"office_id": g.Fund, "name": "12", "phone": "12", "village": "99", "background": "raja", "prospects": -1}
	g.take("public-applications-faulty", "/public/applications", ask{method: "POST", body: faulty})
	g.take("public-applications-faulty.en", "/public/applications", ask{method: "POST", body: faulty, lang: "en"})
	found := g.take("applications", "/applications", ask{actor: g.Officer, method: "GET"})
	g.take("applications-state-unknown", "/applications", ask{actor: g.Officer, method: "GET", path: "/applications?state=senang"})
	g.take("applications-far", "/applications", ask{actor: g.FarOfficer, method: "GET"})
	var list struct {
		Items []struct {
			ApplicationID string `json:"application_id"`
		}
	}
	if found.into(g.t, &list); len(list.Items) != 1 {
		g.t.Fatal("the application did not come in")
	}
	path := "/applications/" + list.Items[0].ApplicationID
	decide := ask{actor: g.Officer, method: "POST", path: path + "/decision", body: map[string]any{"decision": "accepted"}}
	g.take("applications-id-decision-unseen", "/applications/{id}/decision", decide)
	g.take("applications-id-presentation", "/applications/{id}/presentation", ask{actor: g.Officer, method: "POST", path: path + "/presentation", body: map[string]any{}})
	g.take("applications-id-decision", "/applications/{id}/decision", decide)
	decide.body, decide.lang = map[string]any{"decision": "rejected"}, "en"
	g.take("applications-id-decision-bare.en", "/applications/{id}/decision", decide)
	g.withdrawal()
	return list.Items[0].ApplicationID
}

// withdrawal is of somebody else, who applies and thinks better of it.
func (g *golden) withdrawal() {
	key := jaringtest.NewID()
	g.send(ask{method: "POST", path: "/public/applications", body: application(g.Branch, "Calon Lain"), key: key}).want(g.t, http.StatusCreated, "")
	take := ask{actor: g.Officer, method: "POST", path: "/applications/" + key + "/withdrawal", body: map[string]any{"reason": "pindah kota"}}
	g.take("applications-id-withdrawal", "/applications/{id}/withdrawal", take)
	take.lang = "en"
	g.take("applications-id-withdrawal-again.en", "/applications/{id}/withdrawal", take)
}

// class walks from the plan to the results and gives the class.
func (g *golden) class(application string) string {
	made := g.take("classes-post", "/classes", ask{actor: g.Officer, method: "POST", body: classOf(g.Town, 2)})
	faulty := map[string]any{"name": " ", "office_id": g.Palembang, "from": "2026-11-21", "to": "2026-11-20", "pass_mark": 101,
		"quotas": []any{map[string]any{"office_id": g.Branch, "seats": 0}, map[string]any{"office_id": g.Branch, "seats": 4}}}
	g.take("classes-post-faulty", "/classes", ask{actor: g.Officer, method: "POST", body: faulty})
	var id struct {
		ClassID string `json:"class_id"`
	}
	made.into(g.t, &id)
	path := "/classes/" + id.ClassID
	seat := map[string]any{"application_id": application, "office_id": g.Branch}
	g.take("classes-id-seats-post", "/classes/{id}/seats", ask{actor: g.Officer, method: "POST", path: path + "/seats", body: seat})
	g.take("classes-id-seats-post-again", "/classes/{id}/seats", ask{actor: g.Officer, method: "POST", path: path + "/seats", body: seat})
	g.take("classes-id-seats-delete", "/classes/{id}/seats/{application_id}", ask{actor: g.Officer, method: "DELETE", path: path + "/seats/" + application})
	taken := g.send(ask{actor: g.Officer, method: "POST", path: path + "/seats", body: seat, key: "new"})
	var page struct {
		Seats []struct{ Badge string }
	}
	if taken.into(g.t, &page); len(page.Seats) != 1 {
		g.t.Fatalf("%s", taken.text)
	}
	scan := ask{actor: g.Officer, method: "POST", path: path + "/attendance", body: map[string]any{"badge": page.Seats[0].Badge}}
	g.take("classes-id-attendance", "/classes/{id}/attendance", scan)
	g.take("classes-id-attendance-again", "/classes/{id}/attendance", scan)
	scan.body = map[string]any{"badge": "bukan"}
	g.take("classes-id-attendance-unknown.en", "/classes/{id}/attendance", ask{actor: g.Officer, method: "POST", path: scan.path, body: scan.body, lang: "en"})
	results := map[string]any{"items": []any{map[string]any{"application_id": application, "test_score": 82, "practice": "done", "note": "teliti"}}}
	g.take("classes-id-results", "/classes/{id}/results", ask{actor: g.Officer, method: "POST", path: path + "/results", body: results})
	results = map[string]any{"items": []any{map[string]any{"application_id": jaringtest.NewID(), "test_score": 182, "practice": "mungkin"}}}
	g.take("classes-id-results-faulty", "/classes/{id}/results", ask{actor: g.Officer, method: "POST", path: path + "/results", body: results})
	g.take("classes", "/classes", ask{actor: g.Officer, method: "GET"})
	g.take("classes-id", "/classes/{id}", ask{actor: g.Officer, method: "GET", path: path})
	g.take("classes-id-elsewhere", "/classes/{id}", ask{actor: g.FarOfficer, method: "GET", path: path})
	g.take("classes-id-badges", "/classes/{id}/badges.pdf", ask{actor: g.Officer, method: "GET", path: path + "/badges.pdf"})
	return id.ClassID
}

// certificates walks over all that happens to a certificate, and gives one and its bearer.
func (g *golden) certificates(class, application string) (number, account string) {
	body := map[string]any{"until": "2027-11-20", "powers": []string{"register", "cash"}}
	certify := ask{actor: g.Head, method: "POST", path: "/classes/" + class + "/certificates", body: body}
	made := g.take("classes-id-certificates", "/classes/{id}/certificates", certify)
	g.take("classes-id-certificates-again", "/classes/{id}/certificates", certify)
	certify.body = map[string]any{"until": "2020-11-20", "powers": []string{"terbang"}}
	g.take("classes-id-certificates-faulty", "/classes/{id}/certificates", certify)
	var list struct {
		Items []struct {
			Number    string
			AccountID string `json:"account_id"`
		}
	}
	if made.into(g.t, &list); len(list.Items) != 1 {
		g.t.Fatalf("%s", made.text)
	}
	account = list.Items[0].AccountID
	renew := map[string]any{"from": "2026-11-21", "until": "2027-11-20", "powers": []string{"register"}}
	again := g.take("agents-id-certificates", "/agents/{id}/certificates", ask{actor: g.Head, method: "POST", path: "/agents/" + account + "/certificates", body: renew})
	var fresh struct{ Number string }
	again.into(g.t, &fresh)
	stop := ask{actor: g.Head, method: "POST", path: "/certificates/" + fresh.Number + "/stop", body: map[string]any{"state": "suspended", "reason": "pengaduan dari pasar"}}
	g.take("certificates-number-stop", "/certificates/{number}/stop", stop)
	g.take("certificates-number-stop-again", "/certificates/{number}/stop", stop)
	stop.body = map[string]any{"state": "valid", "reason": "pengaduan tidak terbukti"}
	g.take("certificates-number-stop-resumed", "/certificates/{number}/stop", stop)
	g.take("certificates-number-document", "/certificates/{number}/document", ask{actor: g.Officer, method: "GET", path: "/certificates/" + fresh.Number + "/document"})
	g.take("certificates-number-document-far.en", "/certificates/{number}/document", ask{actor: g.FarOfficer, method: "GET", path: "/certificates/" + fresh.Number + "/document", lang: "en"})
	return fresh.Number, account
}

func (g *golden) agentPages(account string) {
	path := "/agents/" + account
	put := ask{actor: g.Officer, method: "PUT", path: path + "/territory", body: map[string]any{"villages": []string{jaringtest.Legok}, "places": []any{g.Market}}}
	g.take("agents-id-territory", "/agents/{id}/territory", put)
	put.body = map[string]any{"villages": []string{"99"}, "places": []any{jaringtest.NewID()}}
	g.take("agents-id-territory-faulty", "/agents/{id}/territory", put)
	photo := ask{actor: g.Head, method: "PUT", path: path + "/photo", body: picture(g.t), headers: map[string]string{"Content-Type": "image/jpeg"}}
	g.take("agents-id-photo", "/agents/{id}/photo", photo)
	photo.body = "GIF89a"
	g.take("agents-id-photo-other", "/agents/{id}/photo", photo)
	g.take("agents", "/agents", ask{actor: g.Officer, method: "GET", path: "/agents?q=calon"})
	g.take("agents-id", "/agents/{id}", ask{actor: g.Officer, method: "GET", path: path})
	g.take("agents-id-elsewhere", "/agents/{id}", ask{actor: g.FarOfficer, method: "GET", path: path})
	agent, err := g.Auth.ActorOfAccount(g.t.Context(), jaring.AccountID(account))
	if err != nil {
		g.t.Fatal(err)
	}
	if g.Passwords[agent.Account], err = g.Auth.ResetPassword(g.t.Context(), jaring.System, agent.Account); err != nil {
		g.t.Fatal(err)
	}
	g.Logins[agent.Account] = "calon.kader"
	g.take("me-certificate", "/me/certificate", ask{actor: agent, method: "GET"})
	g.take("me-certificate-none", "/me/certificate", ask{actor: g.Officer, method: "GET"})
}

func (g *golden) kit(account string) {
	add := ask{actor: g.Officer, method: "POST", body: map[string]any{"kind": "jacket", "serials": []string{"J-001", "J-002"}, "office_id": g.Branch}}
	g.take("kit-post", "/kit", add)
	g.take("kit-post-taken", "/kit", add)
	add.body = map[string]any{"kind": "topi", "serials": []string{"", "T-1", "T-1"}, "office_id": "x"}
	g.take("kit-post-faulty.en", "/kit", ask{actor: g.Officer, method: "POST", body: add.body, lang: "en"})
	found := g.take("kit", "/kit", ask{actor: g.Officer, method: "GET"})
	var list struct {
		Items []struct {
			KitID string `json:"kit_id"`
		}
	}
	found.into(g.t, &list)
	path := "/kit/" + list.Items[0].KitID
	hand := ask{actor: g.Officer, method: "POST", path: path + "/handing-out", body: map[string]any{"account_id": account}}
	g.take("kit-id-handing-out", "/kit/{id}/handing-out", hand)
	g.take("kit-id-handing-out-again", "/kit/{id}/handing-out", hand)
	back := ask{actor: g.Officer, method: "POST", path: path + "/return", body: map[string]any{"state": "worn_out", "note": "resleting rusak"}}
	g.take("kit-id-return", "/kit/{id}/return", back)
	g.take("kit-id-return-again.en", "/kit/{id}/return", ask{actor: g.Officer, method: "POST", path: path + "/return", body: back.body, lang: "en"})
}

func (g *golden) authenticity(number string) {
	path := "/public/certificates/" + number
	g.take("public-certificates-number", "/public/certificates/{number}", ask{method: "GET", path: path})
	g.take("public-certificates-number-code", "/public/certificates/{number}", ask{method: "GET", path: path + "?code=12"})
	g.take("public-certificates-unknown", "/public/certificates/{number}", ask{method: "GET", path: "/public/certificates/SK-26-AAAA-AAAA0"})
	g.take("public-certificates-unknown.en", "/public/certificates/{number}", ask{method: "GET", path: "/public/certificates/x", lang: "en"})
	g.take("public-certificates-keys", "/public/certificates/keys", ask{method: "GET"})
	g.asked["GET /public/certificates/{number}/photo"] = true
	photo := g.send(ask{method: "GET", path: path + "/photo"}).want(g.t, http.StatusOK, "")
	if photo.Header.Get("Content-Type") != "image/jpeg" || !bytes.HasPrefix(photo.text, []byte{0xff, 0xd8}) {
		g.t.Errorf("a photo that is none: %v", photo.Header)
	}
	g.take("public-certificates-photo-none", "/public/certificates/{number}/photo", ask{method: "GET", path: "/public/certificates/x/photo"})
}
