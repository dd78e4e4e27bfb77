package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"jaring/internal/jaring"
)

// Live wakes those who watch. Whoever is slow sees the newest state next, never a backlog.
type Live struct {
	mu       sync.Mutex
	watchers map[chan struct{}]bool
}

// NewLive makes a feed without watchers.
func NewLive() *Live { return &Live{watchers: map[chan struct{}]bool{}} }

// Notify says that counters changed. It never blocks.
func (l *Live) Notify() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for w := range l.watchers {
		select {
		case w <- struct{}{}:
		default:
		}
	}
}

func (l *Live) watch() (wake chan struct{}, stop func()) {
	wake = make(chan struct{}, 1)
	l.mu.Lock()
	l.watchers[wake] = true
	l.mu.Unlock()
	return wake, func() {
		l.mu.Lock()
		delete(l.watchers, wake)
		l.mu.Unlock()
	}
}

const (
	liveEvery = 500 * time.Millisecond // at most two repaints a second
	livePing  = 20 * time.Second
)

type liveTally struct {
	AsOf       time.Time `json:"as_of"`
	Registered int64     `json:"registered"`
	Protected  int64     `json:"protected"`
	Paid       int64     `json:"paid"`
	Waiting    int64     `json:"waiting"`
	ReviewOpen int64     `json:"review_open"`
}

// live is the feed of one watcher: the numbers of the actor's reach whenever they change.
// A session that has ended closes the feed at the next change or ping.
func (s *server) live(w http.ResponseWriter, r *http.Request) {
	c := callOf(r.Context())
	if c.authErr != nil {
		writeProblem(w, problem(c.lang, c.trace, c.authErr))
		return
	}
	wake, stop := s.Live.watch()
	defer stop()
	out := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	ping := time.NewTicker(livePing)
	defer ping.Stop()
	last := liveTally{}
	for {
		if _, _, err := s.Auth.Actor(r.Context(), c.token); err != nil {
			return
		}
		if !s.sendTally(c, w, &last) || out.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-ping.C:
			if _, err := fmt.Fprint(w, ": ping\n\n"); err != nil {
				return
			}
		case <-wake:
			time.Sleep(liveEvery)
		}
	}
}

// sendTally sends the numbers when they are others than the last ones sent.
func (s *server) sendTally(c *call, w http.ResponseWriter, last *liveTally) bool {
	h, err := s.App.Home(c, c.actor)
	if err != nil {
		return false
	}
	t := liveTally{Registered: h.Registered, Protected: h.Now[jaring.StandingProtected], Paid: h.Now[jaring.StandingPaid],
		Waiting: h.Now[jaring.StandingWaiting], ReviewOpen: h.Now[jaring.StandingReview]}
	same := t
	same.AsOf = last.AsOf
	if same == *last && !last.AsOf.IsZero() {
		return true
	}
	t.AsOf = h.AsOf.UTC()
	*last = t
	text, _ := json.Marshal(t)
	_, err = fmt.Fprintf(w, "event: tally\ndata: %s\n\n", text)
	return err == nil
}

// describeLive puts the feed, which the framework does not serve, into the documentation.
func (s *server) describeLive() {
	refusals := s.api.OpenAPI().Paths["/api/v1/home"].Get.Responses
	s.api.OpenAPI().AddOperation(&huma.Operation{
		Method: http.MethodGet, Path: "/api/v1/live", OperationID: "get-live", Summary: "The numbers of the office whenever they change",
		Description: "Server-sent events: `tally` with as_of, registered, protected, paid, waiting and review_open.",
		Security:    []map[string][]string{{"session": {}}},
		Responses: map[string]*huma.Response{
			"200": {Description: "OK", Content: map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{Type: huma.TypeString}}}},
			"401": refusals["401"], "500": refusals["500"],
		},
	})
}

// docs is a small page that lists the routes from the OpenAPI document; no script from elsewhere.
func (s *server) docs(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	fmt.Fprint(w, "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'><title>Jaring API</title>"+
		"<style>body{font:16px/1.5 system-ui;margin:32px;max-width:70ch}code{background:#e7edea;padding:2px 5px;border-radius:4px}li{margin:6px 0}</style>"+
		"<h1>Jaring API</h1><p>The complete description: <a href=/api/v1/openapi.json>openapi.json</a> (OpenAPI 3.1).</p><ul>")
	for _, r := range s.listed {
		fmt.Fprintf(w, "<li><code>%s /api/v1%s</code> %s</li>", r.method, r.path, r.summary)
	}
	fmt.Fprint(w, "</ul><p>Jaring is free software, not a product of and not affiliated with BPJS Ketenagakerjaan.</p></html>")
}
