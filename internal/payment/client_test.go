package payment

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jaring/internal/jaring"
)

func TestCodeFromMakingToPayment(t *testing.T) {
	for _, profile := range Profiles {
		w := newTown(t, profile)
		o := w.issue(t, 1)
		standing, err := w.client.Status(t.Context(), o.VA, o.ID)
		if err != nil || standing != (Standing{State: StatePending, Amount: 16_800}) {
			t.Fatalf("%s: %+v %v", profile, standing, err)
		}
		made, err := w.sim.Pay(t.Context(), Payer{Code: o.VA.String()})
		if err != nil || len(made) != 1 || made[0].State != TakingBooked || made[0].Answers[0] != "2002500" {
			t.Fatalf("%s: %+v %v", profile, made, err)
		}
		standing, err = w.client.Status(t.Context(), o.VA, o.ID)
		if err != nil || standing != (Standing{StatePaid, 16_800, 16_800, made[0].RequestID}) {
			t.Errorf("%s: %+v %v", profile, standing, err)
		}
		wantKey(t, w.client.DeleteVA(t.Context(), o.VA, o.ID), jaring.Conflict, "payment.settled")
		if w.shop.settled() != 1 || w.shop.sum() != 16_800 || w.shop.booked[0].RequestID != made[0].RequestID || w.shop.booked[0].Code() != o.VA.String() {
			t.Errorf("%s: %+v", profile, w.shop.booked)
		}
		_, err = w.sim.Pay(t.Context(), Payer{Code: o.VA.String()})
		wantKey(t, err, jaring.Conflict, "payment.settled")
	}
}

func TestCodeIsTakenBack(t *testing.T) {
	w := newTown(t, "token")
	o := w.issue(t, 1)
	for range 2 { // gone already is no error
		if err := w.client.DeleteVA(t.Context(), o.VA, o.ID); err != nil {
			t.Fatal(err)
		}
	}
	_, err := w.client.Status(t.Context(), o.VA, o.ID)
	wantKey(t, err, jaring.NotFound, "payment.code_unknown")
	_, err = w.sim.Pay(t.Context(), Payer{Code: o.VA.String()})
	wantKey(t, err, jaring.NotFound, "payment.code_unknown")
}

func TestCodeRunsOut(t *testing.T) {
	w := newTown(t, "token")
	o := w.issue(t, 1)
	w.Wind(25 * time.Hour)
	standing, err := w.client.Status(t.Context(), o.VA, o.ID)
	if err != nil || standing.State != StateExpired {
		t.Error(standing, err)
	}
	_, err = w.sim.Pay(t.Context(), Payer{Code: o.VA.String()})
	wantKey(t, err, jaring.Conflict, "payment.code_expired")
}

// Whatever breaks on the way, an order is made once and said to be made.
func TestCreateIsRepeatedSafely(t *testing.T) {
	for _, c := range []struct {
		rule string
		m    Mischief
		key  string
	}{
		{"busy for a while", Mischief{Busy: 2}, ""},
		{"the answer is lost", Mischief{Drop: 1}, ""},
		{"two answers are lost", Mischief{Drop: 2}, ""},
		{"busy, then the answer is lost", Mischief{Busy: 1, Drop: 1}, ""},
		{"busy for too long", Mischief{Busy: 99}, "payment.bank_unavailable"},
	} {
		w := newTown(t, "token")
		o := w.order(t, 1)
		w.sim.Misbehave(c.m)
		if err := w.client.CreateVA(t.Context(), o); jaring.KeyOf(err) != c.key {
			t.Errorf("%s: %v", c.rule, err)
		}
		w.sim.Misbehave(Mischief{})
		if err := w.client.CreateVA(t.Context(), o); err != nil {
			t.Errorf("%s, again: %v", c.rule, err)
		}
		if len(w.sim.accounts) != 1 || len(w.sim.orders) != 1 {
			t.Errorf("%s: %d codes", c.rule, len(w.sim.accounts))
		}
	}
}

func TestCreateRefused(t *testing.T) {
	w := newTown(t, "token")
	o := w.issue(t, 1)
	other := o
	other.Amount = 33_600
	wantKey(t, w.client.CreateVA(t.Context(), other), jaring.Internal, "payment.bank_refused")
	other = w.order(t, 1)
	other.ID = "ORDER-9" // another order under a code that is open
	wantKey(t, w.client.CreateVA(t.Context(), other), jaring.Internal, "payment.bank_refused")
	foreign, _ := NewVA("77799", "00000000000001")
	other = o
	other.ID, other.VA = "ORDER-8", foreign
	wantKey(t, w.client.CreateVA(t.Context(), other), jaring.NotFound, "payment.code_unknown")
}

func TestQRFromMakingToPayment(t *testing.T) {
	w := newTown(t, "token")
	w.shop.owe("QR-1", 16_800)
	qr, err := w.client.MakeQR(t.Context(), QROrder{"QR-1", 16_800, start.Add(time.Hour)})
	if err != nil || qr.Amount != 16_800 || !qr.Dynamic || qr.NMID != synthetic.NMID || qr.Reference == "" {
		t.Fatal(qr, err)
	}
	_, err = w.client.MakeQR(t.Context(), QROrder{"QR-1", 16_800, start.Add(time.Hour)})
	wantKey(t, err, jaring.Internal, "payment.bank_refused")
	made, err := w.sim.Pay(t.Context(), Payer{Code: "QR-1"})
	if err != nil || made[0].State != TakingBooked || !made[0].QR {
		t.Fatal(made, err)
	}
	if w.shop.settled() != 1 || w.shop.booked[0].QR != "QR-1" || w.shop.booked[0].RequestID != made[0].RequestID {
		t.Errorf("%+v", w.shop.booked)
	}
	_, err = w.sim.Pay(t.Context(), Payer{Code: "QR-1"})
	wantKey(t, err, jaring.Conflict, "payment.settled")
	none := *w.client
	none.bank.Merchant = Merchant{}
	_, err = none.MakeQR(t.Context(), QROrder{"QR-2", 16_800, start.Add(time.Hour)})
	wantKey(t, err, jaring.Invalid, "payment.no_qr")
}

// A token that the bank does not take any more is renewed, once.
func TestTokenIsRenewed(t *testing.T) {
	w := newTown(t, "token")
	w.issue(t, 1)
	w.sim.gate.tokens.key = []byte("the bank was started anew")
	w.issue(t, 2)
	w.Wind(20 * time.Minute)
	w.issue(t, 3)
	if len(w.sim.accounts) != 3 {
		t.Error(len(w.sim.accounts))
	}
}

// odd is a bank that answers the same to everything but the request for a token.
func odd(t *testing.T, status int, body string) (*Client, *int) {
	t.Helper()
	w := newTown(t, "token")
	calls := 0
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/b2b") {
			_, _ = io.WriteString(rw, `{"responseCode":"2007300","accessToken":"t","expiresIn":900}`)
			return
		}
		calls++
		rw.Header().Set("Location", "/elsewhere")
		rw.WriteHeader(status)
		_, _ = io.WriteString(rw, body)
	}))
	t.Cleanup(server.Close)
	b := w.sim.Bank()
	b.Base = server.URL + "/"
	c, err := NewClient(b, ClientOptions{Now: w.Now, Timeout: time.Minute, Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }})
	if err != nil {
		t.Fatal(err)
	}
	return c, &calls
}

func TestOddAnswers(t *testing.T) {
	va := VA{"88899", "00000000000001"}
	for _, c := range []struct {
		rule   string
		status int
		body   string
		key    string
		calls  int
	}{
		{"no JSON", 200, `<html>`, "payment.answer_malformed", 1},
		{"no code", 200, `{}`, "payment.answer_malformed", 1},
		{"the code of another service", 200, `{"responseCode":"2002700"}`, "payment.answer_malformed", 1},
		{"status and code differ", 200, `{"responseCode":"4042612"}`, "payment.answer_malformed", 1},
		{"a proxy's page", 502, `<html>`, "payment.bank_unavailable", 3},
		{"elsewhere", 307, ``, "payment.answer_malformed", 1},
		{"too large", 200, `{"responseCode":"2002600","x":"` + strings.Repeat("x", maxAnswer) + `"}`, "payment.answer_malformed", 1},
		{"no data", 200, `{"responseCode":"2002600"}`, "payment.answer_malformed", 1},
		{"no amount", 200, `{"responseCode":"2002600","virtualAccountData":{"paymentFlagStatus":"00"}}`, "payment.answer_malformed", 1},
		{"an amount with sen", 200, `{"responseCode":"2002600","virtualAccountData":{"paymentFlagStatus":"00","totalAmount":{"value":"1.50","currency":"IDR"}}}`, "payment.answer_malformed", 1},
		{"busy", 429, `{"responseCode":"4292600"}`, "payment.bank_unavailable", 3},
		{"slow", 504, `{"responseCode":"5042600"}`, "payment.bank_unavailable", 3},
		{"not let in", 401, `{"responseCode":"4012600"}`, "payment.bank_access", 1},
		{"the token is not taken, twice", 401, `{"responseCode":"4012601"}`, "payment.bank_access", 2},
		{"refused", 400, `{"responseCode":"4002602","responseMessage":"Invalid Mandatory Field SITI"}`, "payment.bank_refused", 1},
		{"unknown", 404, `{"responseCode":"4042612"}`, "payment.code_unknown", 1},
		{"a case that SNAP does not know", 404, `{"responseCode":"4042699"}`, "payment.bank_refused", 1},
	} {
		client, calls := odd(t, c.status, c.body)
		_, err := client.Status(t.Context(), va, "ORDER-1")
		if jaring.KeyOf(err) != c.key || *calls != c.calls {
			t.Errorf("%s: %v after %d calls", c.rule, err, *calls)
		}
		if err != nil && strings.Contains(err.Error(), "SITI") {
			t.Errorf("%s: tells the bank's own words: %v", c.rule, err)
		}
	}
}

func TestOddQRAnswers(t *testing.T) {
	good := mint(16_800, "1")
	for _, c := range []struct{ rule, content, key string }{
		{"as it should be", good, ""},
		{"none", "", "payment.answer_malformed"},
		{"spoilt on the way", strings.Replace(good, "16800", "16900", 1), "payment.qr_checksum"},
		{"another amount", mint(16_900, "1"), "payment.qr_amount"},
		{"another merchant", code(nil), ""},
	} {
		client, _ := odd(t, 200, `{"responseCode":"2004700","qrContent":"`+c.content+`"}`)
		if c.rule == "another merchant" {
			client.bank.Merchant.NMID, c.key = "ID9", "payment.qr_merchant"
		}
		if _, err := client.MakeQR(t.Context(), QROrder{"Q", 16_800, start}); jaring.KeyOf(err) != c.key {
			t.Errorf("%s: %v", c.rule, err)
		}
	}
}

func TestClientStopsWithItsContext(t *testing.T) {
	client, calls := odd(t, 503, ``)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := client.Status(ctx, VA{"88899", "1"}, "O")
	if err == nil || *calls > 1 {
		t.Error(err, *calls)
	}
}

func TestExternalIDsAreNumbersOfTheirOwn(t *testing.T) {
	known := map[string]bool{}
	for range 1000 {
		id := newExternalID(start)
		if !isDigits(id) || len(id) > maxExternal || known[id] || !strings.HasPrefix(id, "20261121103000") {
			t.Fatal(id)
		}
		known[id] = true
	}
}
