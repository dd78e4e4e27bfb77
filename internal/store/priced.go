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

// Part is the people whose id comes after After, up to Until itself.
type Part struct{ After, Until jaring.WorkerID }

// Ids before and behind all others.
const (
	firstID jaring.WorkerID = "00000000-0000-0000-0000-000000000000"
	lastID  jaring.WorkerID = "ffffffff-ffff-ffff-ffff-ffffffffffff"
)

// Parts cuts everybody into n parts of about the same number, for as many readers at once.
func (tx *Tx) Parts(n int) ([]Part, error) {
	var all int64
	if _, err := tx.one(`SELECT COUNT(*) FROM worker`, nil, &all); err != nil {
		return nil, err
	}
	parts, after := make([]Part, 0, n), firstID
	for i := 1; i < n && all > 0; i++ {
		var until jaring.WorkerID
		found, err := tx.one(`SELECT worker_id FROM worker ORDER BY worker_id LIMIT 1 OFFSET $1`, []any{all * int64(i) / int64(n)}, &until)
		if err != nil {
			return nil, err
		}
		if !found {
			break // somebody left meanwhile
		}
		parts, after = append(parts, Part{after, until}), until
	}
	return append(parts, Part{after, lastID}), nil
}

// PricedSQL reads what decides the price of everybody in a part: of two memberships the later.
const PricedSQL = `SELECT w.area, w.kind, m.segment, m.programs, m.income, m.lowest_band, m.sector, m.funding, m.first_month
	FROM worker w JOIN membership m ON m.worker_id = w.worker_id WHERE w.state = 'active' AND w.worker_id > $1 AND w.worker_id <= $2
	AND NOT EXISTS (SELECT 1 FROM membership n WHERE n.worker_id = m.worker_id AND n.membership_id > m.membership_id AND n.state <> 'withdrawn')`

// EachPriced walks everybody of a part whose record stands, by the present membership, until f says no.
func (tx *Tx) EachPriced(part Part, f func(PricedPerson) bool) error {
	programs := map[string]jaring.Programs{}
	err := tx.each(PricedSQL, []any{part.After, part.Until}, func(r rows) error {
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
