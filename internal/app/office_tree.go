package app

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// officeTree is all offices with all areas that they ever serve, held against other acts on
// the tree until the transaction ends. They are hundreds, never more.
type officeTree struct {
	app   *App
	byID  map[jaring.OfficeID]*store.OfficeRecord
	areas []jaring.OfficeArea
}

func (a *App) holdOffices(tx *store.Tx) (*officeTree, error) {
	if err := tx.HoldOffices(); err != nil {
		return nil, err
	}
	all, err := tx.FindOffices()
	if err != nil {
		return nil, err
	}
	t := &officeTree{app: a, byID: map[jaring.OfficeID]*store.OfficeRecord{}}
	for _, o := range all {
		t.byID[o.ID] = o
	}
	t.areas, err = tx.FindOfficeAreas()
	return t, err
}

// lies reports whether an office is another one or lies under it.
func (t *officeTree) lies(id, under jaring.OfficeID) bool {
	for range len(t.byID) + 1 {
		if id == under {
			return true
		}
		if t.byID[id] == nil {
			return false
		}
		id = t.byID[id].Parent
	}
	return false
}

func (t *officeTree) areasOf(id jaring.OfficeID) (out []jaring.OfficeArea) {
	for _, r := range t.areas {
		if r.Office == id {
			out = append(out, r)
		}
	}
	return out
}

// placed judges where a new office is to stand. Errors: office.not_found, office.is_closed,
// office.kind_misfit.
func (t *officeTree) placed(f jaring.OfficeForm) (es jaring.Errors) {
	parent := t.byID[f.Parent]
	switch {
	case !jaring.IsUUID(string(f.Parent)): // is told already
	case parent == nil:
		es = append(es, jaring.NewError(jaring.Invalid, "office.not_found").At("parent_id"))
	case parent.Closed != 0:
		es = append(es, jaring.NewError(jaring.Invalid, "office.is_closed", "date", parent.Closed).At("parent_id"))
	case slices.Contains(jaring.OfficeKinds, f.Kind) && !jaring.KindBelow(f.Kind, parent.Kind):
		es = append(es, jaring.NewError(jaring.Invalid, "office.kind_misfit", "kind", f.Kind, "parent", parent.Kind).At("kind"))
	}
	return es
}

// named judges a name among the offices under one parent. Error: office.name_taken.
func (t *officeTree) named(id, parent jaring.OfficeID, name string) jaring.Errors {
	for _, o := range t.byID {
		if o.ID != id && o.Parent == parent && o.Closed == 0 && strings.EqualFold(o.Name, name) {
			return jaring.Errors{jaring.NewError(jaring.Invalid, "office.name_taken").At("name")}
		}
	}
	return nil
}

// taken judges the areas of an office, which lies under parent, against those of others.
// Error: office.area_taken.
func (t *officeTree) taken(id, parent jaring.OfficeID, areas []string, from jaring.Day) jaring.Errors {
	return jaring.TakenAreas(areas, from, t.areas, func(other jaring.OfficeID) bool {
		return other == id || t.lies(parent, other) || t.lies(other, id)
	})
}

// told gives the findings with names instead of the codes and ids that they hold. It makes
// copies: an act may run more than once.
func (t *officeTree) told(es jaring.Errors) jaring.Errors {
	out := make(jaring.Errors, len(es))
	for i := range es {
		e := es[i].At(es[i].Field)
		out[i], e.Args = e, maps.Clone(e.Args)
		for _, name := range []string{"area", "outer"} {
			if code, ok := e.Args[name].(string); ok {
				e.Args[name] = t.app.areaLabel(code)
			}
		}
		if id, ok := e.Args["office"].(string); ok && t.byID[jaring.OfficeID(id)] != nil {
			e.Args["office"] = t.byID[jaring.OfficeID(id)].Name
		}
	}
	return out
}

// wholeCountry is what the empty code is called, in both languages.
const wholeCountry = "Indonesia"

// areaLabel is the name of an area and of what lies around it.
func (a *App) areaLabel(code string) string {
	if code == "" {
		return wholeCountry
	}
	path := a.Areas.Path(area.Code(code))
	if len(path) < 2 {
		return a.placeName(code)
	}
	return path[len(path)-1].Name + ", " + path[len(path)-2].Name
}

// areaServable reports whether an office of a kind may serve the area: any on the map, and
// the fund the whole country.
func (a *App) areaServable(kind string) func(code string) bool {
	return func(code string) bool {
		_, known := a.Areas.Get(area.Code(code))
		return known || code == "" && kind == jaring.OfficeKinds[0]
	}
}

// findings gives the findings of a form; an error of another kind as it is.
func findings(err error) (jaring.Errors, error) {
	var es jaring.Errors
	if err == nil || errors.As(err, &es) {
		return slices.Clone(es), nil
	}
	return nil, err
}
