package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Market is a place with its plan.
type Market struct {
	Place *store.PlaceRecord
	Lanes []jaring.Lane
	Lots  map[jaring.LaneID][]jaring.Lot
}

// Market gives the plan of a place. Error: place.not_found.
func (a *App) Market(ctx context.Context, id jaring.PlaceID) (*Market, error) {
	place, err := a.place(ctx, id)
	if err != nil {
		return nil, err
	}
	m := &Market{Place: place}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		m.Lots = map[jaring.LaneID][]jaring.Lot{}
		if m.Lanes, err = tx.FindLanes(id); err != nil {
			return err
		}
		lots, err := tx.FindLots(id)
		for _, l := range lots {
			m.Lots[l.Lane] = append(m.Lots[l.Lane], l)
		}
		return err
	})
	return m, err
}

// DrawLanes makes the plan of a place what it is told to be. A lane without an id is the one of that
// name, or a new one. Lots that a sweep has visited stay, also when they are not told.
// Errors: those of jaring.NewLanes; lane.not_found, lane.visited, place.not_found, error.forbidden, error.out_of_area.
func (a *App) DrawLanes(ctx context.Context, actor jaring.Actor, id jaring.PlaceID, forms []jaring.LaneForm) error {
	place, err := a.place(ctx, id)
	if err != nil {
		return err
	}
	if err := actor.May(jaring.ActManageCampaign, jaring.Scope{Area: place.Village}); err != nil {
		return err
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error { return a.drawLanes(tx, actor, id, forms) })
	if err == nil {
		a.Changed()
	}
	return err
}

func (a *App) drawLanes(tx *store.Tx, actor jaring.Actor, place jaring.PlaceID, forms []jaring.LaneForm) error {
	before, err := tx.FindLanes(place)
	if err != nil {
		return err
	}
	if forms, err = knownLanes(before, forms); err != nil {
		return err
	}
	lanes, lots, err := jaring.NewLanes(place, forms, a.Now())
	if err != nil {
		return err
	}
	if err := dropUndrawn(tx, place, before, lanes, lots); err != nil {
		return err
	}
	for _, l := range lanes {
		if err := tx.PutLane(l); err != nil {
			return err
		}
	}
	for _, l := range lots {
		if err := tx.AddLot(l); err != nil {
			return err
		}
	}
	return a.Tell(tx, actor, string(place), jaring.LanesDrawn, jaring.Facts{})
}

// knownLanes gives each form the id of the lane that it draws anew, or a new one.
func knownLanes(before []jaring.Lane, forms []jaring.LaneForm) ([]jaring.LaneForm, error) {
	byID, byName := map[jaring.LaneID]bool{}, map[string]jaring.LaneID{}
	for _, l := range before {
		byID[l.ID], byName[jaring.FoldLane(l.Name)] = true, l.ID
	}
	out := append([]jaring.LaneForm(nil), forms...)
	told := map[jaring.LaneID]bool{}
	for _, f := range out {
		if f.ID != "" && (!byID[f.ID] || told[f.ID]) {
			return nil, jaring.NewError(jaring.NotFound, "lane.not_found")
		}
		told[f.ID] = true
	}
	for i := range out {
		f := &out[i]
		if id := byName[jaring.FoldLane(f.Name)]; f.ID == "" && !told[id] {
			f.ID = id
			told[id] = true
		}
		if f.ID == "" {
			f.ID = jaring.LaneID(NewID())
		}
	}
	return out, nil
}

// dropUndrawn removes the lanes and lots that the plan does not have any more.
func dropUndrawn(tx *store.Tx, place jaring.PlaceID, before, lanes []jaring.Lane, lots []jaring.Lot) error {
	drawn, kept := map[jaring.LotID]bool{}, map[jaring.LaneID]bool{}
	for _, l := range lots {
		drawn[l.ID] = true
	}
	for _, l := range lanes {
		kept[l.ID] = true
	}
	visited, err := tx.FindVisitedLots(place)
	if err != nil {
		return err
	}
	there, err := tx.FindLots(place)
	if err != nil {
		return err
	}
	for _, l := range there {
		switch {
		case drawn[l.ID]:
		case visited[l.ID] && !kept[l.Lane]:
			return jaring.NewError(jaring.Conflict, "lane.visited")
		case !visited[l.ID]:
			if err := tx.DropLot(l.ID); err != nil {
				return err
			}
		}
	}
	for _, l := range before {
		if !kept[l.ID] {
			if err := tx.DropLane(l.ID); err != nil {
				return err
			}
		}
	}
	return nil
}
