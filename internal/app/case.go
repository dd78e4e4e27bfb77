package app

import (
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Case is something about cash that a person at the branch must look at.
type Case struct {
	*store.CaseRecord
	AgentName   string
	OfficeName  string
	DecidedName string
}

// FindCases gives the cases at the actor's offices in a state, the newest first, behind the one of that
// id, and how many are open. Errors: error.forbidden, cursor.malformed.
func (a *App) FindCases(ctx context.Context, actor jaring.Actor, state, before string) (list []*Case, open int64, next string, err error) {
	if err := actor.May(jaring.ActFindCase, jaring.Scope{}); err != nil {
		return nil, 0, "", err
	}
	if before != "" && !jaring.IsUUID(before) {
		return nil, 0, "", jaring.NewError(jaring.Invalid, "cursor.malformed").At("cursor")
	}
	var found []*store.CaseRecord
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		counts, err := tx.CountCases(actor.Offices)
		if err != nil {
			return err
		}
		open = 0
		for _, n := range counts {
			open += n
		}
		found, err = tx.FindCases(actor.Offices, state, before, DefaultPage)
		return err
	})
	if len(found) == DefaultPage {
		next = found[len(found)-1].ID
	}
	for _, k := range found {
		list = append(list, a.caseOf(ctx, k))
	}
	return list, open, next, err
}

func (a *App) caseOf(ctx context.Context, k *store.CaseRecord) *Case {
	out := &Case{CaseRecord: k, AgentName: a.AccountName(ctx, k.Agent), OfficeName: a.offices.name(ctx, k.Office, a.Now())}
	if k.DecidedBy != "" {
		out.DecidedName = a.AccountName(ctx, k.DecidedBy)
	}
	return out
}

// DecideCase closes a case. Nobody decides about the own cash.
// Errors: case.unknown, case.decided, decision.unknown, field.required, approve.self, error.forbidden, error.out_of_area.
func (a *App) DecideCase(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id string, decision jaring.CaseDecision, reason string) (*Case, error) {
	reason, err := NeedReason(reason)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(jaring.CaseDecisions, decision) {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "decision.unknown").At("decision")}
	}
	k, err := a.getCase(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := actor.May(jaring.ActDecideCase, jaring.Scope{Office: k.Office}); err != nil {
		return nil, err
	}
	if k.Agent == actor.Account {
		return nil, jaring.NewError(jaring.Forbidden, "approve.self")
	}
	_, err = a.Once(ctx, actor, op, jaring.ActDecideCase, []any{id, decision, reason}, func(tx *store.Tx) error {
		next := *k
		next.Decision, next.Reason, next.DecidedBy, next.DecidedAt = decision, reason, actor.Account, a.Now()
		return a.closeCase(tx, actor, &next)
	})
	if err != nil {
		return nil, err
	}
	if k, err = a.getCase(ctx, id); err != nil {
		return nil, err
	}
	return a.caseOf(ctx, k), nil
}

func (a *App) getCase(ctx context.Context, id string) (k *store.CaseRecord, err error) {
	if !jaring.IsUUID(id) {
		return nil, jaring.NewError(jaring.NotFound, "case.unknown")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		k, err = tx.GetCase(id)
		return err
	})
	return k, err
}
