package bench

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jobs"
	"jaring/internal/payment"
	"jaring/internal/store"
)

// settle measures payments that a bank tells of by SNAP, signed, 32 in flight, each in the book when it is
// answered, against the raw engine that writes the same rows.
func settle(ctx context.Context, b *book, o Options) (r Result, err error) {
	ours, _, err := b.onCopy(ctx, func(s *site) (measured, error) { return byNotices(ctx, s, o) })
	if err != nil {
		return r, fmt.Errorf("figure: %w", err)
	}
	statements := make([][2][]store.Statement, o.Rows)
	_, url, err := b.onCopy(ctx, func(s *site) (measured, error) { return measured{}, rehearse(ctx, s, o, statements) })
	if err != nil {
		return r, fmt.Errorf("raw: %w", err)
	}
	theirs, err := rawOneByOne(ctx, url, statements)
	if err != nil {
		return r, fmt.Errorf("raw: %w", err)
	}
	r = Result{Bench: "settle", Engine: b.engine(), Rows: o.Rows, Book: o.Book, Unit: "payments/s", Figure: float64(o.Rows) / ours.took.Seconds(), Raw: float64(o.Rows) / theirs.took.Seconds()}
	r.Ratio = r.Figure / r.Raw
	r.P50, r.P99 = quantiles(ours.times)
	return r, nil
}

// owing gives o.Rows contributions that wait to be paid; people are registered until there are so many.
func owing(ctx context.Context, s *site, o Options) (waiting []jaring.Payment, err error) {
	for people := o.Book; ; people += fillGroup {
		if waiting, err = waitingPayments(ctx, s, o.Rows); err != nil || len(waiting) == o.Rows {
			break
		}
		if err = fillSome(ctx, s, people, people+fillGroup); err != nil {
			break
		}
	}
	if err == nil {
		_, err = s.app.Fold(ctx)
	}
	return waiting, err
}

const paymentPage = 1000

func waitingPayments(ctx context.Context, s *site, most int) (waiting []jaring.Payment, err error) {
	var last jaring.Payment
	for len(waiting) < most {
		var page []jaring.Payment
		err := s.db.Read(ctx, func(tx *store.Tx) (err error) {
			page, err = tx.PaymentsAfter(last.Worker, last.ID, paymentPage)
			return err
		})
		if err != nil || len(page) == 0 {
			return waiting, err
		}
		for _, p := range page {
			if p.State == "waiting" && len(waiting) < most {
				waiting = append(waiting, p)
			}
		}
		last = page[len(page)-1]
	}
	return waiting, nil
}

// teller is a bank as our server knows it, with the keys of both ends.
type teller struct {
	payment.Bank
	key   *rsa.PrivateKey // the bank's own
	token string
}

func newTeller() (*teller, error) {
	t := &teller{}
	var ours *rsa.PrivateKey
	var err error
	if t.key, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
		return nil, err
	}
	if ours, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
		return nil, err
	}
	profile, err := payment.NewProfile("token", "88899")
	profile.Skew = time.Hour // all is signed before the clock starts
	t.Bank = payment.Bank{Name: "bench", Base: "http://127.0.0.1", Channel: "95221", Profile: profile,
		Theirs: payment.Party{PartnerID: "BENCH", ClientKey: "bench", ClientSecret: newID(), Public: &t.key.PublicKey},
		Ours:   payment.Party{PartnerID: "JARING", ClientKey: "jaring", ClientSecret: newID(), Public: &ours.PublicKey, Private: ours}}
	return t, err
}

// byNotices lets a bank tell of a payment of each contribution.
func byNotices(ctx context.Context, s *site, o Options) (m measured, err error) {
	waiting, err := owing(ctx, s, o)
	if err != nil {
		return m, err
	}
	t, err := newTeller()
	if err != nil {
		return m, err
	}
	snap, err := payment.NewServer([]payment.Bank{t.Bank}, jobs.NewTill(s.app), payment.ServerOptions{})
	if err != nil {
		return m, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return m, err
	}
	server := &http.Server{Handler: http.StripPrefix("/snap", snap), ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	defer func() {
		err = errors.Join(err, server.Close())
		if e := <-ended; !errors.Is(e, http.ErrServerClosed) {
			err = errors.Join(err, e)
		}
	}()
	addr := l.Addr().String()
	if err := t.logIn(ctx, addr); err != nil {
		return m, err
	}
	requests := make([][]byte, len(waiting))
	for i, p := range waiting {
		if requests[i], err = t.notice(i, p); err != nil {
			return m, err
		}
	}
	return shoot(addr, Connections, requests, func(status int) bool { return status == http.StatusOK })
}

// logIn gets a token.
func (t *teller) logIn(ctx context.Context, addr string) error {
	at := payment.Timestamp(time.Now())
	signature, err := payment.SignToken(t.key, t.Theirs.ClientKey, at)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+addr+"/snap/v1.0/access-token/b2b", bytes.NewReader([]byte(`{"grantType":"client_credentials"}`)))
	if err != nil {
		return err
	}
	for name, value := range map[string]string{"Content-Type": "application/json", "X-TIMESTAMP": at, "X-CLIENT-KEY": t.Theirs.ClientKey, "X-SIGNATURE": signature} {
		req.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	var said struct {
		Token string `json:"accessToken"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&said); err != nil || said.Token == "" {
		return errors.Join(err, fmt.Errorf("no token: %d", answer.StatusCode))
	}
	t.token = said.Token
	return nil
}

// notice is the request that tells of the n-th payment, signed.
func (t *teller) notice(n int, p jaring.Payment) ([]byte, error) {
	const path = "/snap/v1.0/transfer-va/payment"
	va, err := payment.NewVA(t.Profile.ServiceID, p.Code)
	if err != nil {
		return nil, err
	}
	id, at, amount := newID(), payment.Timestamp(time.Now()), payment.FormatAmount(p.Amount)
	text := fmt.Appendf(nil, `{"partnerServiceId":%q,"customerNo":%q,"virtualAccountNo":%q,"paymentRequestId":%q,"paidAmount":{"value":%q,"currency":"IDR"},"totalAmount":{"value":%q,"currency":"IDR"},"trxDateTime":%q,"referenceNo":%q,"flagAdvise":"N"}`,
		va.ServiceID(), va.Customer, va.Number(), id, amount, amount, at, id[24:])
	signature, err := payment.Signed{Method: http.MethodPost, Path: path, Token: t.token, Body: text, Timestamp: at}.Symmetric(t.Theirs.ClientSecret)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nX-TIMESTAMP: %s\r\nX-SIGNATURE: %s\r\nX-PARTNER-ID: %s\r\nX-EXTERNAL-ID: %s\r\nCHANNEL-ID: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		path, t.token, at, signature, t.Theirs.PartnerID, externalID(n), t.Channel, len(text), text), nil
}

// externalID is a number, as SNAP asks for.
func externalID(n int) string { return fmt.Sprintf("%020d", n) }

// rehearse writes down what the same payments would write; nothing of it stays.
func rehearse(ctx context.Context, s *site, o Options, statements [][2][]store.Statement) error {
	waiting, err := owing(ctx, s, o)
	if err != nil {
		return err
	}
	for i, p := range waiting {
		all, err := rehearseOne(ctx, s, i, p)
		if err != nil {
			return err
		}
		statements[i] = [2][]store.Statement{all[:1], all[1:]}
	}
	return nil
}

func rehearseOne(ctx context.Context, s *site, n int, p jaring.Payment) (all []store.Statement, err error) {
	id := newID()
	day := jaring.DayIn(time.Now(), app.Zone(""))
	told := app.BankNotice{Code: p.Code, Amount: p.Amount, Channel: "bank", Bank: "bench", Reference: id[24:], PaidAt: time.Now()}
	return s.app.RehearseNotice(ctx, told, func(book *app.BankBook) error {
		done, err := book.Book()
		if err != nil {
			return err
		}
		return book.Add(&app.BankEntry{Partner: "BENCH", Day: day, ExternalID: externalID(n), RequestID: id, Digest: make([]byte, 32), Code: "88899" + p.Code, Amount: p.Amount,
			Worker: done.Worker, Entry: done.Entry, At: done.At}, true)
	})
}
