package payment

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"sync"
	"time"
)

// defaultLife is how long a token of ours lasts; SNAP's usual 15 minutes.
const defaultLife = 15 * time.Minute

// sealer makes tokens that need no memory: who they are for and until when, under a MAC.
// Servers with the same key take each other's.
type sealer struct {
	key  []byte
	life time.Duration
	now  func() time.Time
}

// issue makes a token for the party of client key.
func (s *sealer) issue(clientKey string) string {
	var nonce [12]byte
	_, _ = rand.Read(nonce[:]) // never fails
	payload := strconv.FormatInt(s.now().Add(s.life).Unix(), 10) + "|" + base64.RawURLEncoding.EncodeToString(nonce[:]) + "|" + clientKey
	body := base64.RawURLEncoding.EncodeToString([]byte(payload))
	return body + "." + base64.RawURLEncoding.EncodeToString(s.mac(body))
}

// holder is the client key that token was made for; ok is false when it is not ours or
// its time is over.
func (s *sealer) holder(token string) (clientKey string, ok bool) {
	body, seal, _ := strings.Cut(token, ".")
	mac, err := base64.RawURLEncoding.DecodeString(seal)
	if err != nil || !hmac.Equal(mac, s.mac(body)) {
		return "", false
	}
	payload, err := base64.RawURLEncoding.DecodeString(body)
	if err != nil {
		return "", false
	}
	until, rest, _ := strings.Cut(string(payload), "|")
	_, clientKey, _ = strings.Cut(rest, "|")
	end, err := strconv.ParseInt(until, 10, 64)
	return clientKey, err == nil && s.now().Unix() < end
}

func (s *sealer) mac(body string) []byte {
	m := hmac.New(sha256.New, s.key)
	m.Write([]byte(body))
	return m.Sum(nil)
}

// purse keeps one token of a bank. Callers who need a new one at the same moment share
// one request for it.
type purse struct {
	fetch func(ctx context.Context) (token string, life time.Duration, err error)
	now   func() time.Time

	mu     sync.Mutex
	token  string
	until  time.Time // refresh from then on
	flight *flight
}

// flight is a request for a token on its way.
type flight struct {
	done  chan struct{}
	token string
	err   error
}

// early is how long before its end a token is given up.
const early = 30 * time.Second

// get gives a token that is good for some time yet.
func (p *purse) get(ctx context.Context) (string, error) {
	p.mu.Lock()
	if p.token != "" && p.now().Before(p.until) {
		defer p.mu.Unlock()
		return p.token, nil
	}
	f := p.flight
	if f == nil {
		f = &flight{done: make(chan struct{})}
		p.flight = f
		go p.fly(context.WithoutCancel(ctx), f) // whoever waits may give up; the others still want it
	}
	p.mu.Unlock()
	select {
	case <-f.done:
		return f.token, f.err
	case <-ctx.Done():
		return "", unreachable(ctx.Err())
	}
}

func (p *purse) fly(ctx context.Context, f *flight) {
	token, life, err := p.fetch(ctx)
	p.mu.Lock()
	defer p.mu.Unlock()
	if f.token, f.err = token, err; err == nil {
		p.token, p.until = token, p.now().Add(life-min(early, life/2))
	}
	p.flight = nil
	close(f.done)
}

// drop forgets token, which the bank does not take any more; a newer one stays.
func (p *purse) drop(token string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.token == token {
		p.token = ""
	}
}
