package message

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"jaring/internal/jaring"
)

// listen is a hook over a real connection, and who hears it.
func (w *town) listen(t *testing.T) (*ear, string) {
	t.Helper()
	e := &ear{}
	hook, err := NewHook(*w.settings.WhatsApp, e, nil)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(hook)
	t.Cleanup(server.Close)
	w.sim.Hook(server.URL)
	return e, server.URL
}

// rest lets the gateway report until it has nothing more to say.
func (w *town) rest(t *testing.T) {
	t.Helper()
	for range 500 {
		next := w.sim.Deliver(t.Context())
		if next.IsZero() {
			return
		}
		w.Wind(max(0, next.Sub(w.Now())))
	}
	t.Fatal("reports without end")
}

func TestReportsComeTrue(t *testing.T) {
	for name, m := range map[string]Mischief{"in order": {}, "doubled": {Double: true}, "reversed": {Reorder: true}, "both": {Double: true, Reorder: true}} {
		w := newTown(t)
		e, _ := w.listen(t)
		w.sim.Misbehave(m)
		good, bad := letter(1, "confirmed"), letter(2, "confirmed")
		bad.To.Phone = "+6281234560500"
		ids := map[string]string{}
		for _, l := range []Letter{good, bad} {
			o := w.gateway.Deliver(t.Context(), l)
			ids[l.ID] = o.GatewayID
		}
		w.rest(t)
		final := map[string]Progress{}
		for _, r := range e.reports {
			final[r.LetterID] = final[r.LetterID].Advance(r.Progress)
			if r.GatewayID != ids[r.LetterID] || r.Channel != WhatsApp || !r.At.Equal(start) || (r.Code != 0) != (r.Progress == ProgressFailed) {
				t.Errorf("%s: %+v", name, r)
			}
		}
		if want := 5; !m.Double && len(e.reports) != want || m.Double && len(e.reports) != 2*want {
			t.Errorf("%s: %d reports", name, len(e.reports))
		}
		if final[good.ID] != ProgressRead || final[bad.ID] != ProgressFailed {
			t.Errorf("%s: %v", name, final)
		}
		bad.Except = []Channel{WhatsApp} // what failed goes by the next channel
		if o := w.gateway.Deliver(t.Context(), bad); o.Status != Sent || o.Channel != SMS {
			t.Errorf("%s: %+v", name, o)
		}
	}
}

func TestSomebodyWritesBack(t *testing.T) {
	w := newTown(t)
	e, _ := w.listen(t)
	w.sim.Reply("+6281200000001", "BERHENTI")
	w.sim.Reply("6281200000002", "Kapan habis? "+strings.Repeat("é", 1000))
	w.sim.Reply("12", "nobody's number")
	w.rest(t)
	if len(e.writings) != 2 || e.writings[0].From != "+6281200000001" || e.writings[0].Reply != ReplyStop || e.writings[1].Reply != ReplyOther || len(e.writings[1].Text) > maxWriting {
		t.Errorf("%+v", e.writings)
	}
}

// When we cannot keep what was reported, the gateway tells again.
func TestReportsAreToldAgain(t *testing.T) {
	w := newTown(t)
	e, _ := w.listen(t)
	e.trouble = errors.New("no room")
	w.sim.Reply("+6281200000001", "MULAI")
	if next := w.sim.Deliver(t.Context()); next.IsZero() {
		t.Fatal("given up")
	}
	e.trouble = nil
	w.rest(t)
	if len(e.writings) != 1 || e.writings[0].Reply != ReplyStart {
		t.Errorf("%+v", e.writings)
	}
}

func TestHookProvesWhoReports(t *testing.T) {
	w := newTown(t)
	e, address := w.listen(t)
	body := `{"entry":[{"changes":[{"value":{"statuses":[{"id":"wamid.1","status":"read","timestamp":"1795231800","biz_opaque_callback_data":"` + letter(1, "").ID + `"}]}}]}]}`
	for _, c := range []struct {
		rule, method, body, signature string
		status                        int
	}{
		{"as it should be", "POST", body, SignHook("s3cret", []byte(body)), 200},
		{"no signature", "POST", body, "", 401},
		{"another secret", "POST", body, SignHook("guess", []byte(body)), 401},
		{"another body", "POST", body + " ", SignHook("s3cret", []byte(body)), 401},
		{"in capitals", "POST", body, strings.ToUpper(SignHook("s3cret", []byte(body))), 401},
		{"no JSON", "POST", "x", SignHook("s3cret", []byte("x")), 400},
		{"nothing that we know", "POST", `{"entry":[{"changes":[{"value":{"new":1}}]}]}`, SignHook("s3cret", []byte(`{"entry":[{"changes":[{"value":{"new":1}}]}]}`)), 200},
		{"another method", "PUT", "", "", 405},
	} {
		req, _ := http.NewRequestWithContext(t.Context(), c.method, address, strings.NewReader(c.body))
		req.Header.Set(signatureHeader, c.signature)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != c.status {
			t.Errorf("%s: %d", c.rule, res.StatusCode)
		}
	}
	if len(e.reports) != 1 || e.reports[0] != (Report{WhatsApp, "wamid.1", letter(1, "").ID, ProgressRead, 0, time.Unix(1795231800, 0).UTC()}) {
		t.Errorf("%+v", e.reports)
	}
	if VerifyHook("", []byte("x"), SignHook("", []byte("x"))) {
		t.Error("an empty secret proves")
	}
	_, err := NewHook(WhatsAppSettings{AppSecret: "x"}, e, nil)
	wantKey(t, err, jaring.Invalid, "message.settings")
}

func TestHookIsSetUp(t *testing.T) {
	w := newTown(t)
	_, address := w.listen(t)
	ask := func(mode, token, challenge string) (int, string) {
		res, err := http.Get(address + "?" + url.Values{"hub.mode": {mode}, "hub.verify_token": {token}, "hub.challenge": {challenge}}.Encode())
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		raw, _ := io.ReadAll(res.Body)
		return res.StatusCode, string(raw)
	}
	if status, said := ask("subscribe", "v3rify", "1158201444"); status != 200 || said != "1158201444" {
		t.Error(status, said)
	}
	for _, c := range [][3]string{{"subscribe", "guess", "1"}, {"subscribe", "", "1"}, {"unsubscribe", "v3rify", "1"}, {"subscribe", "v3rify", strings.Repeat("1", 201)}} {
		if status, said := ask(c[0], c[1], c[2]); status != 403 || said != "" {
			t.Error(c, status, said)
		}
	}
}

// Whatever is reported is read without harm: what comes out can be kept.
func FuzzParseHook(f *testing.F) {
	f.Add(`{"entry":[{"changes":[{"value":{"statuses":[{"id":"wamid.1","status":"read","timestamp":"1795231800"}]}}]}]}`)
	f.Add(`{"entry":[{"changes":[{"value":{"messages":[{"id":"1","from":"6281200000001","timestamp":"x","text":{"body":"STOP"}},{"id":"2","from":"6281200000001","button":{"text":"é"}}]}}]}]}`)
	f.Fuzz(func(t *testing.T, body string) {
		reports, writings, err := parseHook([]byte(body))
		if err != nil {
			return
		}
		for _, r := range reports {
			if r.GatewayID == "" || rank[r.Progress] == 0 || r.LetterID != "" && !jaring.IsUUID(r.LetterID) {
				t.Fatalf("%+v", r)
			}
		}
		for _, w := range writings {
			if !strings.HasPrefix(w.From, "+62") || len(w.Text) > maxWriting || w.Reply == "" || fmt.Sprintf("%q", w.Text) == "" {
				t.Fatalf("%+v", w)
			}
		}
	})
}
