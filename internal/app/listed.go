package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// FindListed gives, of the people of a sponsor's list, the standing of those who are registered already. It
// tells nothing else of anybody, and leaves no trace of who was asked about.
func (a *App) FindListed(ctx context.Context, niks []jaring.NIK) (map[jaring.NIK]jaring.Standing, error) {
	byHash := map[string]jaring.NIK{}
	var hashes [][]byte
	for _, nik := range niks {
		for _, hash := range a.Vault.IndexHashes(nik) {
			byHash[string(hash)] = nik
			hashes = append(hashes, hash)
		}
	}
	known := map[jaring.NIK]jaring.Standing{}
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		owners, err := tx.NIKRows(hashes)
		if err != nil || len(owners) == 0 {
			return err
		}
		var ids []jaring.WorkerID
		for _, id := range owners {
			ids = append(ids, id)
		}
		standings, err := tx.StandingsOf(ids)
		for hash, id := range owners {
			known[byHash[hash]] = standings[id]
		}
		return err
	})
	return known, err
}
