package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// AddOffice adds an office under another one, serving areas from today on, under an id that
// its sender made. All findings come at once. Errors: those of jaring.NewOffice;
// office.kind_misfit, office.is_closed, office.name_taken, office.area_taken, error.forbidden,
// error.out_of_area for a parent out of reach, operation.conflict.
func (a *App) AddOffice(ctx context.Context, actor jaring.Actor, id jaring.OperationID, f jaring.OfficeForm) (jaring.OfficeID, error) {
	if err := actor.May(jaring.ActManageOffice, jaring.Scope{Office: f.Parent}); err != nil {
		return "", err
	}
	f, faults := jaring.NewOffice(f, a.areaServable(f.Kind))
	now := a.Now()
	day := jaring.DayIn(now, Zone(f.Zone))
	o := &store.OfficeRecord{ID: jaring.OfficeID(id), Parent: f.Parent, Kind: f.Kind, Name: f.Name, Phone: f.Phone, Zone: f.Zone, AddedAt: now}
	_, err := a.Once(ctx, actor, id, jaring.ActManageOffice, []any{"add", f}, func(tx *store.Tx) error {
		tree, err := a.holdOffices(tx)
		if err != nil {
			return err
		}
		es, err := findings(faults)
		if err != nil {
			return err
		}
		es = append(append(append(es, tree.placed(f)...), tree.named(o.ID, f.Parent, f.Name)...), tree.taken(o.ID, f.Parent, f.Areas, day)...)
		if len(es) > 0 {
			return tree.told(es)
		}
		if err := tx.AddOffice(o); err != nil {
			return err
		}
		if err := tx.ChangeOfficeAreas(jaring.ChangeAreas(o.ID, nil, f.Areas, day)); err != nil {
			return err
		}
		return a.Tell(tx, actor, string(o.ID), jaring.OfficeAdded, jaring.Facts{Other: string(f.Parent)})
	})
	if err != nil {
		return "", err
	}
	a.officesChanged()
	return o.ID, nil
}

// officesChanged makes everybody read anew what offices there are and what they reach.
func (a *App) officesChanged() {
	a.offices.forget()
	a.ForgetAll()
}

// changeOffice does an act on one office, which is told as it stands in the tree. Errors:
// office.not_found, office.is_closed, error.forbidden, error.out_of_area, operation.conflict,
// those of act.
func (a *App) changeOffice(ctx context.Context, actor jaring.Actor, id jaring.OperationID, office jaring.OfficeID, said any, act func(*store.Tx, *officeTree, *store.OfficeRecord) error) error {
	if err := actor.May(jaring.ActManageOffice, jaring.Scope{Office: office}); err != nil {
		return err
	}
	_, err := a.Once(ctx, actor, id, jaring.ActManageOffice, said, func(tx *store.Tx) error {
		tree, err := a.holdOffices(tx)
		if err != nil {
			return err
		}
		o := tree.byID[office]
		switch {
		case o == nil:
			return jaring.NewError(jaring.NotFound, "office.not_found")
		case o.Closed != 0:
			return jaring.NewError(jaring.Conflict, "office.is_closed", "date", o.Closed)
		}
		return act(tx, tree, o)
	})
	if err == nil {
		a.officesChanged()
	}
	return err
}

// RenameOffice gives an office another name. Errors: those of jaring.OfficeName and
// changeOffice; office.name_taken.
func (a *App) RenameOffice(ctx context.Context, actor jaring.Actor, id jaring.OperationID, office jaring.OfficeID, name string) error {
	name, faults := jaring.OfficeName(name)
	return a.changeOffice(ctx, actor, id, office, []any{"name", office, name}, func(tx *store.Tx, tree *officeTree, o *store.OfficeRecord) error {
		if faults != nil {
			return faults
		}
		if err := tree.named(o.ID, o.Parent, name).OrNil(); err != nil || o.Name == name {
			return err
		}
		if err := tx.RenameOffice(o.ID, name); err != nil {
			return err
		}
		return a.Tell(tx, actor, string(o.ID), jaring.OfficeRenamed, jaring.Facts{Other: name})
	})
}

// SetOfficePhone says whom to call at an office; empty: nobody. It stands on what workers see about their receipts.
// Errors: those of jaring.OfficePhone and changeOffice.
func (a *App) SetOfficePhone(ctx context.Context, actor jaring.Actor, id jaring.OperationID, office jaring.OfficeID, phone string) error {
	phone, faults := jaring.OfficePhone(phone)
	return a.changeOffice(ctx, actor, id, office, []any{"phone", office, phone}, func(tx *store.Tx, _ *officeTree, o *store.OfficeRecord) error {
		if faults != nil || o.Phone == phone {
			return faults
		}
		if err := tx.SetOfficePhone(o.ID, phone); err != nil {
			return err
		}
		return a.Tell(tx, actor, string(o.ID), jaring.OfficePhoneSet, jaring.Facts{Other: phone})
	})
}

// SetOfficeAreas says which areas an office serves from a day on, and no others: what ends
// ends the day before, what was planned for later is replaced, the past stays as it is. All
// findings come at once. Errors: those of jaring.OfficeAreaErrors and changeOffice;
// field.required, office.areas_past, office.area_taken.
func (a *App) SetOfficeAreas(ctx context.Context, actor jaring.Actor, id jaring.OperationID, office jaring.OfficeID, areas []string, from jaring.Day) error {
	return a.changeOffice(ctx, actor, id, office, []any{"areas", office, areas, from}, func(tx *store.Tx, tree *officeTree, o *store.OfficeRecord) error {
		es := jaring.OfficeAreaErrors(areas, a.areaServable(o.Kind))
		switch today := jaring.DayIn(a.Now(), Zone(o.Zone)); {
		case from == 0:
			es = append(es, jaring.NewError(jaring.Invalid, "field.required").At("from"))
		case from < today:
			es = append(es, jaring.NewError(jaring.Invalid, "office.areas_past", "date", today).At("from"))
		default:
			es = append(es, tree.taken(o.ID, o.Parent, areas, from)...)
		}
		if len(es) > 0 {
			return tree.told(es)
		}
		change := jaring.ChangeAreas(o.ID, tree.areasOf(o.ID), areas, from)
		if change.Empty() {
			return nil
		}
		if err := tx.ChangeOfficeAreas(change); err != nil {
			return err
		}
		return a.Tell(tx, actor, string(o.ID), jaring.OfficeAreasSet, jaring.Facts{Other: from.String()})
	})
}

// CloseOffice ends the work of an office from today on. Nobody may be left who works there:
// all findings come at once. Errors: those of changeOffice; office.has_accounts,
// office.has_offices.
func (a *App) CloseOffice(ctx context.Context, actor jaring.Actor, id jaring.OperationID, office jaring.OfficeID) error {
	return a.changeOffice(ctx, actor, id, office, []any{"close", office}, func(tx *store.Tx, tree *officeTree, o *store.OfficeRecord) error {
		counts, err := tx.CountAccounts()
		if err != nil {
			return err
		}
		if err := tree.deserted(o.ID, counts[o.ID]).OrNil(); err != nil {
			return err
		}
		today := jaring.DayIn(a.Now(), Zone(o.Zone))
		if err := tx.ChangeOfficeAreas(jaring.ChangeAreas(o.ID, tree.areasOf(o.ID), nil, today)); err != nil {
			return err
		}
		if err := tx.CloseOffice(o.ID, today); err != nil {
			return err
		}
		return a.Tell(tx, actor, string(o.ID), jaring.OfficeClosed, jaring.Facts{})
	})
}

// deserted judges whether anybody works at an office yet.
func (t *officeTree) deserted(id jaring.OfficeID, accounts map[jaring.Role]int) (es jaring.Errors) {
	all := 0
	for _, n := range accounts {
		all += n
	}
	if all > 0 {
		es = append(es, jaring.NewError(jaring.Invalid, "office.has_accounts", "n", all, "agents", accounts[jaring.RoleAgent]))
	}
	below := 0
	for _, o := range t.byID {
		if o.Parent == id && o.Closed == 0 {
			below++
		}
	}
	if below > 0 {
		es = append(es, jaring.NewError(jaring.Invalid, "office.has_offices", "n", below))
	}
	return es
}
