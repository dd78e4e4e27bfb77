package outreach

import (
	"context"
	"slices"
	"strconv"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// ServiceQueue is the queue of a desk on a day: its numbers in the order in which they were taken.
type ServiceQueue struct {
	Day  jaring.Day
	Rows []store.TurnRow
}

// FindServiceQueue gives the queue of a desk on a day; 0 is today. Errors: service.unknown, error.forbidden.
func (o *Outreach) FindServiceQueue(ctx context.Context, actor jaring.Actor, id jaring.ServiceID, day jaring.Day) (*ServiceQueue, error) {
	s, err := o.serviceFor(ctx, actor, jaring.ActFindService, id)
	if err != nil {
		return nil, err
	}
	if day == 0 {
		day = o.dayAt(ctx, s.Office)
	}
	q := &ServiceQueue{Day: day}
	return q, o.DB.Read(ctx, func(tx *store.Tx) error {
		q.Rows, err = tx.FindTurns(id, day)
		return err
	})
}

// TakeServiceNumber gives somebody who came to the desk a number; told again under the same id it is the same one.
// The office gives numbers outside its hours too. Errors: service.topic_unknown, service.closed_desk, service.full,
// service.unknown, error.forbidden, operation.conflict.
func (o *Outreach) TakeServiceNumber(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.ServiceID, topic jaring.ServiceTopic) (t *store.TurnRow, err error) {
	s, err := o.serviceFor(ctx, actor, jaring.ActServe, id)
	if err != nil {
		return nil, err
	}
	if _, err = o.takeTurn(ctx, actor, op, s, topic, false); err != nil {
		return nil, err
	}
	q, err := o.FindServiceQueue(ctx, actor, id, 0)
	if err != nil {
		return nil, err
	}
	for i := range q.Rows {
		if q.Rows[i].Operation == op {
			return &q.Rows[i], nil
		}
	}
	return nil, jaring.NewError(jaring.NotFound, "queue.unknown") // of another day
}

// takeTurn puts a number of a topic into today's queue, with the code by which its holder sees it.
func (o *Outreach) takeTurn(ctx context.Context, actor jaring.Actor, op jaring.OperationID, s *Service, topic jaring.ServiceTopic, own bool) (jaring.TicketCode, error) {
	if s.Closed {
		return "", jaring.NewError(jaring.Conflict, "service.closed_desk")
	}
	if !s.Takes(topic) {
		return "", jaring.Errors{jaring.NewError(jaring.Invalid, "service.topic_unknown").At("topic")}
	}
	code := o.codeOf("service-"+store.ServiceTurn, string(op))
	_, err := o.Once(ctx, actor, op, jaring.ActServe, []any{"take", s.ID, topic}, func(tx *store.Tx) error {
		day := o.dayAt(ctx, s.Office)
		number, err := tx.TakeServiceNumber(s.ID, day, topic)
		if err == nil && number > jaring.MaxTurns {
			err = jaring.NewError(jaring.Conflict, "service.full")
		}
		if err != nil {
			return err
		}
		t := &store.TurnRow{Service: s.ID, Day: day, Operation: op, OwnPhone: own, Turn: jaring.Turn{Number: number, Topic: string(topic), State: jaring.QueueWaiting, TakenAt: o.Now()}}
		if err := tx.AddTurn(t); err != nil || !own {
			return err
		}
		return tx.AddServiceCode(codeHash(code), store.ServiceCode{Service: s.ID, Kind: store.ServiceTurn, Day: day, Topic: topic, Number: number})
	})
	return code, err
}

// MoveServiceNumber calls a number of today, or says that it is done or nobody came; number 0 is the next one that
// waits, of a topic when one is told. Errors: those of jaring.JudgeMove and jaring.PickTurn; queue.is_waiting …,
// service.unknown, error.forbidden, operation.conflict.
func (o *Outreach) MoveServiceNumber(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.ServiceID, number int, topic jaring.ServiceTopic, to jaring.QueueState, desk string) error {
	s, err := o.serviceFor(ctx, actor, jaring.ActServe, id)
	if err != nil {
		return err
	}
	said := []any{"move", id, number, topic, to, desk}
	if desk, err = jaring.JudgeMove(to, desk); err != nil {
		return err
	}
	day := o.dayAt(ctx, s.Office)
	_, err = o.Once(ctx, actor, op, jaring.ActServe, said, func(tx *store.Tx) error {
		all, err := tx.FindTurns(id, day)
		if err != nil {
			return err
		}
		at, err := jaring.PickTurn(all, turnOfDay, number, string(topic))
		if err != nil {
			return err
		}
		t, was := all[at], all[at].State
		if err := t.Move(to, desk, o.Now()); err != nil {
			return err
		}
		moved, err := tx.MoveTurn(&t, was)
		if err == nil && !moved {
			err = store.ErrRestart // another desk was first
		}
		return err
	})
	return err
}

func turnOfDay(t store.TurnRow) jaring.Turn { return t.Turn }

// serviceCode makes a code that hangs at a desk; each time its codes are made anew it is another.
func (o *Outreach) serviceCode(s *Service, kind string) jaring.TicketCode {
	return o.codeOf("service-"+kind, string(s.ID)+"-"+strconv.Itoa(s.Codes))
}

// ahead is how many of the same topic wait before a number.
func ahead(all []store.TurnRow, of *store.TurnRow) (n int) {
	for _, t := range all {
		if t.Topic == of.Topic && t.State == jaring.QueueWaiting && t.Number < of.Number {
			n++
		}
	}
	return n
}

// turnIn finds a number in its day's queue.
func turnIn(all []store.TurnRow, topic string, number int) *store.TurnRow {
	at := slices.IndexFunc(all, func(t store.TurnRow) bool { return t.Topic == topic && t.Number == number })
	if at < 0 {
		return nil
	}
	return &all[at]
}
