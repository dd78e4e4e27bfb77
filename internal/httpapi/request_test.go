package httpapi_test

import (
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"jaring/internal/httpapi"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

func TestIfMatch(t *testing.T) {
	d := liteDoor(t)
	id := string(d.Register(d.Agent, 1))
	correct := func(match, occupation string) reply {
		a := ask{actor: d.Officer, method: "POST", path: "/workers/" + id + "/corrections", key: "new",
			body: map[string]any{"fields": map[string]any{"occupation": occupation}, "reason": "salah tulis"}}
		if match != "" {
			a.headers = map[string]string{"If-Match": match}
		}
		return d.send(a)
	}
	for _, match := range []string{"", "*", `"x"`, `"0"`, `"-1"`, `"99999999999999999999"`} {
		correct(match, "petani").want(t, http.StatusPreconditionRequired, "version.required")
	}
	etag := d.get(d.Officer, "/workers/"+id).Header.Get("ETag")
	next := correct(etag, "petani").want(t, 200, "").Header.Get("ETag")
	if next == "" || next == etag {
		t.Errorf("ETag %s after %s", next, etag)
	}
	correct(etag, "penjahit").want(t, http.StatusPreconditionFailed, "worker.changed_meanwhile")
	correct("W/"+next, "penjahit").want(t, 200, "")
	correct(`"1000"`, "pemulung").want(t, http.StatusPreconditionFailed, "worker.changed_meanwhile")
}

// Garbage in addresses is refused by both engines alike, and by neither as our own fault.
func TestGarbageInAddresses(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		d := newDoor(t, db)
		id := string(d.Register(d.Agent, 1))
		d.get(d.Officer, "/workers/"+strings.ToUpper(id)).want(t, 200, "")
		d.get(d.Officer, "/workers/"+strings.ToUpper(id)+"/history").want(t, 200, "")
		for _, bad := range []string{"1", "urn:uuid:" + id, "%7B" + id + "%7D", strings.ReplaceAll(id, "-", ""), id + "x", "lookup", "%C3%28"} {
			a := d.get(d.Officer, "/workers/"+bad)
			if a.StatusCode != 422 && a.StatusCode != 400 && a.StatusCode != 404 && a.StatusCode != 405 {
				t.Errorf("id %s: %d %s", bad, a.StatusCode, a.text)
			}
		}
		d.get(d.Officer, "/workers/"+jaringtest.NewID()).want(t, 404, "worker.not_found")
		name := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
		cursors := []string{"x", "%00", "=", name("a"), name(id + "x"), name("\x00" + id), name("\xff\xfe\x00" + id), name("budi\x00" + id), name(strings.Repeat("a", 200))}
		for _, cursor := range cursors {
			for _, path := range []string{"/workers?cursor=", "/workers?q=budi&cursor=", "/reviews?cursor=", "/audit?cursor="} {
				actor := d.Head
				a := d.get(actor, path+cursor)
				if a.StatusCode != 422 && a.StatusCode != 400 && a.StatusCode != 200 {
					t.Errorf("%s%s: %d %s", path, cursor, a.StatusCode, a.text)
				}
			}
		}
		d.get(d.Head, "/workers?cursor=x").want(t, 422, "cursor.malformed")
		d.get(d.Head, "/reviews?cursor=x").want(t, 422, "cursor.malformed")
		d.get(d.Head, "/audit?cursor=x").want(t, 422, "cursor.malformed")
		for _, text := range []string{"%00", "1%00", "%FF%FE", "%25", "_", "!", "'", "%22", "%F0%9F%98%80", "%5C", strings.Repeat("a", 100)} {
			for _, path := range []string{"/workers?q=", "/workers?status=", "/workers?limit=", "/places?q=", "/places?village=", "/areas?q=", "/areas?within=", "/areas?near=", "/areas/", "/packs/areas/"} {
				if a := d.get(d.Head, path+text); a.StatusCode >= 500 {
					t.Errorf("%s%s: %d %s", path, text, a.StatusCode, a.text)
				}
			}
			if a := d.get(d.Admin, "/accounts?cursor="+text); a.StatusCode >= 500 {
				t.Errorf("accounts %s: %d", text, a.StatusCode)
			}
		}
		d.get(d.Head, "/workers?q=%zz").want(t, 400, "error.bad_request")
		for _, limit := range []string{"-1", "0", "100000", "9999999999999999999999", "x"} {
			if a := d.get(d.Head, "/workers?limit="+limit); a.StatusCode != 200 && a.StatusCode != 422 {
				t.Errorf("limit %s: %d", limit, a.StatusCode)
			}
		}
	})
}

// Texts that a database cannot keep are the sender's to mend.
func TestNULIsNoText(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		d := newDoor(t, db)
		id := string(d.Register(d.Agent, 1))
		nul := "satu\x00dua tiga"
		for _, a := range []ask{
			{actor: d.Officer, path: "/workers/" + id + "/consent-withdrawal", body: map[string]any{"reason": nul}},
			{actor: d.Officer, path: "/workers/" + id + "/nik-reveal", body: map[string]any{"reason": nul}},
			{actor: d.Officer, path: "/workers/" + id + "/payments", body: map[string]any{"amount": 45_600, "channel": "bank", "reference": nul, "paid_on": "2026-11-21"}},
			{actor: d.Head, path: "/places", body: map[string]any{"name": nul, "kind": "hall", "village": jaringtest.Legok}},
			{actor: d.Agent, path: "/devices", body: map[string]any{"name": nul, "public_key": newSPKI(t)}},
			{actor: d.Admin, path: "/accounts", body: map[string]any{"login": "baru", "name": nul, "role": "agent", "office_id": d.Branch}},
			{path: "/session", body: map[string]any{"login": nul, "password": nul}},
		} {
			a.method, a.key = "POST", "new"
			d.send(a).want(t, 422, "field.unreadable")
		}
	})
}

func TestPagesFollowEachOther(t *testing.T) {
	d := liteDoor(t)
	want := map[string]bool{}
	for n := range 7 {
		want[string(d.Register(d.Agent, n))] = true
	}
	for _, query := range []string{"?limit=2", "?limit=2&q=lestari", "?limit=3&status=waiting"} {
		seen := map[string]bool{}
		path := "/workers" + query
		for pages := 0; path != "" && pages < 10; pages++ {
			var page struct {
				Items []struct {
					WorkerID string `json:"worker_id"`
				}
				NextCursor string `json:"next_cursor"`
			}
			d.get(d.Officer, path).want(t, 200, "").into(t, &page)
			for _, item := range page.Items {
				if seen[item.WorkerID] {
					t.Errorf("%s: somebody stands on two pages", query)
				}
				seen[item.WorkerID] = true
			}
			if path = ""; page.NextCursor != "" {
				path = "/workers" + query + "&cursor=" + page.NextCursor
			}
		}
		if !strings.Contains(query, "q=") && len(seen) != len(want) {
			t.Errorf("%s: %d persons", query, len(seen))
		}
		if len(seen) == 0 {
			t.Errorf("%s: nobody", query)
		}
	}
}

func TestOtherOriginsAreRefused(t *testing.T) {
	d := liteDoor(t)
	post := func(headers map[string]string) reply {
		return d.send(ask{actor: d.Agent, method: "POST", path: "/workers", body: jaringtest.Person(1), key: `"k"`, headers: headers})
	}
	for _, headers := range []map[string]string{
		{"Origin": "https://jahat.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
		{"Sec-Fetch-Site": "cross-site", "Origin": d.server.URL},
	} {
		post(headers).want(t, http.StatusForbidden, "error.cross_origin")
	}
	post(map[string]string{"Origin": d.server.URL}).want(t, 201, "")
	post(map[string]string{"Sec-Fetch-Site": "same-origin"}).want(t, 201, "")
	post(nil).want(t, 201, "") // no browser
	d.send(ask{actor: d.Agent, method: "GET", path: "/home", headers: map[string]string{"Origin": "https://jahat.example"}}).want(t, 200, "")
	d.send(ask{actor: d.Agent, method: "DELETE", path: "/session", headers: map[string]string{"Sec-Fetch-Site": "cross-site"}}).want(t, http.StatusForbidden, "")
}

func TestCookieOfASession(t *testing.T) {
	d := liteDoor(t)
	body := map[string]any{"login": "rahma", "password": d.Passwords[d.Agent.Account]}
	cookie := func(a reply) *http.Cookie {
		t.Helper()
		cookies := a.Cookies()
		if len(cookies) != 1 {
			t.Fatalf("%d cookies", len(cookies))
		}
		return cookies[0]
	}
	c := cookie(d.send(ask{method: "POST", path: "/session", body: body}).want(t, 200, ""))
	if c.Name != "jaring_session" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/api" || c.Domain != "" || c.Secure || len(c.Value) < 40 {
		t.Errorf("%+v", c)
	}
	out := cookie(d.send(ask{method: "DELETE", path: "/session", headers: map[string]string{"Cookie": c.Name + "=" + c.Value}}).want(t, 204, ""))
	if out.Value != "" || out.MaxAge >= 0 {
		t.Errorf("%+v", out)
	}
	d.send(ask{method: "GET", path: "/session", headers: map[string]string{"Cookie": c.Name + "=" + c.Value}}).want(t, 401, "error.unauthenticated")
	d.send(ask{method: "DELETE", path: "/session"}).want(t, 204, "")
	secure := httpapi.New(httpapi.Config{App: d.App, Auth: d.Auth, Log: discard(), Secure: true, Now: d.Now})
	d.server.Config.Handler = secure
	if c := cookie(d.send(ask{method: "POST", path: "/session", body: body}).want(t, 200, "")); !c.Secure {
		t.Errorf("%+v", c)
	}
}

func TestLogInsAreLimited(t *testing.T) {
	d := liteDoor(t)
	wrong := ask{method: "POST", path: "/session", body: map[string]any{"login": "rahma", "password": "salah sama sekali"}}
	for range 10 {
		d.send(wrong).want(t, 401, "account.log_in_refused")
	}
	right := ask{method: "POST", path: "/session", body: map[string]any{"login": "Rahma ", "password": d.Passwords[d.Agent.Account]}}
	a := d.send(right).want(t, http.StatusTooManyRequests, "error.rate_limited")
	seconds, err := strconv.Atoi(a.Header.Get("Retry-After"))
	if err != nil || seconds < 1 || seconds > 60 || !strings.Contains(a.problem(t).Detail, strconv.Itoa(seconds)) {
		t.Errorf("Retry-After %q: %s", a.Header.Get("Retry-After"), a.text)
	}
	d.send(ask{method: "POST", path: "/session", body: map[string]any{"login": "petugas", "password": d.Passwords[d.Officer.Account]}}).want(t, 200, "")
	d.Pass(time.Duration(seconds) * time.Second)
	d.send(right).want(t, 200, "")
}

func TestMethodsAndAddressesThatAreNot(t *testing.T) {
	d := liteDoor(t)
	d.send(ask{method: "GET", path: "/nowhere"}).want(t, 404, "error.not_found")
	d.send(ask{method: "GET", path: "!/api/v2/workers"}).want(t, 404, "error.not_found")
	for _, method := range []string{"PUT", "PATCH", "TRACE", "OPTIONS"} {
		a := d.send(ask{actor: d.Agent, method: method, path: "/workers"}).want(t, http.StatusMethodNotAllowed, "error.method")
		if a.Header.Get("Allow") != "GET, POST" {
			t.Errorf("Allow %q", a.Header.Get("Allow"))
		}
	}
	d.send(ask{actor: d.Agent, method: "POST", path: "/home", key: "new"}).want(t, http.StatusMethodNotAllowed, "error.method")
	d.send(ask{method: "GET", path: "!/healthz"}).want(t, 204, "")
	d.send(ask{method: "GET", path: "!/readyz"}).want(t, 204, "")
	metrics := string(d.send(ask{method: "GET", path: "!/metrics"}).want(t, 200, "").text)
	if !strings.Contains(metrics, "jaring_http_seconds") || strings.Contains(metrics, "nowhere") {
		t.Errorf("metrics: %.300s", metrics)
	}
	docs := string(d.send(ask{method: "GET", path: "!/api/docs"}).want(t, 200, "").text)
	if !strings.Contains(docs, "/api/v1/workers/{id}/merge") || strings.Contains(docs, "<script") {
		t.Errorf("docs: %.300s", docs)
	}
	d.send(ask{actor: d.Agent, method: "GET", path: "/home", headers: map[string]string{"Accept": "application/cbor"}}).want(t, 200, "") // in JSON all the same
}

func TestTheLanguageAskedFor(t *testing.T) {
	d := liteDoor(t)
	for header, start := range map[string]string{"": "Anda belum", "id": "Anda belum", "en": "You are not", "en-GB,en;q=0.8,id;q=0.5": "You are not", "fr": "Anda belum", "ms": "Anda belum",
		strings.Repeat("en,", 5000): "You are not", "\"<script>": "Anda belum"} {
		p := d.send(ask{method: "GET", path: "/home", lang: header}).want(t, 401, "").problem(t)
		if !strings.HasPrefix(p.Detail, start) {
			t.Errorf("%.40s: %q", header, p.Detail)
		}
	}
	p := d.send(ask{method: "GET", path: "/home?lang=en", lang: "id"}).problem(t)
	if !strings.HasPrefix(p.Detail, "You are not") {
		t.Errorf("%q", p.Detail)
	}
}

// The feed tells the numbers when they change, and ends when the session does.
func TestLive(t *testing.T) {
	d := liteDoor(t)
	live := httpapi.NewLive()
	d.server.Config.Handler = httpapi.New(httpapi.Config{App: d.App, Auth: d.Auth, Log: discard(), Live: live, Now: d.Now})
	r, _ := http.NewRequestWithContext(t.Context(), "GET", d.server.URL+"/api/v1/live", nil)
	r.AddCookie(&http.Cookie{Name: "jaring_session", Value: d.cookie(d.Officer)})
	a, err := d.server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	if a.StatusCode != 200 || a.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("%d %v", a.StatusCode, a.Header)
	}
	next := tallies(a)
	if n := next(t); n != 0 {
		t.Errorf("%d at first", n)
	}
	d.Register(d.Agent, 1)
	if _, err := d.App.Fold(t.Context()); err != nil {
		t.Fatal(err)
	}
	live.Notify()
	if n := next(t); n != 1 {
		t.Errorf("%d after one", n)
	}
	if err := d.Auth.LogOut(t.Context(), d.cookie(d.Officer)); err != nil {
		t.Fatal(err)
	}
	live.Notify()
	if n := next(t); n != -1 {
		t.Errorf("%d after the session", n)
	}
}
