package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// caller is somebody logged in, with a connection of his own.
type caller struct {
	house  *house
	cookie string
	http   *http.Client
}

// reply is an answer of the API.
type reply struct {
	status int
	etag   string
	body   []byte
}

const callWithin = 45 * time.Second

func (h *house) caller(cookie string) *caller {
	return &caller{house: h, cookie: cookie, http: &http.Client{Timeout: callWithin, Transport: &http.Transport{MaxIdleConnsPerHost: 1}}}
}

// logIn gives the cookie of a new session.
func (h *house) logIn(login string) (cookie string, err error) {
	c := h.caller("")
	defer c.close()
	text, _ := json.Marshal(map[string]string{"login": login, "password": h.passwords[login]})
	request, err := http.NewRequest(http.MethodPost, c.address("/session"), bytes.NewReader(text))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := c.http.Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil || answer.StatusCode != http.StatusOK {
		return "", fmt.Errorf("log-in answered %d, %w", answer.StatusCode, err)
	}
	for _, cookie := range answer.Cookies() {
		return cookie.Value, nil
	}
	return "", fmt.Errorf("log-in gave no cookie")
}

// mustLogIn is logIn for a server that stands.
func (h *house) mustLogIn(t testing.TB, login string) string {
	t.Helper()
	cookie, err := h.logIn(login)
	if err != nil {
		t.Fatal(err)
	}
	return cookie
}

func (c *caller) address(path string) string {
	return "http://" + c.house.addr.Load().(string) + "/api/v1" + path
}

func (c *caller) close() { c.http.CloseIdleConnections() }

// do sends one request and reads the whole answer. An error means that nobody knows.
func (c *caller) do(method, path, key string, body []byte, headers ...string) (reply, error) {
	request, err := http.NewRequest(method, c.address(path), bytes.NewReader(body))
	if err != nil {
		return reply{}, err
	}
	request.Header.Set("Cookie", "jaring_session="+c.cookie)
	request.Header.Set("Accept-Language", "en")
	if len(body) > 0 {
		request.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		request.Header.Set("Idempotency-Key", `"`+key+`"`)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return reply{}, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return reply{answer.StatusCode, answer.Header.Get("ETag"), text}, err
}

// read is do for a question whose answer is read into out.
func (c *caller) read(path string, out any) (reply, error) {
	r, err := c.do(http.MethodGet, path, "", nil)
	if err == nil && r.status == http.StatusOK {
		err = json.Unmarshal(r.body, out)
	}
	return r, err
}

// final tells whether an answer is the last word about an act: anything else is to be
// asked again with the same key.
func (r reply) final() bool { return r.status < 500 && r.status != http.StatusTooManyRequests }

func (r reply) String() string {
	return fmt.Sprintf("%d %.300s", r.status, strings.TrimSpace(string(r.body)))
}
