package app

import (
	"context"
	"slices"
	"strconv"

	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Territory is one village or place in which an agent works.
type Territory struct {
	store.TerritoryRecord
	Label string // its name, and what it lies in
}

// AssignTerritory says where an agent works from today on: what is not named ends
// yesterday, what is new begins today, the rest stays. Errors: those of
// jaring.NewTerritory; place.unknown with its field, account.not_found, agent.not_agent,
// error.forbidden, error.out_of_area.
func (a *App) AssignTerritory(ctx context.Context, actor jaring.Actor, agent jaring.AccountID, villages []string, places []jaring.PlaceID) error {
	account, err := a.agent(ctx, actor, jaring.ActAssignTerritory, agent)
	if err != nil {
		return err
	}
	if err := jaring.NewTerritory(villages, places, a.VillageKnown); err != nil {
		return err
	}
	day := a.dayAt(ctx, account.Office, a.Now())
	wanted := territoryOf(agent, day, villages, places)
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		if err := placesKnown(tx, places); err != nil {
			return err
		}
		// The event first: acts on one agent queue up at it.
		if err := a.Tell(tx, actor, string(agent), jaring.TerritoryAssigned, jaring.Facts{Agent: agent}); err != nil {
			return err
		}
		has, err := tx.FindTerritory([]jaring.AccountID{agent}, day)
		if err != nil {
			return err
		}
		for _, t := range has {
			if !slices.ContainsFunc(wanted, func(w store.TerritoryRecord) bool { return w.Kind == t.Kind && w.Value == t.Value }) {
				if err := tx.EndTerritory(t, day); err != nil {
					return err
				}
			}
		}
		for _, w := range wanted {
			if !slices.ContainsFunc(has, func(t store.TerritoryRecord) bool { return w.Kind == t.Kind && w.Value == t.Value }) {
				if err := tx.AddTerritory(w); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err == nil {
		a.Changed()
	}
	return err
}

func territoryOf(agent jaring.AccountID, day jaring.Day, villages []string, places []jaring.PlaceID) (out []store.TerritoryRecord) {
	for _, v := range villages {
		out = append(out, store.TerritoryRecord{Account: agent, Kind: jaring.TerritoryVillage, Value: v, From: day})
	}
	for _, p := range places {
		out = append(out, store.TerritoryRecord{Account: agent, Kind: jaring.TerritoryPlace, Value: string(p), From: day})
	}
	return out
}

func placesKnown(tx *store.Tx, places []jaring.PlaceID) error {
	var es jaring.Errors
	for i, p := range places {
		_, err := tx.GetPlace(p)
		if jaring.CodeOf(err) == jaring.NotFound {
			es = append(es, jaring.NewError(jaring.Invalid, "place.unknown").At("places/"+strconv.Itoa(i)))
		} else if err != nil {
			return err
		}
	}
	return es.OrNil()
}

// territories gives where agents work on a day, each with its label.
func (a *App) territories(tx *store.Tx, agents []jaring.AccountID, day jaring.Day) (map[jaring.AccountID][]Territory, error) {
	rows, err := tx.FindTerritory(agents, day)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	places, err := tx.FindPlaces("")
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*store.PlaceRecord, len(places))
	for _, p := range places {
		byID[string(p.ID)] = p
	}
	out := map[jaring.AccountID][]Territory{}
	for _, t := range rows {
		label := a.villageLabel(t.Value)
		if p := byID[t.Value]; t.Kind == jaring.TerritoryPlace && p != nil {
			label = p.Name
		}
		out[t.Account] = append(out[t.Account], Territory{t, label})
	}
	return out, nil
}

// villageLabel is the name of a village and of its district.
func (a *App) villageLabel(code string) string {
	path := a.Areas.Path(area.Code(code))
	if len(path) < 2 {
		return a.placeName(code)
	}
	return path[len(path)-1].Name + ", " + path[len(path)-2].Name
}
