package outreach

import (
	"context"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Around is all that surrounds a campaign: who organises it, what belongs to it, what it costs, what was asked,
// who came, and what came of it.
type Around struct {
	Campaign   *app.CampaignView
	Parent     *app.CampaignRow // nil for none, or not the actor's to see
	Partner    *store.PartnerRecord
	Children   []app.CampaignRow // the one that opens last first
	Costs      []jaring.Cost     // none for agents
	Planned    jaring.Rupiah     // of all lines
	Spent      jaring.Rupiah
	Questions  []jaring.Question
	Attendance jaring.Attendance
	Funnel     jaring.Funnel // with the children and theirs
	ByChild    []ChildFunnel // as Children
	MayManage  bool
}

// GetAround gives what surrounds a campaign. Errors: campaign.not_found, error.forbidden.
func (o *Outreach) GetAround(ctx context.Context, actor jaring.Actor, id jaring.CampaignID) (*Around, error) {
	v, err := o.GetCampaign(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	around := &Around{Campaign: v, MayManage: v.MayManage}
	if around.Children, err = o.FindCampaigns(ctx, actor, app.CampaignFilter{Parent: id}); err != nil {
		return nil, err
	}
	if around.Attendance, err = o.Attendance(ctx, actor, id); err != nil {
		return nil, err
	}
	if v.Parent != "" {
		if parent, err := o.GetCampaign(ctx, actor, v.Parent); err == nil {
			around.Parent = &parent.CampaignRow
		}
	}
	err = o.DB.Read(ctx, func(tx *store.Tx) error { return around.read(tx, actor) })
	if err != nil {
		return nil, err
	}
	return around, o.putFunnels(ctx, actor, around)
}

func (a *Around) read(tx *store.Tx, actor jaring.Actor) (err error) {
	id := a.Campaign.ID
	if a.Campaign.Partner != "" {
		if a.Partner, err = tx.GetPartner(a.Campaign.Partner); err != nil {
			return err
		}
	}
	if a.Questions, err = tx.FindQuestions(id); err != nil || actor.Role == jaring.RoleAgent {
		return err
	}
	a.Costs, err = tx.FindCosts([]jaring.CampaignID{id})
	a.Planned, a.Spent = 0, 0
	for _, c := range a.Costs {
		a.Planned += c.Planned
		a.Spent += c.Spent
	}
	return err
}

// PutCost writes a line of what a campaign costs: a new one without an id, else that line anew. Errors: those of
// jaring.NewCost; field.too_many, cost.unknown, campaign.not_found, error.forbidden, error.out_of_area, operation.conflict.
func (o *Outreach) PutCost(ctx context.Context, actor jaring.Actor, op jaring.OperationID, c jaring.Cost) error {
	said := c
	c, faults := jaring.NewCost(c)
	campaign, err := o.CampaignFor(ctx, actor, jaring.ActManageCampaign, c.Campaign)
	if err != nil {
		return err
	}
	if faults != nil {
		return faults
	}
	_, err = o.Once(ctx, actor, op, jaring.ActManageCampaign, []any{"cost", said}, func(tx *store.Tx) error {
		known, err := tx.FindCosts([]jaring.CampaignID{c.Campaign})
		if err != nil {
			return err
		}
		ids := make([]string, len(known))
		for i, k := range known {
			ids[i] = k.ID
		}
		if c.ID, err = lineOf(said.ID, op, ids, jaring.MaxCosts, "cost.unknown"); err != nil {
			return err
		}
		if err := tx.PutCost(&c); err != nil {
			return err
		}
		return o.tellAround(tx, actor, campaign, jaring.CostPut, c.ID)
	})
	return err
}

// lineOf finds the id of a line that is put: one of those known, or a new one while there is room.
// Errors: field.too_many, unknown.
func lineOf(id string, op jaring.OperationID, known []string, most int, unknown string) (string, error) {
	if id == "" {
		if len(known) >= most {
			return "", jaring.NewError(jaring.Invalid, "field.too_many", "max", most)
		}
		return string(op), nil
	}
	for _, k := range known {
		if k == id {
			return id, nil
		}
	}
	return "", jaring.NewError(jaring.NotFound, unknown)
}

// RemoveCost takes a line of cost away; one that is not there is gone. Errors: campaign.not_found,
// error.forbidden, error.out_of_area.
func (o *Outreach) RemoveCost(ctx context.Context, actor jaring.Actor, id jaring.CampaignID, cost string) error {
	return o.removeAround(ctx, actor, jaring.ActManageCampaign, id, cost, jaring.CostRemoved, func(tx *store.Tx) (bool, error) {
		return tx.RemoveCost(id, cost)
	})
}

// PutQuestion writes what was asked at a campaign: a new one without an id, else that one anew. Errors: those of
// jaring.NewQuestion; field.too_many, question.unknown, campaign.not_found, error.forbidden, error.out_of_area,
// operation.conflict.
func (o *Outreach) PutQuestion(ctx context.Context, actor jaring.Actor, op jaring.OperationID, q jaring.Question) error {
	said := q
	q, faults := jaring.NewQuestion(q)
	campaign, err := o.CampaignFor(ctx, actor, jaring.ActManageCampaign, q.Campaign)
	if err != nil {
		return err
	}
	if faults != nil {
		return faults
	}
	_, err = o.Once(ctx, actor, op, jaring.ActManageCampaign, []any{"question", said}, func(tx *store.Tx) error {
		known, err := tx.FindQuestions(q.Campaign)
		if err != nil {
			return err
		}
		ids := make([]string, len(known))
		for i, k := range known {
			ids[i] = k.ID
		}
		if q.ID, err = lineOf(said.ID, op, ids, jaring.MaxQuestions, "question.unknown"); err != nil {
			return err
		}
		if err := tx.PutQuestion(&q); err != nil {
			return err
		}
		return o.tellAround(tx, actor, campaign, jaring.QuestionPut, q.ID)
	})
	return err
}

// RemoveQuestion takes a question away; one that is not there is gone. Errors: campaign.not_found,
// error.forbidden, error.out_of_area.
func (o *Outreach) RemoveQuestion(ctx context.Context, actor jaring.Actor, id jaring.CampaignID, question string) error {
	return o.removeAround(ctx, actor, jaring.ActManageCampaign, id, question, jaring.QuestionGone, func(tx *store.Tx) (bool, error) {
		return tx.RemoveQuestion(id, question)
	})
}
