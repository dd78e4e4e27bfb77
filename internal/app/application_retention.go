package app

import (
	"context"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// WithdrawApplication takes back an applicant's consent at the desk: what tells who it was
// is emptied, the number and the decisions stay. Nobody who was accepted is emptied: the
// decision is changed first. reason may be empty. Errors: application.not_found,
// application.is_accepted, application.emptied, error.forbidden, error.out_of_area,
// operation.conflict.
func (a *App) WithdrawApplication(ctx context.Context, actor jaring.Actor, id jaring.OperationID, application jaring.ApplicationID, reason string) error {
	if _, err := a.applicant(ctx, actor, application); err != nil {
		return err
	}
	reason = Trim(reason)
	_, err := a.Once(ctx, actor, id, jaring.ActDecideApplication, []any{"withdraw", application, reason}, func(tx *store.Tx) error {
		p, err := tx.GetApplication(application)
		if err != nil {
			return err
		}
		to, err := p.State.Withdraw()
		switch {
		case err != nil:
			return err
		case p.Account != "": // an agent by now
			return jaring.NewError(jaring.Conflict, "application.is_accepted")
		case p.Name == "":
			return jaring.NewError(jaring.Conflict, "application.emptied")
		}
		emptied, err := tx.EmptyApplication(application, p.State, to)
		if err != nil || !emptied {
			return restart(err)
		}
		return a.Tell(tx, actor, string(application), jaring.ApplicationWithdrawn, jaring.Facts{Reason: reason})
	})
	return err
}

// emptyBatch is how many applications are emptied in one transaction.
const emptyBatch = 100

// rejectedSpan is how long the data of somebody turned down is kept.
func (a *App) rejectedSpan() time.Duration {
	days := a.RejectedDays
	if days == 0 {
		days = jaring.DefaultRejectedDays
	}
	return time.Duration(days) * 24 * time.Hour
}

// EmptyApplications empties the applications that were turned down longer ago than such data
// is kept, and gives how many. It may be stopped and told again at any time.
func (a *App) EmptyApplications(ctx context.Context) (n int, err error) {
	before := a.Now().Add(-a.rejectedSpan())
	for {
		due, emptied, err := a.emptySome(ctx, before)
		if n += emptied; err != nil || due < emptyBatch {
			return n, err
		}
	}
}

func (a *App) emptySome(ctx context.Context, before time.Time) (due, emptied int, err error) {
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		ps, err := tx.FindRejectedBefore(before, emptyBatch)
		due, emptied = len(ps), 0
		if err != nil {
			return err
		}
		for _, p := range ps {
			done, err := tx.EmptyApplication(p.ID, p.State, p.State)
			if err != nil {
				return err
			}
			if !done {
				continue // somebody at the desk was first
			}
			emptied++
			if err := a.Tell(tx, jaring.Actor{Office: p.Office}, string(p.ID), jaring.ApplicationEmptied, jaring.Facts{}); err != nil {
				return err
			}
		}
		return nil
	})
	return due, emptied, err
}
