package message

import (
	"context"
	"encoding/json"
	"flag"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

var update = flag.Bool("update", false, "write the golden files anew")

// What goes out, to the letter.
func TestGoldenLetters(t *testing.T) {
	w := newTown(t)
	var b strings.Builder
	for _, lang := range i18n.Langs {
		for i, tpl := range Templates() {
			l := letter(i, tpl.Name)
			l.To.Lang = lang
			m, err := (&Cloud{settings: *w.settings.WhatsApp}).message(l)
			if err != nil {
				t.Fatal(err)
			}
			raw, err := json.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			sms, err := (&Texter{}).text(l)
			if err != nil {
				t.Fatal(err)
			}
			b.WriteString("# " + tpl.Name + " " + string(lang) + "\n" + string(raw) + "\n" + tpl.CloudText(lang) + "\n" + sms + "\n\n")
		}
	}
	mailer, err := NewMailer(*w.settings.Email, w.Now)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := mailer.compose(letter(99, "lapsed"))
	if err != nil {
		t.Fatal(err)
	}
	b.WriteString(strings.ReplaceAll(string(raw), "\r\n", "\n"))
	const path = "testdata/letters.golden"
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != b.String() {
		t.Errorf("%v\ngot:\n%s", err, b.String())
	}
}

func TestSimulatorHTTP(t *testing.T) {
	w := newTown(t)
	server := httptest.NewServer(w.sim.Handler())
	defer server.Close()
	const cloud = "/v23.0/1/messages"
	good := `{"messaging_product":"whatsapp","to":"6281200000001","type":"template","template":{"name":"jaring_opted_in","language":{"code":"id","policy":"deterministic"}}}`
	for _, c := range []struct {
		rule, method, path, body string
		status                   int
		says                     string
	}{
		{"a template", "POST", cloud, good, 200, `"wamid.`},
		{"free text", "POST", cloud, strings.Replace(good, `"type":"template"`, `"type":"text"`, 1), 400, `"code":100`},
		{"no number", "POST", cloud, strings.Replace(good, "6281200000001", "0812", 1), 400, `"code":100`},
		{"an unknown template", "POST", cloud, strings.Replace(good, "jaring_opted_in", "greeting", 1), 400, `"code":132001`},
		{"an unknown language", "POST", cloud, strings.Replace(good, `"id"`, `"fr"`, 1), 400, `"code":132001`},
		{"values are missing", "POST", cloud, strings.Replace(good, "opted_in", "confirmed", 1), 400, `"code":132000`},
		{"a value with a line end", "POST", cloud, strings.Replace(strings.Replace(good, "opted_in", "cash_deposited", 1), `deterministic"}`,
			`deterministic"},"components":[{"type":"body","parameters":[{"type":"text","text":"a"},{"type":"text","text":"b\nc"}]}]`, 1), 400, `"code":132012`},
		{"no JSON", "POST", cloud, `x`, 400, "json"},
		{"an SMS", "POST", smsPath, `{"id":"1","from":"JARING","to":"+6281200000001","text":"Halo"}`, 202, "sms-1"},
		{"an SMS of other letters", "POST", smsPath, `{"id":"2","from":"JARING","to":"+6281200000001","text":"日本"}`, 400, "text"},
		{"an SMS that is too long", "POST", smsPath, `{"id":"2","from":"JARING","to":"+6281200000001","text":"` + strings.Repeat("a", 161) + `"}`, 400, "text"},
		{"an SMS to nobody", "POST", smsPath, `{"id":"2","from":"JARING","to":"12","text":"a"}`, 422, "number"},
		{"inbox", "GET", "/sim/inbox", ``, 200, `"text":"Halo"`},
		{"page", "GET", "/", ``, 200, "Halo"},
		{"reply", "POST", "/sim/reply", `{"from":"+6281200000001","text":"STOP"}`, 200, "queued"},
		{"misbehave", "POST", "/sim/misbehave", `{"busy":1}`, 200, `"busy":1`},
		{"no mischief", "POST", "/sim/misbehave", `[]`, 400, "json"},
		{"busy", "POST", cloud, good, 503, ""},
	} {
		req, _ := http.NewRequestWithContext(t.Context(), c.method, server.URL+c.path, strings.NewReader(c.body))
		req.Header.Set("Authorization", "Bearer t0ken")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode != c.status || !strings.Contains(string(raw), c.says) {
			t.Errorf("%s: %d %s", c.rule, res.StatusCode, raw)
		}
	}
}

func TestSimulatorMail(t *testing.T) {
	w := newTown(t)
	talk := func(lines ...string) string {
		conn, err := net.Dial("tcp", w.settings.Email.Host)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, strings.Join(append(lines, "QUIT", ""), "\r\n")); err != nil {
			t.Fatal(err)
		}
		said, _ := io.ReadAll(conn)
		return string(said)
	}
	for _, c := range []struct {
		rule  string
		lines []string
		says  string
	}{
		{"to nobody", []string{"EHLO x", "MAIL FROM:<a@b>", "RCPT TO:<nobody@b>"}, "550"},
		{"no address", []string{"HELO x", "RCPT TO:<>"}, "550"},
		{"data before an address", []string{"EHLO x", "DATA"}, "503"},
		{"what it does not know", []string{"VRFY x"}, "502"},
		{"no mail", []string{"RCPT TO:<a@b>", "DATA", "x", "."}, "554"},
		{"no id", []string{"RCPT TO:<a@b>", "DATA", "Subject: x", "", "y", "."}, "554"},
		{"a subject that cannot be read", []string{"RCPT TO:<a@b>", "DATA", "Subject: =?utf-9?q?x?=", "Message-ID: <1@b>", "", "y", "."}, "554"},
		{"a mail", []string{"RCPT TO:<a@b>", "DATA", "Subject: x", "Message-ID: <1@b>", "", "y", "."}, "250 taken"},
	} {
		if said := talk(c.lines...); !strings.Contains(said, c.says) || !strings.HasSuffix(said, "221 bye\r\n") {
			t.Errorf("%s: %s", c.rule, said)
		}
	}
	if got := w.sim.Inbox(); len(got) != 1 || got[0].To != "a@b" || got[0].Text != "y" {
		t.Error(got)
	}
}

// A mail server that speaks in the open is used on this machine only, and so are passwords.
func TestMailErrors(t *testing.T) {
	w := newTown(t)
	s := *w.settings.Email
	s.User, s.Password = "jaring", "p4ssword"
	m, err := NewMailer(s, w.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Send(t.Context(), letter(1, "confirmed")); err == nil || strings.Contains(err.Error(), "p4ssword") {
		t.Error("the server knows no log-in:", err)
	}
	if jaring.KeyOf(mailError(errPlain)) != "message.access" {
		t.Error("speaks in the open")
	}
}

func TestSimulatorServes(t *testing.T) {
	dir := t.TempDir()
	files := Files{Port: filepath.Join(dir, "port"), Settings: filepath.Join(dir, "gateway.json")}
	sim := NewSimulator(SimulatorOptions{Delay: time.Millisecond})
	var both [2]net.Listener
	for i := range both {
		var err error
		if both[i], err = Listen("127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- sim.Serve(ctx, both[0], both[1], files) }()
	res, err := http.Get("http://" + both[0].Addr().String() + "/") // letters are taken: the files are there
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	f, err := os.Open(files.Settings)
	if err != nil {
		t.Fatal(err)
	}
	settings, err := ReadSettings(f)
	_ = f.Close()
	if info, _ := os.Stat(files.Settings); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatal(err)
	}
	e := &ear{news: make(chan struct{})}
	hook, err := NewHook(*settings.WhatsApp, e, nil)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(hook)
	defer server.Close()
	sim.Hook(server.URL)
	sim.Reply("+6281200000001", "BERHENTI")
	<-e.news // the running gateway tells by itself
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestSimulatorListensOnThisMachineOnly(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.168.1.2:0", "gateway.example:80", "127.0.0.1"} {
		_, err := Listen(address)
		wantKey(t, err, jaring.Invalid, "message.sim_listen")
	}
	for _, files := range []Files{{Port: "/nowhere/at/all"}, {Settings: "/nowhere/at/all"}} {
		web, _ := Listen("127.0.0.1:0")
		post, _ := Listen("127.0.0.1:0")
		if err := NewSimulator(SimulatorOptions{}).Serve(t.Context(), web, post, files); err == nil {
			t.Errorf("%+v: no error", files)
		}
	}
}
