package message

import (
	"encoding/json"
	"io"
	"net/http"
	"time"

	"jaring/internal/jaring"
)

// Settings are all channels of an office, as a file holds them. It holds secrets: keep it as
// the key file is kept.
type Settings struct {
	Order    []Channel         `json:"order"` // in which channels are tried
	WhatsApp *WhatsAppSettings `json:"whatsapp,omitempty"`
	SMS      *SMSSettings      `json:"sms,omitempty"`
	Email    *MailSettings     `json:"email,omitempty"`
}

// ReadSettings reads a file of settings. Error: message.settings (args part).
func ReadSettings(r io.Reader) (Settings, error) {
	var s Settings
	d := json.NewDecoder(io.LimitReader(r, 1<<20))
	d.DisallowUnknownFields()
	if d.Decode(&s) != nil {
		return s, badSettings("json")
	}
	_, err := s.Senders(nil, nil)
	return s, err
}

// WriteSettings writes what ReadSettings reads.
func WriteSettings(w io.Writer, s Settings) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(s)
}

// Senders are those of s, in order; transport and now may be nil. Error: message.settings.
func (s Settings) Senders(transport http.RoundTripper, now func() time.Time) ([]Sender, error) {
	var list []Sender
	seen := map[Channel]bool{}
	for _, c := range s.Order {
		sender, err := s.sender(c, transport, now)
		if err != nil {
			return nil, err
		}
		if seen[c] {
			return nil, badSettings("order")
		}
		seen[c] = true
		list = append(list, sender)
	}
	return list, nil
}

func (s Settings) sender(c Channel, transport http.RoundTripper, now func() time.Time) (Sender, error) {
	switch {
	case c == WhatsApp && s.WhatsApp != nil:
		return NewCloud(*s.WhatsApp, transport)
	case c == SMS && s.SMS != nil:
		return NewTexter(*s.SMS, transport)
	case c == Email && s.Email != nil:
		return NewMailer(*s.Email, now)
	}
	return nil, badSettings("order")
}

func badSettings(part string) error {
	return jaring.NewError(jaring.Invalid, "message.settings", "part", part)
}
