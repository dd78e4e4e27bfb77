package auth

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// How long a session lasts: 12 hours after its last use, 7 days at most. Its use is
// written down once in touchEvery, so the 12 hours may be that much shorter.
const (
	sessionIdle = 12 * time.Hour
	sessionMost = 7 * 24 * time.Hour
	touchEvery  = 10 * time.Minute
	tokenSize   = 32
)

// UnknownAccount is the subject of events about log-ins that nobody has.
const UnknownAccount = "00000000-0000-0000-0000-000000000000"

// Session is a log-in that lasts, with what a screen shows of its owner.
type Session struct {
	Account    jaring.AccountID
	Login      string
	Name       string
	Role       jaring.Role
	Office     jaring.OfficeID
	OfficeName string
	OfficeKind string
	Zone       string // IANA name
	CreatedAt  time.Time
	ExpiresAt  time.Time // if it is not used before
}

type tokenHash [sha256.Size]byte

var token64 = base64.RawURLEncoding.Strict()

// hashToken gives the hash of a well-formed token.
func hashToken(token string) (h tokenHash, ok bool) {
	raw, err := token64.DecodeString(token)
	if err != nil || len(raw) != tokenSize {
		return h, false
	}
	return sha256.Sum256([]byte(token)), true
}

func newToken() string { return token64.EncodeToString(randomBytes(tokenSize)) }

func unauthenticated() error { return jaring.NewError(jaring.Unauthenticated, "error.unauthenticated") }

// LogIn gives the token of a new session. remote is the caller's address, with or
// without port. Errors: error.rate_limited (with seconds), account.log_in_refused for a
// wrong log-in or password without saying which, account.disabled only to who knows
// the password, error.unavailable when too many log in at once.
func (s *Service) LogIn(ctx context.Context, login, password, remote string) (token string, session Session, err error) {
	login, remote = Login(login), addressKey(remote)
	now := s.instant()
	if err := s.addresses.take(remote, now); err != nil {
		return "", Session{}, err
	}
	if err := s.logins.take(loginKey(login), now); err != nil {
		return "", Session{}, err
	}
	account, err := s.accountOf(ctx, login)
	if err != nil {
		return "", Session{}, err
	}
	right, fresh, err := s.hasher.verify(ctx, account.PasswordHash, password)
	switch {
	case err != nil:
		return "", Session{}, err
	case !right:
		return "", Session{}, s.refuse(ctx, account, "account.log_in_refused", remote)
	case account.Disabled:
		return "", Session{}, s.refuse(ctx, account, "account.disabled", remote)
	}
	s.logins.forgive(loginKey(login))
	return s.open(ctx, account, fresh, remote)
}

// loginKey bounds what the limiter keeps.
func loginKey(login string) string { return login[:min(len(login), maxLogin+1)] }

// accountOf reads the account of a log-in; a log-in that nobody has gives an account
// without id and hash.
func (s *Service) accountOf(ctx context.Context, login string) (account *store.AccountRecord, err error) {
	if checkLogin(login) != nil {
		login = "" // belongs to nobody, and is read all the same
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		account, err = tx.GetAccountByLogin(login)
		return err
	})
	if jaring.CodeOf(err) == jaring.NotFound {
		return &store.AccountRecord{}, nil
	}
	return account, err
}

// refuse writes the refusal down and gives it as an error.
func (s *Service) refuse(ctx context.Context, account *store.AccountRecord, key, remote string) error {
	subject := string(account.ID)
	if subject == "" {
		subject = UnknownAccount
	}
	e := s.event(jaring.LogInRefused, subject, jaring.Actor{Office: account.Office}, jaring.Facts{Reasons: []string{key}, Other: remote})
	if err := s.db.Write(ctx, func(tx *store.Tx) error { return tx.AddEvent(e) }); err != nil {
		return err
	}
	return &jaring.Error{Code: jaring.Unauthenticated, Key: key}
}

// open starts a session, if the account is still what it was when the password was
// found right.
func (s *Service) open(ctx context.Context, account *store.AccountRecord, fresh, remote string) (string, Session, error) {
	token, now := newToken(), s.instant()
	hash, _ := hashToken(token)
	record := &store.SessionRecord{TokenHash: hash[:], Account: account.ID, CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(sessionIdle)}
	e := s.event(jaring.LoggedIn, string(account.ID), jaring.Actor{Account: account.ID, Office: account.Office}, jaring.Facts{Other: remote})
	var office *store.OfficeRecord
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		current, err := tx.GetAccount(account.ID)
		if err != nil {
			return err
		}
		if current.Disabled || current.PasswordHash != account.PasswordHash {
			return jaring.NewError(jaring.Unauthenticated, "account.log_in_refused")
		}
		if office, err = tx.GetOffice(current.Office); err != nil {
			return err
		}
		if fresh != "" {
			if err := tx.SetPassword(account.ID, fresh); err != nil {
				return err
			}
		}
		if err := tx.AddSession(record); err != nil {
			return err
		}
		return tx.AddEvent(e)
	})
	if err != nil {
		return "", Session{}, err
	}
	return token, sessionOf(&store.SessionOwner{SessionRecord: *record, Owner: *account, Office: *office}), nil
}

func sessionOf(o *store.SessionOwner) Session {
	return Session{
		Account: o.Owner.ID, Login: o.Owner.Login, Name: o.Owner.Name, Role: o.Owner.Role,
		Office: o.Office.ID, OfficeName: o.Office.Name, OfficeKind: o.Office.Kind, Zone: o.Office.Zone,
		CreatedAt: o.CreatedAt, ExpiresAt: o.ExpiresAt,
	}
}

// LogOut ends the session of a token. A session that does not last is no error.
func (s *Service) LogOut(ctx context.Context, token string) error {
	hash, ok := hashToken(token)
	if !ok {
		return nil
	}
	err := s.db.Write(ctx, func(tx *store.Tx) error { return tx.DropSession(hash[:]) })
	s.sessions.forget(hash)
	return err
}

// LogOutEverywhere ends all sessions of an account; its devices may still sign.
func (s *Service) LogOutEverywhere(ctx context.Context, account jaring.AccountID) error {
	err := s.db.Write(ctx, func(tx *store.Tx) error { return tx.DropSessionsOf(account) })
	s.forgetAccount(account)
	return err
}

// forgetAccount is called after a write about an account, whether it is known to have
// come through or not.
func (s *Service) forgetAccount(account jaring.AccountID) {
	s.sessions.forgetIf(func(c caller) bool { return c.actor.Account == account })
	s.devices.forgetIf(func(d signer) bool { return d.actor.Account == account })
}

// DropExpired removes sessions that are over and says how many; a job calls it daily.
func (s *Service) DropExpired(ctx context.Context) (n int64, err error) {
	now := s.instant()
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		n, err = tx.DropExpiredSessions(now)
		return err
	})
	return n, err
}
