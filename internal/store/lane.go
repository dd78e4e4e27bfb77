package store

import (
	"jaring/internal/jaring"
)

const laneColumns = `lane_id, place_id, name, trade, ord, x, y, w, h`

// PutLane adds a lane or draws it anew.
func (tx *Tx) PutLane(l jaring.Lane) error {
	return tx.queue(`INSERT INTO lane (`+laneColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
		ON CONFLICT (lane_id) DO UPDATE SET name = excluded.name, trade = excluded.trade, ord = excluded.ord, x = excluded.x, y = excluded.y, w = excluded.w, h = excluded.h`,
		string(l.ID), string(l.Place), l.Name, l.Trade, int64(l.Ord), int64(l.X), int64(l.Y), int64(l.W), int64(l.H))
}

// DropLane removes a lane that has no lots.
func (tx *Tx) DropLane(id jaring.LaneID) error {
	return tx.queue(`DELETE FROM lane WHERE lane_id = $1`, string(id))
}

func (tx *Tx) lanes(where string, args ...any) (out []jaring.Lane, err error) {
	err = tx.each(`SELECT `+laneColumns+` FROM lane `+where, args, func(r rows) error {
		var l jaring.Lane
		err := r.Scan(&l.ID, &l.Place, &l.Name, &l.Trade, &l.Ord, &l.X, &l.Y, &l.W, &l.H)
		out = append(out, l)
		return err
	})
	return out, err
}

// FindLanes gives the lanes of a market in their order.
func (tx *Tx) FindLanes(place jaring.PlaceID) ([]jaring.Lane, error) {
	return tx.lanes(`WHERE place_id = $1 ORDER BY ord, lane_id`, string(place))
}

// GetLane gives one lane. Error: lane.not_found.
func (tx *Tx) GetLane(id jaring.LaneID) (jaring.Lane, error) {
	ls, err := tx.lanes(`WHERE lane_id = $1`, string(id))
	if err == nil && len(ls) == 0 {
		err = jaring.NewError(jaring.NotFound, "lane.not_found")
	}
	if err != nil {
		return jaring.Lane{}, err
	}
	return ls[0], nil
}
