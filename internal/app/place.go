package app

import (
	"context"
	"slices"
	"unicode/utf8"

	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// placeName is the name of an area by its code, empty when it is unknown.
func (a *App) placeName(code string) string {
	found, _ := a.Areas.Get(area.Code(code))
	return found.Name
}

// PlaceKinds are the kinds of places inside villages.
var PlaceKinds = []string{"market", "hall", "centre"}

// maxPlace is how long a place's name may be, in characters.
const maxPlace = 120

// AddPlace adds a market, a hall or a business centre in a village that the actor's office
// serves. Errors: those of AddPlaceOnce.
func (a *App) AddPlace(ctx context.Context, actor jaring.Actor, kind, name, village string) (jaring.PlaceID, error) {
	return a.AddPlaceOnce(ctx, actor, jaring.PlaceID(NewID()), kind, name, village)
}

// AddPlaceOnce is AddPlace under an id that its sender made: told again it changes nothing.
// Errors: place.kind_unknown, field.required, field.too_long, village.unknown,
// error.out_of_area, operation.conflict for another place under that id.
func (a *App) AddPlaceOnce(ctx context.Context, actor jaring.Actor, id jaring.PlaceID, kind, name, village string) (jaring.PlaceID, error) {
	var errs jaring.Errors
	name = Trim(name)
	if name == "" {
		errs = append(errs, jaring.NewError(jaring.Invalid, "field.required").At("name"))
	}
	if utf8.RuneCountInString(name) > maxPlace {
		errs = append(errs, jaring.NewError(jaring.Invalid, "field.too_long", "max", maxPlace).At("name"))
	}
	if !slices.Contains(PlaceKinds, kind) {
		errs = append(errs, jaring.NewError(jaring.Invalid, "place.kind_unknown").At("kind"))
	}
	if !a.VillageKnown(village) {
		errs = append(errs, jaring.NewError(jaring.Invalid, "village.unknown").At("village"))
	}
	if len(errs) > 0 {
		return "", errs
	}
	if err := actor.May(jaring.ActAddPlace, jaring.Scope{Area: village}); err != nil {
		return "", err
	}
	place := &store.PlaceRecord{ID: id, Kind: kind, Name: name, NameFold: area.Fold(name), Village: village, AddedAt: a.Now()}
	event := a.NewEvent(actor, string(place.ID), jaring.PlaceAdded)
	event.Facts = store.FactsText(jaring.Facts{})
	err := a.DB.Write(ctx, func(tx *store.Tx) error {
		known, err := tx.GetPlace(id)
		switch {
		case err == nil && (known.Kind != kind || known.Name != name || known.Village != village):
			return jaring.NewError(jaring.Conflict, "operation.conflict")
		case err == nil:
			return nil
		case jaring.CodeOf(err) != jaring.NotFound:
			return err
		}
		if err := tx.AddPlace(place); err != nil {
			return err
		}
		e := event
		return tx.AddFirstEvent(&e)
	})
	return place.ID, err
}

// FindPlaces gives places whose name is like text, the likest first; all of the village,
// or of the whole list, when text is empty.
func (a *App) FindPlaces(ctx context.Context, text, village string, limit int) ([]*store.PlaceRecord, error) {
	var all []*store.PlaceRecord
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = tx.FindPlaces(village)
		return err
	})
	if err != nil {
		return nil, err
	}
	if text != "" {
		fit := map[jaring.PlaceID]float64{}
		for _, p := range all {
			fit[p.ID] = area.Match(text, p.Name)
		}
		all = slices.DeleteFunc(all, func(p *store.PlaceRecord) bool { return fit[p.ID] <= 0 })
		slices.SortStableFunc(all, func(x, y *store.PlaceRecord) int {
			switch {
			case fit[x.ID] > fit[y.ID]:
				return -1
			case fit[x.ID] < fit[y.ID]:
				return 1
			}
			return 0
		})
	}
	return all[:min(len(all), limit)], nil
}
