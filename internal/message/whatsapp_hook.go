package message

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"jaring/internal/jaring"
)

// Listener hears what a gateway reports. It hears some things twice, and in any order; an
// error makes the gateway tell again later.
type Listener interface {
	// Report is what became of a letter.
	Report(ctx context.Context, r Report) error
	// Write is what somebody wrote to us.
	Write(ctx context.Context, w Writing) error
}

// Report is a gateway's word on a letter.
type Report struct {
	Channel   Channel
	GatewayID string
	LetterID  string // empty when the gateway does not know it
	Progress  Progress
	Code      int // of the failure, as the gateway numbers it
	At        time.Time
}

// Writing is something that somebody wrote to us.
type Writing struct {
	Channel   Channel
	GatewayID string
	From      string // +62…
	Reply     Reply
	Text      string // for people; up to 1,024 bytes
	At        time.Time
}

// Hook is where Meta reports: GET to set it up, POST for reports. Mount it at a path of its own.
type Hook struct {
	settings WhatsAppSettings
	listener Listener
	log      *slog.Logger
}

// NewHook makes the hook. Error: message.settings: without the secrets anybody could report.
func NewHook(s WhatsAppSettings, l Listener, log *slog.Logger) (*Hook, error) {
	if s.AppSecret == "" || s.VerifyToken == "" {
		return nil, jaring.NewError(jaring.Invalid, "message.settings", "part", string(WhatsApp))
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Hook{s, l, log}, nil
}

const (
	signatureHeader = "X-Hub-Signature-256"
	maxReport       = 3 << 20
	maxWriting      = 1024
)

// ServeHTTP answers Meta.
func (h *Hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet:
		h.serveSetUp(w, r)
	case http.MethodPost:
		h.serveReport(w, r)
	default:
		w.Header().Set("Allow", "GET, POST")
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

// serveSetUp gives the challenge back to who knows our token.
func (h *Hook) serveSetUp(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("hub.mode") != "subscribe" || !hmac.Equal([]byte(q.Get("hub.verify_token")), []byte(h.settings.VerifyToken)) || len(q.Get("hub.challenge")) > 200 {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = io.WriteString(w, q.Get("hub.challenge"))
}

func (h *Hook) serveReport(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxReport))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	if !VerifyHook(h.settings.AppSecret, raw, r.Header.Get(signatureHeader)) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	reports, writings, err := parseHook(raw)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if err := h.tell(r.Context(), reports, writings); err != nil {
		h.log.ErrorContext(r.Context(), "a gateway's report was not kept", "err", err)
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusOK)
}

func (h *Hook) tell(ctx context.Context, reports []Report, writings []Writing) error {
	for _, r := range reports {
		if err := h.listener.Report(ctx, r); err != nil {
			return err
		}
	}
	for _, w := range writings {
		if err := h.listener.Write(ctx, w); err != nil {
			return err
		}
	}
	return nil
}

// SignHook is the signature of a report: sha256= and the hex HMAC of the bytes that travel.
func SignHook(secret string, raw []byte) string {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write(raw)
	return "sha256=" + hex.EncodeToString(m.Sum(nil))
}

// VerifyHook proves that raw comes from who knows secret.
func VerifyHook(secret string, raw []byte, signature string) bool {
	return secret != "" && hmac.Equal([]byte(SignHook(secret, raw)), []byte(signature))
}

// hookBody is what Meta reports.
type hookBody struct {
	Entry []struct {
		Changes []struct {
			Value hookValue `json:"value"`
		} `json:"changes"`
	} `json:"entry"`
}

type hookValue struct {
	Statuses []hookStatus  `json:"statuses"`
	Messages []hookMessage `json:"messages"`
}

type hookStatus struct {
	ID     string `json:"id"`
	Status string `json:"status"`
	At     string `json:"timestamp"`
	Ours   string `json:"biz_opaque_callback_data,omitempty"`
	Errors []struct {
		Code int `json:"code"`
	} `json:"errors,omitempty"`
}

type hookMessage struct {
	ID   string `json:"id"`
	From string `json:"from"`
	At   string `json:"timestamp"`
	Text *struct {
		Body string `json:"body"`
	} `json:"text,omitempty"`
	Button *struct {
		Text string `json:"text"`
	} `json:"button,omitempty"`
}

// parseHook reads a report. What is new to us is passed over: Meta adds kinds.
func parseHook(raw []byte) (reports []Report, writings []Writing, err error) {
	var body hookBody
	if err := json.Unmarshal(raw, &body); err != nil {
		return nil, nil, err
	}
	for _, e := range body.Entry {
		for _, c := range e.Changes {
			for _, s := range c.Value.Statuses {
				if r, ok := s.report(); ok {
					reports = append(reports, r)
				}
			}
			for _, m := range c.Value.Messages {
				if w, ok := m.writing(); ok {
					writings = append(writings, w)
				}
			}
		}
	}
	return reports, writings, nil
}

func (s hookStatus) report() (Report, bool) {
	r := Report{Channel: WhatsApp, GatewayID: s.ID, LetterID: s.Ours, Progress: Progress(s.Status), At: unixTime(s.At)}
	if !jaring.IsUUID(r.LetterID) {
		r.LetterID = ""
	}
	if len(s.Errors) > 0 {
		r.Code = s.Errors[0].Code
	}
	return r, s.ID != "" && rank[r.Progress] > 0
}

func (m hookMessage) writing() (Writing, bool) {
	phone, err := jaring.ParsePhone(m.From)
	w := Writing{Channel: WhatsApp, GatewayID: m.ID, From: phone, At: unixTime(m.At)}
	switch {
	case m.Text != nil:
		w.Text = m.Text.Body
	case m.Button != nil:
		w.Text = m.Button.Text
	}
	w.Reply = ParseReply(w.Text)
	w.Text = strings.ToValidUTF8(w.Text[:min(len(w.Text), maxWriting)], "")
	return w, err == nil && m.ID != ""
}

func unixTime(s string) time.Time {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}
