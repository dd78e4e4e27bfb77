package store

import "jaring/internal/jaring"

// ReplaceNIK gives a person another NIK: the one with the old hashes leaves the index, the
// new one enters. What else leads to the person, by a merge, stays.
// Error: worker.already_registered when the new one is somebody else's.
func (tx *Tx) ReplaceNIK(old [][]byte, claim NIKClaim) error {
	args := append([]any{string(claim.Worker)}, anys(old)...)
	if _, err := tx.exec(`DELETE FROM nik_index WHERE worker_id = $1 AND nik_hmac IN (`+marks(2, len(old))+`)`, args...); err != nil {
		return err
	}
	taken, err := tx.Claim(nil, []NIKClaim{claim})
	if err != nil || !taken[0] {
		return err
	}
	owner, err := tx.NIKOwner(claim.Hashes)
	if err == nil && owner != claim.Worker {
		err = jaring.NewError(jaring.Conflict, "worker.already_registered").At("nik")
	}
	return err
}
