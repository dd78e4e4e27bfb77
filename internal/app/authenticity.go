package app

import (
	"context"
	"slices"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// StopCertificate suspends a certificate, revokes it for ever, or lets a suspended one be
// valid again; it takes effect at once. Errors: certificate.unknown, certificate.state_unknown,
// certificate.state_same, certificate.revoked, reason.too_short, error.forbidden,
// error.out_of_area, operation.conflict.
func (a *App) StopCertificate(ctx context.Context, actor jaring.Actor, id jaring.OperationID, number string, to jaring.CertificateState, why string) error {
	if err := actor.May(jaring.ActStopCertificate, jaring.Scope{}); err != nil {
		return err
	}
	if to != jaring.CertificateValid && to != jaring.CertificateIsStopped && to != jaring.CertificateIsRevoked {
		return jaring.NewError(jaring.Invalid, "certificate.state_unknown").At("state")
	}
	reason, err := NeedReason(why)
	if err != nil {
		return err
	}
	c, err := a.certificate(ctx, number)
	if err != nil {
		return err
	}
	if err := actor.May(jaring.ActStopCertificate, jaring.Scope{Office: c.Office}); err != nil {
		return err
	}
	at := a.Now()
	_, err = a.Once(ctx, actor, id, jaring.ActStopCertificate, []any{c.Number, to, reason}, func(tx *store.Tx) error {
		c, err := tx.GetCertificate(c.Number)
		if err != nil {
			return err
		}
		event, ok := c.State.Next(to)
		if !ok {
			return unchanged(c.State)
		}
		changed, err := tx.SetCertificateState(c.ID, c.State, to, at, reason)
		if err != nil || !changed {
			return restart(err)
		}
		return a.Tell(tx, actor, string(c.Account), event, jaring.Facts{Agent: c.Account, Other: c.Number, Reason: reason})
	})
	a.Forget(c.Account)
	return err
}

func unchanged(state jaring.CertificateState) error {
	if state == jaring.CertificateIsRevoked {
		return jaring.NewError(jaring.Conflict, "certificate.revoked")
	}
	return jaring.NewError(jaring.Conflict, "certificate.state_same")
}

// certificate reads a certificate by its number as people write it. Error:
// certificate.unknown.
func (a *App) certificate(ctx context.Context, text string) (c *store.CertificateRecord, err error) {
	number, err := jaring.ParseCertificateNo(text)
	if err != nil {
		return nil, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		c, err = tx.GetCertificate(number)
		return err
	})
	return c, err
}

// Authenticity is what anybody may know of a certificate.
type Authenticity struct {
	*store.CertificateRecord
	Name       string
	OfficeName string
	HasPhoto   bool
	Today      jaring.Day
	StateToday jaring.CertificateState
	May        []jaring.Power // what the agent may do today
	MayNot     []jaring.Power
	Code       jaring.CodeAnswer // empty when none was asked
	ReplacedBy string            // number of the agent's newer certificate that is valid today
}

// CheckCertificate says whether an agent is genuine and what he may do today; code is the
// 60-second code that his phone shows, or nothing. Error: certificate.unknown.
func (a *App) CheckCertificate(ctx context.Context, number, code string) (*Authenticity, error) {
	c, err := a.certificate(ctx, number)
	if err != nil {
		return nil, err
	}
	v, err := a.authenticity(ctx, c)
	if err != nil || code == "" {
		return v, err
	}
	secret, err := a.Vault.Open(c.CodeSecret, c.CodeKeyID, codePurpose(c.ID))
	if err == nil {
		v.Code = jaring.CheckCode(secret, code, a.Now())
	}
	return v, err
}

// GetCertificate gives a certificate for the office that keeps it. Errors:
// certificate.unknown, also for one out of reach; error.forbidden.
func (a *App) GetCertificate(ctx context.Context, actor jaring.Actor, number string) (*Authenticity, error) {
	if err := actor.May(jaring.ActFindAgent, jaring.Scope{}); err != nil {
		return nil, err
	}
	c, err := a.certificate(ctx, number)
	if err == nil && actor.May(jaring.ActFindAgent, jaring.Scope{Office: c.Office}) != nil {
		err = jaring.NewError(jaring.NotFound, "certificate.unknown")
	}
	if err != nil {
		return nil, err
	}
	return a.authenticity(ctx, c)
}

func (a *App) authenticity(ctx context.Context, c *store.CertificateRecord) (*Authenticity, error) {
	v := &Authenticity{CertificateRecord: c, Today: a.dayAt(ctx, c.Office, a.Now()), May: []jaring.Power{}, MayNot: []jaring.Power{}}
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		account, err := tx.GetAccount(c.Account)
		if err != nil {
			return err
		}
		v.Name = account.Name
		state := c.State
		if account.Disabled && state == jaring.CertificateValid {
			state = jaring.CertificateIsStopped
		}
		v.StateToday = jaring.CertificateStateOn(state, c.From, c.Until, v.Today)
		photo, err := tx.Photo(c.Account)
		if err != nil {
			return err
		}
		v.HasPhoto = len(photo) > 0 && v.showsPhoto()
		all, err := tx.FindCertificates([]jaring.AccountID{c.Account})
		if other := certificateOn(all, v.Today); other != nil && other.Number != c.Number && v.StateToday == jaring.CertificateIsRevoked &&
			jaring.CertificateStateOn(other.State, other.From, other.Until, v.Today) == jaring.CertificateValid {
			v.ReplacedBy = other.Number
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, p := range jaring.Powers {
		if v.StateToday == jaring.CertificateValid && slices.Contains(c.Powers, p) {
			v.May = append(v.May, p)
		} else {
			v.MayNot = append(v.MayNot, p)
		}
	}
	if office, err := a.Office(ctx, c.Office); err == nil {
		v.OfficeName = office.Name
	}
	return v, nil
}

// showsPhoto: who is an agent no more is no longer shown to everybody.
func (v *Authenticity) showsPhoto() bool {
	return v.StateToday != jaring.CertificateIsRevoked && v.StateToday != jaring.CertificateIsExpired
}

// CertificatePhoto gives the photo of the bearer of a certificate. Errors:
// certificate.unknown, photo.none.
func (a *App) CertificatePhoto(ctx context.Context, number string) (jpeg []byte, err error) {
	v, err := a.CheckCertificate(ctx, number, "")
	if err != nil {
		return nil, err
	}
	if !v.HasPhoto {
		return nil, jaring.NewError(jaring.NotFound, "photo.none")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		jpeg, err = tx.Photo(v.Account)
		return err
	})
	return jpeg, err
}

// CertificateKeys is what somebody without a network needs to verify certificates.
type CertificateKeys struct {
	KeyID     string
	PublicKey []byte // SPKI, P-256
	Revoked   []string
	Suspended []string
	AsOf      time.Time
}

// FindCertificateKeys gives the key and the lists of stopped certificates.
func (a *App) FindCertificateKeys(ctx context.Context) (*CertificateKeys, error) {
	key, err := a.Vault.CertificateKey()
	if err != nil {
		return nil, err
	}
	k := &CertificateKeys{KeyID: key.ID, PublicKey: key.SPKI, AsOf: a.Now()}
	// A day back: somewhere in the country it is still yesterday.
	since := jaring.DayIn(k.AsOf, time.UTC).Add(-1)
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		stopped, err := tx.FindStoppedCertificates(since)
		k.Revoked, k.Suspended = stopped[jaring.CertificateIsRevoked], stopped[jaring.CertificateIsStopped]
		return err
	})
	return k, err
}

// OwnCertificate is an agent's certificate as his phone carries it.
type OwnCertificate struct {
	*Authenticity
	CodeSecret []byte // nil when it was revoked
	Keys       *CertificateKeys
}

// GetOwnCertificate gives the actor's certificate of today, else his newest; nil when he has
// none. Error: error.unauthenticated.
func (a *App) GetOwnCertificate(ctx context.Context, actor jaring.Actor) (*OwnCertificate, error) {
	if actor.Account == "" {
		return nil, jaring.NewError(jaring.Unauthenticated, "error.unauthenticated")
	}
	var all []*store.CertificateRecord
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = tx.FindCertificates([]jaring.AccountID{actor.Account})
		return err
	})
	c := certificateOn(all, Today(actor, a.Now()))
	if err != nil || c == nil {
		return nil, err
	}
	own := &OwnCertificate{}
	if own.Authenticity, err = a.authenticity(ctx, c); err != nil {
		return nil, err
	}
	if own.Keys, err = a.FindCertificateKeys(ctx); err != nil {
		return nil, err
	}
	if c.State != jaring.CertificateIsRevoked {
		own.CodeSecret, err = a.Vault.Open(c.CodeSecret, c.CodeKeyID, codePurpose(c.ID))
	}
	return own, err
}

// certificateOn is the certificate of a day among an agent's, the newest first: as
// jaring.Licence.On. nil when there is none.
func certificateOn(all []*store.CertificateRecord, day jaring.Day) *store.CertificateRecord {
	for _, c := range all {
		if c.From <= day && day <= c.Until {
			return c
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all[0]
}
