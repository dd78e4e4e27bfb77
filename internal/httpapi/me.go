package httpapi

import (
	"encoding/base64"
	"time"

	"jaring/internal/jaring"
)

// ownCertificate is an agent's certificate as his phone carries it: it proves itself without
// a network (token, keys), and makes the 60-second codes.
type ownCertificate struct {
	State           string           `json:"state" enum:"none,valid,suspended,revoked,expired,not_begun"`
	Number          string           `json:"number,omitempty"`
	Name            string           `json:"name,omitempty"`
	Office          string           `json:"office,omitempty"`
	Powers          []jaring.Power   `json:"powers,omitempty"`
	From            jaring.Day       `json:"from,omitzero" format:"date"`
	Until           jaring.Day       `json:"until,omitzero" format:"date"`
	StateAt         time.Time        `json:"state_at,omitzero"`
	HasPhoto        bool             `json:"has_photo,omitempty"`
	Token           string           `json:"token,omitempty"`
	Address         string           `json:"address,omitempty" doc:"what the QR of the badge says: the public page, and the token behind #"`
	CodeSecret      string           `json:"code_secret,omitempty" doc:"base64; for this phone alone"`
	Keys            []certificateKey `json:"keys,omitempty"`
	RevocationsAsOf time.Time        `json:"revocations_as_of,omitzero"`
	ServerTime      time.Time        `json:"server_time"`
}

type ownCertificateOut struct {
	Body ownCertificate
}

func (s *server) ownCertificate(c *call, _ *nothing) (*ownCertificateOut, error) {
	own, err := s.certificateOf(c)
	return &ownCertificateOut{own}, err
}

// certificateOf is the caller's certificate; state none when he has none.
func (s *server) certificateOf(c *call) (ownCertificate, error) {
	out := ownCertificate{State: "none", ServerTime: s.App.Now()}
	v, err := s.App.GetOwnCertificate(c, c.actor)
	if err != nil || v == nil {
		return out, err
	}
	out.State, out.Number, out.Name, out.Office, out.Powers = string(v.StateToday), v.Number, v.Name, v.OfficeName, v.Powers
	out.From, out.Until, out.StateAt, out.HasPhoto, out.Token = v.From, v.Until, v.StateAt, v.HasPhoto, v.Token
	out.Address = s.address(c.request) + badgePath(v.Number, v.Token)
	if len(v.CodeSecret) > 0 {
		out.CodeSecret = base64.StdEncoding.EncodeToString(v.CodeSecret)
	}
	out.Keys, out.RevocationsAsOf = wireKeys(v.Keys), v.Keys.AsOf
	return out, nil
}

// badgePath is the page of a certificate, with what verifies it without a network.
func badgePath(number, token string) string { return "/a/" + number + "#" + token }
