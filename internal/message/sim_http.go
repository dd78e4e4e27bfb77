package message

import (
	"crypto/subtle"
	_ "embed"
	"encoding/json"
	"errors"
	"html/template"
	"io"
	"net/http"
	"slices"
	"strings"

	"jaring/internal/jaring"
)

const smsPath = "/sms/messages"

//go:embed sim_page.html
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

// Handler is the simulated gateway as a service.
//
//	POST /VERSION/NUMBER/messages  a WhatsApp, as Meta takes it
//	POST /sms/messages             an SMS
//	GET  /                         a plain page of what arrived
//	GET  /sim/inbox                the same as JSON
//	POST /sim/reply                {"from":"+62812…","text":"BERHENTI"}: somebody writes
//	POST /sim/misbehave            a Mischief
func (s *Simulator) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /{version}/{number}/messages", s.guarded(cloudProblem(http.StatusUnauthorized, 190), s.serveCloud))
	mux.HandleFunc("POST "+smsPath, s.guarded(answerOf(http.StatusUnauthorized, map[string]string{"error": "token"}), s.serveSMS))
	mux.HandleFunc("GET /sim/inbox", func(w http.ResponseWriter, _ *http.Request) {
		reply(w, http.StatusOK, map[string]any{"letters": s.Inbox()})
	})
	mux.HandleFunc("POST /sim/reply", s.serveReply)
	mux.HandleFunc("POST /sim/misbehave", s.serveMisbehave)
	mux.HandleFunc("GET /{$}", s.servePage)
	return http.NewCrossOriginProtection().Handler(mux)
}

// answerOf is a handler that says one thing.
func answerOf(status int, body any) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { reply(w, status, body) }
}

func cloudProblem(status, code int) http.HandlerFunc {
	return answerOf(status, map[string]any{"error": map[string]any{"message": "(#" + http.StatusText(status) + ")", "type": "OAuthException", "code": code}})
}

// guarded asks for the token, then misbehaves as it is told: busy before the work, or deaf
// after it.
func (s *Simulator) guarded(stranger, next http.HandlerFunc) http.HandlerFunc {
	want := []byte("Bearer " + s.opts.Token)
	return func(w http.ResponseWriter, r *http.Request) {
		if subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), want) != 1 {
			stranger(w, r)
			return
		}
		s.mu.Lock()
		busy := take(&s.mischief.Busy)
		drop := !busy && take(&s.mischief.Drop)
		s.mu.Unlock()
		switch {
		case busy:
			w.WriteHeader(http.StatusServiceUnavailable)
		case drop:
			next(&unheard{header: http.Header{}}, r)
			panic(http.ErrAbortHandler)
		default:
			next(w, r)
		}
	}
}

func take(n *int) bool {
	if *n <= 0 {
		return false
	}
	*n--
	return true
}

// unheard takes a response that nobody will hear.
type unheard struct{ header http.Header }

func (u *unheard) Header() http.Header         { return u.header }
func (u *unheard) Write(p []byte) (int, error) { return len(p), nil }
func (u *unheard) WriteHeader(int)             {}

func (s *Simulator) serveCloud(w http.ResponseWriter, r *http.Request) {
	var m cloudMessage
	if !readBody(w, r, &m) {
		return
	}
	phone, err := jaring.ParsePhone(m.To)
	if m.Product != "whatsapp" || m.Type != "template" || err != nil || "+"+m.To != phone {
		cloudProblem(http.StatusBadRequest, 100)(w, r)
		return
	}
	var params []string
	for _, c := range m.Template.Components {
		for _, p := range c.Parameters {
			params = append(params, p.Text)
		}
	}
	text, problem := readTemplate(m.Template.Name, m.Template.Language.Code, params)
	if problem == 0 && strings.HasSuffix(m.To, "0404") {
		problem = 131026
	}
	if problem != 0 {
		cloudProblem(http.StatusBadRequest, problem)(w, r)
		return
	}
	s.mu.Lock()
	id := s.receive(Received{Channel: WhatsApp, LetterID: m.Ours, To: phone, Text: text})
	s.mu.Unlock()
	reply(w, http.StatusOK, map[string]any{"messaging_product": "whatsapp", "contacts": []map[string]string{{"input": m.To, "wa_id": m.To}},
		"messages": []map[string]string{{"id": id, "message_status": "accepted"}}})
}

func (s *Simulator) serveSMS(w http.ResponseWriter, r *http.Request) {
	var m smsMessage
	if !readBody(w, r, &m) {
		return
	}
	phone, err := jaring.ParsePhone(m.To)
	switch {
	case m.ID == "" || m.Text == "" || m.Text != foldGSM(m.Text) || lengthGSM(m.Text) > maxSMS:
		reply(w, http.StatusBadRequest, map[string]string{"error": "text"})
		return
	case err != nil || strings.HasSuffix(m.To, "0404"):
		reply(w, http.StatusUnprocessableEntity, map[string]string{"error": "number"})
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	at, again := s.known[m.ID]
	if !again {
		at = len(s.inbox)
		s.known[m.ID] = at
		s.receive(Received{Channel: SMS, ID: "sms-" + m.ID, LetterID: m.ID, To: phone, Text: m.Text})
	}
	reply(w, http.StatusAccepted, map[string]string{"id": s.inbox[at].ID})
}

func (s *Simulator) serveReply(w http.ResponseWriter, r *http.Request) {
	var wish struct{ From, Text string }
	if !readBody(w, r, &wish) {
		return
	}
	s.Reply(wish.From, wish.Text)
	reply(w, http.StatusOK, map[string]bool{"queued": true})
}

func (s *Simulator) serveMisbehave(w http.ResponseWriter, r *http.Request) {
	var m Mischief
	if !readBody(w, r, &m) {
		return
	}
	s.Misbehave(m)
	reply(w, http.StatusOK, m)
}

// pageRows is how many letters the page shows, the newest first.
const pageRows = 200

func (s *Simulator) servePage(w http.ResponseWriter, _ *http.Request) {
	letters := s.Inbox()
	slices.Reverse(letters)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	if err := page.Execute(w, letters[:min(len(letters), pageRows)]); err != nil {
		s.opts.Log.Error("page", "err", err)
	}
}

func readBody(w http.ResponseWriter, r *http.Request, into any) bool {
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10))
	err := d.Decode(into)
	if _, end := d.Token(); err != nil || !errors.Is(end, io.EOF) {
		reply(w, http.StatusBadRequest, map[string]string{"error": "json"})
		return false
	}
	return true
}

func reply(w http.ResponseWriter, status int, body any) {
	raw, err := json.Marshal(body)
	if err != nil {
		status, raw = http.StatusInternalServerError, nil
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(raw)
}
