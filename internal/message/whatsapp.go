package message

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"jaring/internal/jaring"
)

// WhatsAppSettings are those of a WhatsApp Cloud API number.
type WhatsAppSettings struct {
	Base        string `json:"base"`            // https://graph.facebook.com
	Version     string `json:"version"`         // v23.0
	PhoneID     string `json:"phone_number_id"` // ours, as Meta numbers it
	Token       string `json:"token"`
	AppSecret   string `json:"app_secret"`   // signs what Meta reports
	VerifyToken string `json:"verify_token"` // proves to us that it is our hook that Meta sets up
	Prefix      string `json:"prefix"`       // of our templates' names at Meta: jaring_
}

// Cloud sends by the WhatsApp Cloud API, templates alone: free text would be allowed for a
// day after somebody wrote, and is left to people.
type Cloud struct {
	settings WhatsAppSettings
	poster   poster
}

// NewCloud makes the sender. Error: message.settings (args part).
func NewCloud(s WhatsAppSettings, transport http.RoundTripper) (*Cloud, error) {
	if !isWeb(s.Base) || s.PhoneID == "" || s.Token == "" || s.Version == "" {
		return nil, jaring.NewError(jaring.Invalid, "message.settings", "part", string(WhatsApp))
	}
	address, err := url.JoinPath(s.Base, s.Version, s.PhoneID, "messages")
	if err != nil {
		return nil, jaring.NewError(jaring.Invalid, "message.settings", "part", string(WhatsApp))
	}
	return &Cloud{s, newPoster(address, s.Token, transport)}, nil
}

// Channel is WhatsApp.
func (c *Cloud) Channel() Channel { return WhatsApp }

// Reaches whoever has a phone number; whether WhatsApp knows it only Meta can say.
func (c *Cloud) Reaches(to Contact) bool { return to.Phone != "" }

// Once is false: Meta sends again what is posted again.
func (c *Cloud) Once() bool { return false }

// The shapes of Meta.
type cloudMessage struct {
	Product  string        `json:"messaging_product"`
	To       string        `json:"to"`
	Type     string        `json:"type"`
	Template cloudTemplate `json:"template"`
	Ours     string        `json:"biz_opaque_callback_data"` // comes back in every report
}

type cloudTemplate struct {
	Name       string           `json:"name"`
	Language   cloudLanguage    `json:"language"`
	Components []cloudComponent `json:"components,omitempty"`
}

type cloudLanguage struct {
	Code   string `json:"code"`
	Policy string `json:"policy"`
}

type cloudComponent struct {
	Type       string           `json:"type"`
	Parameters []cloudParameter `json:"parameters"`
}

type cloudParameter struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

type cloudAnswer struct {
	Messages []struct {
		ID string `json:"id"`
	} `json:"messages"`
	Error *struct {
		Code int `json:"code"`
	} `json:"error"`
}

func (c *Cloud) message(l Letter) (cloudMessage, error) {
	t, err := GetTemplate(l.Template)
	if err != nil {
		return cloudMessage{}, err
	}
	params, err := t.cloudParams(l.lang(), l.Values)
	if err != nil {
		return cloudMessage{}, err
	}
	m := cloudMessage{Product: "whatsapp", To: strings.TrimPrefix(l.To.Phone, "+"), Type: "template", Ours: l.ID,
		Template: cloudTemplate{Name: c.settings.Prefix + t.Name, Language: cloudLanguage{string(l.lang()), "deterministic"}}}
	if len(params) > 0 {
		body := cloudComponent{Type: "body"}
		for _, p := range params {
			body.Parameters = append(body.Parameters, cloudParameter{"text", p})
		}
		m.Template.Components = []cloudComponent{body}
	}
	return m, nil
}

// Send posts l. An answer in Meta's own form says surely what became of it; any other may
// come from something on the way.
func (c *Cloud) Send(ctx context.Context, l Letter) (string, error) {
	m, err := c.message(l)
	if err != nil {
		return "", err
	}
	status, raw, err := c.poster.post(ctx, m, nil)
	if err != nil {
		return "", err
	}
	var a cloudAnswer
	known := json.Unmarshal(raw, &a) == nil
	switch {
	case known && a.Error != nil:
		return "", cloudError(status, a.Error.Code)
	case status == http.StatusOK && known && len(a.Messages) == 1 && a.Messages[0].ID != "":
		return a.Messages[0].ID, nil
	case status == http.StatusServiceUnavailable, status == http.StatusTooManyRequests:
		return "", unavailable(nil)
	case status >= 300 && status < 500:
		return "", refusedBy(WhatsApp, status)
	}
	return "", unknownOutcome(nil)
}

// Codes of Meta that mean more than "no".
var (
	cloudBusy   = map[int]bool{1: true, 2: true, 4: true, 80007: true, 130429: true, 131000: true, 131016: true, 131048: true, 131056: true, 133004: true}
	cloudNobody = map[int]bool{131026: true, 131030: true, 131049: true, 131050: true, 131021: true}
	cloudAccess = map[int]bool{0: true, 3: true, 10: true, 190: true, 131005: true, 131031: true, 131042: true}
)

func cloudError(status, code int) error {
	switch {
	case cloudNobody[code]:
		return notReachable(WhatsApp)
	case cloudBusy[code] || status == http.StatusTooManyRequests:
		return unavailable(nil)
	case cloudAccess[code] || status == http.StatusUnauthorized:
		return noAccess(WhatsApp)
	}
	return refusedBy(WhatsApp, code)
}
