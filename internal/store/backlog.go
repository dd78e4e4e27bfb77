package store

import "time"

// Backlog tells how many events are not in the counters yet, and when the oldest of them
// was recorded (zero for none).
func (tx *Tx) Backlog() (pending int64, oldest time.Time, err error) {
	var at int64
	_, err = tx.one(`SELECT count(*), COALESCE(MIN(e.at), 0) FROM event_pending p JOIN event e ON e.subject_id = p.subject_id AND e.seq = p.seq`, nil, &pending, &at)
	return pending, moment(at), err
}

// HasPending tells whether any event is not in the counters yet.
func (tx *Tx) HasPending() (bool, error) {
	var seq int64
	return tx.one(`SELECT seq FROM event_pending LIMIT 1`, nil, &seq)
}

// FindHeldReady gives operations that are held although the one they wait for has been
// answered: whoever answered it was stopped before it could do them.
func (tx *Tx) FindHeldReady(limit int) ([]*HeldOperation, error) {
	return tx.held(`WHERE given_up_at = 0 AND after_id IN (SELECT operation_id FROM operation) ORDER BY received_at LIMIT $1`, int64(limit))
}
