package auth

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"strings"
	"time"
	"unicode/utf8"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Device is a phone that was enrolled.
type Device struct {
	ID         jaring.DeviceID
	Name       string
	EnrolledAt time.Time
	RevokedAt  time.Time // zero while it may sign
}

const (
	maxDeviceName = 80  // characters
	maxKeyDER     = 256 // bytes; a P-256 key has 91
)

func malformedKey() *jaring.Error {
	return jaring.NewError(jaring.Invalid, "device.key_malformed").At("public_key")
}

// parseKey reads a public key of P-256 in SPKI, in the one form that the standard
// encoder writes. Error: device.key_malformed.
func parseKey(spki []byte) (*ecdsa.PublicKey, error) {
	if len(spki) > maxKeyDER {
		return nil, malformedKey()
	}
	parsed, err := x509.ParsePKIXPublicKey(spki)
	if err != nil {
		return nil, malformedKey()
	}
	key, ok := parsed.(*ecdsa.PublicKey)
	if !ok || key.Curve != elliptic.P256() {
		return nil, malformedKey()
	}
	if again, err := x509.MarshalPKIXPublicKey(key); err != nil || !bytes.Equal(again, spki) {
		return nil, malformedKey()
	}
	return key, nil
}

// Enrol lets a device sign batches for the actor. spki is its public key (P-256). The
// same key enrolled again by the same account is the same device, so that a repeated
// request does no harm. Errors: error.forbidden, field.required, field.too_long,
// device.key_malformed.
func (s *Service) Enrol(ctx context.Context, actor jaring.Actor, name string, spki []byte) (jaring.DeviceID, error) {
	if err := actor.May(jaring.ActEnrolDevice, jaring.Scope{}); err != nil {
		return "", err
	}
	name = strings.TrimSpace(name)
	es := checkText("name", name, maxDeviceName)
	if _, err := parseKey(spki); err != nil {
		es = append(es, malformedKey())
	}
	if err := es.OrNil(); err != nil {
		return "", err
	}
	fresh := &store.DeviceRecord{ID: jaring.DeviceID(newID()), Account: actor.Account, Name: name, PublicKey: spki, EnrolledAt: s.instant()}
	e := s.event(jaring.DeviceEnrolled, string(actor.Account), actor, jaring.Facts{Other: string(fresh.ID)})
	id := fresh.ID
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		known, err := tx.FindDevices(actor.Account)
		if err != nil {
			return err
		}
		for _, d := range known {
			if d.RevokedAt.IsZero() && bytes.Equal(d.PublicKey, spki) {
				id = d.ID
				return nil
			}
		}
		id = fresh.ID
		if err := tx.AddDevice(fresh); err != nil {
			return err
		}
		return tx.AddEvent(e)
	})
	return id, err
}

// checkText judges a text that must be there and not be too long.
func checkText(field, text string, most int) (es jaring.Errors) {
	if text == "" {
		es = append(es, jaring.NewError(jaring.Invalid, "field.required").At(field))
	}
	if utf8.RuneCountInString(text) > most {
		es = append(es, jaring.NewError(jaring.Invalid, "field.too_long", "max", most).At(field))
	}
	return es
}

// Revoke ends a device's right to sign: its owner may, and who manages accounts. A
// device that has none any more is no error. Errors: device.unknown, error.forbidden,
// error.out_of_area.
func (s *Service) Revoke(ctx context.Context, actor jaring.Actor, id jaring.DeviceID) error {
	if !jaring.IsUUID(string(id)) {
		return jaring.NewError(jaring.NotFound, "device.unknown")
	}
	e := s.event(jaring.DeviceRevoked, "", actor, jaring.Facts{Other: string(id)})
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		device, err := tx.GetDevice(id)
		if jaring.KeyOf(err) == "device.unknown" {
			return jaring.NewError(jaring.NotFound, "device.unknown")
		}
		if err != nil {
			return err
		}
		owner, err := tx.GetAccount(device.Account)
		if err != nil {
			return err
		}
		if owner.ID != actor.Account {
			if err := actor.May(jaring.ActManageAccount, jaring.Scope{Office: owner.Office}); err != nil {
				return err
			}
		}
		changed, err := tx.RevokeDevice(id, e.At)
		if err != nil || !changed {
			return err
		}
		e.Subject = string(owner.ID)
		return tx.AddEvent(e)
	})
	s.devices.forget(id)
	return err
}

// FindDevices gives the actor's own devices, the newest first.
func (s *Service) FindDevices(ctx context.Context, actor jaring.Actor) (out []Device, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		out = nil
		records, err := tx.FindDevices(actor.Account)
		for _, d := range records {
			out = append(out, Device{d.ID, d.Name, d.EnrolledAt, d.RevokedAt})
		}
		return err
	})
	return out, err
}
