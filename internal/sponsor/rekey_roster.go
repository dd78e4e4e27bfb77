package sponsor

import (
	"context"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// rekeyRosters wraps the keys of sponsors' lists anew; the files and rows under them stay as they are.
func (a *Sponsors) rekeyRosters(ctx context.Context, done *app.Rekeyed) error {
	for {
		var lists []*store.RosterRecord
		err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
			lists, err = tx.RosterKeys(a.Vault.Data[0].ID, app.RekeyBatch)
			return err
		})
		if err != nil || len(lists) == 0 {
			return err
		}
		for _, r := range lists {
			wrapped, keyID, err := a.Vault.Rewrap(jaring.WorkerID(r.ID), r.Key, r.KeyID)
			if err != nil {
				return err
			}
			if err := a.DB.Write(ctx, func(tx *store.Tx) error { return tx.RewrapRoster(r.ID, r.KeyID, wrapped, keyID) }); err != nil {
				return err
			}
			done.Resealed++
		}
	}
}
