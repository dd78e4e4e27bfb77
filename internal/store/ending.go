package store

import (
	"time"

	"jaring/internal/jaring"
)

// Ending is the end of somebody's cover before what the core was told of.
type Ending struct {
	Worker     jaring.WorkerID
	Membership jaring.MembershipID
	Departure  string
	Why        jaring.LeaveWhy
	Last       jaring.Month // of what stays
	State      jaring.CoreState
	QueuedAt   time.Time
}

const endingColumns = `worker_id, membership_id, departure_id, why, last_month, state, queued_at`

// AddEnding notes an end, for the core to be told.
func (tx *Tx) AddEnding(e *Ending) error {
	return tx.queue(`INSERT INTO ending (`+endingColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		string(e.Worker), string(e.Membership), e.Departure, string(e.Why), int64(e.Last), string(e.State), millis(e.QueuedAt))
}

func (tx *Tx) endings(where string, args ...any) (out []*Ending, err error) {
	err = tx.each(`SELECT `+endingColumns+` FROM ending `+where, args, func(r rows) error {
		e := &Ending{}
		var last, queued int64
		err := r.Scan(&e.Worker, &e.Membership, &e.Departure, &e.Why, &last, &e.State, &queued)
		e.Last, e.QueuedAt = jaring.Month(last), moment(queued)
		out = append(out, e)
		return err
	})
	return out, err
}

// FindEndingsDue gives ends of which the core was not told, the oldest first.
func (tx *Tx) FindEndingsDue(limit int) ([]*Ending, error) {
	return tx.endings(`WHERE state = 'queued' ORDER BY queued_at LIMIT $1`, int64(limit))
}

// FindEndings gives the ends of persons.
func (tx *Tx) FindEndings(workers []jaring.WorkerID) ([]*Ending, error) {
	if len(workers) == 0 {
		return nil, nil
	}
	return tx.endings(`WHERE worker_id IN (`+marks(1, len(workers))+`) ORDER BY worker_id, last_month`, texts(workers)...)
}

// CountEndings counts ends in a state.
func (tx *Tx) CountEndings(state jaring.CoreState) (n int64, err error) {
	_, err = tx.one(`SELECT count(*) FROM ending WHERE state = $1`, []any{string(state)}, &n)
	return n, err
}

// SentEnding notes that the core was told of an end. One that was answered meanwhile stays answered.
func (tx *Tx) SentEnding(e *Ending, at time.Time) error {
	return tx.queue(`UPDATE ending SET state = 'sent', sent_at = $3, tries = tries + 1 WHERE worker_id = $1 AND membership_id = $2 AND state = 'queued'`,
		string(e.Worker), string(e.Membership), millis(at))
}

// EndCore notes that the core holds an end since a day; done is false when that was known, or is nobody's.
func (tx *Tx) EndCore(worker jaring.WorkerID, membership jaring.MembershipID, last jaring.Month, on jaring.Day) (done bool, err error) {
	n, err := tx.exec(`UPDATE ending SET state = 'acknowledged', ended_on = $4 WHERE worker_id = $1 AND membership_id = $2 AND last_month = $3 AND state <> 'acknowledged'`,
		string(worker), string(membership), int64(last), on.String())
	return n == 1, err
}
