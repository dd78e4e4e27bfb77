package core

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"jaring/internal/jaring"
)

const (
	misbehavePath = "/sim/misbehave"
	perPage       = 500
	maxRequest    = 8 << 20
)

// Handler is the simulated core as a REST service: the paths that REST calls, and POST
// /sim/misbehave, which takes a Mischief: {"late":"3s","double":true,"unavailable":2}.
func (s *Simulator) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+enrolmentsPath, func(w http.ResponseWriter, r *http.Request) { takeIn(w, r, "enrolments", decodeEnrolment, s.receive) })
	mux.HandleFunc("POST "+endingsPath, func(w http.ResponseWriter, r *http.Request) { takeIn(w, r, "endings", decodeEnding, s.end) })
	mux.HandleFunc("GET "+answersPath, s.serveAnswers)
	mux.HandleFunc("GET "+statementsPath+"{day}", s.serveStatement)
	control := http.NewServeMux()
	control.HandleFunc("POST "+misbehavePath, s.serveMisbehave)
	control.Handle("/", s.misbehaving(mux))
	return s.guarded(control)
}

func (s *Simulator) guarded(next http.Handler) http.Handler {
	want := []byte("Bearer " + s.opts.Token)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.opts.Token != "" && subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), want) != 1 {
			reply(w, http.StatusUnauthorized, problem("token.wrong"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// misbehaving answers 503 or breaks the connection while its mischief lasts. A broken
// connection is the worst kind: the work is done, and nobody hears of it.
func (s *Simulator) misbehaving(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		unavailable := take(&s.mischief.Unavailable)
		cut := !unavailable && take(&s.mischief.Cut)
		s.mu.Unlock()
		switch {
		case unavailable:
			w.Header().Set("Retry-After", "1")
			reply(w, http.StatusServiceUnavailable, problem("core.busy"))
		case cut:
			next.ServeHTTP(&deaf{header: http.Header{}}, r)
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, `{"answers":[`)
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func take(n *int) bool {
	if *n <= 0 {
		return false
	}
	*n--
	return true
}

// deaf takes a response that nobody will hear.
type deaf struct{ header http.Header }

func (d *deaf) Header() http.Header         { return d.header }
func (d *deaf) Write(p []byte) (int, error) { return len(p), nil }
func (d *deaf) WriteHeader(int)             {}

func (s *Simulator) serveMisbehave(w http.ResponseWriter, r *http.Request) {
	var wish struct {
		Mischief
		Late string `json:"late"` // as 3s
	}
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 4096)).Decode(&wish)
	if err == nil && wish.Late != "" {
		wish.Mischief.Late, err = time.ParseDuration(wish.Late)
	}
	if err != nil {
		reply(w, http.StatusBadRequest, problem("json.malformed"))
		return
	}
	s.Misbehave(wish.Mischief)
	reply(w, http.StatusOK, wish)
}

// takeIn reads a batch of messages, all or none.
func takeIn[T any](w http.ResponseWriter, r *http.Request, name string, decode decoder[T], take func([]T) error) {
	var batch map[string][]json.RawMessage
	var tooLarge *http.MaxBytesError
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxRequest)).Decode(&batch)
	list := batch[name]
	switch {
	case errors.As(err, &tooLarge) || len(list) > perRequest:
		reply(w, http.StatusRequestEntityTooLarge, problem("batch.too_large"))
		return
	case err != nil || list == nil:
		reply(w, http.StatusBadRequest, problem("json.malformed"))
		return
	}
	es := make([]T, len(list))
	for i, raw := range list {
		fault := ""
		if es[i], fault = decode(raw); fault != "" {
			reply(w, http.StatusUnprocessableEntity, problem(name[:len(name)-1]+"."+fault))
			return
		}
	}
	if err := take(es); err != nil {
		reply(w, http.StatusInternalServerError, problem("core.state"))
		return
	}
	reply(w, http.StatusAccepted, map[string]int{"received": len(es)})
}

func (s *Simulator) serveAnswers(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.publish()
	from, ok := s.place(r.URL.Query().Get("after"))
	if !ok {
		s.mu.Unlock()
		reply(w, http.StatusBadRequest, problem("cursor.malformed"))
		return
	}
	list := slices.Clone(s.answers[from:min(from+perPage, len(s.answers))])
	next := s.epoch + "." + strconv.Itoa(from+len(list))
	if s.mischief.Reorder {
		random := rand.New(rand.NewPCG(s.opts.Seed, uint64(from)))
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	s.mu.Unlock()
	wires := make([]answerWire, len(list))
	for i, a := range list {
		wires[i] = a.wire()
	}
	reply(w, http.StatusOK, map[string]any{"answers": wires, "next": next})
}

// place is how many answers came before the cursor; all come again to a cursor of
// another life.
func (s *Simulator) place(cursor string) (int, bool) {
	epoch, number, ok := strings.Cut(cursor, ".")
	if cursor == "" || ok && epoch != s.epoch {
		return 0, true
	}
	n, err := strconv.Atoi(number)
	return min(n, len(s.answers)), err == nil && n >= 0
}

func (s *Simulator) serveStatement(w http.ResponseWriter, r *http.Request) {
	day, err := jaring.ParseDay(r.PathValue("day"))
	if err != nil {
		reply(w, http.StatusBadRequest, problem("day.malformed"))
		return
	}
	s.mu.Lock()
	s.publish()
	today := jaring.DayIn(s.opts.Now(), s.opts.Zone)
	rows, more := s.statementPage(day, MessageID(r.URL.Query().Get("after")))
	s.mu.Unlock()
	if day > today {
		reply(w, http.StatusNotFound, problem("statement.missing"))
		return
	}
	wires := make([]statementWire, len(rows))
	for i, row := range rows {
		wires[i] = row.wire()
	}
	next := ""
	if more {
		next = string(rows[len(rows)-1].MessageID)
	}
	reply(w, http.StatusOK, map[string]any{"day": day, "rows": wires, "next": next})
}

// statementPage are the rows of a statement that follow after.
func (s *Simulator) statementPage(day jaring.Day, after MessageID) (rows []StatementRow, more bool) {
	at, found := slices.BinarySearchFunc(s.held, after, func(r StatementRow, id MessageID) int {
		return strings.Compare(string(r.MessageID), string(id))
	})
	if found {
		at++
	}
	for _, row := range s.held[at:] {
		if s.heldOn[row.MessageID] > day {
			continue
		}
		if len(rows) == perPage {
			return rows, true
		}
		rows = append(rows, s.heldOnDay(row, day))
	}
	return rows, false
}

func problem(code string) map[string]string { return map[string]string{"code": code} }

func reply(w http.ResponseWriter, status int, body any) {
	raw, err := json.Marshal(body)
	if err != nil {
		status, raw = http.StatusInternalServerError, []byte(`{"code":"internal"}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(raw)
}
