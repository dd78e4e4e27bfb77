package store

import (
	"errors"

	"jaring/internal/jaring"
)

// PricedPerson is what decides the price of a person's contribution.
type PricedPerson struct {
	Area       string
	Segment    jaring.Segment
	Programs   jaring.Programs
	Income     jaring.Rupiah
	LowestBand bool
	Sector     jaring.Sector
	Funding    jaring.Funding
	Kind       jaring.WorkerKind
	FirstMonth jaring.Month
}

var errEnough = errors.New("enough")

// EachPriced walks everybody whose record stands, until f says no.
func (tx *Tx) EachPriced(f func(PricedPerson) bool) error {
	programs := map[string]jaring.Programs{}
	err := tx.each(`SELECT w.area, w.kind, m.segment, m.programs, m.income, m.lowest_band, m.sector, m.funding, m.first_month
		FROM worker w JOIN membership m ON m.worker_id = w.worker_id WHERE w.state = 'active'`, nil, func(r rows) error {
		var p PricedPerson
		var names string
		var lowest, first int64
		if err := r.Scan(&p.Area, &p.Kind, &p.Segment, &names, &p.Income, &lowest, &p.Sector, &p.Funding, &first); err != nil {
			return err
		}
		p.LowestBand, p.FirstMonth = lowest != 0, jaring.Month(first)
		if _, known := programs[names]; !known {
			ps, err := jaring.ParsePrograms(names)
			if err != nil {
				return err
			}
			programs[names] = ps
		}
		if p.Programs = programs[names]; !f(p) {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}
