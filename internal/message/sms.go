package message

import (
	"context"
	"encoding/json"
	"net/http"

	"jaring/internal/jaring"
)

// SMSSettings are those of an SMS gateway over HTTP.
type SMSSettings struct {
	Address string `json:"address"` // where letters are posted
	Token   string `json:"token"`
	From    string `json:"from"` // the sender that phones show, up to 11 letters
}

// Texter sends SMS by a gateway that takes {"id","from","to","text"} with a bearer token, answers
// 2xx with {"id"} and takes a repeated id (also as Idempotency-Key) for the first.
type Texter struct {
	settings SMSSettings
	poster   poster
}

// NewTexter makes the sender. Error: message.settings.
func NewTexter(s SMSSettings, transport http.RoundTripper) (*Texter, error) {
	if !isWeb(s.Address) || s.From == "" || len(s.From) > 11 {
		return nil, jaring.NewError(jaring.Invalid, "message.settings", "part", string(SMS))
	}
	return &Texter{s, newPoster(s.Address, s.Token, transport)}, nil
}

// Channel is SMS.
func (t *Texter) Channel() Channel { return SMS }

// Reaches whoever has a phone number.
func (t *Texter) Reaches(to Contact) bool { return to.Phone != "" }

// Once is true: the gateway knows letters by their ids.
func (t *Texter) Once() bool { return true }

type smsMessage struct {
	ID   string `json:"id"`
	From string `json:"from"`
	To   string `json:"to"`
	Text string `json:"text"`
}

// text is what goes out: one SMS. Error: message.too_long (args n).
func (t *Texter) text(l Letter) (string, error) {
	template, err := GetTemplate(l.Template)
	if err != nil {
		return "", err
	}
	text, err := template.Text(l.lang(), FormSMS, l.Values)
	if err != nil {
		return "", err
	}
	text = foldGSM(text)
	if n := lengthGSM(text); n > maxSMS {
		return "", jaring.NewError(jaring.Invalid, "message.too_long", "n", n)
	}
	return text, nil
}

// Send posts l.
func (t *Texter) Send(ctx context.Context, l Letter) (string, error) {
	text, err := t.text(l)
	if err != nil {
		return "", err
	}
	status, raw, err := t.poster.post(ctx, smsMessage{l.ID, t.settings.From, l.To.Phone, text}, map[string]string{"Idempotency-Key": l.ID})
	if err != nil {
		return "", err
	}
	switch {
	case status >= 200 && status < 300:
		var a struct {
			ID string `json:"id"`
		}
		_ = json.Unmarshal(raw, &a) // it is sent, whatever it is called
		return a.ID, nil
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable:
		return "", unavailable(nil)
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return "", noAccess(SMS)
	case status == http.StatusNotFound, status == http.StatusUnprocessableEntity:
		return "", notReachable(SMS)
	case status < 500:
		return "", refusedBy(SMS, status)
	}
	return "", unknownOutcome(nil)
}
