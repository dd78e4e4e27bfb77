package sponsor

import (
	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// placesFilled are the people whom lists before have entered, by village; nil where no village has a number of places.
// Whoever left has given the place back.
func placesFilled(tx *store.Tx, g *store.AgreementRecord) (map[area.Code]int, error) {
	if t := termsOf(g.Agreement, 0); len(t.Quota) == 0 && t.QuotaEach == 0 {
		return nil, nil
	}
	rosters, err := tx.FindRosters(g.ID)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, one := range rosters {
		if s := one.State; s == jaring.RosterToPay || s == jaring.RosterToStart || s == jaring.RosterRunning {
			ids = append(ids, one.ID)
		}
	}
	people, err := tx.SponsoredByVillage(ids)
	if err != nil {
		return nil, err
	}
	filled := make(map[area.Code]int, len(people))
	for village, n := range people {
		filled[area.Code(village)] = n
	}
	departures, err := tx.FindDepartures(g.Sponsor, g.ID)
	if err != nil {
		return nil, err
	}
	for _, d := range departures {
		if d.State != leaveDone {
			continue
		}
		w, err := tx.GetWorker(d.Worker)
		if err != nil {
			return nil, err
		}
		filled[area.Code(w.Village)]--
	}
	return filled, nil
}
