package payment

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jaring/internal/jaring"
)

// Banks differ in what they expect when they send an external id again.
func TestRepeatByProfile(t *testing.T) {
	for profile, want := range map[string]string{"token": "2002500", "strict": "4092500"} {
		w := newTown(t, profile)
		w.shop.owe("8889900000000000001", 16_800)
		s := spoiler{town: w, token: w.tokenFor(t)}
		_, first := s.send(t, ServicePayment, "1", goodPayment)
		_, again := s.send(t, ServicePayment, "1", goodPayment)
		_, advised := s.send(t, ServicePayment, "2", strings.Replace(goodPayment, `"N"`, `"Y"`, 1))
		if codeOf(t, first) != "2002500" || codeOf(t, again) != want || codeOf(t, advised) != "2002500" || w.shop.settled() != 1 {
			t.Errorf("%s: %s, then %s, then %s", profile, first, again, advised)
		}
		inquired := strings.Replace(want, "25", "24", 1)
		w.shop.owe("8889900000000000002", 1)
		second := strings.ReplaceAll(goodInquiry, "00000000000001", "00000000000002")
		_, first = s.send(t, ServiceInquiry, "3", second)
		_, again = s.send(t, ServiceInquiry, "3", second)
		_, other := s.send(t, ServiceInquiry, "3", strings.Replace(second, "INQ-1", "INQ-2", 1))
		if codeOf(t, first) != "2002400" || codeOf(t, again) != inquired || codeOf(t, other) != "4092400" {
			t.Errorf("%s: %s, then %s, then %s", profile, first, again, other)
		}
	}
}

// The day of an external id is WIB: one minute before and after midnight in Jakarta are
// two days, though one in London.
func TestDayIsWIB(t *testing.T) {
	w := newTown(t, "strict")
	w.shop.owe("8889900000000000001", 16_800)
	w.Wind(time.Date(2026, 11, 21, 16, 59, 0, 0, time.UTC).Sub(w.Now()))
	s := spoiler{town: w, token: w.tokenFor(t)}
	_, before := s.send(t, ServiceInquiry, "7", goodInquiry)
	w.Wind(2 * time.Minute)
	_, after := s.send(t, ServiceInquiry, "7", goodInquiry)
	_, again := s.send(t, ServiceInquiry, "7", goodInquiry)
	if codeOf(t, before) != "2002400" || codeOf(t, after) != "2002400" || codeOf(t, again) != "4092400" {
		t.Error(before, after, again)
	}
}

func TestServerMethodsAndPaths(t *testing.T) {
	w := newTown(t, "token")
	for _, c := range []struct {
		method, path string
		status       int
		code         string
	}{
		{http.MethodGet, routes[ServicePayment].path, 405, "4052500"},
		{http.MethodPut, routes[ServiceToken].path, 405, "4057300"},
		{http.MethodPost, "/v1.0/transfer-va/create-va", 404, ""},
		{http.MethodPost, "/v2.0/transfer-va/payment", 404, ""},
	} {
		rec := httptest.NewRecorder()
		w.server.ServeHTTP(rec, httptest.NewRequest(c.method, c.path, nil))
		if rec.Code != c.status || c.code != "" && codeOf(t, rec.Body.String()) != c.code {
			t.Errorf("%s %s: %d %s", c.method, c.path, rec.Code, rec.Body)
		}
	}
}

// The log hears why a bank was refused, and never for whom.
func TestServerLogNamesNobody(t *testing.T) {
	var log bytes.Buffer
	w := newTown(t, "token")
	bank := w.sim.Bank()
	server, err := NewServer([]Bank{bank}, w.shop, ServerOptions{Now: w.Now, Log: slog.New(slog.NewTextHandler(&log, nil)), TokenKey: w.server.gate.tokens.key})
	if err != nil {
		t.Fatal(err)
	}
	token := w.tokenFor(t)
	w.server = server
	s := spoiler{town: w, token: token}
	w.shop.worry(jaring.InternalError(io.ErrUnexpectedEOF))
	s.send(t, ServicePayment, "1", goodPayment)
	spoiler{town: w, token: "x", header: map[string]string{headerPartner: strings.Repeat("z", 500)}}.send(t, ServicePayment, "2", goodPayment)
	got := log.String()
	for _, want := range []string{"code=5002500", "unexpected EOF", "external_id=1", "code=4002501"} {
		if !strings.Contains(got, want) {
			t.Errorf("the log lacks %q:\n%s", want, got)
		}
	}
	for _, secret := range []string{"00000000000001", "SITI", "16800", strings.Repeat("z", 40), bank.Theirs.ClientSecret, token} {
		if strings.Contains(got, secret) {
			t.Errorf("the log tells %q:\n%s", secret, got)
		}
	}
}
