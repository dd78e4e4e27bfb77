package app

import (
	"context"
	"slices"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Reminder as the doors read it.
type Reminder = store.ReminderRecord

// settingReminded holds, for a time zone, the last day whose reminders are selected.
const settingReminded = "reminder.selected."

// reminderBatch is how many persons one transaction of the selection looks at.
const reminderBatch = 1000

// zonesToRemind gives the time zones of offices that have not selected the reminders of their day.
func (a *App) zonesToRemind(ctx context.Context) (zones map[string]jaring.Day, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		zones = map[string]jaring.Day{}
		offices, err := tx.FindOffices()
		if err != nil {
			return err
		}
		for _, o := range offices {
			day := jaring.DayIn(a.Now(), Zone(o.Zone))
			if zones[o.Zone] == day {
				continue
			}
			last, err := tx.Setting(settingReminded + o.Zone)
			if err != nil {
				return err
			}
			if last < day.String() {
				zones[o.Zone] = day
			}
		}
		return nil
	})
	return zones, err
}

// RemindersDue tells whether an office has not selected the reminders of its day.
func (a *App) RemindersDue(ctx context.Context) (bool, error) {
	zones, err := a.zonesToRemind(ctx)
	return len(zones) > 0, err
}

// SelectReminders makes the reminders whose day has come, at each office by its own clock, and gives how
// many persons it looked at. It works in batches, can be stopped at any point and told again; who has a
// reminder of that kind gets no other. quiet tells when a letter made now may be sent.
func (a *App) SelectReminders(ctx context.Context, quiet func(time.Time, *time.Location) (time.Time, bool)) (seen int, err error) {
	zones, err := a.zonesToRemind(ctx)
	if err != nil || len(zones) == 0 {
		return 0, err
	}
	var offices []*store.OfficeRecord
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		offices, err = tx.FindOffices()
		return err
	})
	for _, o := range offices {
		day, due := zones[o.Zone]
		if err != nil || !due {
			continue
		}
		var n int
		n, err = a.selectAt(ctx, selection{office: o.ID, day: day, notBefore: notBefore(a.Now(), Zone(o.Zone), quiet)})
		seen += n
	}
	for _, zone := range slices.Sorted(mapKeys(zones)) {
		if err == nil {
			err = a.SetSetting(ctx, settingReminded+zone, zones[zone].String())
		}
	}
	return seen, err
}

func mapKeys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func notBefore(now time.Time, zone *time.Location, quiet func(time.Time, *time.Location) (time.Time, bool)) time.Time {
	if until, is := quiet(now, zone); is {
		return until.UTC()
	}
	return now
}

// selection is the work of one day at one office.
type selection struct {
	office    jaring.OfficeID
	day       jaring.Day
	notBefore time.Time
}

// selectAt makes the reminders of one office: cover ends with months, so a day has few ends to look at.
func (a *App) selectAt(ctx context.Context, s selection) (seen int, err error) {
	last := s.day.Add(maxReminderSpan).Month()
	for m := s.day.Month().Add(-a.Cover.ArrearsMonths - 1); m <= last; m++ {
		kind, due := a.Reminders.KindOn(m.Last(), m.Add(a.Cover.ArrearsMonths).Last(), s.day)
		if !due {
			continue
		}
		n, err := a.selectKind(ctx, s, m, kind)
		if seen += n; err != nil {
			return seen, err
		}
	}
	return seen, nil
}

// maxReminderSpan is how many days ahead of the end a reminder may lie.
const maxReminderSpan = 92

// selectKind makes the reminders of one kind for one end, from where it was left.
func (a *App) selectKind(ctx context.Context, s selection, month jaring.Month, kind jaring.ReminderKind) (seen int, err error) {
	for {
		var run store.ReminderRun
		var found, reach []store.Lapsing
		err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
			if run, err = tx.GetReminderRun(s.office, month.Last(), kind); err != nil || !run.DoneAt.IsZero() {
				return err
			}
			if found, err = tx.FindLapsing(s.office, month, run.After, reminderBatch); err != nil {
				return err
			}
			reach, err = heard(tx, found, func(l store.Lapsing) (jaring.WorkerID, jaring.Month) { return l.Worker, l.PaidTo })
			return err
		})
		if err != nil || !run.DoneAt.IsZero() {
			return seen, err
		}
		if err := a.makeReminders(ctx, s, run, found, reach); err != nil {
			return seen, err
		}
		seen += len(found)
	}
}

// makeReminders writes the reminders of those whom they are to reach, together with how far the selection has come.
func (a *App) makeReminders(ctx context.Context, s selection, run store.ReminderRun, found, reach []store.Lapsing) error {
	var list []*store.ReminderRecord
	for _, l := range reach {
		switch l.Standing {
		case jaring.StandingProtected, jaring.StandingPaid, jaring.StandingGrace:
			r := &store.ReminderRecord{ID: NewID(), Worker: l.Worker, End: run.End, Kind: run.Kind, State: jaring.ReminderWaits, NotBefore: s.notBefore, MadeAt: a.Now()}
			if l.Phone == "" {
				r.State, r.Why = jaring.ReminderByHand, "message.no_channel"
			}
			list = append(list, r)
		}
	}
	next := run
	next.Made += int64(len(list))
	if len(found) > 0 {
		next.After = found[len(found)-1].Worker
	}
	if len(found) < reminderBatch {
		next.DoneAt = a.Now()
	}
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		now, err := tx.GetReminderRun(run.Office, run.End, run.Kind)
		if err != nil || now.After != run.After || !now.DoneAt.IsZero() {
			return err // another process has done this part
		}
		if err := tx.AddReminders(list); err != nil {
			return err
		}
		return tx.PutReminderRun(next)
	})
}

// RemindWorker makes a reminder because somebody asks for it: one for a person and day. When one is on its
// way, or went today, that one is given.
// Errors: reminder.nothing_ends, reminder.ended, reminder.died, reminder.left, worker.closed, worker.not_found, error.forbidden.
func (a *App) RemindWorker(ctx context.Context, actor jaring.Actor, id jaring.WorkerID) (*Lapse, error) {
	r, err := a.subject(ctx, actor, jaring.ActRemind, string(id), "")
	if err != nil {
		return nil, err
	}
	day := Today(actor, a.Now())
	if err := a.remindable(r, day); err != nil {
		return nil, err
	}
	if err := a.mayHear(ctx, r.Worker); err != nil {
		return nil, err
	}
	made := &store.ReminderRecord{ID: NewID(), Worker: id, End: r.Worker.PaidTo.Last(), Kind: jaring.AskedReminder(day), State: jaring.ReminderWaits,
		NotBefore: a.Now(), MadeAt: a.Now(), MadeBy: actor.Account}
	if r.Worker.Phone == "" {
		made.State, made.Why = jaring.ReminderByHand, "message.no_channel"
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		all, err := tx.FindReminders(id)
		if err != nil || slices.ContainsFunc(all, func(x *store.ReminderRecord) bool { return x.End == made.End && fresh(x, day, Zone(actor.Zone)) }) {
			return err
		}
		_, err = tx.AddReminder(made)
		return err
	})
	if err != nil {
		return nil, err
	}
	if _, err := a.paymentFor(ctx, made.ID, r); err != nil && !IsRule(err) { // by word of mouth a code is needed, too
		return nil, err
	}
	a.Changed()
	return a.lapseOf(ctx, actor, id)
}

// remindable says why a person cannot be reminded on a day.
func (a *App) remindable(r *Record, day jaring.Day) error {
	switch {
	case r.Worker.State != jaring.WorkerActive:
		return jaring.NewError(jaring.Conflict, "worker.closed")
	case r.Worker.PaidTo == 0:
		return jaring.NewError(jaring.Conflict, "reminder.nothing_ends")
	case day > r.Worker.PaidTo.Add(a.Cover.ArrearsMonths).Last():
		return jaring.NewError(jaring.Conflict, "reminder.ended", "date", r.Worker.PaidTo.Last())
	}
	return nil
}

// fresh tells whether a reminder is on its way, or went on that day.
func fresh(r *store.ReminderRecord, day jaring.Day, zone *time.Location) bool {
	switch r.State {
	case jaring.ReminderWaits, jaring.ReminderUnderWay:
		return true
	case jaring.ReminderCalledOff:
		return false
	}
	at := r.DoneAt
	if at.IsZero() {
		at = r.MadeAt
	}
	return jaring.DayIn(at, zone) == day
}

// FindReminders gives what a person was told about the end of cover, the oldest first.
// Errors: worker.not_found, error.forbidden.
func (a *App) FindReminders(ctx context.Context, actor jaring.Actor, id jaring.WorkerID) (out []*Reminder, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		w, err := tx.GetWorker(id)
		if err != nil {
			return err
		}
		if err := reach(actor, jaring.ActGetWorker, w); err != nil {
			return err
		}
		out, err = tx.FindReminders(id)
		for _, r := range out {
			needless(r, w)
		}
		return err
	})
	return out, err
}

// needless shows a reminder that has not gone, about an end that was paid past since, as what it will be when it is
// chosen to be sent: called off.
func needless(r *store.ReminderRecord, w *store.WorkerRecord) {
	if (r.State == jaring.ReminderWaits || r.State == jaring.ReminderByHand) && w.PaidTo.Last() != r.End {
		r.State, r.Why = jaring.ReminderCalledOff, "reminder.paid"
	}
}
