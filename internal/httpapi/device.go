package httpapi

import (
	"encoding/base64"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type deviceBody struct {
	Name      string `json:"name"`
	PublicKey string `json:"public_key" doc:"base64 of SPKI, P-256"`
}

type deviceOut struct {
	Body struct {
		DeviceID jaring.DeviceID `json:"device_id"`
	}
}

func (s *server) enrolDevice(c *call, in *Acting) (*deviceOut, error) {
	if err := c.may(jaring.ActEnrolDevice); err != nil {
		return nil, err
	}
	if _, err := operationKey(c.actor.Account, in.Key); err != nil {
		return nil, err
	}
	var body deviceBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	spki, err := base64.StdEncoding.DecodeString(body.PublicKey)
	if err != nil {
		return nil, jaring.NewError(jaring.Invalid, "device.key_malformed").At("public_key")
	}
	out := &deviceOut{}
	out.Body.DeviceID, err = s.Auth.Enrol(c, c.actor, body.Name, spki)
	return out, err
}

type devicesOut struct {
	Body struct {
		Items []deviceItem `json:"items"`
	}
}

type deviceItem struct {
	DeviceID   jaring.DeviceID `json:"device_id"`
	Name       string          `json:"name"`
	EnrolledAt time.Time       `json:"enrolled_at"`
	RevokedAt  time.Time       `json:"revoked_at,omitzero"`
}

func (s *server) findDevices(c *call, _ *nothing) (*devicesOut, error) {
	if err := c.may(jaring.ActEnrolDevice); err != nil {
		return nil, err
	}
	devices, err := s.Auth.FindDevices(c, c.actor)
	if err != nil {
		return nil, err
	}
	out := &devicesOut{}
	out.Body.Items = make([]deviceItem, len(devices))
	for i, d := range devices {
		out.Body.Items[i] = deviceItem{d.ID, d.Name, d.EnrolledAt, d.RevokedAt}
	}
	return out, nil
}

func (s *server) revokeDevice(c *call, in *ByID) (*nothing, error) {
	return nil, s.Auth.Revoke(c, c.actor, jaring.DeviceID(in.ID))
}
