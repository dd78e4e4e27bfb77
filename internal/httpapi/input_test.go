package httpapi_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

func TestBodiesThatAreNone(t *testing.T) {
	d := liteDoor(t)
	nested := strings.Repeat(`{"a":`, 5_000) + "1" + strings.Repeat("}", 5_000)
	for name, c := range map[string]struct {
		body   string
		status int
		key    string
	}{
		"nothing":              {"", 400, "json.empty"},
		"blanks":               {" \n\t", 400, "json.empty"},
		"no JSON":              {"nik=1571025405849017", 400, "json.malformed"},
		"half of it":           {`{"nik":"15`, 400, "json.malformed"},
		"a comma too many":     {`{"months":3,}`, 400, "json.malformed"},
		"two values":           {`{} {}`, 400, "json.trailing"},
		"something behind":     {`{"months":3}]`, 400, "json.trailing"},
		"bytes that are none":  {"{\"name\":\"\xff\xfe\"}", 400, "json.malformed"},
		"half a character":     {"{\"name\":\"\xe2\x82\"}", 400, "json.malformed"},
		"null":                 {`null`, 422, "field.type"},
		"a list":               {`[]`, 422, "field.type"},
		"a text":               {`"nik"`, 422, "field.type"},
		"nested too deep":      {nested, 422, "field.unknown"},
		"nested beyond all":    {strings.Repeat("[", 40_000), 400, "json.malformed"},
		"deep in a known name": {`{"heirs":` + strings.Repeat("[", 500) + strings.Repeat("]", 500) + `}`, 422, "field.type"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, path := range []string{"/workers", "/workers/lookup", "/places", "/devices"} {
				actor := d.Officer
				p := d.send(ask{actor: actor, method: "POST", path: path, body: c.body, key: "new"})
				if path == "/workers" {
					p.want(t, c.status, c.key)
				} else if p.StatusCode != c.status && p.StatusCode != http.StatusUnprocessableEntity {
					t.Errorf("%s: %d %s", path, p.StatusCode, p.text)
				}
			}
		})
	}
}

func TestAllFindingsOfAFormAtOnce(t *testing.T) {
	d := liteDoor(t)
	body := jaringtest.Person(1)
	body["nik"], body["birth_date"], body["months"], body["programs"] = 1571, "31-02-1985", "tiga", []any{"JKK", 5}
	body["consent"] = map[string]any{"notice_version": "2026-11", "channel": "tap", "at": 5, "by": "saya"}
	body["heirs"], body["Name"] = []any{map[string]any{"name": "Siti", "relation": "tetangga"}}, "Siti"
	body["phone"] = "0812\x00"
	for lang, sentence := range map[string]string{"id": "Bentuk isian ini keliru. Yang diminta: angka.", "en": "This has the wrong form. Wanted: a number."} {
		p := d.send(ask{actor: d.Agent, method: "POST", path: "/workers", body: body, key: "new", lang: lang}).want(t, 422, "").problem(t)
		got := p.pointers()
		for pointer, key := range map[string]string{"/nik": "field.type", "/birth_date": "date.malformed", "/months": "field.type", "/programs/1": "field.type", "/consent/at": "field.type",
			"/consent/by": "field.unknown", "/heirs": "heir.relation_unknown", "/Name": "field.unknown", "/phone": "field.unreadable"} {
			if got[pointer] != key {
				t.Errorf("%s: %q, want %s (%v)", pointer, got[pointer], key, got)
			}
		}
		for _, e := range p.Errors {
			if e.Pointer == "/months" && e.Detail != sentence {
				t.Errorf("%s: %q", lang, e.Detail)
			}
		}
	}
}

func TestMembersThatStandTwice(t *testing.T) {
	d := liteDoor(t)
	body := strings.TrimSuffix(string(jaringtest.JSON(jaringtest.Person(1))), "}")
	p := d.send(ask{actor: d.Agent, method: "POST", path: "/workers", key: "new", body: body + `,"nik":"1571025405849017"}`}).want(t, 422, "json.duplicate").problem(t)
	if p.pointers()["/nik"] != "json.duplicate" {
		t.Errorf("%+v", p)
	}
	d.send(ask{actor: d.Agent, method: "POST", path: "/workers", key: "new", body: body + `,"\u006eik":"1571025405849017"}`}).want(t, 422, "json.duplicate")
	p = d.send(ask{actor: d.Agent, method: "POST", path: "/workers", key: "new", body: body + `,"NIK":"1571025405849017"}`}).want(t, 422, "field.unknown").problem(t)
	if p.pointers()["/NIK"] != "field.unknown" {
		t.Errorf("%+v", p)
	}
}

// A NIK that was typed into any other place is told to nobody and written nowhere.
func TestANIKInTheWrongPlaceIsNotRepeated(t *testing.T) {
	url := jaringtest.SQLiteURL(t)
	d := newDoor(t, jaringtest.Open(t, url))
	const nik = "1571025405849017"
	phone := d.Enrol(d.Agent)
	var answers []reply
	try := func(a ask) {
		a.actor = d.Officer
		if a.key == "" {
			a.key = "new"
		}
		answers = append(answers, d.send(a))
	}
	for _, field := range []string{"name", "birth_date", "sex", "occupation", "monthly_income", "programs", "months", "consent", "mother_name", "birth_place", "phone",
		"village", "address", "sector", "kind", "workplace_id", "campaign_id", "heirs", "payer", "confirmed", nik, "x" + nik + "y", "1571-0254-0584-9017", "１５７１０２５４０５８４９０１７"} {
		for _, value := range []any{nik, []any{nik}, map[string]any{nik: nik}, 1571025405849017} {
			body := jaringtest.Person(1)
			delete(body, "nik") // so that nothing is registered
			body[field] = value
			try(ask{method: "POST", path: "/workers", body: body})
			b := newBatch(d, phone)
			b.add(jaring.ActRegisterWorker, body)
			b.add(jaring.Act(nik), body, func(o *operation) { o.After, o.AgentID = []string{nik}, nik })
			answers = append(answers, d.send(ask{method: "POST", path: "/sync", body: b.signed(phone)}))
		}
	}
	try(ask{method: "POST", path: "/workers", body: `{"` + nik + `":`})
	try(ask{method: "GET", path: "/workers/" + nik})
	try(ask{method: "GET", path: "/" + nik + "?" + nik + "=" + nik})
	try(ask{method: "GET", path: "/workers?q=" + nik + "&cursor=" + nik + "&limit=" + nik + "x"})
	try(ask{method: "GET", path: "/areas/" + nik + "?level=" + nik})
	try(ask{method: "GET", path: "/areas?level=" + nik})
	try(ask{method: nik, path: "/workers"})
	try(ask{method: "POST", path: "/workers", body: "{}", key: nik})
	try(ask{method: "POST", path: "/quotes", body: map[string]any{"programs": []string{nik}, "sector": nik, "months": 1, "income": 1}})
	try(ask{method: "POST", path: "/quotes", body: map[string]any{"programs": []string{"JKK"}, "sector": nik, "kind": nik, "funding": nik, "segment": "BPU", "months": 1}})
	try(ask{method: "POST", path: "/quotes", body: map[string]any{"programs": []string{"JKK"}, "segment": nik, "months": 1}})
	try(ask{method: "POST", path: "/session", body: map[string]any{"login": nik, "password": nik, nik: nik}})
	try(ask{method: "POST", path: "/session", body: map[string]any{"login": nik, "password": nik}})
	try(ask{method: "POST", path: "/places", body: map[string]any{"name": "x", "kind": nik, "village": nik}})
	answers = append(answers, d.post(d.Admin, "/accounts", map[string]any{"login": "x", "name": "y", "role": nik, "office_id": nik}))
	for _, a := range answers {
		text := string(a.text)
		if strings.Contains(text, nik) || strings.Contains(text, "1571-0254") || strings.Contains(text, "１５７１") {
			t.Errorf("%s %s repeats it: %.300s", a.Request.Method, a.Request.URL.Path, text)
		}
	}
	if strings.Contains(d.log.String(), nik) {
		t.Errorf("the log holds it")
	}
	noNIKStored(t, url, nik)
}

// noNIKStored looks into the database as it lies on disk.
func noNIKStored(t *testing.T, url, nik string) {
	t.Helper()
	path := strings.TrimPrefix(url, "sqlite:")
	for _, file := range []string{path, path + "-wal"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(text, []byte(nik)) {
			t.Errorf("%s holds it", filepath.Base(file))
		}
	}
}

func TestABodyOfFiftyMegabytes(t *testing.T) {
	d := liteDoor(t)
	before, most := memory(), uint64(0)
	for _, path := range []string{"/workers", "/sync", "/session"} {
		sent := &slow{left: 50 << 20, every: func() { most = max(most, memory()) }}
		r, _ := http.NewRequest("POST", d.server.URL+"/api/v1"+path, sent)
		r.AddCookie(&http.Cookie{Name: "jaring_session", Value: d.cookie(d.Agent)})
		r.Header.Set("Accept-Language", "en")
		a := d.do(r)
		p := a.want(t, http.StatusRequestEntityTooLarge, "json.too_large").problem(t)
		if !strings.Contains(p.Detail, "bytes") || a.Close {
			t.Errorf("%s: %q, connection closed: %t", path, p.Detail, a.Close)
		}
		if sent.left > 0 {
			t.Errorf("%s: %d bytes were not taken", path, sent.left)
		}
	}
	if grown := int64(most) - int64(before); grown > 20<<20 {
		t.Errorf("memory grew by %d MB", grown>>20)
	}
	d.get(d.Agent, "/home").want(t, http.StatusOK, "")
}

func memory() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// slow is a body without a stated length.
type slow struct {
	left  int
	count int
	every func()
}

func (s *slow) Read(b []byte) (int, error) {
	if s.left == 0 {
		return 0, io.EOF
	}
	if s.count++; s.count%64 == 0 {
		s.every()
	}
	n := min(len(b), s.left)
	for i := range n {
		b[i] = 'x'
	}
	s.left -= n
	return n, nil
}

func TestIdempotencyKeys(t *testing.T) {
	d := liteDoor(t)
	register := func(actor jaring.Actor, key string, n int) reply {
		return d.send(ask{actor: actor, method: "POST", path: "/workers", body: jaringtest.Person(n), key: key})
	}
	register(d.Agent, "", 1).want(t, 400, "idempotency.required")
	register(d.Agent, `""`, 1).want(t, 400, "idempotency.required")
	register(d.Agent, strings.Repeat("k", 200), 1).want(t, 400, "idempotency.malformed")
	uuid := `"` + jaringtest.NewID() + `"`
	for _, key := range []string{uuid, "pesanan-7 dari loket"} {
		n := len(key)
		first := register(d.Agent, key, n).want(t, 201, "")
		for range 4 {
			if again := register(d.Agent, key, n).want(t, 201, ""); !bytes.Equal(again.text, first.text) {
				t.Errorf("another answer: %s", cmp.Diff(string(first.text), string(again.text)))
			}
		}
		register(d.Agent, key, n+1).want(t, 409, "operation.conflict")
	}
	register(d.Second, uuid, 200).want(t, 409, "operation.conflict")       // a UUID is one for all
	register(d.Second, "pesanan-7 dari loket", 201).want(t, 201, "")       // any other key is one's own
	register(d.Agent, strings.ToUpper(uuid), len(uuid)).want(t, 201, "")   // a UUID in any case
	register(d.Agent, strings.Trim(uuid, `"`), len(uuid)).want(t, 201, "") // and without quotes
	place := ask{actor: d.Head, method: "POST", path: "/places", key: `"p"`, body: map[string]any{"name": "Balai", "kind": "hall", "village": jaringtest.Legok}}
	one, two := d.send(place).want(t, 201, ""), d.send(place).want(t, 201, "")
	if !bytes.Equal(one.text, two.text) {
		t.Errorf("two places: %s %s", one.text, two.text)
	}
	place.body = map[string]any{"name": "Balai lain", "kind": "hall", "village": jaringtest.Legok}
	d.send(place).want(t, 409, "operation.conflict")
	for _, path := range []string{"/places", "/devices", "/accounts", "/workers/" + jaringtest.NewID() + "/nik-reveal"} {
		actor := map[string]jaring.Actor{"/places": d.Head, "/devices": d.Agent, "/accounts": d.Admin}[path]
		if actor.Account == "" {
			actor = d.Officer
		}
		d.send(ask{actor: actor, method: "POST", path: path, body: "{}"}).want(t, 400, "idempotency.required")
	}
}

// Every act that changes a person, told again after its answer was lost, gets that answer.
func TestActsToldAgain(t *testing.T) {
	d := liteDoor(t)
	id := string(d.Register(d.Agent, 1))
	other := string(d.Register(d.Agent, 2))
	third := string(d.Register(d.Agent, 3))
	d.send(ask{actor: d.Agent, method: "POST", path: "/workers", key: "new", body: twin(4, "0000")}).want(t, 202, "")
	reviews, _, err := d.App.FindReviews(t.Context(), d.Officer, "")
	if err != nil || len(reviews) != 1 {
		t.Fatal(reviews, err)
	}
	for _, a := range []ask{
		{path: "/workers/" + id + "/corrections", headers: map[string]string{"If-Match": `"1"`}, body: map[string]any{"fields": map[string]any{"occupation": "petani"}, "reason": "salah tulis"}},
		{path: "/workers/" + id + "/payments", body: map[string]any{"amount": 45_600, "channel": "bank", "reference": "B", "paid_on": "2026-11-21"}},
		{path: "/workers/" + other + "/consent-withdrawal", body: map[string]any{}},
		{path: "/workers/" + third + "/merge", body: map[string]any{"into": id, "reason": "orang yang sama"}},
		{path: "/reviews/" + string(reviews[0].Review.ID) + "/decision", body: map[string]any{"decision": "reject", "reason": "bukan KTP asli"}},
	} {
		a.actor, a.method, a.key = d.Officer, "POST", `"`+jaringtest.NewID()+`"`
		first := d.send(a).want(t, 200, "")
		for range 4 {
			if again := d.send(a).want(t, 200, ""); !bytes.Equal(first.text, again.text) {
				t.Errorf("%s: %s", a.path, cmp.Diff(string(first.text), string(again.text)))
			}
		}
	}
}
