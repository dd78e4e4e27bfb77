package payment

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"strconv"
	"strings"
	"time"

	"jaring/internal/jaring"
)

// line is a way to call the other side of SNAP: we a bank, or a simulated bank us.
type line struct {
	base       string // without a slash at its end
	as         Party  // who calls
	channel    string
	signing    Signing
	signedFrom string
	client     *http.Client
	now        func() time.Time
	timeout    time.Duration // of one try
	purse      purse
}

func newLine(base string, as Party, channel string, signing Signing, signedFrom string, transport http.RoundTripper, now func() time.Time) *line {
	l := &line{base: strings.TrimRight(base, "/"), as: as, channel: channel, signing: signing, signedFrom: signedFrom, now: now, timeout: 15 * time.Second,
		client: &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // a signed request is for one address
		}}}
	l.purse = purse{fetch: l.fetchToken, now: now}
	return l
}

// newExternalID is a number that no other request of the day has: the time, and chance.
func newExternalID(now time.Time) string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000_000_000))
	if err != nil {
		n = big.NewInt(now.UnixNano() % 1_000_000_000_000)
	}
	return fmt.Sprintf("%s%09d%012d", now.In(wib).Format("20060102150405"), now.Nanosecond(), n)
}

// ask sends body to service under external and gives what came back, whatever the case;
// the error is for no answer at all. A token that is not taken any more is renewed once.
func (l *line) ask(ctx context.Context, service Service, external string, body []byte) (*reply, error) {
	for try := 0; ; try++ {
		token := ""
		if l.signing == Symmetric {
			var err error
			if token, err = l.purse.get(ctx); err != nil {
				return nil, err
			}
		}
		got, err := l.once(ctx, service, external, token, body)
		if err != nil || try > 0 || token == "" || got.Status != http.StatusUnauthorized || got.Number == Unauthorized.Number {
			return got, err
		}
		l.purse.drop(token)
	}
}

func (l *line) once(ctx context.Context, service Service, external, token string, body []byte) (*reply, error) {
	req, cancel, err := l.request(ctx, service, body)
	if err != nil {
		return nil, err
	}
	defer cancel()
	s := Signed{Method: req.Method, Path: signedPath(&http.Request{URL: req.URL}, l.signedFrom), Token: token, Body: body, Timestamp: Timestamp(l.now())}
	var signature string
	if l.signing == Asymmetric {
		signature, err = s.Asymmetric(l.as.Private)
	} else {
		signature, err = s.Symmetric(l.as.ClientSecret)
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if err != nil {
		return nil, err
	}
	req.Header.Set(headerTimestamp, s.Timestamp)
	req.Header.Set(headerSignature, signature)
	req.Header.Set(headerPartner, l.as.PartnerID)
	req.Header.Set(headerExternal, external)
	req.Header.Set(headerChannel, l.channel)
	return l.send(req, service)
}

func (l *line) request(ctx context.Context, service Service, body []byte) (*http.Request, context.CancelFunc, error) {
	ctx, cancel := context.WithTimeout(ctx, l.timeout)
	req, err := http.NewRequestWithContext(ctx, routes[service].method, l.base+routes[service].path, bytes.NewReader(body))
	if err != nil {
		cancel()
		return nil, nil, jaring.InternalError(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	return req, cancel, nil
}

// reply is what the other side answered.
type reply struct {
	Case
	code string
	*fields
}

func (l *line) send(req *http.Request, service Service) (*reply, error) {
	res, err := l.client.Do(req)
	if err != nil {
		return nil, unreachable(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil {
		return nil, unreachable(err)
	}
	f := readFields(raw)
	code := f.text("responseCode", true, 7)
	s, c, ok := ParseCode(code)
	switch {
	case (len(raw) > maxAnswer || !ok || s != service) && res.StatusCode >= http.StatusInternalServerError:
		return nil, unreachable(fmt.Errorf("%s %s: %d", req.Method, req.URL.Path, res.StatusCode))
	case len(raw) > maxAnswer || !ok || s != service || c.Status != res.StatusCode:
		return nil, jaring.NewError(jaring.Internal, "payment.answer_malformed", "service", int(service), "field", "responseCode")
	}
	return &reply{c, code, f}, nil
}

// fetchToken is the purse's way to a new token: service 73.
func (l *line) fetchToken(ctx context.Context) (string, time.Duration, error) {
	body := []byte(`{"grantType":"client_credentials"}`)
	req, cancel, err := l.request(ctx, ServiceToken, body)
	if err != nil {
		return "", 0, err
	}
	defer cancel()
	timestamp := Timestamp(l.now())
	signature, err := SignToken(l.as.Private, l.as.ClientKey, timestamp)
	if err != nil {
		return "", 0, err
	}
	req.Header.Set(headerTimestamp, timestamp)
	req.Header.Set(headerClientKey, l.as.ClientKey)
	req.Header.Set(headerSignature, signature)
	got, err := l.send(req, ServiceToken)
	if err != nil {
		return "", 0, err
	}
	if err := got.err(); err != nil {
		return "", 0, err
	}
	token := got.text("accessToken", true, 4096)
	life, ok := got.seconds("expiresIn")
	if token == "" || !ok {
		return "", 0, jaring.NewError(jaring.Internal, "payment.answer_malformed", "service", int(ServiceToken), "field", "accessToken")
	}
	return token, life, nil
}

// seconds reads a number of seconds, which SNAP writes as text and some banks as a number.
func (f *fields) seconds(name string) (time.Duration, bool) {
	n, err := strconv.Atoi(strings.Trim(string(f.raw[name]), `"`))
	return time.Duration(n) * time.Second, err == nil && n > 0 && n <= 86400
}

// err is what a reply means to us; nil for success. A bank's own words are left out: they
// may repeat what we sent.
func (r *reply) err() error {
	args := jaring.Args{"code": r.code}
	switch {
	case r.Status == http.StatusOK, r.Status == http.StatusAccepted:
		return nil
	case r.Status >= http.StatusInternalServerError, r.Status == http.StatusTooManyRequests:
		return &jaring.Error{Code: jaring.Unavailable, Key: "payment.bank_unavailable", Args: args, Err: errors.New(r.code)}
	case r.Status == http.StatusUnauthorized:
		return &jaring.Error{Code: jaring.Internal, Key: "payment.bank_access", Args: args}
	}
	switch r.Case {
	case InvalidBill, NotFound:
		return jaring.NewError(jaring.NotFound, "payment.code_unknown")
	case ExpiredBill, Expired:
		return jaring.NewError(jaring.Conflict, "payment.code_expired")
	case PaidBill:
		return jaring.NewError(jaring.Conflict, "payment.settled")
	}
	return &jaring.Error{Code: jaring.Internal, Key: "payment.bank_refused", Args: args}
}

// unreachable says that no answer came; what was asked may be done or not.
func unreachable(cause error) error {
	return &jaring.Error{Code: jaring.Unavailable, Key: "payment.bank_unavailable", Err: cause}
}
