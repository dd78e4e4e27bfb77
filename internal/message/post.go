package message

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/outside"
)

// poster posts JSON to a gateway and knows whether a failed request may have arrived.
type poster struct {
	address string
	token   string
	client  *http.Client
}

// maxAnswer is the most bytes of a gateway's answer.
const maxAnswer = 1 << 20

func newPoster(address, token string, transport http.RoundTripper) poster {
	return poster{address, token, &http.Client{Transport: transport, Timeout: 20 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// post gives status and body of the answer. Errors: message.unavailable when nothing was
// sent, message.outcome_unknown when something may have been.
func (p poster) post(ctx context.Context, body any, header map[string]string) (status int, raw []byte, err error) {
	encoded, err := json.Marshal(body)
	if err != nil {
		return 0, nil, jaring.InternalError(err)
	}
	var wrote atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { wrote.Store(true) }})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.address, bytes.NewReader(encoded))
	if err != nil {
		return 0, nil, jaring.InternalError(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+p.token)
	for k, v := range header {
		req.Header.Set(k, v)
	}
	res, err := p.client.Do(req)
	if err != nil {
		return 0, nil, fate(wrote.Load(), err)
	}
	defer res.Body.Close()
	raw, err = io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return 0, nil, unknownOutcome(err)
	}
	return res.StatusCode, raw, nil
}

func fate(wrote bool, err error) error {
	if wrote {
		return unknownOutcome(err)
	}
	return unavailable(err)
}

// isWeb accepts https, and http on this machine, without a password in the address.
func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && u.User == nil && (u.Scheme == "https" || u.Scheme == "http" && outside.IsHere(u.Hostname()))
}

// Errors of a channel that will not do it.
func notReachable(channel Channel) error {
	return jaring.NewError(jaring.NotFound, "message.not_reachable", "channel", string(channel))
}

func refusedBy(channel Channel, code int) error {
	return jaring.NewError(jaring.Internal, "message.refused", "channel", string(channel), "code", code)
}

func noAccess(channel Channel) error {
	return jaring.NewError(jaring.Internal, "message.access", "channel", string(channel))
}
