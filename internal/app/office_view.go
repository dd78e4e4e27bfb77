package app

import (
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// ServedArea is an area that an office serves for a while, with its name.
type ServedArea struct {
	jaring.OfficeArea
	Label string
}

// OfficeRow is an office as lists show it.
type OfficeRow struct {
	*store.OfficeRecord
	Areas    []ServedArea // of today
	Accounts int          // that can log in, agents among them
	Agents   int
}

// OfficeView is an office's page.
type OfficeView struct {
	OfficeRow
	Dated   []ServedArea  // past, of today and coming, the earliest first
	History []HistoryItem // the newest first
	Today   jaring.Day
}

// FindOffices gives the offices that the actor reaches, each before those below it. Errors:
// error.unauthenticated, error.forbidden.
func (a *App) FindOffices(ctx context.Context, actor jaring.Actor) (rows []OfficeRow, err error) {
	if err := actor.May(jaring.ActFindOffice, jaring.Scope{}); err != nil {
		return nil, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.FindOffices()
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(o *store.OfficeRecord) bool { return !reachesOffice(actor, o.ID) })
		rows, err = a.officeRows(tx, all)
		return err
	})
	return rows, err
}

func reachesOffice(actor jaring.Actor, id jaring.OfficeID) bool {
	return actor.Role == jaring.RoleSystem || slices.Contains(actor.Offices, id)
}

// officeRows puts beside offices what lists show of them.
func (a *App) officeRows(tx *store.Tx, offices []*store.OfficeRecord) ([]OfficeRow, error) {
	areas, err := tx.FindOfficeAreas()
	if err != nil {
		return nil, err
	}
	counts, err := tx.CountAccounts()
	if err != nil {
		return nil, err
	}
	served := map[jaring.OfficeID][]ServedArea{}
	for _, r := range areas {
		served[r.Office] = append(served[r.Office], ServedArea{r, a.areaLabel(r.Area)})
	}
	rows := make([]OfficeRow, len(offices))
	for i, o := range offices {
		day := jaring.DayIn(a.Now(), Zone(o.Zone))
		rows[i] = OfficeRow{OfficeRecord: o, Agents: counts[o.ID][jaring.RoleAgent]}
		for _, s := range served[o.ID] {
			if s.On(day) {
				rows[i].Areas = append(rows[i].Areas, s)
			}
		}
		for _, n := range counts[o.ID] {
			rows[i].Accounts += n
		}
	}
	return rows, nil
}

// GetOffice gives an office's page. Errors: office.not_found, also for one out of reach;
// error.unauthenticated, error.forbidden.
func (a *App) GetOffice(ctx context.Context, actor jaring.Actor, id jaring.OfficeID) (*OfficeView, error) {
	if err := actor.May(jaring.ActFindOffice, jaring.Scope{}); err != nil {
		return nil, err
	}
	if !reachesOffice(actor, id) {
		return nil, jaring.NewError(jaring.NotFound, "office.not_found")
	}
	v := &OfficeView{}
	var events []*jaring.Event
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		o, err := tx.GetOffice(id)
		if err != nil {
			return err
		}
		rows, err := a.officeRows(tx, []*store.OfficeRecord{o})
		if err != nil {
			return err
		}
		areas, err := tx.FindOfficeAreas()
		if err != nil {
			return err
		}
		v.OfficeRow, v.Today, v.Dated = rows[0], jaring.DayIn(a.Now(), Zone(o.Zone)), nil
		for _, r := range areas {
			if r.Office == id {
				v.Dated = append(v.Dated, ServedArea{r, a.areaLabel(r.Area)})
			}
		}
		events, err = tx.FindEvents(string(id))
		return err
	})
	if err != nil {
		return nil, err
	}
	v.History, err = a.namedEvents(ctx, events)
	slices.Reverse(v.History)
	return v, err
}
