package sponsor

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/roster"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// RosterMending is what somebody does to a row of a list, beside the file: one of these.
type RosterMending struct {
	Cells    map[string]string // by field: what stands there instead
	Take     string            // key of a finding whose suggestion is right
	Accept   bool              // what waits for a second look has had it; that of the heading: the whole file's
	Reason   string            // of the acceptance
	LeaveOut bool              // the person does not come along
	Undo     bool              // the row is as in the file again
}

func (m *RosterMending) check() error {
	n := 0
	for _, said := range []bool{len(m.Cells) > 0, m.Take != "", m.Accept, m.LeaveOut, m.Undo} {
		if said {
			n++
		}
	}
	if n != 1 {
		return jaring.NewError(jaring.Invalid, "roster.mend.one")
	}
	return nil
}

// judgedAtOnce is how many rows are judged again while whoever mends one waits.
const judgedAtOnce = 5000

// MendRoster mends a row of a list that is not approved. The list is judged again with what stands beside its rows:
// at once when it is small, else soon after. Whoever mends is one of the list's hands from then on. Errors:
// roster.unknown, roster.closed, roster.not_judged, roster.row_unknown, roster.mend.one, roster.nothing_held,
// roster.nothing_offered, field.unknown, field.too_long, those of NeedReason; error.forbidden, operation.conflict.
func (a *Sponsors) MendRoster(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id string, row int, m RosterMending) error {
	said := []any{"roster mend", id, row, m}
	return a.mend(ctx, actor, op, id, said, func(w *mending) error {
		if err := m.check(); err != nil {
			return err
		}
		return w.row(ctx, row, m)
	})
}

// TakeSuggestions takes what is offered for all findings of one kind; value, unless empty, for those alone to which it
// is offered. rows is how many somebody has seen. Errors: those of MendRoster, roster.changed_meanwhile.
func (a *Sponsors) TakeSuggestions(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id, code, field, value string, rows int) error {
	said := []any{"roster take", id, code, field, value, rows}
	return a.mend(ctx, actor, op, id, said, func(w *mending) error { return w.all(ctx, code, field, value, rows) })
}

// mending is a list with what somebody writes beside its rows.
type mending struct {
	app  *Sponsors
	list *store.RosterRecord
	key  vault.PersonKey
	now  map[int]roster.Mend // as it is kept
	puts map[int]roster.Mend
	drop []int
}

func (a *Sponsors) mend(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id string, said any, do func(*mending) error) error {
	if _, err := a.rosterFor(ctx, actor, jaring.ActManageSponsor, id); err != nil {
		return err
	}
	var w *mending
	_, err := a.Fresh(ctx, actor, op, jaring.ActManageSponsor, said, func() (err error) {
		if w, err = a.newMending(ctx, id); err != nil {
			return err
		}
		return do(w)
	}, func(tx *store.Tx) error { return w.put(tx, actor) })
	if err != nil || w == nil || w.list.Sums.Rows > judgedAtOnce {
		return err
	}
	return a.judgeRoster(ctx, w.list)
}

func (a *Sponsors) newMending(ctx context.Context, id string) (*mending, error) {
	r, err := a.rosterNow(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case !r.State.Open():
		return nil, jaring.NewError(jaring.Conflict, "roster.closed")
	case r.State != jaring.RosterReady:
		return nil, jaring.NewError(jaring.Conflict, "roster.not_judged")
	}
	w := &mending{app: a, list: r, puts: map[int]roster.Mend{}}
	if w.key, err = a.rosterKey(r); err == nil {
		w.now, err = a.mendsOf(ctx, r, w.key)
	}
	return w, err
}

// rosterNow is a list as it is now. Error: roster.unknown.
func (a *Sponsors) rosterNow(ctx context.Context, id string) (r *store.RosterRecord, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		r, err = tx.GetRoster(id)
		return err
	})
	return r, err
}

// row makes what is kept beside one row.
func (w *mending) row(ctx context.Context, row int, m RosterMending) error {
	if m.Undo {
		w.drop = append(w.drop, row)
		return nil
	}
	found, err := w.findings(ctx, store.FindingQuery{Row: row - 1, Place: lastPlace, Limit: rosterPage})
	if err != nil {
		return err
	}
	found = slices.DeleteFunc(found, func(f store.RosterFinding) bool { return f.Row != row })
	if len(found) == 0 {
		return jaring.NewError(jaring.NotFound, "roster.row_unknown")
	}
	mend := w.now[row]
	switch {
	case m.LeaveOut:
		mend.LeftOut = true
	case m.Accept:
		mend.Accepted, mend.Reason, err = w.accepted(found, m.Reason)
	case m.Take != "":
		err = w.take(ctx, &mend, found, m.Take)
	default:
		err = write(&mend, m.Cells)
	}
	w.puts[row] = mend
	return err
}

// lastPlace is behind all findings of a row.
const lastPlace = 1 << 30

// write puts cells over those that were mended before; what was accepted was another row.
func write(m *roster.Mend, said map[string]string) error {
	cells, err := roster.NewMend(said)
	if err != nil {
		return err
	}
	m.LeftOut, m.Accepted, m.Reason = false, nil, ""
	m.Cells = maps.Clone(m.Cells)
	if m.Cells == nil {
		m.Cells = map[roster.Field]string{}
	}
	maps.Copy(m.Cells, cells)
	return nil
}

// accepted are the keys of what waits for a second look, or stops the whole file.
func (w *mending) accepted(found []store.RosterFinding, why string) (keys []string, reason string, err error) {
	for _, f := range found {
		if f.Verdict == jaring.Hold || slices.Contains(w.list.Sums.Stops, f.Key) {
			keys = append(keys, f.Key)
		}
	}
	if len(keys) == 0 {
		return nil, "", jaring.NewError(jaring.Conflict, "roster.nothing_held")
	}
	reason, err = app.NeedReason(why)
	return keys, reason, err
}

// take writes what a finding offers.
func (w *mending) take(ctx context.Context, m *roster.Mend, found []store.RosterFinding, key string) error {
	rows, err := w.app.keptRows(ctx, w.list, w.key, found)
	if err != nil {
		return err
	}
	for _, f := range found {
		row := rows[f.Row]
		if f.Key != key || row == nil {
			continue
		}
		if field, text, ok := roster.Offer(row, Said(f)); ok {
			return write(m, map[string]string{field.String(): text})
		}
	}
	return jaring.NewError(jaring.Conflict, "roster.nothing_offered")
}

// all takes what is offered for every finding of a kind. Who was left out stays out.
func (w *mending) all(ctx context.Context, code, field, value string, rows int) error {
	q, taken := store.FindingQuery{Code: code, Field: field, Row: -1, Limit: judgeChunk}, 0
	for {
		found, err := w.findings(ctx, q)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			break
		}
		last := found[len(found)-1]
		q.Row, q.Place = last.Row, last.Place
		kept, err := w.app.keptRows(ctx, w.list, w.key, found)
		if err != nil {
			return err
		}
		for _, f := range found {
			at, text, ok := roster.NoField, "", false
			if row := kept[f.Row]; row != nil {
				at, text, ok = roster.Offer(row, Said(f))
			}
			if !ok || value != "" && f.Suggested.Value != value {
				continue
			}
			taken++
			mend, begun := w.puts[f.Row]
			if !begun {
				mend = w.now[f.Row]
			}
			if err := write(&mend, map[string]string{at.String(): text}); err != nil {
				return err
			}
			w.puts[f.Row] = mend
		}
	}
	if taken != rows {
		return jaring.NewError(jaring.Conflict, "roster.changed_meanwhile")
	}
	return nil
}

func (w *mending) findings(ctx context.Context, q store.FindingQuery) (found []store.RosterFinding, err error) {
	err = w.app.DB.Read(ctx, func(tx *store.Tx) error {
		found, err = tx.FindRosterFindings(w.list.ID, q)
		return err
	})
	return found, err
}

// put writes what was mended; the list waits to be judged with it.
func (w *mending) put(tx *store.Tx, actor jaring.Actor) error {
	next := *w.list
	next.State, next.Turn, next.Fault = jaring.RosterReceived, next.Turn+1, nil
	if !slices.Contains(next.Hands, actor.Account) {
		next.Hands = append(slices.Clone(next.Hands), actor.Account)
	}
	if err := moveRoster(tx, &next, w.list); err != nil {
		return err
	}
	list := make([]store.RosterMend, 0, len(w.puts))
	f := jaring.Facts{Other: next.Agreement}
	for _, row := range slices.Sorted(maps.Keys(w.puts)) {
		m := w.puts[row]
		text, err := m.Keep()
		if err != nil {
			return err
		}
		sealed, err := w.key.Seal(text, mendPurpose(&next, row))
		if err != nil {
			return err
		}
		list = append(list, store.RosterMend{Row: row, Sealed: sealed, By: actor.Account, At: w.app.Now()})
		f.Reasons, f.Reason = append(f.Reasons, m.Accepted...), m.Reason
	}
	for _, row := range w.drop {
		if err := tx.DropRosterMend(next.ID, row); err != nil {
			return err
		}
	}
	if err := tx.PutRosterMends(next.ID, list); err != nil {
		return err
	}
	return w.app.tellOfRoster(tx, actor, &next, jaring.RosterMended, f)
}

func mendPurpose(r *store.RosterRecord, row int) string {
	return "mend:" + strconv.FormatInt(r.Version, 10) + ":" + rowPurpose(r.ID, row)
}

// mendsOf reads what stands beside the rows of a list.
func (a *Sponsors) mendsOf(ctx context.Context, r *store.RosterRecord, key vault.PersonKey) (map[int]roster.Mend, error) {
	var kept []store.RosterMend
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		kept, err = tx.RosterMends(r.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := make(map[int]roster.Mend, len(kept))
	for _, k := range kept {
		text, err := key.Open(k.Sealed, mendPurpose(r, k.Row))
		if err != nil {
			return nil, err
		}
		m, err := roster.KeptMend(text)
		if err != nil {
			return nil, jaring.InternalError(err)
		}
		m.By = a.AccountName(ctx, k.By)
		out[k.Row] = m
	}
	return out, nil
}

// keptRows opens the cells of the rows that findings are about.
func (a *Sponsors) keptRows(ctx context.Context, r *store.RosterRecord, key vault.PersonKey, found []store.RosterFinding) (map[int]*roster.Row, error) {
	out := map[int]*roster.Row{}
	if len(found) == 0 {
		return out, nil
	}
	wanted := map[int]bool{}
	for _, f := range found {
		wanted[f.Row] = true
	}
	var sealed map[int][]byte
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		sealed, err = tx.RosterCells(r.ID, found[0].Row, found[len(found)-1].Row)
		return err
	})
	for number, cells := range sealed {
		if !wanted[number] || err != nil {
			continue
		}
		var text []byte
		if text, err = key.Open(cells, cellsPurpose(r.ID, number)); err != nil {
			break
		}
		row, e := roster.KeptRow(number, text)
		out[number], err = &row, e
	}
	return out, err
}
