package payment

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// BenchmarkNotice is what a payment notice costs our server without its book: token,
// signature, reading, the journal in memory, the answer.
func BenchmarkNotice(b *testing.B) {
	w := newTown(b, "token")
	token, err := w.sim.line.purse.get(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	bank := w.sim.Bank()
	for i := 0; b.Loop(); i++ {
		n := fmt.Sprintf("%014d", i)
		w.shop.owe("88899"+n, 16_800)
		body := strings.NewReplacer("00000000000001", n, "PAY-1", "PAY-"+n).Replace(goodPayment)
		s := Signed{http.MethodPost, routes[ServicePayment].path, token, []byte(body), Timestamp(w.Now())}
		signature, err := s.Symmetric(bank.Theirs.ClientSecret)
		if err != nil {
			b.Fatal(err)
		}
		req := httptest.NewRequest(http.MethodPost, routes[ServicePayment].path, strings.NewReader(body))
		for k, v := range map[string]string{"Authorization": "Bearer " + token, headerTimestamp: s.Timestamp, headerSignature: signature,
			headerPartner: bank.Theirs.PartnerID, headerExternal: n} {
			req.Header.Set(k, v)
		}
		rec := httptest.NewRecorder()
		w.server.ServeHTTP(rec, req)
		if rec.Code != http.StatusOK {
			b.Fatal(rec.Body)
		}
	}
}
