package store

import "jaring/internal/jaring"

// WorkersAfter gives persons in the order of their ids, from the one behind after.
func (tx *Tx) WorkersAfter(after jaring.WorkerID, limit int) ([]*WorkerRecord, error) {
	if after == "" {
		after = firstUUID
	}
	return tx.workers(`WHERE worker_id > $1 ORDER BY worker_id LIMIT $2`, string(after), int64(limit))
}

// MembershipsAfter gives memberships in the order of persons and memberships, from the
// one behind.
func (tx *Tx) MembershipsAfter(worker jaring.WorkerID, membership jaring.MembershipID, limit int) (out []*MembershipRecord, err error) {
	if worker == "" {
		worker, membership = firstUUID, firstUUID
	}
	err = tx.each(`SELECT `+membershipColumns+` FROM membership WHERE (worker_id, membership_id) > ($1, $2) ORDER BY worker_id, membership_id LIMIT $3`,
		[]any{string(worker), string(membership), int64(limit)}, func(r rows) error {
			m, err := scanMembership(r)
			out = append(out, m)
			return err
		})
	return out, err
}
