package auth

import (
	"context"
	"slices"
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Account is somebody who can log in, as lists show it.
type Account struct {
	ID       jaring.AccountID
	Login    string
	Name     string
	Role     jaring.Role
	Office   jaring.OfficeID
	Disabled bool
	AddedAt  time.Time
}

// NewAccount is what an account is made of. Its password is made by AddAccount.
type NewAccount struct {
	Login  string
	Name   string
	Role   jaring.Role
	Office jaring.OfficeID
}

const maxName = 120 // characters

// Check judges all fields at once. Errors: account.login_malformed, field.required,
// field.too_long, field.choice, office.not_found.
func (n NewAccount) Check() error {
	var es jaring.Errors
	if err := checkLogin(Login(n.Login)); err != nil {
		es = append(es, err.(*jaring.Error))
	}
	es = append(es, checkText("name", strings.TrimSpace(n.Name), maxName)...)
	if !slices.Contains(jaring.Roles, n.Role) {
		es = append(es, choice("role", string(n.Role), jaring.Roles))
	}
	if !jaring.IsUUID(string(n.Office)) {
		es = append(es, jaring.NewError(jaring.Invalid, "office.not_found").At("office_id"))
	}
	return es.OrNil()
}

func choice[T ~string](field, value string, of []T) *jaring.Error {
	names := make([]string, len(of))
	for i, v := range of {
		names[i] = string(v)
	}
	return jaring.NewError(jaring.Invalid, "field.choice", "value", value, "choices", strings.Join(names, ", ")).At(field)
}

// AddAccount makes an account with a random password, which is told once and kept
// nowhere. Errors: those of NewAccount.Check, account.login_taken, office.is_closed, error.forbidden,
// error.out_of_area.
func (s *Service) AddAccount(ctx context.Context, by jaring.Actor, n NewAccount) (jaring.AccountID, string, error) {
	if err := n.Check(); err != nil {
		return "", "", err
	}
	if err := by.May(jaring.ActManageAccount, jaring.Scope{Office: n.Office}); err != nil {
		return "", "", err
	}
	password := oneTimePassword()
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return "", "", err
	}
	a := &store.AccountRecord{ID: jaring.AccountID(newID()), Login: Login(n.Login), Name: strings.TrimSpace(n.Name), Role: n.Role,
		Office: n.Office, PasswordHash: hash, AddedAt: s.instant()}
	e := s.event(jaring.AccountAdded, string(a.ID), by, jaring.Facts{Other: string(a.Role)})
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if o, err := tx.GetOffice(n.Office); err != nil || o.Closed != 0 {
			return closedOr(err, o)
		}
		if _, err := tx.GetAccountByLogin(a.Login); jaring.CodeOf(err) != jaring.NotFound {
			return takenOr(err)
		}
		if err := tx.AddAccount(a); err != nil {
			return err
		}
		return tx.AddEvent(e)
	})
	if err != nil {
		return "", "", err
	}
	return a.ID, password, nil
}

// closedOr tells that an office is closed, unless reading it failed.
func closedOr(err error, o *store.OfficeRecord) error {
	if err != nil {
		return err
	}
	return jaring.NewError(jaring.Conflict, "office.is_closed", "date", o.Closed).At("office_id")
}

// takenOr tells that a log-in is somebody's, unless reading it failed.
func takenOr(err error) error {
	if err != nil {
		return err
	}
	return jaring.NewError(jaring.Conflict, "account.login_taken").At("login")
}

// ChangePassword changes the actor's own password and ends all of the account's
// sessions. Errors: error.rate_limited, account.log_in_refused when current is wrong,
// those of CheckPassword.
func (s *Service) ChangePassword(ctx context.Context, actor jaring.Actor, current, next string) error {
	if actor.Account == "" {
		return unauthenticated()
	}
	account, err := s.getAccount(ctx, actor.Account)
	if err != nil {
		return err
	}
	if err := CheckPassword(account.Login, next); err != nil {
		return err
	}
	if err := s.logins.take(loginKey(account.Login), s.instant()); err != nil {
		return err
	}
	right, _, err := s.hasher.verify(ctx, account.PasswordHash, current)
	if err != nil {
		return err
	}
	if !right {
		return s.refuse(ctx, account, "account.log_in_refused", string(actor.Device))
	}
	s.logins.forgive(loginKey(account.Login))
	return s.setPassword(ctx, actor, account, next)
}

// ResetPassword gives an account a random password, told once, and ends its sessions.
// Errors: account.not_found, error.forbidden, error.out_of_area.
func (s *Service) ResetPassword(ctx context.Context, by jaring.Actor, id jaring.AccountID) (string, error) {
	account, err := s.managed(ctx, by, id)
	if err != nil {
		return "", err
	}
	password := oneTimePassword()
	return password, s.setPassword(ctx, by, account, password)
}

func (s *Service) setPassword(ctx context.Context, by jaring.Actor, account *store.AccountRecord, password string) error {
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	e := s.event(jaring.PasswordChanged, string(account.ID), by, jaring.Facts{})
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetPassword(account.ID, hash); err != nil {
			return err
		}
		if err := tx.DropSessionsOf(account.ID); err != nil {
			return err
		}
		return tx.AddEvent(e)
	})
	s.forgetAccount(account.ID)
	return err
}

// DisableAccount shuts an account: it cannot log in, its sessions end and its devices
// may not sign. One that is shut already is no error. Nobody shuts the own account,
// or a house could be left without a key. Errors: account.not_found, account.own,
// error.forbidden, error.out_of_area.
func (s *Service) DisableAccount(ctx context.Context, by jaring.Actor, id jaring.AccountID) error {
	account, err := s.managed(ctx, by, id)
	if err != nil {
		return err
	}
	if account.ID == by.Account {
		return jaring.NewError(jaring.Forbidden, "account.own")
	}
	e := s.event(jaring.AccountDisabled, string(id), by, jaring.Facts{})
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		current, err := tx.GetAccount(id)
		if err != nil || current.Disabled {
			return err
		}
		if err := tx.DisableAccount(id); err != nil {
			return err
		}
		if err := tx.DropSessionsOf(id); err != nil {
			return err
		}
		return tx.AddEvent(e)
	})
	s.forgetAccount(id)
	return err
}

// managed gives an account that by may manage.
func (s *Service) managed(ctx context.Context, by jaring.Actor, id jaring.AccountID) (*store.AccountRecord, error) {
	account, err := s.getAccount(ctx, id)
	if err != nil {
		return nil, err
	}
	return account, by.May(jaring.ActManageAccount, jaring.Scope{Office: account.Office})
}

func (s *Service) getAccount(ctx context.Context, id jaring.AccountID) (account *store.AccountRecord, err error) {
	if !jaring.IsUUID(string(id)) {
		return nil, jaring.NewError(jaring.NotFound, "account.not_found")
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		account, err = tx.GetAccount(id)
		return err
	})
	return account, err
}

// FindAccounts gives a page of the accounts that by manages in the order of their
// log-ins, from the one behind after. Errors: error.unauthenticated, error.forbidden.
func (s *Service) FindAccounts(ctx context.Context, by jaring.Actor, after string, limit int) (out []Account, err error) {
	if err := by.May(jaring.ActManageAccount, jaring.Scope{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		offices := by.Offices
		if by.Role == jaring.RoleSystem {
			if offices, err = allOffices(tx); err != nil {
				return err
			}
		}
		records, err := tx.FindAccounts(offices, after, limit)
		out = make([]Account, 0, len(records))
		for _, a := range records {
			out = append(out, Account{a.ID, a.Login, a.Name, a.Role, a.Office, a.Disabled, a.AddedAt})
		}
		return err
	})
	return out, err
}

// GetAccountByLogin gives an account that by manages. Errors: account.not_found,
// error.forbidden, error.out_of_area.
func (s *Service) GetAccountByLogin(ctx context.Context, by jaring.Actor, login string) (Account, error) {
	var a *store.AccountRecord
	err := s.db.Read(ctx, func(tx *store.Tx) (err error) {
		a, err = tx.GetAccountByLogin(Login(login))
		return err
	})
	if err == nil {
		err = by.May(jaring.ActManageAccount, jaring.Scope{Office: a.Office})
	}
	if err != nil {
		return Account{}, err
	}
	return Account{a.ID, a.Login, a.Name, a.Role, a.Office, a.Disabled, a.AddedAt}, nil
}
