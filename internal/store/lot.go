package store

import (
	"jaring/internal/jaring"
)

// Lot is a row of a market as the vocabulary has it.
type Lot = jaring.Lot

const lotColumns = `lot_id, lane_id, number, ord, origin, added_at`

// AddLot adds a lot; one that is there already stays as it is.
func (tx *Tx) AddLot(l Lot) error {
	return tx.queue(`INSERT INTO lot (`+lotColumns+`) VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT DO NOTHING`,
		string(l.ID), string(l.Lane), l.Number, int64(l.Ord), string(l.Origin), millis(l.AddedAt))
}

// FindLots gives the lots of a market in the order of lanes and numbers.
func (tx *Tx) FindLots(place jaring.PlaceID) (out []Lot, err error) {
	err = tx.each(`SELECT l.lot_id, l.lane_id, l.number, l.ord, l.origin, l.added_at FROM lot l JOIN lane n ON n.lane_id = l.lane_id
		WHERE n.place_id = $1 ORDER BY n.ord, n.lane_id, l.ord, l.number`, []any{string(place)}, func(r rows) error {
		var l Lot
		var added int64
		err := r.Scan(&l.ID, &l.Lane, &l.Number, &l.Ord, &l.Origin, &added)
		l.AddedAt = moment(added)
		out = append(out, l)
		return err
	})
	return out, err
}

// DropLot removes a lot.
func (tx *Tx) DropLot(id jaring.LotID) error {
	return tx.queue(`DELETE FROM lot WHERE lot_id = $1`, string(id))
}

// FindVisitedLots gives the lots of a market of which any campaign there has told something.
func (tx *Tx) FindVisitedLots(place jaring.PlaceID) (map[jaring.LotID]bool, error) {
	out := map[jaring.LotID]bool{}
	err := tx.each(`SELECT DISTINCT v.lot_id FROM lot_visit v JOIN campaign c ON c.campaign_id = v.campaign_id WHERE c.place_id = $1`, []any{string(place)}, func(r rows) error {
		var id jaring.LotID
		err := r.Scan(&id)
		out[id] = true
		return err
	})
	return out, err
}
