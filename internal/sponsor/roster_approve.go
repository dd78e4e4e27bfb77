package sponsor

import (
	"context"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Approval is what the second person has seen of a list: it must be so still.
type Approval struct {
	Version int64 // see store.RosterRecord.Seen
	People  int
	Amount  jaring.Rupiah
}

// ApproveRoster lets the people of a judged list come in and its bill be made; the rest follows by itself.
// Errors: roster.unknown, roster.not_judged, roster.changed_meanwhile, roster.nobody, agreement.not_approved, roster.budget,
// approval.same_account, approval.same_person, error.forbidden, operation.conflict.
func (a *Sponsors) ApproveRoster(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id string, seen Approval) error {
	if _, err := a.rosterFor(ctx, actor, jaring.ActApproveSponsor, id); err != nil {
		return err
	}
	var now *store.RosterRecord
	_, err := a.Fresh(ctx, actor, op, jaring.ActApproveSponsor, []any{"roster", id, seen}, func() (err error) {
		if now, err = a.rosterFor(ctx, actor, jaring.ActApproveSponsor, id); err != nil {
			return err
		}
		if err := a.mayApprove(ctx, now, &seen); err != nil {
			return err
		}
		return a.secondPerson(ctx, actor, now.Hands)
	}, func(tx *store.Tx) error {
		next := *now
		next.State, next.ApprovedBy, next.ApprovedAt, next.Fault = jaring.RosterToEnrol, actor.Account, a.Now(), nil
		if err := moveRoster(tx, &next, now); err != nil {
			return err
		}
		return a.tellOfRoster(tx, actor, now, jaring.RosterApproved, jaring.Facts{Other: now.Agreement, Amount: now.Amount})
	})
	return err
}

// mayApprove asks whether a list is what the second person saw, and whether the agreement can pay for it.
func (a *Sponsors) mayApprove(ctx context.Context, r *store.RosterRecord, seen *Approval) error {
	var g *store.AgreementRecord
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		g, err = tx.GetAgreement(r.Sponsor, r.Agreement)
		return err
	})
	switch {
	case err != nil:
		return err
	case r.State != jaring.RosterReady:
		return jaring.NewError(jaring.Conflict, "roster.not_judged")
	case seen != nil && (seen.Version != r.Seen() || seen.People != r.People || seen.Amount != r.Amount):
		return jaring.NewError(jaring.Conflict, "roster.changed_meanwhile")
	case len(r.Sums.Stops) > 0:
		return jaring.NewError(jaring.Conflict, "roster.stopped")
	case r.People == 0:
		return jaring.NewError(jaring.Conflict, "roster.nobody")
	case g.State != agreementApproved:
		return jaring.NewError(jaring.Conflict, "agreement.not_approved")
	case g.Version != r.TermsOf:
		return jaring.NewError(jaring.Conflict, "roster.terms_changed")
	case g.UsedPeople+r.People > g.CeilingPeople || g.UsedAmount+r.Amount > g.CeilingAmount:
		return overBudget(g)
	}
	return nil
}

func overBudget(g *store.AgreementRecord) error {
	return jaring.NewError(jaring.Conflict, "roster.budget", "people", g.CeilingPeople-g.UsedPeople, "sum", g.CeilingAmount-g.UsedAmount)
}

// returnRoster lets a list be judged anew whose approval does not hold any more, and says why.
func (a *Sponsors) returnRoster(ctx context.Context, r *store.RosterRecord, why error) error {
	next := *r
	next.State, next.ApprovedBy, next.Fault = jaring.RosterReceived, "", app.FindingsOf(why)
	err := a.DB.Write(ctx, func(tx *store.Tx) error {
		if err := moveRoster(tx, &next, r); err != nil {
			return err
		}
		return a.tellOfRoster(tx, jaring.System, r, jaring.RosterReturned, jaring.Facts{Other: r.Agreement, Reason: jaring.KeyOf(why)})
	})
	if jaring.KeyOf(err) == "roster.changed_meanwhile" { // somebody else has seen to it
		return nil
	}
	return err
}
