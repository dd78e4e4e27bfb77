package store

import (
	"time"

	"jaring/internal/jaring"
)

// EmptyApplication takes out of an application in state was what tells who somebody is, and
// notes the state in which it is kept. emptied is false when it is in another state by now,
// holds nothing any more, or is that of somebody who can log in.
func (tx *Tx) EmptyApplication(id jaring.ApplicationID, was, is jaring.ApplicationState) (emptied bool, err error) {
	n, err := tx.exec(`UPDATE application SET name = '', name_fold = '', phone = '', village = '', prospects_where = '', state = $3
		WHERE application_id = $1 AND state = $2 AND name <> '' AND account_id = ''`, string(id), string(was), string(is))
	return n == 1, err
}

// FindRejectedBefore gives applications that were turned down before a moment and still say
// who it was, the oldest first.
func (tx *Tx) FindRejectedBefore(before time.Time, limit int) (out []*ApplicationRecord, err error) {
	return tx.applications(`WHERE p.state = 'rejected' AND p.name <> '' AND p.account_id = '' AND p.decided_at < $1
		ORDER BY p.decided_at, p.application_id LIMIT $2`, millis(before), int64(limit))
}
