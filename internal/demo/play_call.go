package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
)

// caller is somebody who calls a server as a browser or a phone does.
type caller struct {
	base   string // scheme and host
	client *http.Client
	cookie *http.Cookie
}

const (
	callTimeout = 30 * time.Second
	callTries   = 7 // of a call that found the server busy, or nobody
	callWait    = 200 * time.Millisecond
	maxAnswer   = 32 << 20
)

// get reads what stands at a path below the API.
func (c *caller) get(ctx context.Context, path string, out any) error {
	return c.call(ctx, http.MethodGet, path, nil, out)
}

// post does an act. Errors: those that the server tells, play.no_server.
func (c *caller) post(ctx context.Context, path string, in, out any, head ...string) error {
	return c.call(ctx, http.MethodPost, path, in, out, head...)
}

// call sends a request, again when the server is busy: its key makes that one act. head
// are names and values of headers.
func (c *caller) call(ctx context.Context, method, path string, in, out any, head ...string) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	head = append(head, "Content-Type", "application/json", "Idempotency-Key", `"`+app.NewID()+`"`)
	for try := 1; ; try++ {
		err := c.once(ctx, method, path, body, out, head)
		if code := jaring.CodeOf(err); err == nil || code != jaring.Unavailable || try == callTries {
			return err
		}
		if !sleep(ctx, callWait<<try) {
			return ctx.Err()
		}
	}
}

// sleep waits, and tells whether it could.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (c *caller) once(ctx context.Context, method, path string, body []byte, out any, head []string) error {
	r, err := http.NewRequestWithContext(ctx, method, c.base+"/api/v1"+path, bytes.NewReader(body))
	if err != nil {
		return &jaring.Error{Code: jaring.Invalid, Key: "play.no_server", Args: jaring.Args{"url": c.base}}
	}
	for i := 0; i < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	if c.cookie != nil {
		r.AddCookie(c.cookie)
	}
	res, err := c.client.Do(r)
	if err != nil {
		return &jaring.Error{Code: jaring.Unavailable, Key: "play.no_server", Args: jaring.Args{"url": c.base}, Err: err}
	}
	defer res.Body.Close()
	text, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return &jaring.Error{Code: jaring.Unavailable, Key: "play.no_server", Args: jaring.Args{"url": c.base}, Err: err}
	}
	if res.StatusCode >= http.StatusBadRequest {
		return problemOf(res.StatusCode, text, method+" "+path)
	}
	if cookies := res.Cookies(); path == sessionPath && len(cookies) > 0 {
		c.cookie = cookies[0]
	}
	if out == nil || len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, out)
}

// problemOf is a server's problem as the error that it was there.
func problemOf(status int, text []byte, what string) error {
	var p struct {
		Code   string
		Key    string
		Errors []struct {
			Code string
			Args jaring.Args
		}
	}
	if json.Unmarshal(text, &p) != nil || p.Code == "" {
		code := jaring.Invalid
		if status >= http.StatusInternalServerError || status == http.StatusTooManyRequests {
			code = jaring.Unavailable
		}
		return &jaring.Error{Code: code, Key: "play.answer", Args: jaring.Args{"status": status, "what": what}}
	}
	e := &jaring.Error{Code: jaring.Code(p.Code), Key: p.Key}
	if len(p.Errors) > 0 {
		e.Key, e.Args = p.Errors[0].Code, p.Errors[0].Args
	}
	return fmt.Errorf("%s: %w", what, e)
}

const sessionPath = "/session"

// logIn makes c somebody who is logged in.
func (c *caller) logIn(ctx context.Context, l Login) error {
	return c.post(ctx, sessionPath, map[string]string{"login": l.Login, "password": l.Password}, nil)
}

// newCaller is a stranger before a server.
func newCaller(url string) *caller {
	return &caller{base: strings.TrimRight(url, "/"), client: &http.Client{Timeout: callTimeout}}
}

// with is another stranger before the same server.
func (c *caller) with() *caller { return &caller{base: c.base, client: c.client} }
