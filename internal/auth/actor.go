package auth

import (
	"context"
	"crypto/ecdsa"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// caller is who stands behind a token; signer, who stands behind a device.
type caller struct {
	actor   jaring.Actor
	session Session
}

type signer struct {
	actor jaring.Actor
	key   *ecdsa.PublicKey
}

// Actor gives who a token stands for, and the session. The slices of the actor are
// shared and must not be changed. Error: error.unauthenticated.
func (s *Service) Actor(ctx context.Context, token string) (jaring.Actor, Session, error) {
	hash, ok := hashToken(token)
	if !ok {
		return jaring.Actor{}, Session{}, unauthenticated()
	}
	now := s.instant()
	if c, ok := s.sessions.get(hash, now); ok && now.Before(c.session.ExpiresAt) {
		return c.actor, c.session, nil
	}
	generation := s.sessions.begin()
	c, seen, err := s.readCaller(ctx, hash, now)
	if err != nil {
		return jaring.Actor{}, Session{}, err
	}
	if now.Sub(seen) >= touchEvery {
		c.session.ExpiresAt = s.touch(ctx, hash, c.session, now)
	}
	s.sessions.put(generation, hash, c, now)
	return c.actor, c.session, nil
}

func (s *Service) readCaller(ctx context.Context, hash tokenHash, now time.Time) (c caller, seen time.Time, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		o, err := tx.GetSession(hash[:])
		if err != nil {
			return err
		}
		if o.Owner.Disabled || !now.Before(o.ExpiresAt) {
			return unauthenticated()
		}
		c.session, seen = sessionOf(o), o.SeenAt
		c.actor, err = actorOf(tx, &o.Owner, &o.Office, now)
		return err
	})
	return c, seen, err
}

// touch lets the session last longer and gives its new end. A write that does not
// come through leaves the old end, which is still ahead, and the next use tries again.
func (s *Service) touch(ctx context.Context, hash tokenHash, session Session, now time.Time) time.Time {
	expires := now.Add(sessionIdle)
	if most := session.CreatedAt.Add(sessionMost); most.Before(expires) {
		expires = most
	}
	if err := s.db.Write(ctx, func(tx *store.Tx) error { return tx.TouchSession(hash[:], now, expires) }); err != nil {
		return session.ExpiresAt
	}
	return expires
}

// actorOf reads what an account reaches on the day that now is in its office.
func actorOf(tx *store.Tx, account *store.AccountRecord, office *store.OfficeRecord, now time.Time) (jaring.Actor, error) {
	a := jaring.Actor{Account: account.ID, Name: account.Name, Role: account.Role, Office: office.ID, Zone: office.Zone}
	zone, err := jaring.Zone(office.Zone)
	if err != nil {
		return a, jaring.InternalError(err)
	}
	if a.Offices, err = tx.OfficeSubtree(office.ID); err != nil {
		return a, err
	}
	if a.Areas, err = tx.AreasOf(a.Offices, jaring.DayIn(now, zone)); err == nil && a.Role == jaring.RoleAgent {
		a.Licence, err = licenceOf(tx, a.Account)
	}
	return a, err
}

// ActorOfDevice gives the account that enrolled a device, with Device set, and the key
// that the device signs with. It needs no session. Errors: device.unknown,
// device.revoked, account.disabled.
func (s *Service) ActorOfDevice(ctx context.Context, id jaring.DeviceID) (jaring.Actor, *ecdsa.PublicKey, error) {
	if !jaring.IsUUID(string(id)) {
		return jaring.Actor{}, nil, jaring.NewError(jaring.Unauthenticated, "device.unknown").At("device_id")
	}
	now := s.instant()
	if d, ok := s.devices.get(id, now); ok {
		return d.actor, d.key, nil
	}
	generation := s.devices.begin()
	d, err := s.readSigner(ctx, id, now)
	if err != nil {
		return jaring.Actor{}, nil, err
	}
	s.devices.put(generation, id, d, now)
	return d.actor, d.key, nil
}

func (s *Service) readSigner(ctx context.Context, id jaring.DeviceID, now time.Time) (d signer, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		device, err := tx.GetDevice(id)
		if err != nil {
			return err
		}
		if !device.RevokedAt.IsZero() {
			return jaring.NewError(jaring.Unauthenticated, "device.revoked").At("device_id")
		}
		account, err := tx.GetAccount(device.Account)
		if err != nil {
			return err
		}
		if account.Disabled {
			return jaring.NewError(jaring.Unauthenticated, "account.disabled")
		}
		office, err := tx.GetOffice(account.Office)
		if err != nil {
			return err
		}
		if d.actor, err = actorOf(tx, account, office, now); err != nil {
			return err
		}
		d.actor.Device = id
		d.key, err = parseKey(device.PublicKey)
		return err
	})
	return d, err
}

// ActorOfBatch gives who sent a batch, after its signature was found right. Errors:
// those of ActorOfDevice and VerifyBatch.
func (s *Service) ActorOfBatch(ctx context.Context, b Batch, signature string) (jaring.Actor, error) {
	actor, key, err := s.ActorOfDevice(ctx, b.Device)
	if err != nil {
		return jaring.Actor{}, err
	}
	return actor, VerifyBatch(key, b, signature)
}
