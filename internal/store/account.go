package store

import (
	"time"

	"jaring/internal/jaring"
)

// AccountRecord is somebody who can log in.
type AccountRecord struct {
	ID           jaring.AccountID
	Login        string // lower case, unique
	Name         string
	Role         jaring.Role
	Office       jaring.OfficeID
	PasswordHash string // PHC text
	Disabled     bool
	AddedAt      time.Time
}

const accountColumns = `a.account_id, a.login, a.name, a.role, a.office_id, a.password_hash, a.disabled, a.added_at`

// accountRow is where a row of accountColumns lands.
type accountRow struct {
	AccountRecord
	disabled, added int64
}

func (a *accountRow) dest() []any {
	return []any{&a.ID, &a.Login, &a.Name, &a.Role, &a.Office, &a.PasswordHash, &a.disabled, &a.added}
}

func (a *accountRow) record() *AccountRecord {
	a.Disabled, a.AddedAt = a.disabled != 0, moment(a.added)
	return &a.AccountRecord
}

// AddAccount inserts an account. Error: account.login_taken.
func (tx *Tx) AddAccount(a *AccountRecord) error {
	return tx.queue(`INSERT INTO account (account_id, login, name, role, office_id, password_hash, disabled, added_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
		string(a.ID), a.Login, a.Name, string(a.Role), string(a.Office), a.PasswordHash, flag(a.Disabled), millis(a.AddedAt))
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func (tx *Tx) accounts(where string, args ...any) (out []*AccountRecord, err error) {
	err = tx.each(`SELECT `+accountColumns+` FROM account a `+where, args, func(r rows) error {
		a := &accountRow{}
		err := r.Scan(a.dest()...)
		out = append(out, a.record())
		return err
	})
	return out, err
}

func (tx *Tx) account(where string, args ...any) (*AccountRecord, error) {
	as, err := tx.accounts(where, args...)
	if err == nil && len(as) == 0 {
		err = jaring.NewError(jaring.NotFound, "account.not_found")
	}
	if err != nil {
		return nil, err
	}
	return as[0], nil
}

// GetAccount gives one account. Error: account.not_found.
func (tx *Tx) GetAccount(id jaring.AccountID) (*AccountRecord, error) {
	return tx.account(`WHERE a.account_id = $1`, string(id))
}

// GetAccountByLogin gives the account of a login in lower case. Error: account.not_found.
func (tx *Tx) GetAccountByLogin(login string) (*AccountRecord, error) {
	return tx.account(`WHERE a.login = $1`, login)
}

// FindAccounts gives a page of the accounts of some offices in the order of their
// logins, from the one behind after.
func (tx *Tx) FindAccounts(offices []jaring.OfficeID, after string, limit int) ([]*AccountRecord, error) {
	if len(offices) == 0 {
		return nil, nil
	}
	args := append([]any{after, int64(limit)}, texts(offices)...)
	return tx.accounts(`WHERE a.login > $1 AND a.office_id IN (`+marks(3, len(offices))+`) ORDER BY a.login LIMIT $2`, args...)
}

// SetPassword keeps another password hash. Error: account.not_found.
func (tx *Tx) SetPassword(id jaring.AccountID, hash string) error {
	return tx.changeAccount(`UPDATE account SET password_hash = $2 WHERE account_id = $1`, string(id), hash)
}

// DisableAccount shuts an account; its sessions are dropped apart (DropSessionsOf).
// Error: account.not_found.
func (tx *Tx) DisableAccount(id jaring.AccountID) error {
	return tx.changeAccount(`UPDATE account SET disabled = 1 WHERE account_id = $1`, string(id))
}

func (tx *Tx) changeAccount(sql string, args ...any) error {
	n, err := tx.exec(sql, args...)
	if err == nil && n == 0 {
		err = jaring.NewError(jaring.NotFound, "account.not_found")
	}
	return err
}
