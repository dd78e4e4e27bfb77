package store

import (
	"time"

	"jaring/internal/jaring"
)

// PlaceRecord is a market, hall or centre inside a village.
type PlaceRecord struct {
	ID       jaring.PlaceID
	Kind     string // market, hall, centre
	Name     string
	NameFold string // for search
	Village  string // dotted code
	AddedAt  time.Time
}

const placeColumns = `place_id, kind, name, name_fold, village, added_at`

// AddPlace inserts a place.
func (tx *Tx) AddPlace(p *PlaceRecord) error {
	return tx.queue(`INSERT INTO place (`+placeColumns+`) VALUES ($1,$2,$3,$4,$5,$6)`,
		string(p.ID), p.Kind, p.Name, p.NameFold, p.Village, millis(p.AddedAt))
}

func (tx *Tx) places(where string, args ...any) (out []*PlaceRecord, err error) {
	err = tx.each(`SELECT `+placeColumns+` FROM place `+where, args, func(r rows) error {
		p := &PlaceRecord{}
		var added int64
		err := r.Scan(&p.ID, &p.Kind, &p.Name, &p.NameFold, &p.Village, &added)
		p.AddedAt = moment(added)
		out = append(out, p)
		return err
	})
	return out, err
}

// GetPlace gives one place. Error: place.not_found.
func (tx *Tx) GetPlace(id jaring.PlaceID) (*PlaceRecord, error) {
	ps, err := tx.places(`WHERE place_id = $1`, string(id))
	if err == nil && len(ps) == 0 {
		err = jaring.NewError(jaring.NotFound, "place.not_found")
	}
	if err != nil {
		return nil, err
	}
	return ps[0], nil
}

// FindPlaces gives the places of a village, or all when village is empty, by name.
// The list is small: some for each village that has a market.
func (tx *Tx) FindPlaces(village string) ([]*PlaceRecord, error) {
	if village == "" {
		return tx.places(`ORDER BY name_fold, place_id`)
	}
	return tx.places(`WHERE village = $1 ORDER BY name_fold, place_id`, village)
}
