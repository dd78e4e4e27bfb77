package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// EmployedBy is a stay of a person with an employer, as the person's page shows it.
type EmployedBy struct {
	*store.EmploymentRecord
	Name    string // of the employer
	Reached bool   // the reader may open the employer's page
}

// FindEmployments gives the employers of a person, the newest first. Errors: worker.not_found, error.forbidden.
func (a *App) FindEmployments(ctx context.Context, actor jaring.Actor, id jaring.WorkerID) (out []EmployedBy, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		w, err := tx.GetWorker(id)
		if err != nil {
			return err
		}
		if err := reach(actor, jaring.ActGetWorker, w); err != nil {
			return err
		}
		stays, err := tx.EmploymentsOf(id)
		for i := len(stays) - 1; i >= 0 && err == nil; i-- {
			var e *store.EmployerRecord
			if e, err = tx.GetEmployer(string(stays[i].Employer)); err == nil {
				out = append(out, EmployedBy{stays[i], e.Name, actor.May(jaring.ActFindEmployer, scopeOfEmployer(e)) == nil})
			}
		}
		return err
	})
	return out, err
}
