package outreach

import (
	"context"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// TakeAwareStep takes the next step of a programme as the book stands now. Errors: those of jaring.NewStep;
// aware.unknown, error.forbidden, operation.conflict.
func (o *Outreach) TakeAwareStep(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.AwareID, s jaring.AwareTaken) error {
	return o.onRoad(ctx, actor, op, id, []any{"step", s}, jaring.AwareStepped, func(tx *store.Tx, a *Aware, road []jaring.AwareTaken, today jaring.Day) (jaring.AwareTaken, error) {
		c, _, err := criteriaOf(tx)
		if err != nil {
			return s, err
		}
		facts, err := o.factsOf(tx, a, c, today)
		if err != nil {
			return s, err
		}
		return jaring.NewStep(road, s, today, c, facts)
	})
}

// CorrectAwareStep puts right what was written about a step that stands; what was written before stays to be
// read. Errors: those of jaring.CorrectStep; reason.too_short, aware.unknown, error.forbidden, operation.conflict.
func (o *Outreach) CorrectAwareStep(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.AwareID, s jaring.AwareTaken) error {
	why, err := app.NeedReason(s.Why)
	if err != nil {
		return err
	}
	s.Why = why
	return o.onRoad(ctx, actor, op, id, []any{"correct", s}, jaring.AwareCorrected, func(_ *store.Tx, _ *Aware, road []jaring.AwareTaken, today jaring.Day) (jaring.AwareTaken, error) {
		return jaring.CorrectStep(road, s, today)
	})
}

// TakeAwareStepBack takes the last step of a programme back, with a reason. Errors: those of jaring.StepBack;
// reason.too_short, aware.unknown, error.forbidden, operation.conflict.
func (o *Outreach) TakeAwareStepBack(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.AwareID, step jaring.AwareStep, why string) error {
	why, err := app.NeedReason(why)
	if err != nil {
		return err
	}
	return o.onRoad(ctx, actor, op, id, []any{"back", step, why}, jaring.AwareCorrected, func(_ *store.Tx, _ *Aware, road []jaring.AwareTaken, today jaring.Day) (jaring.AwareTaken, error) {
		return jaring.AwareTaken{Step: step, Day: today, Back: true, Why: why}, jaring.StepBack(road, step)
	})
}

// onRoad writes one further line about the steps of a programme, as make finds it to be.
func (o *Outreach) onRoad(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.AwareID, said []any, kind jaring.EventKind,
	make func(*store.Tx, *Aware, []jaring.AwareTaken, jaring.Day) (jaring.AwareTaken, error)) error {
	at := o.Now()
	today := o.dayAt(ctx, actor.Office)
	return o.changeAware(ctx, actor, op, id, 0, said, func(tx *store.Tx, a *Aware) (jaring.EventKind, jaring.Facts, error) {
		lines, err := tx.FindAwareSteps(a.ID)
		if err != nil {
			return "", jaring.Facts{}, err
		}
		line, err := make(tx, a, jaring.AwareRoad(lines), today)
		if err != nil {
			return "", jaring.Facts{}, err
		}
		line.By, line.At = actor.Account, at
		if err := tx.AddAwareStep(a.ID, len(lines)+1, &line); err != nil {
			return "", jaring.Facts{}, err
		}
		a.Step = jaring.StepOf(jaring.AwareRoad(append(lines, line)))
		return kind, jaring.Facts{Other: string(line.Step), Reason: line.Why}, nil
	})
}

// AddAwareDialogue takes a dialogue into a programme: a campaign of that kind, of an office of the actor's, at a
// place of the village. Added again it is the same. Errors: aware.not_dialogue, aware.dialogue_elsewhere,
// campaign.not_found, aware.unknown, error.forbidden, error.out_of_area, operation.conflict.
func (o *Outreach) AddAwareDialogue(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.AwareID, campaign jaring.CampaignID) error {
	if _, err := o.awareFor(ctx, actor, jaring.ActManageAware, id); err != nil {
		return err
	}
	c, err := o.CampaignFor(ctx, actor, jaring.ActManageCampaign, campaign)
	if err != nil {
		return err
	}
	if c.Kind != jaring.KindDialogue {
		return jaring.NewError(jaring.Conflict, "aware.not_dialogue")
	}
	return o.changeAware(ctx, actor, op, id, 0, []any{"dialogue", campaign}, func(tx *store.Tx, a *Aware) (jaring.EventKind, jaring.Facts, error) {
		if c.Area != a.Area {
			return "", jaring.Facts{}, jaring.NewError(jaring.Conflict, "aware.dialogue_elsewhere")
		}
		_, err := tx.AddAwareDialogue(a.ID, campaign, o.Now())
		return jaring.AwareDialogueAdded, jaring.Facts{Campaign: campaign}, err
	})
}

// AwareDialogue is a dialogue of a programme with who came to it.
type AwareDialogue struct {
	*app.Campaign
	Came      int
	Questions int
	Held      bool // it is over, and somebody came
}

// dialoguesOf gives the dialogues of a programme, the newest first.
func dialoguesOf(tx *store.Tx, id jaring.AwareID) ([]AwareDialogue, error) {
	found, err := tx.FindAwareDialogues(id)
	if err != nil {
		return nil, err
	}
	out := make([]AwareDialogue, len(found))
	for i, c := range found {
		guests, err := tx.FindGuests(c.ID)
		if err != nil {
			return nil, err
		}
		out[i] = AwareDialogue{Campaign: c, Came: jaring.CountGuests(guests).Total.Came}
		if out[i].Questions, err = tx.CountQuestions(c.ID); err != nil {
			return nil, err
		}
		over := c.State == jaring.CampaignIsClosed || c.State == jaring.CampaignIsSealed
		out[i].Held = over && out[i].Came > 0
	}
	return out, nil
}

func heldOf(all []AwareDialogue) (n int) {
	for _, d := range all {
		if d.Held {
			n++
		}
	}
	return n
}
