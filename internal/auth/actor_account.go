package auth

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// ActorOfAccount gives who an account is today, for acts in its name when nobody is on
// the line: operations that were held. Errors: account.not_found, account.disabled.
func (s *Service) ActorOfAccount(ctx context.Context, id jaring.AccountID) (a jaring.Actor, err error) {
	if !jaring.IsUUID(string(id)) {
		return a, jaring.NewError(jaring.NotFound, "account.not_found")
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		account, err := tx.GetAccount(id)
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
		a, err = actorOf(tx, account, office, s.instant())
		return err
	})
	return a, err
}
