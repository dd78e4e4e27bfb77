package core

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/outside"
)

// What a REST core serves. docs/decisions/0015-core-port.md tells the protocol.
const (
	enrolmentsPath = "/v1/enrolments"
	endingsPath    = "/v1/endings"
	answersPath    = "/v1/answers"
	statementsPath = "/v1/statements/"

	perRequest = 500 // messages
	maxRows    = 50_000_000
)

// REST is the port to a core that can be called. It is safe for many goroutines.
type REST struct {
	base   *url.URL
	client *http.Client
	opts   RESTOptions
}

// RESTOptions may all be left out.
type RESTOptions struct {
	Token     string
	Transport http.RoundTripper
	Timeout   time.Duration                                    // of one try; 15 s
	Tries     int                                              // 5
	MaxAnswer int64                                            // bytes of one response; 8 MiB
	Wait      func(ctx context.Context, d time.Duration) error // between tries; for tests
}

// NewREST makes the port to the core at base: https, or http on this machine, without
// a password in it. Error: config.core.
func NewREST(base string, o RESTOptions) (*REST, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" ||
		u.Scheme != "https" && (u.Scheme != "http" || !outside.IsHere(u.Hostname())) {
		return nil, jaring.NewError(jaring.Invalid, "config.core").At("core")
	}
	if o.Timeout == 0 {
		o.Timeout = 15 * time.Second
	}
	if o.Tries == 0 {
		o.Tries = 5
	}
	if o.MaxAnswer == 0 {
		o.MaxAnswer = 8 << 20
	}
	if o.Wait == nil {
		o.Wait = outside.Wait
	}
	client := &http.Client{
		Transport: o.Transport,
		// A body full of NIK follows nobody to another address.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &REST{base: u, client: client, opts: o}, nil
}

// Send posts es in batches. A batch whose fate is unknown is sent again: the core
// knows the messages by their ids.
func (c *REST) Send(ctx context.Context, es []Enrolment) error {
	if err := checkAll(es); err != nil {
		return err
	}
	return postAll(ctx, c, enrolmentsPath, "enrolments", es, encodeEnrolment)
}

func postAll[T any](ctx context.Context, c *REST, path, name string, es []T, encode func(T) ([]byte, error)) error {
	for batch := range slices.Chunk(es, perRequest) {
		body, err := encodeBatch(name, batch, encode)
		if err != nil {
			return jaring.InternalError(err)
		}
		if _, err := c.call(ctx, http.MethodPost, c.base.JoinPath(path), body); err != nil {
			return err
		}
	}
	return nil
}

func encodeBatch[T any](name string, es []T, encode func(T) ([]byte, error)) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(`{"` + name + `":[`)
	for i, e := range es {
		raw, err := encode(e)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(raw)
	}
	b.WriteString("]}")
	return b.Bytes(), nil
}

// Answers gets one page of answers.
func (c *REST) Answers(ctx context.Context, cursor string) ([]Answer, string, error) {
	answers, next, err := getPage(ctx, c, c.base.JoinPath(answersPath), cursor, "answers", decodeAnswer)
	if err != nil || next == "" {
		next = cursor
	}
	return answers, next, err
}

// Statement gets all pages of the statement of day.
func (c *REST) Statement(ctx context.Context, day jaring.Day) ([]StatementRow, error) {
	var rows []StatementRow
	address := c.base.JoinPath(statementsPath, day.String())
	for cursor := ""; ; {
		page, next, err := getPage(ctx, c, address, cursor, "rows", decodeStatementRow)
		if isStatus(err, http.StatusNotFound) {
			return nil, statementMissing(day)
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, page...)
		switch {
		case next == "":
			sortRows(rows)
			return rows, nil
		case len(page) == 0 || next == cursor || len(rows) > maxRows:
			return nil, malformed(0, "next") // it would never end
		}
		cursor = next
	}
}

// maxCursor is the most bytes of a cursor that we keep and send back.
const maxCursor = 512

func getPage[T any](ctx context.Context, c *REST, address *url.URL, after, list string, decode decoder[T]) ([]T, string, error) {
	if after != "" {
		address.RawQuery = url.Values{"after": {after}}.Encode()
	}
	raw, err := c.call(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, "", err
	}
	var page map[string]json.RawMessage // the list under its name, and next
	if json.Unmarshal(raw, &page) != nil {
		return nil, "", malformed(0, notJSON)
	}
	var next string
	if raw, ok := page["next"]; ok && json.Unmarshal(raw, &next) != nil || len(next) > maxCursor {
		return nil, "", malformed(0, "next")
	}
	var entries []json.RawMessage
	if json.Unmarshal(page[list], &entries) != nil || entries == nil {
		return nil, "", malformed(0, list)
	}
	values := make([]T, 0, len(entries))
	for i, raw := range entries {
		v, fault := decode(raw)
		if fault != "" {
			return nil, "", malformed(i+1, fault)
		}
		values = append(values, v)
	}
	return values, next, nil
}

// malformed says which entry of an answer cannot be read (0: the whole) and by which
// field, never what stands there.
func malformed(n int, field string) error {
	return jaring.NewError(jaring.Internal, "core.answer_malformed", "n", n, "field", field)
}

// unavailable says that the core was not reached; nothing is known to be done.
func unavailable(cause error) *jaring.Error {
	return &jaring.Error{Code: jaring.Unavailable, Key: "core.unavailable", Err: cause}
}

// statusError is an answer of the core that is no success.
type statusError struct {
	method, path string
	status       int
	code         string // the core's own word for it, if it has one
}

func (e *statusError) Error() string {
	return strings.TrimSpace(fmt.Sprintf("%s %s: %d %s", e.method, e.path, e.status, e.code))
}

func isStatus(err error, status int) bool {
	var s *statusError
	return errors.As(err, &s) && s.status == status
}

// refusal makes an error of a status.
func refusal(s *statusError) *jaring.Error {
	switch {
	case s.status >= 500 || s.status == http.StatusTooManyRequests || s.status == http.StatusRequestTimeout:
		return unavailable(s)
	case s.status == http.StatusUnauthorized || s.status == http.StatusForbidden:
		return &jaring.Error{Code: jaring.Internal, Key: "core.access", Args: jaring.Args{"status": s.status}, Err: s}
	}
	return &jaring.Error{Code: jaring.Internal, Key: "core.refused", Args: jaring.Args{"status": s.status}, Err: s}
}

func sortRows(rows []StatementRow) {
	slices.SortStableFunc(rows, func(a, b StatementRow) int { return strings.Compare(string(a.MessageID), string(b.MessageID)) })
}
