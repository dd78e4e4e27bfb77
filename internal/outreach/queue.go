package outreach

import (
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// FindQueue gives the numbers of the consultation queue of an event. Errors: campaign.not_found, error.forbidden.
func (o *Outreach) FindQueue(ctx context.Context, actor jaring.Actor, id jaring.CampaignID) (out []store.ConsultationRow, err error) {
	if _, err := o.hallFor(ctx, actor, jaring.ActReadCampaign, id); err != nil {
		return nil, err
	}
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		out, err = tx.FindConsultations(id)
		return err
	})
	if !actor.Can(jaring.ActCheckTicket) {
		for i := range out {
			out[i].Name = ""
		}
	}
	return out, err
}

// TakeNumber puts somebody into the queue, with a ticket or without, and gives the number; told again under the
// same id it is the same one. Errors: queue.topic_unknown, ticket.code_malformed, ticket.unknown,
// ticket.cancelled, campaign.not_found, campaign.is_cancelled, error.forbidden, operation.conflict.
func (o *Outreach) TakeNumber(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, topic, ticket string) (number int, err error) {
	err = o.inHall(ctx, actor, jaring.ActCheckTicket, op, id, []any{"take", id, topic, ticket}, nil, "", "", func(tx *store.Tx) error {
		c := &jaring.Consultation{Campaign: id, Operation: op, Turn: jaring.Turn{Topic: topic, State: jaring.QueueWaiting, TakenAt: o.Now()}}
		hall, err := tx.GetHall(id)
		if err == nil && topic != "" && !slices.Contains(hall.Plan.Topics, topic) {
			err = jaring.Errors{jaring.NewError(jaring.Invalid, "queue.topic_unknown").At("topic")}
		}
		if err == nil && ticket != "" {
			c.Participant, err = holderOf(tx, id, ticket)
		}
		if err != nil {
			return err
		}
		first, err := tx.TakeNumbers("queue-"+string(id), 0, 1)
		c.Number = int(first) + 1
		if err != nil {
			return err
		}
		return tx.AddConsultation(c)
	})
	if err != nil {
		return 0, err
	}
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.FindConsultations(id)
		for _, c := range all {
			if c.Operation == op {
				number = c.Number
			}
		}
		return err
	})
	return number, err
}

// holderOf finds who holds a ticket, as scanned or typed.
func holderOf(tx *store.Tx, id jaring.CampaignID, text string) (jaring.ParticipantID, error) {
	code, err := jaring.ParseTicketCode(text)
	if err != nil {
		return "", jaring.Errors{jaring.NewError(jaring.Invalid, "ticket.code_malformed").At("ticket")}
	}
	p, err := ticketOf(tx, id, code)
	if err != nil {
		return "", err
	}
	return p.ID, nil
}

// MoveNumber calls a number, or says that it is done or nobody came; number 0 is the next one that waits,
// of a topic when one is told. Errors: queue.is_waiting …, queue.empty, queue.unknown, queue.state_unknown,
// field.required, field.too_long, campaign.not_found, campaign.is_cancelled, error.forbidden, operation.conflict.
func (o *Outreach) MoveNumber(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, number int, topic string, to jaring.QueueState, desk string) error {
	said := []any{"move", id, number, topic, to, desk}
	desk, faults := jaring.JudgeMove(to, desk)
	if number > 0 {
		topic = "" // a hall counts all topics in one row
	}
	return o.inHall(ctx, actor, jaring.ActCheckTicket, op, id, said, faults, "", "", func(tx *store.Tx) error {
		all, err := tx.FindConsultations(id)
		if err != nil {
			return err
		}
		at, err := jaring.PickTurn(all, turnOf, number, topic)
		if err != nil {
			return err
		}
		c, was := all[at].Consultation, all[at].State
		if err := c.Move(to, desk, o.Now()); err != nil {
			return err
		}
		moved, err := tx.MoveConsultation(&c, was)
		if err == nil && !moved {
			err = store.ErrRestart // another desk was first
		}
		return err
	})
}

func turnOf(c store.ConsultationRow) jaring.Turn { return c.Turn }

// calledNow are the numbers of a queue that are called and not yet done, the newest call first, as many as a
// screen shows.
func calledNow[T any](queue []T, turn func(T) jaring.Turn) (out []T) {
	for _, c := range queue {
		if turn(c).State == jaring.QueueCalled {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b T) int { return turn(b).CalledAt.Compare(turn(a).CalledAt) })
	return out[:min(len(out), loopCalls)]
}
