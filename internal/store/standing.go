package store

import (
	"slices"

	"jaring/internal/jaring"
)

// SetStandingDue tells until which day a person's standing holds by itself; 0 for ever.
func (tx *Tx) SetStandingDue(id jaring.WorkerID, until jaring.Day) error {
	if until == 0 {
		return tx.queue(`DELETE FROM standing_due WHERE worker_id = $1`, string(id))
	}
	return tx.queue(`INSERT INTO standing_due (worker_id, until) VALUES ($1, $2) ON CONFLICT (worker_id) DO UPDATE SET until = excluded.until`,
		string(id), until.String())
}

// standingsAtOnce is how many persons one statement names.
const standingsAtOnce = 200

// StandingsOf gives the standings of persons.
func (tx *Tx) StandingsOf(ids []jaring.WorkerID) (map[jaring.WorkerID]jaring.Standing, error) {
	out := map[jaring.WorkerID]jaring.Standing{}
	for some := range slices.Chunk(ids, standingsAtOnce) {
		err := tx.each(`SELECT worker_id, status FROM worker WHERE worker_id IN (`+marks(1, len(some))+`)`, texts(some), func(r rows) error {
			var id jaring.WorkerID
			var s jaring.Standing
			err := r.Scan(&id, &s)
			out[id] = s
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
