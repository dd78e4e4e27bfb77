package payment

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with the file of that name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		t.Errorf("%s (%v)\ngot:\n%s\nwant:\n%s", name, err, got, want)
	}
}

// spoiler speaks to our server as a bank would that does one thing wrong.
type spoiler struct {
	town   *town
	token  string
	header map[string]string // replaced after signing; "" removes
	before func(*Signed)     // changed before signing
	at     time.Time
	secret string
}

func (s spoiler) send(t *testing.T, service Service, external, body string) (status int, raw string) {
	t.Helper()
	bank := s.town.sim.Bank()
	if s.secret == "" {
		s.secret = bank.Theirs.ClientSecret
	}
	if s.at.IsZero() {
		s.at = s.town.Now()
	}
	path := "/snap" + routes[service].path
	signed := Signed{http.MethodPost, path, s.token, []byte(body), Timestamp(s.at)}
	if s.before != nil {
		s.before(&signed)
	}
	signature, err := signed.Symmetric(s.secret)
	if err != nil {
		signature = "unsigned"
	}
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	for k, v := range map[string]string{"Authorization": "Bearer " + s.token, headerTimestamp: signed.Timestamp, headerSignature: signature,
		headerPartner: bank.Theirs.PartnerID, headerExternal: external, headerChannel: "6011"} {
		req.Header.Set(k, v)
	}
	for k, v := range s.header {
		req.Header.Del(k)
		if v != "" {
			req.Header.Set(k, v)
		}
	}
	w := httptest.NewRecorder()
	http.StripPrefix("/snap", s.town.server).ServeHTTP(w, req)
	return w.Code, w.Body.String()
}

// tokenFor asks our server for a token as the bank does.
func (w *town) tokenFor(t *testing.T) string {
	t.Helper()
	token, err := w.sim.line.purse.get(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func codeOf(t *testing.T, raw string) string {
	t.Helper()
	var a answer
	if err := json.Unmarshal([]byte(raw), &a); err != nil {
		t.Fatalf("%v: %s", err, raw)
	}
	return a.Code
}

const goodInquiry = `{"partnerServiceId":"   88899","customerNo":"00000000000001","virtualAccountNo":"   8889900000000000001","inquiryRequestId":"INQ-1","trxDateInit":"2026-11-21T10:30:00+07:00","channelCode":6011}`

const goodPayment = `{"partnerServiceId":"   88899","customerNo":"00000000000001","virtualAccountNo":"   8889900000000000001","paymentRequestId":"PAY-1","paidAmount":{"value":"16800.00","currency":"IDR"},"totalAmount":{"value":"16800.00","currency":"IDR"},"trxDateTime":"2026-11-21T10:29:00+07:00","referenceNo":"REF-1","flagAdvise":"N"}`

const goodQRNotice = `{"originalReferenceNo":"QREF-1","originalPartnerReferenceNo":"QR-1","latestTransactionStatus":"00","amount":{"value":"16800.00","currency":"IDR"}}`

// What banks send and hear, to the letter.
func TestServerGolden(t *testing.T) {
	var b strings.Builder
	w := newTown(t, "token")
	s := spoiler{town: w, token: w.tokenFor(t)}
	w.shop.owe("8889900000000000001", 16_800)
	w.shop.owe("QR-1", 16_800)
	old := w.order(t, 3)
	w.shop.owe(old.VA.String(), 16_800)
	w.shop.bills[old.VA.String()].expires = start.Add(-time.Hour)
	say := func(title string, service Service, external, body string) {
		_, raw := s.send(t, service, external, body)
		fmt.Fprintf(&b, "# %s\n%s %s\n%s\n→ %s\n\n", title, routes[service].method, routes[service].path, body, raw)
	}
	third := strings.NewReplacer("00000000000001", "00000000000003", "PAY-1", "PAY-3", "INQ-1", "INQ-3")
	other := strings.NewReplacer("00000000000001", "00000000000002", "PAY-1", "PAY-2", "INQ-1", "INQ-2")
	say("an inquiry", ServiceInquiry, "1", goodInquiry)
	say("a code that is nobody's", ServiceInquiry, "2", other.Replace(goodInquiry))
	say("a code whose time is over", ServiceInquiry, "3", third.Replace(goodInquiry))
	say("another biller's number", ServiceInquiry, "4", strings.ReplaceAll(goodInquiry, "88899", "77799"))
	say("a payment of another amount", ServicePayment, "5", strings.Replace(strings.Replace(goodPayment, "16800", "16900", 1), "PAY-1", "PAY-0", 1))
	say("a payment", ServicePayment, "6", goodPayment)
	say("the same again", ServicePayment, "6", goodPayment)
	say("asked again, for the answer was lost", ServicePayment, "7", strings.Replace(goodPayment, `"flagAdvise":"N"`, `"flagAdvise":"Y"`, 1))
	say("the same number for something else", ServicePayment, "6", strings.Replace(goodPayment, "REF-1", "REF-2", 1))
	say("the same payment with another amount", ServicePayment, "8", strings.Replace(goodPayment, "16800", "16900", 1))
	say("paid a second time", ServicePayment, "9", strings.Replace(goodPayment, "PAY-1", "PAY-9", 1))
	say("an inquiry of a paid code", ServiceInquiry, "10", goodInquiry)
	say("an unknown code is paid", ServicePayment, "11", other.Replace(goodPayment))
	say("paid too late", ServicePayment, "12", third.Replace(goodPayment))
	say("a QR payment on its way", ServiceQRNotice, "13", strings.Replace(goodQRNotice, `"00"`, `"03"`, 1))
	say("a QR payment", ServiceQRNotice, "14", goodQRNotice)
	say("a QR payment told twice", ServiceQRNotice, "15", goodQRNotice)
	w.shop.worry(jaring.NewError(jaring.Unavailable, "error.unavailable"))
	say("our book does not answer", ServicePayment, "16", strings.Replace(goodPayment, "PAY-1", "PAY-16", 1))
	w.shop.worry(jaring.InternalError(io.ErrUnexpectedEOF))
	say("our book is broken", ServicePayment, "17", strings.Replace(goodPayment, "PAY-1", "PAY-17", 1))
	golden(t, "server", b.String())
	if w.shop.settled() != 2 || w.shop.sum() != 33_600 {
		t.Errorf("%d booked, %s", w.shop.settled(), w.shop.sum())
	}
}

func TestServerFindsFaultyFields(t *testing.T) {
	w := newTown(t, "token")
	s := spoiler{town: w, token: w.tokenFor(t)}
	for i, c := range []struct {
		service  Service
		old, new string
		code     string
		says     string
	}{
		{ServiceInquiry, `"inquiryRequestId":"INQ-1",`, ``, "4002402", "Invalid Mandatory Field inquiryRequestId"},
		{ServiceInquiry, `"INQ-1"`, `""`, "4002402", "Invalid Mandatory Field inquiryRequestId"},
		{ServiceInquiry, `"INQ-1"`, `null`, "4002402", "Invalid Mandatory Field inquiryRequestId"},
		{ServiceInquiry, `"INQ-1"`, `7`, "4002401", "Invalid Field Format inquiryRequestId"},
		{ServiceInquiry, `"INQ-1"`, `"` + strings.Repeat("x", 129) + `"`, "4002401", "Invalid Field Format inquiryRequestId"},
		{ServiceInquiry, `"   88899"`, `"88899"`, "4002401", "Invalid Field Format partnerServiceId"},
		{ServiceInquiry, `"   88899"`, `"88899   "`, "4002401", "Invalid Field Format partnerServiceId"},
		{ServiceInquiry, `"00000000000001"`, `"0000000000A"`, "4002401", "Invalid Field Format customerNo"},
		{ServiceInquiry, `"   8889900000000000001"`, `"8889900000000000001"`, "4002401", "Invalid Field Format virtualAccountNo"},
		{ServiceInquiry, `"   8889900000000000001"`, `"   8889900000000000002"`, "4002401", "Invalid Field Format virtualAccountNo"},
		{ServiceInquiry, `2026-11-21T10:30:00+07:00`, `kemarin`, "4002401", "Invalid Field Format trxDateInit"},
		{ServicePayment, `"paymentRequestId":"PAY-1",`, ``, "4002502", "Invalid Mandatory Field paymentRequestId"},
		{ServicePayment, `"paidAmount":{"value":"16800.00","currency":"IDR"},`, ``, "4002502", "Invalid Mandatory Field paidAmount"},
		{ServicePayment, `{"value":"16800.00","currency":"IDR"}`, `"16800.00"`, "4002501", "Invalid Field Format paidAmount"},
		{ServicePayment, `"16800.00"`, `"16800"`, "4002501", "Invalid Field Format paidAmount.value"},
		{ServicePayment, `"16800.00"`, `"0.00"`, "4002501", "Invalid Field Format paidAmount.value"},
		{ServicePayment, `"16800.00"`, `"-1.00"`, "4002501", "Invalid Field Format paidAmount.value"},
		{ServicePayment, `"16800.00"`, `16800`, "4002501", "Invalid Field Format paidAmount.value"},
		{ServicePayment, `"IDR"`, `"USD"`, "4002501", "Invalid Field Format paidAmount.currency"},
		{ServicePayment, `"value":"16800.00",`, ``, "4002502", "Invalid Mandatory Field paidAmount.value"},
		{ServicePayment, `10:29:00+07:00`, `10:36:00+07:00`, "4002501", "Invalid Field Format trxDateTime"},
		{ServicePayment, `"N"`, `"y"`, "4002501", "Invalid Field Format flagAdvise"},
		{ServiceQRNotice, `"QR-1"`, `""`, "4005202", "Invalid Mandatory Field originalPartnerReferenceNo"},
		{ServiceQRNotice, `16800.00`, `0.00`, "4005201", "Invalid Field Format amount.value"},
		{ServiceInquiry, goodInquiry, `[]`, "4002400", "Bad Request"},
		{ServiceInquiry, goodInquiry, `{`, "4002400", "Bad Request"},
		{ServiceInquiry, goodInquiry, ``, "4002400", "Bad Request"},
		{ServicePayment, goodPayment, `{"x":"` + strings.Repeat("x", maxBody) + `"}`, "4002500", "Bad Request [body too large]"},
	} {
		body := map[Service]string{ServiceInquiry: goodInquiry, ServicePayment: goodPayment, ServiceQRNotice: goodQRNotice}[c.service]
		changed := strings.Replace(body, c.old, c.new, 1)
		if changed == body {
			t.Fatal("nothing was changed by", c.old)
		}
		status, raw := s.send(t, c.service, fmt.Sprint(100+i), changed)
		var a answer
		if err := json.Unmarshal([]byte(raw), &a); err != nil || a.Code != c.code || a.Message != c.says || fmt.Sprint(status) != c.code[:3] {
			t.Errorf("%s → %s: %d %s", c.old, c.new, status, raw)
		}
	}
	if w.shop.settled() != 0 {
		t.Error("something was booked")
	}
}

func TestServerProvesWhoCalls(t *testing.T) {
	w := newTown(t, "token")
	w.shop.owe("8889900000000000001", 16_800)
	good := w.tokenFor(t)
	foreign := sealer{[]byte("another key"), time.Hour, w.Now}
	for i, c := range []struct {
		rule string
		s    spoiler
		code string
	}{
		{"as it should be", spoiler{}, "2002400"},
		{"no timestamp", spoiler{header: map[string]string{headerTimestamp: ""}}, "4002402"},
		{"no signature", spoiler{header: map[string]string{headerSignature: ""}}, "4002402"},
		{"no partner", spoiler{header: map[string]string{headerPartner: ""}}, "4002402"},
		{"no external id", spoiler{header: map[string]string{headerExternal: ""}}, "4002402"},
		{"an external id with letters", spoiler{header: map[string]string{headerExternal: "A1"}}, "4002401"},
		{"a long external id", spoiler{header: map[string]string{headerExternal: strings.Repeat("1", 37)}}, "4002401"},
		{"a long partner", spoiler{header: map[string]string{headerPartner: strings.Repeat("p", 37)}}, "4002401"},
		{"no time", spoiler{header: map[string]string{headerTimestamp: "now"}}, "4002401"},
		{"no token", spoiler{header: map[string]string{"Authorization": ""}}, "4012403"},
		{"basic", spoiler{header: map[string]string{"Authorization": "Basic eDp5"}}, "4012403"},
		{"a token of nobody", spoiler{token: "x"}, "4012401"},
		{"a token under another key", spoiler{token: foreign.issue(w.sim.Bank().Theirs.ClientKey)}, "4012401"},
		{"a token for somebody unknown", spoiler{token: w.server.gate.tokens.issue("nobody")}, "4012401"},
		{"a token that was changed", spoiler{token: good[:4] + "x" + good[5:]}, "4012401"},
		{"another partner's name", spoiler{header: map[string]string{headerPartner: "OTHER"}}, "4012400"},
		{"another secret", spoiler{secret: "guess"}, "4012400"},
		{"signed for another path", spoiler{before: func(s *Signed) { s.Path = routes[ServiceInquiry].path }}, "4012400"},
		{"signed for another body", spoiler{before: func(s *Signed) { s.Body = []byte("{}") }}, "4012400"},
		{"signed for another time", spoiler{header: map[string]string{headerTimestamp: Timestamp(start.Add(time.Second))}}, "4012400"},
		{"a clock ahead, a little", spoiler{at: start.Add(4 * time.Minute)}, "2002400"},
		{"a clock ahead", spoiler{at: start.Add(6 * time.Minute)}, "4012400"},
		{"a clock behind", spoiler{at: start.Add(-6 * time.Minute)}, "4012400"},
	} {
		c.s.town = w
		if c.s.token == "" {
			c.s.token = good
		}
		if _, raw := c.s.send(t, ServiceInquiry, fmt.Sprint(i), goodInquiry); codeOf(t, raw) != c.code {
			t.Errorf("%s: %s, want %s", c.rule, raw, c.code)
		}
	}
	w.Wind(16 * time.Minute)
	if _, raw := (spoiler{town: w, token: good}).send(t, ServiceInquiry, "99", goodInquiry); codeOf(t, raw) != "4012401" {
		t.Error("a token outlives its time:", raw)
	}
}

func TestServerTokens(t *testing.T) {
	w := newTown(t, "token")
	bank, key := w.sim.Bank(), w.sim.self.Private
	ask := func(clientKey, timestamp, body string, signature string) (int, string) {
		req := httptest.NewRequest(http.MethodPost, routes[ServiceToken].path, strings.NewReader(body))
		for k, v := range map[string]string{headerTimestamp: timestamp, headerClientKey: clientKey, headerSignature: signature} {
			if v != "" {
				req.Header.Set(k, v)
			}
		}
		rec := httptest.NewRecorder()
		w.server.ServeHTTP(rec, req)
		return rec.Code, rec.Body.String()
	}
	now, late := Timestamp(start), Timestamp(start.Add(time.Hour))
	signed := func(clientKey, timestamp string) string {
		s, err := SignToken(key, clientKey, timestamp)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	const body = `{"grantType":"client_credentials"}`
	id := bank.Theirs.ClientKey
	for _, c := range []struct{ rule, clientKey, timestamp, body, signature, code string }{
		{"as it should be", id, now, body, signed(id, now), "2007300"},
		{"no client key", "", now, body, signed(id, now), "4007302"},
		{"no signature", id, now, body, "", "4007302"},
		{"no time", id, "", body, signed(id, now), "4007302"},
		{"somebody unknown", "nobody", now, body, signed("nobody", now), "4017300"},
		{"a wrong signature", id, now, body, signed(id, late), "4017300"},
		{"another time", id, late, body, signed(id, late), "4017300"},
		{"another grant", id, now, `{"grantType":"password"}`, signed(id, now), "4007301"},
		{"no grant", id, now, `{}`, signed(id, now), "4007302"},
		{"no body", id, now, ``, signed(id, now), "4007300"},
	} {
		status, raw := ask(c.clientKey, c.timestamp, c.body, c.signature)
		if codeOf(t, raw) != c.code || fmt.Sprint(status) != c.code[:3] {
			t.Errorf("%s: %d %s", c.rule, status, raw)
		}
	}
	_, raw := ask(id, now, body, signed(id, now))
	var a tokenAnswer
	if err := json.Unmarshal([]byte(raw), &a); err != nil || a.Type != "Bearer" || a.Expires != "900" || a.Message != "Successful" {
		t.Error(raw, err)
	}
	if got, ok := w.server.gate.tokens.holder(a.Token); !ok || got != id {
		t.Error(got, ok)
	}
}

// A bank without tokens signs each notice by its private key.
func TestServerOfKeyedBank(t *testing.T) {
	w := newTown(t, "keyed")
	w.shop.owe("8889900000000000001", 16_800)
	made, err := w.sim.Pay(t.Context(), Payer{Code: "8889900000000000001"})
	if err != nil || len(made) != 1 || made[0].State != TakingBooked {
		t.Fatal(made, err)
	}
	if w.shop.settled() != 1 || w.shop.booked[0].Partner != "BANKSIM" || w.shop.booked[0].Day != 20261121 {
		t.Errorf("%+v", w.shop.booked)
	}
}

// Whatever a stranger sends gets an answer in SNAP's form and books nothing.
func FuzzServerBody(f *testing.F) {
	for _, s := range []string{goodInquiry, goodPayment, goodQRNotice, `{"paidAmount":{}}`, `{"a":1}`, ``} {
		f.Add(s)
	}
	c := jaringtest.NewClock(start)
	profile, err := NewProfile("token", "88899")
	if err != nil {
		f.Fatal(err)
	}
	who := &caller{name: "bank", skew: time.Hour, bank: &Bank{Profile: profile}}
	f.Fuzz(func(t *testing.T, body string) {
		r := &request{caller: who, headers: headers{at: c.Now(), partner: "P", external: "1"}, fields: readFields([]byte(body))}
		if q := r.inquiry(); r.fault == nil && (q.va.IsZero() || q.requestID == "" || len(q.va.Number()) > 28) {
			t.Fatalf("took %q as %+v", body, q)
		}
		r.fields = readFields([]byte(body))
		if n := r.paymentNotice(c.Now()); r.fault == nil && (n.VA.IsZero() || n.Amount <= 0 || n.RequestID == "" || n.PaidAt.IsZero()) {
			t.Fatalf("took %q as %+v", body, n)
		}
		r.fields = readFields([]byte(body))
		if n, _ := r.qrNotice(); r.fault == nil && (n.QR == "" || n.Amount <= 0 || n.RequestID == "") {
			t.Fatalf("took %q as %+v", body, n)
		}
	})
}
