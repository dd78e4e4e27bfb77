package httpapi_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"jaring/internal/httpapi"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// door is a server on a town, with all that it logged.
type door struct {
	*jaringtest.Town
	t       testing.TB
	server  *httptest.Server
	log     *journal
	cookies map[jaring.AccountID]string
}

// journal is a log that tests can read while it is written.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(b)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

func newDoor(t testing.TB, db *store.DB) *door {
	t.Helper()
	d := &door{Town: jaringtest.NewTown(t, db), t: t, log: &journal{}, cookies: map[jaring.AccountID]string{}}
	log := slog.New(slog.NewTextHandler(d.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	d.server = httptest.NewServer(httpapi.New(httpapi.Config{App: d.App, Auth: d.Auth, Log: log, Fund: "Badan Penyelenggara (contoh)",
		Operator: "Koperasi Contoh", Version: "test", Demo: true, Now: d.Now}))
	t.Cleanup(d.server.Close)
	return d
}

func liteDoor(t testing.TB) *door { return newDoor(t, jaringtest.SQLite(t)) }

// cookie logs an actor in once and gives the value of the session's cookie.
func (d *door) cookie(actor jaring.Actor) string {
	d.t.Helper()
	if c, ok := d.cookies[actor.Account]; ok || actor.Account == "" {
		return c
	}
	token, _, err := d.Auth.LogIn(d.t.Context(), d.Logins[actor.Account], d.Passwords[actor.Account], "127.0.0.1:1")
	if err != nil {
		d.t.Fatal(err)
	}
	d.cookies[actor.Account] = token
	return token
}

// ask is one request; the zero actor has no session.
type ask struct {
	actor   jaring.Actor
	method  string
	path    string // below /api/v1; whole after a "!"
	body    any    // []byte and string as they are, else as JSON
	lang    string
	key     string // Idempotency-Key; "new" makes one, empty sends none
	headers map[string]string
}

// reply is a whole answer.
type reply struct {
	*http.Response
	text []byte
}

func (d *door) send(a ask) reply {
	d.t.Helper()
	var body io.Reader
	switch b := a.body.(type) {
	case nil:
	case []byte:
		body = bytes.NewReader(b)
	case string:
		body = strings.NewReader(b)
	default:
		body = bytes.NewReader(jaringtest.JSON(b))
	}
	path, outside := strings.CutPrefix(a.path, "!")
	if !outside {
		path = "/api/v1" + path
	}
	r, err := http.NewRequestWithContext(d.t.Context(), a.method, d.server.URL+path, body)
	if err != nil {
		d.t.Fatal(err)
	}
	if c := d.cookie(a.actor); c != "" {
		r.AddCookie(&http.Cookie{Name: "jaring_session", Value: c})
	}
	switch a.key {
	case "":
	case "new":
		r.Header.Set("Idempotency-Key", `"`+jaringtest.NewID()+`"`)
	default:
		r.Header.Set("Idempotency-Key", a.key)
	}
	r.Header.Set("Accept-Language", a.lang)
	for name, value := range a.headers {
		r.Header.Set(name, value)
	}
	return d.do(r)
}

func (d *door) do(r *http.Request) reply {
	d.t.Helper()
	answer, err := d.server.Client().Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	out := reply{answer, text}
	checkProblem(d.t, r, out)
	return out
}

func (d *door) get(actor jaring.Actor, path string) reply {
	d.t.Helper()
	return d.send(ask{actor: actor, method: "GET", path: path})
}

func (d *door) post(actor jaring.Actor, path string, body any) reply {
	d.t.Helper()
	return d.send(ask{actor: actor, method: "POST", path: path, body: body, key: "new"})
}

// problemJSON is what every refusal must be.
type problemJSON struct {
	Type, Title, Detail, Code, Key, Trace string
	Status                                int
	WorkerID                              string `json:"worker_id"`
	Errors                                []struct {
		Pointer, Code, Verdict, Detail string
		Args                           map[string]any
	}
}

// codes is the closed set, written down a second time on purpose.
var codes = map[string]bool{"invalid": true, "unauthenticated": true, "forbidden": true, "not_found": true, "conflict": true, "held": true, "unavailable": true, "internal": true}

// checkProblem holds every refusal of every test to RFC 9457 and to our words.
func checkProblem(t testing.TB, r *http.Request, a reply) {
	t.Helper()
	if a.StatusCode < 300 || a.StatusCode == http.StatusNotModified || !strings.HasPrefix(r.URL.Path, "/api/") {
		return
	}
	where := r.Method + " " + r.URL.Path
	if got := a.Header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("%s: %d is %q: %s", where, a.StatusCode, got, a.text)
		return
	}
	p := a.problem(t)
	if p.Status != a.StatusCode || p.Type != "about:blank" || p.Title != http.StatusText(a.StatusCode) || !codes[p.Code] {
		t.Errorf("%s: %d with %+v", where, a.StatusCode, p)
	}
	sentence(t, where, p.Key, p.Detail)
	for _, e := range p.Errors {
		sentence(t, where, e.Code, e.Detail)
		if e.Pointer != "" && !strings.HasPrefix(e.Pointer, "/") || e.Verdict == "" {
			t.Errorf("%s: finding %+v", where, e)
		}
	}
	if a.StatusCode >= 500 && p.Key == "error.internal" {
		t.Errorf("%s: broke: %s", where, a.text)
	}
}

var hole = regexp.MustCompile(`\{[a-z_]+(:[a-z]+|\|.*)?\}`)

// sentence tells a text for people from a key and from one with holes.
func sentence(t testing.TB, where, key, detail string) {
	t.Helper()
	if detail == "" || detail == key || hole.MatchString(detail) || !i18n.Known(key) {
		t.Errorf("%s: %s says %q", where, key, detail)
	}
}

func (a reply) problem(t testing.TB) (p problemJSON) {
	t.Helper()
	a.into(t, &p)
	return p
}

func (a reply) into(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal(a.text, v); err != nil {
		t.Fatalf("%d %s: %v", a.StatusCode, a.text, err)
	}
}

// want fails when the answer is another one than status, or status with key.
func (a reply) want(t testing.TB, status int, key string) reply {
	t.Helper()
	if a.StatusCode != status {
		t.Errorf("%d, want %d %s: %.400s", a.StatusCode, status, key, a.text)
		return a
	}
	if key != "" {
		if got := a.problem(t).Key; got != key {
			t.Errorf("%s, want %s: %.400s", got, key, a.text)
		}
	}
	return a
}

// pointers are the places that findings blame, with their keys.
func (p problemJSON) pointers() map[string]string {
	out := map[string]string{}
	for _, e := range p.Errors {
		out[e.Pointer] = e.Code
	}
	return out
}
