package httpapi

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"jaring/internal/app"
	"jaring/internal/jaring"
)

// writtenBoards keeps boards as they were written last: many screens show one.
type writtenBoards struct {
	mu   sync.Mutex
	last map[jaring.CampaignID]writtenBoard
}

type writtenBoard struct {
	of   *app.Board
	text []byte
	sum  [sha256.Size]byte // of all but the moments that change by themselves
}

// maxWritten is how many boards are kept; beyond it they are written anew.
const maxWritten = 64

func (w *writtenBoards) get(b *app.Board) writtenBoard {
	w.mu.Lock()
	defer w.mu.Unlock()
	id := b.Campaign.ID
	if last, ok := w.last[id]; ok && last.of == b {
		return last
	}
	out := wireBoard(b)
	text, _ := json.Marshal(out)
	out.AsOf = time.Time{}
	if n := len(out.Curve); n > 0 {
		out.Curve[n-1].At = time.Time{}
	}
	still, _ := json.Marshal(out)
	if w.last == nil || len(w.last) >= maxWritten {
		w.last = map[jaring.CampaignID]writtenBoard{}
	}
	w.last[id] = writtenBoard{b, text, sha256.Sum256(still)}
	return w.last[id]
}

func (w *writtenBoards) text(b *app.Board) []byte { return w.get(b).text }

// Of a stream of boards: all screens look at the same beats, so that one computation serves
// them all; what has not changed is sent now and then, so that a screen knows that it is alive.
var (
	boardBeat  = time.Second
	boardAlive = 10 * time.Second
)

// boardLive is the stream of one who is logged in.
func (s *server) boardLive(w http.ResponseWriter, r *http.Request) {
	id := jaring.CampaignID(r.PathValue("id"))
	s.streamBoard(w, r, func(c *call) (app.BoardFeed, error) {
		if c.authErr != nil {
			return nil, c.authErr
		}
		actor, _, err := s.Auth.Actor(c, c.token) // as he is now: the stream may be old
		if err != nil {
			return nil, err
		}
		return s.App.WatchBoard(c, actor, id)
	})
}

// streamBoard sends a board whenever it has changed, at most once a beat. open asks whether the
// watcher may still see it; so often as a board is sent without a change it is asked again.
func (s *server) streamBoard(w http.ResponseWriter, r *http.Request, open func(*call) (app.BoardFeed, error)) {
	c := callOf(r.Context())
	feed, err := open(c)
	if err != nil {
		c.problem = problem(c.lang, c.trace, err)
		writeProblem(w, c.problem)
		return
	}
	out := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	var sum [sha256.Size]byte
	sent := time.Time{}
	beat := time.NewTimer(0)
	defer beat.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-beat.C:
		}
		if time.Since(sent) >= boardAlive && !sent.IsZero() {
			if feed, err = open(c); err != nil {
				return
			}
		}
		b, err := feed(c, boardBeat/5)
		if err != nil {
			return
		}
		if now := s.written.get(b); now.sum != sum || time.Since(sent) >= boardAlive {
			if _, err := fmt.Fprintf(w, "event: board\ndata: %s\n\n", now.text); err != nil || out.Flush() != nil {
				return
			}
			sum, sent = now.sum, time.Now()
		}
		next := time.Now()
		beat.Reset(next.Truncate(boardBeat).Add(boardBeat).Sub(next))
	}
}

// describeBoards puts the streams, which the framework does not serve, into the documentation.
func (s *server) describeBoards() {
	members := s.api.OpenAPI().Paths["/api/v1/campaigns/{id}/board"].Get
	screens := s.api.OpenAPI().Paths["/api/v1/kiosk/board"].Get
	for path, like := range map[string]*huma.Operation{"/api/v1/campaigns/{id}/live": members, "/api/v1/kiosk/live": screens} {
		responses := map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{Type: huma.TypeString}}}}}
		for status, answer := range like.Responses {
			if status != "200" {
				responses[status] = answer
			}
		}
		s.api.OpenAPI().AddOperation(&huma.Operation{Method: http.MethodGet, Path: path, OperationID: like.OperationID + "-live", Summary: "A board whenever it changes, at most once a second",
			Description: "Server-sent events: `board` with the board. It is sent at least every ten seconds.", Parameters: like.Parameters, Security: like.Security, Responses: responses})
	}
}
