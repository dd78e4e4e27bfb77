package app

import (
	"context"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Templates that answer who writes BERHENTI or MULAI.
const (
	templateStopped = "opted_out"
	templateStarted = "opted_in"
)

// ChooseContact keeps that a phone number does not want to be written to, or does again, and lets it be
// answered. It holds for everybody with that number. The same told twice, or an older choice told late,
// changes nothing.
func (a *App) ChooseContact(ctx context.Context, phone string, stop bool, at time.Time) error {
	number, err := jaring.ParsePhone(phone)
	if err != nil {
		return err
	}
	c := store.ContactChoice{Phone: number, Stopped: stop, At: at.UTC().Truncate(time.Millisecond), Letter: NewID(), Template: templateStarted, State: jaring.ReminderWaits}
	if stop {
		c.Template = templateStopped
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.PutContactChoice(c)
		return err
	})
	if err == nil {
		a.Changed()
	}
	return err
}

// ChooseMessages keeps what a person said to agent or officer: not to be written to, or again. It needs no
// answer, and stands in the history. Told again under the same id it changes nothing.
// Errors: reminder.no_phone, worker.not_found, error.forbidden, error.out_of_area, operation.conflict.
func (a *App) ChooseMessages(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.WorkerID, stop bool) error {
	r, err := a.subject(ctx, actor, jaring.ActRemind, string(id), "")
	if err != nil {
		return err
	}
	if r.Worker.Phone == "" {
		return jaring.NewError(jaring.Conflict, "reminder.no_phone")
	}
	kind := jaring.MessagesStart
	if stop {
		kind = jaring.MessagesStop
	}
	c := store.ContactChoice{Phone: r.Worker.Phone, Stopped: stop, At: a.Now(), Letter: NewID(), State: jaring.ReminderCalledOff}
	_, err = a.Once(ctx, actor, op, jaring.ActRemind, []any{id, stop}, func(tx *store.Tx) error {
		now, err := LoadRecord(tx, id)
		if err != nil {
			return err
		}
		if _, err := tx.PutContactChoice(c); err != nil {
			return err
		}
		return a.TellOf(tx, actor, now, now.Worker.Standing, kind, nil)
	})
	return err
}

// takeAnswers takes the answers to who chose.
func (a *App) takeAnswers(ctx context.Context, n int) (letters []Letter, err error) {
	var waiting []store.ContactChoice
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		waiting, err = tx.FindWaitingAnswers(n)
		return err
	})
	for _, c := range waiting {
		if err != nil {
			break
		}
		moved := false
		err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
			moved, err = tx.MoveAnswer(c.Phone, c.Letter, jaring.ReminderWaits, jaring.ReminderUnderWay, a.Now())
			return err
		})
		if moved && err == nil {
			letters = append(letters, Letter{ID: c.Letter, Template: c.Template, Phone: c.Phone, Zone: Zone("")})
		}
	}
	return letters, err
}

func (a *App) answerDone(ctx context.Context, l Letter, p Posted) error {
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.MoveAnswer(l.Phone, l.ID, jaring.ReminderUnderWay, p.State, a.Now())
		return err
	})
}
