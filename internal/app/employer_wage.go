package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Wage is what a stay earned in a month, as somebody tells it.
type Wage struct {
	Membership jaring.MembershipID
	Wage       jaring.Rupiah
}

// maxWage is the most that a month's wage may be: what is more is a slip of the hand.
const maxWage = 1_000_000_000

// ReportWages tells what people earned in a month. Who is not told of earned as much as before. What is told after the
// month was billed changes the next bill. Errors: employer.unknown, employer.month, field.required, field.too_many,
// employee.unknown, wage.range, error.forbidden, operation.conflict.
func (a *App) ReportWages(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id string, month jaring.Month, wages []Wage) error {
	e, err := a.employerFor(ctx, actor, jaring.ActManageEmployer, id)
	if err != nil {
		return err
	}
	if err := a.judgeWages(ctx, e, month, wages, Today(actor, a.Now())); err != nil {
		return err
	}
	_, err = a.Once(ctx, actor, op, jaring.ActManageEmployer, []any{"wages", id, month, wages}, func(tx *store.Tx) error {
		for _, w := range wages {
			err := tx.PutWage(store.WageRecord{Employer: e.ID, Month: month, Membership: w.Membership, Wage: w.Wage, By: actor.Account, At: a.Now()})
			if err != nil {
				return err
			}
		}
		return a.tellOfEmployer(tx, actor, e, jaring.WagesReported, jaring.Facts{From: month, To: month, Other: string(op)})
	})
	return err
}

// judgeWages checks a wage report whole.
func (a *App) judgeWages(ctx context.Context, e *store.EmployerRecord, month jaring.Month, wages []Wage, day jaring.Day) error {
	var errs jaring.Errors
	fail := func(bad bool, field, key string, pairs ...any) {
		if bad {
			errs = append(errs, jaring.NewError(jaring.Invalid, key, pairs...).At(field))
		}
	}
	first := jaring.DayIn(e.RegisteredAt, Zone("")).Month()
	fail(month < first || month > day.Month(), "month", "employer.month", "from", first, "to", day.Month())
	fail(len(wages) == 0, "wages", "field.required")
	fail(len(wages) > jaring.MaxEmployees, "wages", "field.too_many", "max", jaring.MaxEmployees)
	if len(errs) > 0 {
		return errs
	}
	known := map[jaring.MembershipID]bool{}
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		stays, err := tx.FindEmployments(e.ID)
		for _, s := range stays {
			known[s.Membership] = true
		}
		return err
	})
	for _, w := range wages {
		fail(!known[w.Membership], "wages", "employee.unknown")
		fail(w.Wage <= 0 || w.Wage > maxWage, "wages", "wage.range", "max", jaring.Rupiah(maxWage))
	}
	if err != nil {
		return err
	}
	return errs.OrNil()
}

// EndEmployment ends a stay with an employer on its last day of work. Months that are paid stay paid; months after it
// that were billed lower the next bill. Errors: employer.unknown, employee.unknown, employee.left, employee.end_before,
// date.future, reason.too_short, error.forbidden, operation.conflict.
func (a *App) EndEmployment(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id string, membership jaring.MembershipID, to jaring.Day, why string) error {
	reason, err := NeedReason(why)
	if err != nil {
		return err
	}
	e, err := a.employerFor(ctx, actor, jaring.ActManageEmployer, id)
	if err != nil {
		return err
	}
	day := Today(actor, a.Now())
	_, err = a.Once(ctx, actor, op, jaring.ActManageEmployer, []any{"end", id, membership, to, reason}, func(tx *store.Tx) error {
		stay, err := stayOf(tx, e.ID, membership)
		switch {
		case err != nil:
			return err
		case stay.To != 0:
			return jaring.NewError(jaring.Conflict, "employee.left", "day", stay.To)
		case to > day:
			return jaring.Errors{jaring.NewError(jaring.Invalid, "date.future").At("to")}
		case to < stay.From:
			return jaring.Errors{jaring.NewError(jaring.Invalid, "employee.end_before", "day", stay.From).At("to")}
		}
		return a.endStay(tx, actor, e, stay, to, reason)
	})
	return err
}

// stayOf finds a stay with an employer. Error: employee.unknown.
func stayOf(tx *store.Tx, e jaring.EmployerID, m jaring.MembershipID) (*store.EmploymentRecord, error) {
	stays, err := tx.FindEmployments(e)
	for _, s := range stays {
		if s.Membership == m {
			return s, err
		}
	}
	if err == nil {
		err = jaring.NewError(jaring.NotFound, "employee.unknown")
	}
	return nil, err
}

// endStay writes the end of a stay, and puts the person to where that leads.
func (a *App) endStay(tx *store.Tx, actor jaring.Actor, e *store.EmployerRecord, stay *store.EmploymentRecord, to jaring.Day, why string) error {
	done, err := tx.EndEmployment(e.ID, stay.Membership, to, why)
	if err != nil {
		return err
	}
	if !done {
		return store.ErrRestart
	}
	if err := tx.HoldPayments(stay.Worker, stay.Membership, to); err != nil {
		return err
	}
	if err := a.tellOfEmployer(tx, actor, e, jaring.EmployeeLeft, jaring.Facts{Other: string(stay.Worker), Membership: stay.Membership, Reason: why}); err != nil {
		return err
	}
	r, err := LoadRecord(tx, stay.Worker)
	if err != nil || r.Worker.State != jaring.WorkerActive {
		return err
	}
	if m := r.membershipBy(stay.Membership); m != nil {
		for _, p := range m.Payments {
			p.Holds = min(p.Holds, to)
		}
	}
	was := *r
	return a.tellEmployed(tx, actor, r, &was, jaring.WorkerLeft, func(f *jaring.Facts) { f.Other = string(e.ID) })
}
