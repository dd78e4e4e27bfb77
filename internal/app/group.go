package app

import (
	"cmp"
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/store"
)

// GroupRow is a group as lists show it.
type GroupRow struct {
	*store.GroupRecord
	OfficeName string
	Members    int
	Protected  int
	OpenBill   *store.GroupBill // that waits to be paid; nil for none
}

// GroupMember is a worker whom a group pays for.
type GroupMember struct {
	Worker *store.WorkerRecord
	Since  jaring.Day
}

// GroupView is a group's page.
type GroupView struct {
	GroupRow
	People []GroupMember // by name
	Bills  []*GroupBill  // the newest first
}

// AddGroup adds a group at an office; empty names the actor's own. Errors: those of jaring.NewGroup,
// error.forbidden, error.out_of_area, operation.conflict.
func (a *App) AddGroup(ctx context.Context, actor jaring.Actor, op jaring.OperationID, g jaring.Group) (id string, err error) {
	if g.Office == "" {
		g.Office = actor.Office
	}
	if err := actor.May(jaring.ActManageGroup, jaring.Scope{}); err != nil {
		return "", err
	}
	if g, err = jaring.NewGroup(g); err != nil {
		return "", err
	}
	if _, err := a.Office(ctx, g.Office); err != nil {
		return "", AtField(err, "office_id")
	}
	if err := actor.May(jaring.ActManageGroup, jaring.Scope{Office: g.Office}); err != nil {
		return "", err
	}
	row := &store.GroupRecord{ID: string(op), Office: g.Office, Name: g.Name, NameFold: match.FoldName(g.Name), Kind: g.Kind, Contact: g.ContactName, Phone: g.ContactPhone,
		MadeBy: actor.Account, MadeAt: a.Now()}
	_, err = a.Once(ctx, actor, op, jaring.ActManageGroup, []any{"add", g}, func(tx *store.Tx) error {
		if err := tx.AddGroup(row); err != nil {
			return err
		}
		return a.tellOfGroup(tx, actor, row, jaring.GroupAdded, jaring.Facts{Other: string(g.Kind)})
	})
	return row.ID, err
}

// tellOfGroup writes an event about a group, at its office.
func (a *App) tellOfGroup(tx *store.Tx, actor jaring.Actor, g *store.GroupRecord, kind jaring.EventKind, f jaring.Facts) error {
	actor.Office = g.Office
	return a.Tell(tx, actor, g.ID, kind, f)
}

// FindGroups gives the groups of the actor's offices whose name holds q, by name, behind a cursor.
// Errors: error.forbidden, cursor.malformed.
func (a *App) FindGroups(ctx context.Context, actor jaring.Actor, q, cursor string) (rows []*GroupRow, next string, err error) {
	offices, err := a.OfficesAsked(ctx, actor, jaring.ActFindGroup, "")
	if err != nil {
		return nil, "", err
	}
	var after store.GroupCursor
	if err := OpenCursor(cursor, &after); err != nil || after.ID != "" && !jaring.IsUUID(after.ID) {
		return nil, "", BadCursor()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.FindGroups(offices, match.FoldName(q), after, DefaultPage)
		for _, g := range found {
			if err != nil {
				return err
			}
			row := &GroupRow{GroupRecord: g}
			err = a.countGroup(tx, row)
			rows = append(rows, row)
		}
		return err
	})
	for _, r := range rows {
		r.OfficeName = a.OfficeName(ctx, r.Office)
	}
	if len(rows) == DefaultPage {
		last := rows[len(rows)-1]
		next = CloseCursor(store.GroupCursor{NameFold: last.NameFold, ID: last.ID})
	}
	return rows, next, err
}

func (a *App) countGroup(tx *store.Tx, row *GroupRow) error {
	members, err := tx.FindGroupMembers(row.ID)
	if err != nil {
		return err
	}
	standings, err := tx.StandingsOf(workersOf(members))
	if err != nil {
		return err
	}
	row.Members = len(members)
	for _, s := range standings {
		if s == jaring.StandingProtected {
			row.Protected++
		}
	}
	bills, err := tx.FindGroupBills(row.ID)
	if at := slices.IndexFunc(bills, func(b *store.GroupBill) bool { return b.State == "waiting" }); at >= 0 {
		row.OpenBill = bills[at]
	}
	return err
}

func workersOf(members []store.GroupMember) (ids []jaring.WorkerID) {
	for _, m := range members {
		ids = append(ids, m.Worker)
	}
	return ids
}

// groupFor finds a group and asks whether the actor may do act there. Errors: group.unknown, error.forbidden.
func (a *App) groupFor(ctx context.Context, actor jaring.Actor, act jaring.Act, id string) (*store.GroupRecord, error) {
	return KeptBy(ctx, a, actor, act, id, "group.unknown", (*store.Tx).GetGroup, func(g *store.GroupRecord) jaring.OfficeID { return g.Office })
}

// GetGroup gives a group with its members and bills. Errors: group.unknown, error.forbidden.
func (a *App) GetGroup(ctx context.Context, actor jaring.Actor, id string) (*GroupView, error) {
	g, err := a.groupFor(ctx, actor, jaring.ActFindGroup, id)
	if err != nil {
		return nil, err
	}
	v := &GroupView{GroupRow: GroupRow{GroupRecord: g, OfficeName: a.OfficeName(ctx, g.Office)}}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if err := a.countGroup(tx, &v.GroupRow); err != nil {
			return err
		}
		if v.People, err = peopleOf(tx, id); err != nil {
			return err
		}
		bills, err := tx.FindGroupBills(id)
		for _, b := range bills {
			if err != nil {
				return err
			}
			var whole *GroupBill
			whole, err = wholeBill(tx, b)
			v.Bills = append(v.Bills, whole)
		}
		return err
	})
	return v, err
}

func peopleOf(tx *store.Tx, group string) (people []GroupMember, err error) {
	members, err := tx.FindGroupMembers(group)
	if err != nil {
		return nil, err
	}
	since := map[jaring.WorkerID]jaring.Day{}
	for _, m := range members {
		since[m.Worker] = m.Since
	}
	for some := range slices.Chunk(workersOf(members), 200) {
		found, err := tx.GetWorkers(some)
		if err != nil {
			return nil, err
		}
		for _, w := range found {
			people = append(people, GroupMember{w, since[w.ID]})
		}
	}
	slices.SortFunc(people, func(x, y GroupMember) int {
		return cmp.Or(cmp.Compare(x.Worker.NameFold, y.Worker.NameFold), cmp.Compare(x.Worker.ID, y.Worker.ID))
	})
	return people, nil
}

// JoinGroup takes workers into a group. All must be known to the actor and registered. Errors: group.unknown,
// field.required, field.too_many, id.malformed, worker.not_found, worker.closed, error.forbidden, operation.conflict.
func (a *App) JoinGroup(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id string, workers []jaring.WorkerID) (added, already int, err error) {
	var g *store.GroupRecord
	_, err = a.Fresh(ctx, actor, op, jaring.ActManageGroup, []any{"join", id, workers}, func() (err error) {
		if g, err = a.groupFor(ctx, actor, jaring.ActManageGroup, id); err != nil {
			return err
		}
		return a.mayJoin(ctx, actor, workers)
	}, func(tx *store.Tx) error {
		added, already = 0, 0
		for _, w := range workers {
			joined, err := tx.AddGroupMember(store.GroupMember{Group: id, Worker: w, Since: Today(actor, a.Now())})
			if err != nil {
				return err
			}
			if !joined {
				already++
				continue
			}
			added++
			if err := a.tellOfGroup(tx, actor, g, jaring.GroupJoined, jaring.Facts{Other: string(w)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && added+already == 0 { // told again
		already = len(workers)
	}
	return added, already, err
}

func (a *App) mayJoin(ctx context.Context, actor jaring.Actor, workers []jaring.WorkerID) error {
	switch {
	case len(workers) == 0:
		return jaring.Errors{jaring.NewError(jaring.Invalid, "field.required").At("workers")}
	case len(workers) > jaring.MaxGroupLines:
		return jaring.Errors{jaring.NewError(jaring.Invalid, "field.too_many", "max", jaring.MaxGroupLines).At("workers")}
	case slices.ContainsFunc(workers, func(w jaring.WorkerID) bool { return !jaring.IsUUID(string(w)) }):
		return jaring.Errors{jaring.NewError(jaring.Invalid, "id.malformed").At("workers")}
	}
	return a.DB.Read(ctx, func(tx *store.Tx) error {
		for _, id := range workers {
			w, err := tx.GetWorker(id)
			if err != nil {
				return err
			}
			if err := reach(actor, jaring.ActGetWorker, w); err != nil {
				return err
			}
			if w.State != jaring.WorkerActive {
				return jaring.NewError(jaring.Conflict, "worker.closed")
			}
		}
		return nil
	})
}

// LeaveGroup lets a worker out of a group; the bills that were made stay as they are. Who was not in is out.
// Errors: group.unknown, error.forbidden.
func (a *App) LeaveGroup(ctx context.Context, actor jaring.Actor, id string, worker jaring.WorkerID) error {
	g, err := a.groupFor(ctx, actor, jaring.ActManageGroup, id)
	if err != nil {
		return err
	}
	if !jaring.IsUUID(string(worker)) {
		return jaring.NewError(jaring.NotFound, "worker.not_found")
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		gone, err := tx.RemoveGroupMember(id, worker)
		if err != nil || !gone {
			return err
		}
		return a.tellOfGroup(tx, actor, g, jaring.GroupLeft, jaring.Facts{Other: string(worker)})
	})
	if err == nil {
		a.Changed()
	}
	return err
}
