package store

import (
	"time"

	"jaring/internal/jaring"
)

// SessionRecord is one log-in that lasts. The token itself is never stored.
type SessionRecord struct {
	TokenHash []byte // SHA-256
	Account   jaring.AccountID
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
}

// SessionOwner is a session with its account and that account's office.
type SessionOwner struct {
	SessionRecord
	Owner  AccountRecord
	Office OfficeRecord
}

// AddSession inserts a session.
func (tx *Tx) AddSession(s *SessionRecord) error {
	return tx.queue(`INSERT INTO session (token_hash, account_id, created_at, seen_at, expires_at) VALUES ($1,$2,$3,$4,$5)`,
		s.TokenHash, string(s.Account), millis(s.CreatedAt), millis(s.SeenAt), millis(s.ExpiresAt))
}

// GetSession gives the session of a token's hash, whether it has expired or not.
// Error: error.unauthenticated when there is none.
func (tx *Tx) GetSession(tokenHash []byte) (*SessionOwner, error) {
	s := &SessionOwner{}
	a := &accountRow{}
	o := &s.Office
	var created, seen, expires, added int64
	dest := append([]any{&s.TokenHash, &created, &seen, &expires}, a.dest()...)
	dest = append(dest, &o.ID, &o.Parent, &o.Kind, &o.Name, &o.Zone, &added)
	found, err := tx.one(`SELECT s.token_hash, s.created_at, s.seen_at, s.expires_at, `+accountColumns+`,
			o.office_id, COALESCE(CAST(o.parent_id AS text), ''), o.kind, o.name, o.zone, o.added_at
		FROM session s JOIN account a ON a.account_id = s.account_id JOIN office o ON o.office_id = a.office_id
		WHERE s.token_hash = $1`, []any{tokenHash}, dest...)
	if err == nil && !found {
		err = jaring.NewError(jaring.Unauthenticated, "error.unauthenticated")
	}
	if err != nil {
		return nil, err
	}
	s.Owner, s.Account = *a.record(), a.ID
	s.CreatedAt, s.SeenAt, s.ExpiresAt, o.AddedAt = moment(created), moment(seen), moment(expires), moment(added)
	return s, nil
}

// TouchSession notes that a session was used and may last longer.
func (tx *Tx) TouchSession(tokenHash []byte, seen, expires time.Time) error {
	return tx.queue(`UPDATE session SET seen_at = $2, expires_at = $3 WHERE token_hash = $1`, tokenHash, millis(seen), millis(expires))
}

// DropSession ends one session, if it lasts still.
func (tx *Tx) DropSession(tokenHash []byte) error {
	return tx.queue(`DELETE FROM session WHERE token_hash = $1`, tokenHash)
}

// DropSessionsOf ends all sessions of an account.
func (tx *Tx) DropSessionsOf(account jaring.AccountID) error {
	return tx.queue(`DELETE FROM session WHERE account_id = $1`, string(account))
}

// DropExpiredSessions removes sessions that ended before now and says how many.
func (tx *Tx) DropExpiredSessions(now time.Time) (int64, error) {
	return tx.exec(`DELETE FROM session WHERE expires_at <= $1`, millis(now))
}
