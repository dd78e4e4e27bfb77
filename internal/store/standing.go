package store

import "jaring/internal/jaring"

// SetStandingDue tells until which day a person's standing holds by itself; 0 for ever.
func (tx *Tx) SetStandingDue(id jaring.WorkerID, until jaring.Day) error {
	if until == 0 {
		return tx.queue(`DELETE FROM standing_due WHERE worker_id = $1`, string(id))
	}
	return tx.queue(`INSERT INTO standing_due (worker_id, until) VALUES ($1, $2) ON CONFLICT (worker_id) DO UPDATE SET until = excluded.until`,
		string(id), until.String())
}
