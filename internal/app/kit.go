package app

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// AddKit adds things of one kind with their serial numbers to an office, all or none, under
// an id that its sender made. Errors: those of jaring.NewKit; kit.serial_taken with the field
// of each serial number that is taken, office.not_found, error.forbidden, error.out_of_area,
// operation.conflict.
func (a *App) AddKit(ctx context.Context, actor jaring.Actor, id jaring.OperationID, kind jaring.KitKind, serials []string, office jaring.OfficeID) error {
	if err := actor.May(jaring.ActManageKit, jaring.Scope{}); err != nil {
		return err
	}
	serials, err := jaring.NewKit(kind, office, serials)
	if err != nil {
		return err
	}
	if _, err := a.Office(ctx, office); err != nil {
		return AtField(err, "office_id")
	}
	if err := actor.May(jaring.ActManageKit, jaring.Scope{Office: office}); err != nil {
		return err
	}
	at := a.Now()
	_, err = a.Once(ctx, actor, id, jaring.ActManageKit, []any{"add", kind, serials, office}, func(tx *store.Tx) error {
		if err := freeSerials(tx, kind, serials); err != nil {
			return err
		}
		for _, serial := range serials {
			k := &store.KitRecord{ID: kitID(id, serial), Kind: kind, Serial: serial, Office: office, State: jaring.KitInStore, Since: at}
			if err := tx.AddKit(k); err != nil {
				return err
			}
			event := a.NewEvent(actor, string(k.ID), jaring.KitAdded)
			event.Facts = store.FactsText(jaring.Facts{Other: string(kind)})
			if err := tx.AddFirstEvent(&event); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

func kitID(id jaring.OperationID, serial string) jaring.KitID {
	return jaring.KitID(uuid.NewSHA1(uuid.MustParse(string(id)), []byte(serial)).String())
}

func freeSerials(tx *store.Tx, kind jaring.KitKind, serials []string) error {
	taken, err := tx.TakenSerials(kind, serials)
	if err != nil {
		return err
	}
	var es jaring.Errors
	for i, serial := range serials {
		if taken[serial] {
			es = append(es, jaring.NewError(jaring.Conflict, "kit.serial_taken").At("serials/"+strconv.Itoa(i)))
		}
	}
	return es.OrNil()
}

// KitItem is a thing with the name of who has it.
type KitItem struct {
	*store.KitRecord
	AgentName string
}

// FindKit gives the things of the offices that the actor reaches, or of one of them with
// those below it, by kind and serial number, from the one behind cursor. Errors:
// kit.state_unknown, cursor.malformed, error.forbidden, error.out_of_area.
func (a *App) FindKit(ctx context.Context, actor jaring.Actor, state jaring.KitState, office jaring.OfficeID, cursor string) (items []KitItem, next string, err error) {
	offices, err := a.OfficesAsked(ctx, actor, jaring.ActManageKit, office)
	if err != nil {
		return nil, "", err
	}
	if err := state.Known(); err != nil {
		return nil, "", err
	}
	var after store.KitCursor
	if err := OpenCursor(cursor, &after); err != nil {
		return nil, "", err
	}
	var found []*store.KitRecord
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		found, err = tx.FindKit(offices, state, after, MaxPage)
		return err
	})
	for _, k := range found {
		item := KitItem{KitRecord: k}
		if k.Account != "" {
			item.AgentName = a.AccountName(ctx, k.Account)
		}
		items = append(items, item)
	}
	if len(found) == MaxPage {
		last := found[MaxPage-1]
		next = CloseCursor(store.KitCursor{Kind: last.Kind, Serial: last.Serial})
	}
	return items, next, err
}

// HandOutKit gives a thing to an agent. Errors: kit.not_found, kit.not_in_store,
// account.not_found and agent.not_agent with their field, error.forbidden,
// error.out_of_area, operation.conflict.
func (a *App) HandOutKit(ctx context.Context, actor jaring.Actor, id jaring.OperationID, kit jaring.KitID, to jaring.AccountID) error {
	if _, err := a.kit(ctx, actor, kit); err != nil {
		return err
	}
	if _, err := a.agent(ctx, actor, jaring.ActManageKit, to); err != nil {
		return AtField(err, "account_id")
	}
	return a.moveKit(ctx, actor, id, []any{"hand_out", kit, to}, kit, func(k *store.KitRecord) (jaring.EventKind, error) {
		if k.State != jaring.KitInStore {
			return "", jaring.NewError(jaring.Conflict, "kit.not_in_store")
		}
		k.State, k.Account, k.Note = jaring.KitIsHanded, to, ""
		return jaring.KitHandedOut, nil
	})
}

// maxKitNote is how long a note about a thing may be, in characters.
const maxKitNote = 300

// ReturnKit takes a thing back, or notes that it is lost or worn out. Errors: kit.not_found,
// kit.not_handed_out, kit.state_unknown, field.too_long, error.forbidden, error.out_of_area,
// operation.conflict.
func (a *App) ReturnKit(ctx context.Context, actor jaring.Actor, id jaring.OperationID, kit jaring.KitID, to jaring.KitState, note string) error {
	if _, err := a.kit(ctx, actor, kit); err != nil {
		return err
	}
	if note = Trim(note); len([]rune(note)) > maxKitNote {
		return jaring.Errors{jaring.NewError(jaring.Invalid, "field.too_long", "max", maxKitNote).At("note")}
	}
	return a.moveKit(ctx, actor, id, []any{"return", kit, to, note}, kit, func(k *store.KitRecord) (jaring.EventKind, error) {
		if err := k.State.Return(to); err != nil {
			return "", err
		}
		if k.State, k.Note = to, note; to != jaring.KitIsLost { // who lost it stays known
			k.Account = ""
		}
		return jaring.KitReturned, nil
	})
}

// moveKit does one act on one thing.
func (a *App) moveKit(ctx context.Context, actor jaring.Actor, id jaring.OperationID, said []any, kit jaring.KitID, change func(*store.KitRecord) (jaring.EventKind, error)) error {
	at := a.Now()
	_, err := a.Once(ctx, actor, id, jaring.ActManageKit, said, func(tx *store.Tx) error {
		k, err := tx.GetKit(kit)
		if err != nil {
			return err
		}
		was, holder := k.State, k.Account
		event, err := change(k)
		if err != nil {
			return err
		}
		k.Since = at
		changed, err := tx.MoveKit(k, was)
		if err != nil || !changed {
			return restart(err)
		}
		if k.Account != "" {
			holder = k.Account
		}
		return a.Tell(tx, actor, string(kit), event, jaring.Facts{Agent: holder, Other: string(k.State)})
	})
	return err
}

// kit reads a thing that the actor manages. Errors: kit.not_found, error.forbidden,
// error.out_of_area.
func (a *App) kit(ctx context.Context, actor jaring.Actor, id jaring.KitID) (k *store.KitRecord, err error) {
	if err := actor.May(jaring.ActManageKit, jaring.Scope{}); err != nil {
		return nil, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		k, err = tx.GetKit(id)
		return err
	})
	if err == nil {
		err = actor.May(jaring.ActManageKit, jaring.Scope{Office: k.Office})
	}
	return k, err
}
