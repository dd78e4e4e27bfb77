package payment

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"jaring/internal/jaring"
)

// Handler is the simulated bank as a service: SNAP as Client calls it, and beside it the
// control that only tests and demos use.
//
//	GET  /               a plain page: codes, a button to pay each, what was paid
//	POST /sim/pay        {"code":"88899…","amount":0,"mischief":{…}} → the takings
//	POST /sim/misbehave  a Mischief: {"late":"3s","skew":"-1h","double":true,"deaf":2}
//	GET  /sim/statement  ?day=2026-11-21 → the takings of that day; all without a day
func (s *Simulator) Handler() http.Handler {
	snap := http.NewServeMux()
	snap.HandleFunc(routes[ServiceToken].path, only(ServiceToken, s.gate.serveToken))
	s.serve(snap, ServiceCreateVA, s.createVA)
	s.serve(snap, ServiceStatus, s.status)
	s.serve(snap, ServiceDeleteVA, s.deleteVA)
	s.serve(snap, ServiceMakeQR, s.makeQR)
	mux := http.NewServeMux()
	mux.Handle("/v1.0/", s.misbehaving(snap))
	mux.HandleFunc("POST /sim/pay", s.servePay)
	mux.HandleFunc("POST /sim/misbehave", s.serveMisbehave)
	mux.HandleFunc("GET /sim/statement", s.serveStatement)
	mux.HandleFunc("GET /{$}", s.servePage)
	mux.HandleFunc("POST /{$}", s.servePagePay)
	return http.NewCrossOriginProtection().Handler(mux)
}

// misbehaving is busy or breaks the connection while its mischief lasts. A broken
// connection is the worst kind: the work is done, and nobody hears of it.
func (s *Simulator) misbehaving(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		busy := take(&s.mischief.Busy)
		drop := !busy && !strings.HasSuffix(r.URL.Path, "/b2b") && take(&s.mischief.Drop)
		s.mu.Unlock()
		switch {
		case busy:
			writeAnswer(w, InternalFault.Status, answer{Code: InternalFault.Code(serviceAt(r.URL.Path)), Message: InternalFault.Message})
		case drop:
			next.ServeHTTP(&deaf{header: http.Header{}}, r)
			panic(http.ErrAbortHandler)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func serviceAt(path string) Service {
	for s, r := range routes {
		if r.path == path {
			return s
		}
	}
	return 0
}

// deaf takes a response that nobody will hear.
type deaf struct{ header http.Header }

func (d *deaf) Header() http.Header         { return d.header }
func (d *deaf) Write(p []byte) (int, error) { return len(p), nil }
func (d *deaf) WriteHeader(int)             {}

// mischiefWire is a Mischief with its times in words.
type mischiefWire struct {
	Mischief
	Late string `json:"late,omitempty"` // 3s
	Skew string `json:"skew,omitempty"` // -1h
}

func (w mischiefWire) mischief() (m Mischief, err error) {
	m = w.Mischief
	if w.Late != "" {
		m.Late, err = time.ParseDuration(w.Late)
	}
	if w.Skew != "" && err == nil {
		m.Skew, err = time.ParseDuration(w.Skew)
	}
	return m, err
}

func (s *Simulator) serveMisbehave(w http.ResponseWriter, r *http.Request) {
	var wish mischiefWire
	if !readControl(w, r, &wish) {
		return
	}
	m, err := wish.mischief()
	if err != nil {
		controlError(w, http.StatusBadRequest, "json.malformed")
		return
	}
	s.Misbehave(m)
	writeAnswer(w, http.StatusOK, wish)
}

func (s *Simulator) servePay(w http.ResponseWriter, r *http.Request) {
	var wish struct {
		Code     string        `json:"code"`
		Amount   jaring.Rupiah `json:"amount"`
		Mischief *mischiefWire `json:"mischief"`
	}
	if !readControl(w, r, &wish) {
		return
	}
	p := Payer{Code: wish.Code, Amount: wish.Amount}
	if wish.Mischief != nil {
		m, err := wish.Mischief.mischief()
		if err != nil {
			controlError(w, http.StatusBadRequest, "json.malformed")
			return
		}
		p.Mischief = &m
	}
	made, err := s.Pay(r.Context(), p)
	if err != nil {
		controlError(w, statusOf(err), jaring.KeyOf(err))
		return
	}
	writeAnswer(w, http.StatusOK, map[string]any{"takings": made})
}

func statusOf(err error) int {
	switch jaring.CodeOf(err) {
	case jaring.Invalid:
		return http.StatusBadRequest
	case jaring.NotFound:
		return http.StatusNotFound
	case jaring.Conflict:
		return http.StatusConflict
	case jaring.Unavailable:
		return http.StatusBadGateway
	}
	return http.StatusInternalServerError
}

func (s *Simulator) serveStatement(w http.ResponseWriter, r *http.Request) {
	var day jaring.Day
	if text := r.URL.Query().Get("day"); text != "" {
		var err error
		if day, err = jaring.ParseDay(text); err != nil {
			controlError(w, http.StatusBadRequest, jaring.KeyOf(err))
			return
		}
	}
	rows := s.Statement(day)
	total := jaring.Rupiah(0)
	for _, t := range rows {
		if t.State != TakingReturned {
			total += t.Amount
		}
	}
	writeAnswer(w, http.StatusOK, map[string]any{"day": day, "takings": rows, "kept": total})
}

func readControl(w http.ResponseWriter, r *http.Request, into any) bool {
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, 4096))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if _, end := d.Token(); err != nil || !errors.Is(end, io.EOF) {
		controlError(w, http.StatusBadRequest, "json.malformed")
		return false
	}
	return true
}

func controlError(w http.ResponseWriter, status int, key string) {
	writeAnswer(w, status, map[string]string{"code": key})
}

// amountOf reads what a person typed for rupiah; nothing typed is 0.
func amountOf(text string) (jaring.Rupiah, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > maxAmount {
		return 0, jaring.NewError(jaring.Invalid, "payment.amount_malformed")
	}
	return jaring.Rupiah(n), nil
}
