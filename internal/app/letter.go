package app

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// Letter is a message that is under way: a reminder, or the answer to who wrote BERHENTI. Its values are
// those that its template names.
type Letter struct {
	ID       string
	Template string
	Phone    string
	Zone     *time.Location
	Failed   []string // channels by which it never came
	Amount   jaring.Rupiah
	Day      jaring.Day
	Until    jaring.Day
	Days     int
	Months   int
	Code     string

	reminder *store.ReminderRecord
	receipt  *store.ReceiptLetter
	self     *store.SelfLetter
}

// Posted is what became of a letter.
type Posted struct {
	State     jaring.ReminderState // waiting, sent, unknown, refused
	Channel   string
	GatewayID string
	Why       string // key
	NotBefore time.Time
}

// TakeLetters gives up to n letters that may go now. They are noted as under way before it returns, so that
// none is ever given twice. What is not to be sent any more – paid meanwhile, not wanted, too late – is called
// off instead.
func (a *App) TakeLetters(ctx context.Context, n int) (letters []Letter, err error) {
	if letters, err = a.takeSelfLetters(ctx, n); err != nil {
		return letters, err
	}
	answers, err := a.takeAnswers(ctx, n-len(letters))
	if letters = append(letters, answers...); err != nil {
		return letters, err
	}
	more, err := a.takeReceiptLetters(ctx, n-len(letters))
	if letters = append(letters, more...); err != nil {
		return letters, err
	}
	for len(letters) < n && ctx.Err() == nil {
		var waiting []*store.ReminderRecord
		err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
			waiting, err = tx.FindWaitingReminders(a.Now(), n-len(letters))
			return err
		})
		if err != nil || len(waiting) == 0 {
			return letters, err
		}
		for _, r := range waiting {
			l, err := a.takeReminder(ctx, r)
			if err != nil {
				return letters, err // those taken go; this one waits
			}
			if l != nil {
				letters = append(letters, *l)
			}
		}
	}
	return letters, nil
}

// takeReminder takes a reminder under way, nil when it does not go.
func (a *App) takeReminder(ctx context.Context, r *store.ReminderRecord) (*Letter, error) {
	l, off, err := a.letterOf(ctx, r)
	if err != nil {
		return nil, err
	}
	next := *r
	if next.State, next.TakenAt = jaring.ReminderUnderWay, a.Now(); off.state != "" {
		next.State, next.Why, next.DoneAt, next.TakenAt = off.state, off.why, a.Now(), r.TakenAt
	}
	moved := false
	err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
		moved, err = tx.MoveReminder(&next, jaring.ReminderWaits)
		return err
	})
	if err != nil || !moved || off.state != "" {
		return nil, err
	}
	l.reminder = &next
	return l, nil
}

// calledOff says why a reminder does not go; a zero state: it does.
type calledOff struct {
	state jaring.ReminderState
	why   string
}

// letterOf makes the letter of a reminder as the person stands now.
func (a *App) letterOf(ctx context.Context, r *store.ReminderRecord) (*Letter, calledOff, error) {
	var person *Record
	var stopped map[string]bool
	var ends []*store.Ending
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if person, err = LoadRecord(tx, r.Worker); err != nil {
			return err
		}
		if ends, err = tx.FindEndings([]jaring.WorkerID{r.Worker}); err != nil {
			return err
		}
		stopped, err = tx.FindStopped([]string{person.Worker.Phone})
		return err
	})
	if err != nil {
		return nil, calledOff{}, err
	}
	zone := a.ZoneOf(ctx, person.Worker.Office)
	day := jaring.DayIn(a.Now(), zone)
	off := a.outdated(r, person, stopped, day)
	if key := silent(ends, r.Worker, person.Worker.PaidTo); key != "" {
		off = calledOff{jaring.ReminderCalledOff, key}
	}
	if off.state != "" {
		return nil, off, nil
	}
	p, err := a.paymentFor(ctx, r.ID, person)
	if IsRule(err) && err != nil {
		return nil, calledOff{jaring.ReminderRefused, jaring.KeyOf(err)}, nil
	}
	if err != nil {
		return nil, calledOff{}, err
	}
	l := &Letter{ID: r.ID, Phone: person.Worker.Phone, Zone: zone, Amount: p.Amount, Months: p.Months, Code: p.Code}
	if r.Failed != "" {
		l.Failed = strings.Split(r.Failed, ",")
	}
	a.fill(l, r, day)
	return l, calledOff{}, nil
}

// outdated says why a reminder no longer fits its person.
func (a *App) outdated(r *store.ReminderRecord, person *Record, stopped map[string]bool, day jaring.Day) calledOff {
	w := person.Worker
	kind, due := a.Reminders.KindOn(r.End, r.End.Month().Add(a.Cover.ArrearsMonths).Last(), day)
	if on, asked := r.Kind.Asked(); asked {
		kind, due = r.Kind, day <= on.Add(1)
	}
	switch {
	case w.State != jaring.WorkerActive:
		return calledOff{jaring.ReminderCalledOff, "worker.closed"}
	case w.PaidTo.Last() != r.End:
		return calledOff{jaring.ReminderCalledOff, "reminder.paid"}
	case !due || kind != r.Kind:
		return calledOff{jaring.ReminderCalledOff, "reminder.late"}
	case person.Membership.Funding != jaring.FundingSelf:
		return calledOff{jaring.ReminderCalledOff, "reminder.sponsored"}
	case stopped[w.Phone]:
		return calledOff{jaring.ReminderCalledOff, "message.opted_out"}
	case w.Phone == "":
		return calledOff{jaring.ReminderByHand, "message.no_channel"}
	}
	return calledOff{}
}

// fill chooses the template by the day on which it goes, and its days.
func (a *App) fill(l *Letter, r *store.ReminderRecord, day jaring.Day) {
	grace := r.End.Month().Add(a.Cover.ArrearsMonths).Last()
	switch {
	case day < r.End:
		l.Template, l.Days, l.Until = "lapse_soon", day.DaysUntil(r.End), r.End
	case day == r.End:
		l.Template, l.Until = "lapse_today", r.End
	case a.Reminders.Last(r.Kind):
		l.Template, l.Until = "lapse_final", grace
	default:
		l.Template, l.Day, l.Until = "lapsed", r.End.Add(1), grace
	}
}

// paymentFor gives the code by which a person can go on, and makes one when none waits: as many months as were
// paid last. It is made under the reminder's id, so one that is taken again asks for the same.
func (a *App) paymentFor(ctx context.Context, reminder string, r *Record) (*jaring.Payment, error) {
	if p := openPayment(r.Membership); p != nil {
		return &p.Payment, nil
	}
	body, err := json.Marshal(wire.Contribution{Worker: string(r.Worker.ID), Months: monthsAsBefore(r.Membership)})
	if err != nil {
		return nil, jaring.InternalError(err)
	}
	actor := jaring.System
	actor.Account = nobody
	op := jaring.Operation{ID: jaring.OperationID(reminder), Kind: jaring.ActContribute, TakenAt: a.Now(), ClockTrust: true, Body: body}
	outcomes, err := a.Apply(ctx, actor, []jaring.Operation{op})
	if err != nil {
		return nil, err
	}
	asked, err := a.AskedBy(ctx, outcomes[0])
	if err != nil {
		return nil, err
	}
	return &asked.Payment.Payment, nil
}

// monthsAsBefore is for how many months a person paid last.
func monthsAsBefore(m *store.MembershipRecord) int {
	if last := LastSettled(m); last != nil {
		return max(1, last.Months)
	}
	return max(1, m.Months)
}

// ZoneOf is the time zone of an office.
func (a *App) ZoneOf(ctx context.Context, id jaring.OfficeID) *time.Location {
	byID, err := a.offices.all(ctx, id, a.Now())
	if err != nil || byID[id] == nil {
		return Zone("")
	}
	return Zone(byID[id].Zone)
}

// LetterDone keeps what became of a letter. What was sent stands in the person's history.
func (a *App) LetterDone(ctx context.Context, l Letter, p Posted) error {
	if l.self != nil {
		return a.selfLetterDone(ctx, l, p)
	}
	if l.receipt != nil {
		return a.receiptLetterDone(ctx, l, p)
	}
	if l.reminder == nil {
		return a.answerDone(ctx, l, p)
	}
	next := *l.reminder
	next.State, next.Channel, next.GatewayID, next.Why, next.DoneAt = p.State, p.Channel, p.GatewayID, p.Why, a.Now()
	if p.State == jaring.ReminderWaits {
		next.DoneAt, next.NotBefore = time.Time{}, p.NotBefore
		if next.NotBefore.IsZero() {
			next.NotBefore = a.Now()
		}
	}
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		moved, err := tx.MoveReminder(&next, jaring.ReminderUnderWay)
		if err != nil || !moved || p.State != jaring.ReminderSentState {
			return err
		}
		r, err := LoadRecord(tx, next.Worker)
		if err != nil {
			return err
		}
		return a.TellOf(tx, jaring.System, r, r.Worker.Standing, jaring.ReminderSent, func(f *jaring.Facts) {
			f.From, f.To, f.Other = next.End.Month(), next.End.Month(), string(next.Kind)
		})
	})
}

// LoseLetters calls letters unknown that were under way when a process died, an hour ago or more.
func (a *App) LoseLetters(ctx context.Context) (n int64, err error) {
	err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
		if n, err = tx.LoseReminders(a.Now().Add(-time.Hour)); err != nil {
			return err
		}
		receipts, err := tx.LoseReceiptLetters(a.Now().Add(-time.Hour))
		if err != nil {
			return err
		}
		own, err := tx.LoseSelfLetters(a.Now().Add(-time.Hour))
		n += receipts + own
		return err
	})
	return n, err
}

// LetterReported keeps what a gateway says of a letter later. One that never came is sent by the next
// channel; what a gateway says of an older try changes nothing.
func (a *App) LetterReported(ctx context.Context, id, channel, progress string, failed bool) error {
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		r, err := tx.ReminderOfLetter(id)
		if err != nil || r == nil || r.State != jaring.ReminderSentState && r.State != jaring.ReminderUnknown {
			return err
		}
		if r.Channel != "" && r.Channel != channel {
			return nil
		}
		was := r.State
		r.Progress = progress
		switch tried := strings.Split(r.Failed, ","); {
		case failed && !slices.Contains(tried, channel):
			r.State, r.NotBefore, r.Channel, r.GatewayID, r.Progress = jaring.ReminderWaits, a.Now(), "", "", ""
			r.Failed = strings.Trim(r.Failed+","+channel, ",")
		case was == jaring.ReminderUnknown:
			r.State, r.Why = jaring.ReminderSentState, ""
		}
		_, err = tx.MoveReminder(r, was)
		return err
	})
}
