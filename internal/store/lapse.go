package store

import (
	"cmp"
	"slices"

	"jaring/internal/jaring"
)

// LapseQuery asks for a page of persons by the month with which what they paid ends, the nearest first.
type LapseQuery struct {
	Offices   []jaring.OfficeID
	Agent     jaring.AccountID // an agent's own instead
	From, To  jaring.Month     // both included
	Standings []jaring.Standing
	After     LapseCursor
	Limit     int
}

// LapseCursor is a place in that order.
type LapseCursor struct {
	PaidTo jaring.Month
	Worker jaring.WorkerID
}

// FindLapses gives a page.
func (tx *Tx) FindLapses(q LapseQuery) ([]*WorkerRecord, error) {
	if q.After.Worker == "" {
		q.After = LapseCursor{q.From - 1, lastUUID}
	}
	var found []LapseCursor
	if q.Agent != "" {
		some, err := tx.lapsesIn(`agent_id`, string(q.Agent), q)
		if err != nil {
			return nil, err
		}
		found = some
	} else {
		for _, office := range q.Offices {
			some, err := tx.lapsesIn(`office_id`, string(office), q)
			if err != nil {
				return nil, err
			}
			found = append(found, some...)
		}
	}
	slices.SortFunc(found, func(a, b LapseCursor) int {
		return cmp.Or(cmp.Compare(a.PaidTo, b.PaidTo), cmp.Compare(a.Worker, b.Worker))
	})
	found = found[:min(len(found), q.Limit)]
	ids := make([]jaring.WorkerID, len(found))
	for i, f := range found {
		ids[i] = f.Worker
	}
	ws, err := tx.GetWorkers(ids)
	slices.SortFunc(ws, func(a, b *WorkerRecord) int {
		return cmp.Or(cmp.Compare(a.PaidTo, b.PaidTo), cmp.Compare(a.ID, b.ID))
	})
	return ws, err
}

// lapsesIn gives the first places of a page within one part of the book.
func (tx *Tx) lapsesIn(column, value string, q LapseQuery) (out []LapseCursor, err error) {
	args := append([]any{value, int64(q.From), int64(q.To), int64(q.After.PaidTo), string(q.After.Worker), int64(q.Limit)}, texts(q.Standings)...)
	err = tx.each(`SELECT paid_to, worker_id FROM worker WHERE `+column+` = $1 AND paid_to > 0 AND paid_to >= $2 AND paid_to <= $3
		AND (paid_to, worker_id) > ($4, $5) AND status IN (`+marks(7, len(q.Standings))+`) ORDER BY paid_to, worker_id LIMIT $6`, args, func(r rows) error {
		var c LapseCursor
		err := r.Scan(&c.PaidTo, &c.Worker)
		out = append(out, c)
		return err
	})
	return out, err
}

// Stall is where a person was met last in a market.
type Stall struct {
	Lane   string
	Number string
}

// FindStalls gives the stalls of persons who were registered in a sweep.
func (tx *Tx) FindStalls(workers []jaring.WorkerID) (map[jaring.WorkerID]Stall, error) {
	out := map[jaring.WorkerID]Stall{}
	if len(workers) == 0 {
		return out, nil
	}
	err := tx.each(`SELECT c.worker_id, n.name, l.number FROM sweep_capture c JOIN lot l ON CAST(l.lot_id AS text) = c.lot_id JOIN lane n ON n.lane_id = l.lane_id
		WHERE c.lot_id <> '' AND c.worker_id IN (`+marks(1, len(workers))+`) ORDER BY c.taken_at`, texts(workers), func(r rows) error {
		var id jaring.WorkerID
		var s Stall
		err := r.Scan(&id, &s.Lane, &s.Number)
		out[id] = s
		return err
	})
	return out, err
}
