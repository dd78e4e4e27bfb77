package auth

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// licenceOf reads what an agent's certificates let him do; the zero Licence for none.
func licenceOf(tx *store.Tx, account jaring.AccountID) (jaring.Licence, error) {
	all, err := tx.FindLicences(account)
	if err != nil || len(all) == 0 {
		return jaring.Licence{}, err
	}
	newest := all[0]
	newest.Others = all[1:]
	return newest, nil
}

// ForgetAccount drops what is remembered of an account, so that a change of its certificate takes
// effect at once; it is called after a write about it.
func (s *Service) ForgetAccount(account jaring.AccountID) { s.forgetAccount(account) }

// ForgetAll drops all that is remembered; it is called after offices changed, and with them
// what everybody there and above reaches.
func (s *Service) ForgetAll() { s.forgetAll() }

// NewPassword makes a random password that is told once, and the hash that is kept of it.
// Error: error.unavailable when too many are hashed at once.
func (s *Service) NewPassword(ctx context.Context) (password, hash string, err error) {
	password = oneTimePassword()
	hash, err = s.hasher.hash(ctx, password)
	return password, hash, err
}
