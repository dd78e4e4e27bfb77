package outreach

import (
	"context"

	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Figure is a target, a potential or a gap as the store has it.
type Figure = store.FigureRecord

// figureFor finds a figure and asks whether the actor may do act there. Errors: figure.unknown, error.forbidden.
func (o *Outreach) figureFor(ctx context.Context, actor jaring.Actor, act jaring.Act, id jaring.FigureID) (*Figure, error) {
	return app.KeptBy(ctx, o.App, actor, act, string(id), "figure.unknown", (*store.Tx).GetFigure, func(f *Figure) jaring.OfficeID { return f.Office })
}

// AddFigure brings a figure in from outside; an empty office is the actor's own. Errors: those of jaring.NewFigure;
// figure.exists, area.unknown, office.not_found, error.forbidden, error.out_of_area, operation.conflict.
func (o *Outreach) AddFigure(ctx context.Context, actor jaring.Actor, op jaring.OperationID, f jaring.Figure) (jaring.FigureID, error) {
	if f.Office == "" {
		f.Office = actor.Office
	}
	said := []any{"add", f}
	if err := actor.May(jaring.ActManageTarget, jaring.Scope{}); err != nil {
		return "", err
	}
	kept, err := jaring.NewFigure(f, o.dayAt(ctx, f.Office))
	if err := allFindings(err, o.lookUpFigure(ctx, &kept)); err != nil {
		return "", err
	}
	if err := actor.May(jaring.ActManageTarget, jaring.Scope{Office: kept.Office}); err != nil {
		return "", err
	}
	row := &Figure{Figure: kept, ID: jaring.FigureID(op), Version: 1, MadeBy: actor.Account, MadeAt: o.Now()}
	_, err = o.Once(ctx, actor, op, jaring.ActManageTarget, said, func(tx *store.Tx) error { return o.addFigure(tx, actor, row) })
	return row.ID, err
}

// addFigure writes a new figure, its first line and what happened.
func (o *Outreach) addFigure(tx *store.Tx, actor jaring.Actor, row *Figure) error {
	added, err := tx.AddFigure(row)
	if err == nil && !added {
		err = jaring.NewError(jaring.Conflict, "figure.exists")
	}
	if err == nil {
		err = tx.AddFigureLine(row, "", false)
	}
	if err != nil {
		return err
	}
	return o.tellOfFigure(tx, actor, row, jaring.FigureAdded, "")
}

// lookUpFigure finds what a figure names. Errors: office.not_found, area.unknown.
func (o *Outreach) lookUpFigure(ctx context.Context, f *jaring.Figure) error {
	var es jaring.Errors
	if _, err := o.Office(ctx, f.Office); jaring.CodeOf(err) == jaring.NotFound && jaring.IsUUID(string(f.Office)) {
		es = append(es, jaring.NewError(jaring.Invalid, "office.not_found").At("office_id"))
	} else if err != nil && jaring.CodeOf(err) != jaring.NotFound {
		return err
	}
	if _, known := o.Areas.Get(area.Code(f.Area)); f.Area != "" && !known {
		es = append(es, jaring.NewError(jaring.Invalid, "area.unknown", "code", f.Area).At("area"))
	}
	return es.OrNil()
}

// tellOfFigure writes an event about a figure, at its office.
func (o *Outreach) tellOfFigure(tx *store.Tx, actor jaring.Actor, f *Figure, kind jaring.EventKind, reason string) error {
	actor.Office = f.Office
	return o.Tell(tx, actor, string(f.ID), kind, jaring.Facts{Other: string(f.Kind), Reason: reason})
}

// ChangeFigure gives a figure that the sender saw in a version another value, source or day; the old one stays in its
// history. Errors: those of jaring.Figure.Change; reason.too_short, figure.unknown, figure.same,
// figure.changed_meanwhile, error.forbidden, operation.conflict.
func (o *Outreach) ChangeFigure(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.FigureID, version, value int64, source string, asOf jaring.Day, why string) error {
	is, err := o.figureFor(ctx, actor, jaring.ActManageTarget, id)
	if err != nil {
		return err
	}
	changed, err := is.Change(value, source, asOf, o.dayAt(ctx, is.Office))
	reason, unreasoned := app.NeedReason(why)
	if err := allFindings(err, unreasoned); err != nil {
		return err
	}
	if changed == is.Figure && version == is.Version {
		return jaring.NewError(jaring.Conflict, "figure.same")
	}
	_, err = o.Once(ctx, actor, op, jaring.ActManageTarget, []any{"change", id, version, value, source, asOf, why}, func(tx *store.Tx) error {
		row := *is
		row.Figure, row.Version = changed, version
		return o.changeFigure(tx, actor, &row, reason)
	})
	return err
}

// changeFigure writes another version of a figure.
func (o *Outreach) changeFigure(tx *store.Tx, actor jaring.Actor, row *Figure, reason string) error {
	row.MadeBy, row.MadeAt = actor.Account, o.Now()
	if err := tx.UpdateFigure(row); err != nil {
		return err
	}
	if err := tx.AddFigureLine(row, reason, false); err != nil {
		return err
	}
	return o.tellOfFigure(tx, actor, row, jaring.FigureChanged, reason)
}

// WithdrawFigure takes a figure away that should not have been brought in; the audit keeps that it was, and why it
// went. Errors: reason.too_short, figure.unknown, figure.changed_meanwhile, error.forbidden, operation.conflict.
func (o *Outreach) WithdrawFigure(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.FigureID, why string) error {
	if err := actor.May(jaring.ActManageTarget, jaring.Scope{}); err != nil {
		return err
	}
	reason, err := app.NeedReason(why)
	if err != nil {
		return err
	}
	_, err = o.Once(ctx, actor, op, jaring.ActManageTarget, []any{"withdraw", id, why}, func(tx *store.Tx) error {
		row, err := tx.GetFigure(string(id))
		if err == nil && actor.May(jaring.ActManageTarget, jaring.Scope{Office: row.Office}) != nil {
			err = jaring.NewError(jaring.NotFound, "figure.unknown")
		}
		if err != nil {
			return err
		}
		row.MadeBy, row.MadeAt = actor.Account, o.Now()
		if err := tx.RemoveFigure(row); err != nil {
			return err
		}
		if err := tx.AddFigureLine(row, reason, true); err != nil {
			return err
		}
		return o.tellOfFigure(tx, actor, row, jaring.FigureWithdrawn, reason)
	})
	return err
}
