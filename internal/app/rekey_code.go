package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// rekeyCodes seals the secrets of certificates' codes anew, and gives how many are still
// under another key than the one in use.
func (a *App) rekeyCodes(ctx context.Context, done *Rekeyed) (left int64, err error) {
	type secret struct {
		id     jaring.CertificateID
		sealed []byte
		keyID  string
	}
	var old []secret
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		old = nil
		return tx.EachCodeSecret(a.Vault.Data[0].ID, func(id jaring.CertificateID, sealed []byte, keyID string) error {
			old = append(old, secret{id, sealed, keyID})
			return nil
		})
	})
	if err != nil {
		return 0, err
	}
	for _, s := range old {
		text, err := a.Vault.Open(s.sealed, s.keyID, codePurpose(s.id))
		if err != nil {
			return left, err
		}
		sealed, keyID, err := a.Vault.Seal(text, codePurpose(s.id))
		if err != nil {
			return left, err
		}
		changed := false
		err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
			changed, err = tx.ResealCode(s.id, s.keyID, sealed, keyID)
			return err
		})
		if err != nil {
			return left, err
		}
		if changed {
			done.Resealed++
		}
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		left = 0
		return tx.EachCodeSecret(a.Vault.Data[0].ID, func(jaring.CertificateID, []byte, string) error { left++; return nil })
	})
	return left, err
}
