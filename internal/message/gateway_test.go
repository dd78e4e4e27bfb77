package message

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

func TestDeliverByEachChannel(t *testing.T) {
	w := newTown(t)
	for _, c := range []Channel{WhatsApp, SMS, Email} {
		w.use(t, c)
		for i, lang := range []i18n.Lang{i18n.ID, i18n.EN, ""} {
			l := letter(i, "rescue")
			l.To.Lang = lang
			o := w.gateway.Deliver(t.Context(), l)
			if o.Status != Sent || o.Channel != c || o.GatewayID == "" || len(o.Tried) != 1 {
				t.Fatalf("%s: %+v", c, o)
			}
			got := w.sim.Inbox()[len(w.sim.Inbox())-1]
			if got.Channel != c || got.LetterID != l.ID || got.ID != o.GatewayID || !strings.Contains(got.Text, "Siti Nur Aminah") || !strings.Contains(got.Text, values.Link) {
				t.Errorf("%s: %+v", c, got)
			}
			if english := strings.Contains(got.Text, "The cover of"); english != (lang == i18n.EN) {
				t.Errorf("%s in %q: %s", c, lang, got.Text)
			}
		}
	}
}

func TestFallback(t *testing.T) {
	for _, c := range []struct {
		rule    string
		spoil   func(*town, *Letter)
		status  Status
		channel Channel
		tried   int
		key     string
	}{
		{"all in order", func(*town, *Letter) {}, Sent, WhatsApp, 1, ""},
		{"not on WhatsApp nor reachable by SMS", func(_ *town, l *Letter) { l.To.Phone = "+6281234560404" }, Sent, Email, 3, ""},
		{"nobody anywhere", func(_ *town, l *Letter) { l.To.Phone, l.To.Email = "+6281234560404", "nobody@contoh.example" }, Refused, "", 3, "message.not_reachable"},
		{"no address at all", func(_ *town, l *Letter) { l.To.Phone, l.To.Email = "", "" }, Refused, "", 0, "message.no_channel"},
		{"an address that is none", func(_ *town, l *Letter) { l.To.Phone, l.To.Email = "", "siti\r\nBcc: x@y" }, Refused, "", 0, "message.no_channel"},
		{"mail alone", func(_ *town, l *Letter) { l.To.Phone = "" }, Sent, Email, 1, ""},
		{"WhatsApp failed before", func(_ *town, l *Letter) { l.Except = []Channel{WhatsApp} }, Sent, SMS, 1, ""},
		{"busy for a while", func(w *town, _ *Letter) { w.sim.Misbehave(Mischief{Busy: 2}) }, Sent, WhatsApp, 1, ""},
		{"busy for long", func(w *town, _ *Letter) { w.sim.Misbehave(Mischief{Busy: 3}) }, Sent, SMS, 2, ""},
		{"all busy for long", func(w *town, _ *Letter) { w.sim.Misbehave(Mischief{Busy: 99}) }, Waits, "", 3, "message.unavailable"},
		{"the answer is lost", func(w *town, _ *Letter) { w.sim.Misbehave(Mischief{Drop: 1}) }, Unknown, WhatsApp, 1, "message.outcome_unknown"},
		{"opted out", func(_ *town, l *Letter) { l.To.OptedOut = true }, Refused, "", 0, "message.opted_out"},
		{"the word that the stop was heard", func(_ *town, l *Letter) { l.To.OptedOut, l.Template = true, "opted_out" }, Sent, WhatsApp, 1, ""},
		{"no such template", func(_ *town, l *Letter) { l.Template = "greeting" }, Refused, "", 0, "message.template_unknown"},
		{"a value is missing", func(_ *town, l *Letter) { l.Values.Link = "" }, Refused, "", 0, "message.value_missing"},
		{"at night", func(w *town, _ *Letter) { w.Wind(10 * time.Hour) }, Waits, "", 0, ""},
		{"at night, an answer", func(w *town, l *Letter) { w.Wind(10 * time.Hour); l.Template = "opted_in" }, Sent, WhatsApp, 1, ""},
		{"at night, in no zone", func(w *town, l *Letter) { w.Wind(10 * time.Hour); l.To.Zone = nil }, Waits, "", 0, ""},
	} {
		w := newTown(t)
		l := letter(1, "rescue")
		c.spoil(w, &l)
		o := w.gateway.Deliver(t.Context(), l)
		if o.Status != c.status || o.Channel != c.channel || len(o.Tried) != c.tried || jaring.KeyOf(o.Why) != c.key {
			t.Errorf("%s: %+v", c.rule, o)
		}
		if o.Status == Waits && !o.NotBefore.After(w.Now()) {
			t.Errorf("%s: at once again", c.rule)
		}
		if n := len(w.sim.Inbox()); n > 1 || (n == 1) != (o.Status == Sent || o.Status == Unknown) {
			t.Errorf("%s: %d letters arrived", c.rule, n)
		}
		if o.Why != nil && (strings.Contains(o.Why.Error(), l.To.Phone) && l.To.Phone != "" || strings.Contains(o.Why.Error(), "contoh.example")) {
			t.Errorf("%s: tells whom: %v", c.rule, o.Why)
		}
	}
}

// An SMS gateway knows letters by their ids, so a lost answer is asked for again; mail and
// WhatsApp do not, so it is left.
func TestLostAnswers(t *testing.T) {
	for channel, want := range map[Channel]Status{WhatsApp: Unknown, SMS: Sent, Email: Unknown} {
		w := newTown(t)
		w.use(t, channel)
		w.sim.Misbehave(Mischief{Drop: 1})
		o := w.gateway.Deliver(t.Context(), letter(1, "confirmed"))
		if o.Status != want || o.Channel != channel || len(w.sim.Inbox()) != 1 {
			t.Errorf("%s: %+v, %d arrived", channel, o, len(w.sim.Inbox()))
		}
	}
	w := newTown(t)
	w.use(t, SMS, Email)
	w.sim.Misbehave(Mischief{Drop: 9})
	if o := w.gateway.Deliver(t.Context(), letter(1, "confirmed")); o.Status != Unknown || o.Channel != SMS || len(w.sim.Inbox()) != 1 {
		t.Errorf("%+v", o)
	}
}

func TestNobodyAnswers(t *testing.T) {
	w := newTown(t)
	w.settings.WhatsApp.Base, w.settings.SMS.Address, w.settings.Email.Host = "http://127.0.0.1:1", "http://127.0.0.1:1/sms", "127.0.0.1:1"
	w.use(t, WhatsApp, SMS, Email)
	o := w.gateway.Deliver(t.Context(), letter(1, "confirmed"))
	if o.Status != Waits || len(o.Tried) != 3 || o.NotBefore != start.Add(15*time.Minute) || w.waits.Load() != 6 {
		t.Errorf("%+v after %d waits", o, w.waits.Load())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if o := w.gateway.Deliver(ctx, letter(1, "confirmed")); o.Status != Waits || len(o.Tried) != 1 {
		t.Errorf("goes on after its end: %+v", o)
	}
}

// An SMS that is too long falls back rather than being cut.
func TestTooLongForSMS(t *testing.T) {
	w := newTown(t)
	w.use(t, SMS, Email)
	l := letter(1, "cash_waiting")
	l.To.Lang = i18n.EN
	l.Values.Days = 999_999_999
	l.Values.Link += strings.Repeat("y", maxLink-len(l.Values.Link))
	text, err := (&Texter{}).text(l)
	if err == nil {
		t.Fatalf("%d letters: %s", lengthGSM(text), text)
	}
	wantKey(t, err, jaring.Invalid, "message.too_long")
	if o := w.gateway.Deliver(t.Context(), l); o.Status != Sent || o.Channel != Email {
		t.Errorf("%+v", o)
	}
}

// odd answers everything in one way.
type odd struct {
	status int
	body   string
	err    error
}

func (o odd) RoundTrip(r *http.Request) (*http.Response, error) {
	if o.err != nil {
		return nil, o.err
	}
	return &http.Response{StatusCode: o.status, Header: http.Header{}, Request: r, Body: http.NoBody, ContentLength: 0, ProtoMajor: 1, ProtoMinor: 1}, nil
}

func TestOddAnswers(t *testing.T) {
	w := newTown(t)
	for _, c := range []struct {
		channel Channel
		status  int
		key     string
	}{
		{WhatsApp, 200, "message.outcome_unknown"}, {WhatsApp, 500, "message.outcome_unknown"}, {WhatsApp, 502, "message.outcome_unknown"},
		{WhatsApp, 503, "message.unavailable"}, {WhatsApp, 429, "message.unavailable"}, {WhatsApp, 307, "message.refused"}, {WhatsApp, 404, "message.refused"},
		{SMS, 500, "message.outcome_unknown"}, {SMS, 503, "message.unavailable"}, {SMS, 429, "message.unavailable"}, {SMS, 401, "message.access"},
		{SMS, 403, "message.access"}, {SMS, 404, "message.not_reachable"}, {SMS, 400, "message.refused"}, {SMS, 302, "message.refused"}, {SMS, 200, ""},
	} {
		w.settings.Order = []Channel{c.channel}
		senders, err := w.settings.Senders(odd{status: c.status}, w.Now)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := senders[0].Send(t.Context(), letter(1, "confirmed")); jaring.KeyOf(err) != c.key {
			t.Errorf("%s %d: %v", c.channel, c.status, err)
		}
	}
	w.settings.Order = []Channel{WhatsApp}
	senders, _ := w.settings.Senders(odd{err: errors.New("no way")}, w.Now)
	_, err := senders[0].Send(t.Context(), letter(1, "confirmed"))
	wantKey(t, err, jaring.Unavailable, "message.unavailable") // nothing was written
}

func TestMetaCodes(t *testing.T) {
	for code, key := range map[int]string{131026: "message.not_reachable", 131050: "message.not_reachable", 130429: "message.unavailable", 131016: "message.unavailable",
		190: "message.access", 132001: "message.refused", 100: "message.refused"} {
		if err := cloudError(400, code); jaring.KeyOf(err) != key {
			t.Errorf("%d: %v", code, err)
		}
	}
	if jaring.KeyOf(cloudError(401, 100)) != "message.access" || jaring.KeyOf(cloudError(429, 100)) != "message.unavailable" {
		t.Error("the status says nothing")
	}
}

func TestWrongToken(t *testing.T) {
	w := newTown(t)
	w.settings.WhatsApp.Token, w.settings.SMS.Token = "wrong", "wrong"
	w.use(t, WhatsApp, SMS)
	o := w.gateway.Deliver(t.Context(), letter(1, "confirmed"))
	wantKey(t, o.Why, jaring.Internal, "message.access")
	if strings.Contains(o.Why.Error(), "wrong") {
		t.Error("tells the token")
	}
}

func TestSettingsRefuse(t *testing.T) {
	w := newTown(t)
	var b strings.Builder
	w.settings.Order = []Channel{WhatsApp, SMS, Email}
	if err := WriteSettings(&b, w.settings); err != nil {
		t.Fatal(err)
	}
	good := b.String()
	if got, err := ReadSettings(strings.NewReader(good)); err != nil || *got.WhatsApp != *w.settings.WhatsApp || *got.SMS != *w.settings.SMS || *got.Email != *w.settings.Email {
		t.Fatal(got, err)
	}
	for _, c := range [][2]string{{"{", "["}, {`"order"`, `"urut"`}, {`"sms",`, `"telepon",`}, {`"sms",`, `"whatsapp",`}, {`"JARING"`, `"JARING-KOTA-CONTOH"`},
		{`"JARING"`, `""`}, {`"t0ken"`, `""`}, {`Jaring <jaring@kota.example>`, `nobody`}, {`"host": "127.0.0.1:`, `"host": "127.0.0.1`}, {`"base": "http://127.0.0.1`, `"base": "http://graph.example`},
		{`"address": "http://127`, `"address": "ftp://127`}, {`"version": "v23.0"`, `"version": ""`}} {
		bad := strings.Replace(good, c[0], c[1], 1)
		if bad == good {
			t.Fatal("nothing was changed by", c[0])
		}
		_, err := ReadSettings(strings.NewReader(bad))
		wantKey(t, err, jaring.Invalid, "message.settings")
	}
}
