package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/scheme"
	"jaring/internal/store"
)

// Registered is what a registration made.
type Registered struct {
	Worker     *store.WorkerRecord
	Membership *store.MembershipRecord
	Payment    *jaring.Payment // nil while a second look is due
}

// RegisteredBy gives what the registration of an outcome made: from memory when it was
// just done, from the store when it is told again.
func (a *App) RegisteredBy(ctx context.Context, o jaring.Outcome) (*Registered, error) {
	if made, ok := o.Made.(*Registered); ok {
		return made, nil
	}
	out := &Registered{}
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		r, err := LoadRecord(tx, o.Worker)
		if err != nil {
			return err
		}
		out.Worker, out.Membership = r.Worker, r.membershipBy(o.Membership)
		if out.Membership == nil {
			out.Membership = r.Membership
		}
		p, found, err := tx.GetPayment(o.Worker, out.Membership.ID)
		if found {
			p.Due = out.Membership.Quote.Due
			out.Payment = &p
		}
		return err
	})
	return out, err
}

// RegistrationNumbers gives the registration numbers of the persons of outcomes.
func (a *App) RegistrationNumbers(ctx context.Context, outcomes []jaring.Outcome) (map[jaring.WorkerID]jaring.RegistrationNo, error) {
	numbers := map[jaring.WorkerID]jaring.RegistrationNo{}
	var ids []jaring.WorkerID
	for _, o := range outcomes {
		if made, ok := o.Made.(*Registered); ok {
			numbers[o.Worker] = made.Worker.RegistrationNo
		} else if o.Worker != "" {
			ids = append(ids, o.Worker)
		}
	}
	if len(ids) == 0 {
		return numbers, nil
	}
	return numbers, a.DB.Read(ctx, func(tx *store.Tx) error {
		ws, err := tx.GetWorkers(ids)
		for _, w := range ws {
			numbers[w.ID] = w.RegistrationNo
		}
		return err
	})
}

// QuestionOf is the question that a membership was priced by.
func QuestionOf(w *store.WorkerRecord, m *store.MembershipRecord, explain bool) scheme.Question {
	return scheme.Question{Segment: m.Segment, Programs: m.Programs, FirstMonth: m.FirstMonth, Months: m.Months, Income: m.Income, LowestBand: m.LowestBand,
		Sector: m.Sector, Funding: m.Funding, Kind: w.Kind, Registered: m.FirstMonth, Explain: explain}
}
