package app

import (
	"context"
	"crypto/rand"
	"strconv"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// TakeSeat gives an accepted applicant a seat of an office's quota. Of two who ask for the
// last one, one gets it. Errors: class.not_found, class.closed, class.no_quota, class.full
// with how many seats there are, application.not_found, application.not_accepted,
// class.seated for one who sits in a class that is not closed, error.forbidden,
// error.out_of_area, operation.conflict.
func (a *App) TakeSeat(ctx context.Context, actor jaring.Actor, id jaring.OperationID, class jaring.ClassID, application jaring.ApplicationID, office jaring.OfficeID) error {
	c, err := a.class(ctx, actor, class)
	if err != nil {
		return err
	}
	p, err := a.applicant(ctx, actor, application)
	if err != nil {
		return AtField(err, "application_id")
	}
	if office == "" {
		office = p.Office
	}
	if !mayAtSeat(actor, c, office) {
		return jaring.NewError(jaring.Forbidden, "error.out_of_area")
	}
	var chance [13]byte
	_, _ = rand.Read(chance[:])
	s := &store.SeatRecord{Class: class, Application: application, Office: office, Badge: jaring.Badge(chance), SeatedAt: a.Now()}
	_, err = a.Once(ctx, actor, id, jaring.ActManageClass, []any{"seat", class, application, office}, func(tx *store.Tx) error {
		c, err := openClass(tx, class)
		if err != nil {
			return err
		}
		if err := mayBeSeated(tx, c, s); err != nil {
			return err
		}
		if err := tx.AddSeat(s); err != nil {
			return err
		}
		return a.Tell(tx, actor, string(class), jaring.SeatTaken, jaring.Facts{Other: string(application), Offices: []jaring.OfficeID{office}})
	})
	return err
}

// mayBeSeated decides whether there is a seat for somebody who may have it.
func mayBeSeated(tx *store.Tx, c *store.ClassRecord, s *store.SeatRecord) error {
	accepted, err := tx.HoldApplication(s.Application, jaring.ApplicationIsAccepted)
	if err == nil && !accepted {
		err = jaring.NewError(jaring.Conflict, "application.not_accepted")
	}
	if err != nil {
		return err
	}
	if seat, err := tx.OpenSeatOf(s.Application); err != nil || seat != nil {
		if err == nil {
			err = jaring.NewError(jaring.Conflict, "class.seated")
		}
		return err
	}
	taken, err := tx.CountSeats(c.ID)
	if err != nil {
		return err
	}
	for _, q := range c.Quotas {
		if q.Office != s.Office {
			continue
		}
		if taken[q.Office] >= q.Seats {
			return jaring.NewError(jaring.Conflict, "class.full", "n", q.Seats)
		}
		return nil
	}
	return jaring.NewError(jaring.Conflict, "class.no_quota")
}

// LeaveSeat frees a seat on which nobody was seen yet. A seat that is free is no error.
// Errors: class.not_found, class.closed, class.attended, error.forbidden, error.out_of_area.
func (a *App) LeaveSeat(ctx context.Context, actor jaring.Actor, class jaring.ClassID, application jaring.ApplicationID) error {
	if _, err := a.class(ctx, actor, class); err != nil {
		return err
	}
	err := a.DB.Write(ctx, func(tx *store.Tx) error {
		c, err := openClass(tx, class)
		if err != nil {
			return err
		}
		s, err := seatOf(tx, class, application)
		switch {
		case err != nil || s == nil:
			return err
		case !mayAtSeat(actor, c, s.Office):
			return jaring.NewError(jaring.Forbidden, "error.out_of_area")
		case len(s.Attended) > 0:
			return jaring.NewError(jaring.Conflict, "class.attended")
		}
		if _, err := tx.DropSeat(class, application); err != nil {
			return err
		}
		return a.Tell(tx, actor, string(class), jaring.SeatLeft, jaring.Facts{Other: string(application), Offices: []jaring.OfficeID{s.Office}})
	})
	if err == nil {
		a.Changed()
	}
	return err
}

// seatOf gives somebody's seat in a class; nil when there is none.
func seatOf(tx *store.Tx, class jaring.ClassID, application jaring.ApplicationID) (*store.SeatRecord, error) {
	seats, err := tx.FindSeats(class)
	for _, s := range seats {
		if s.Application == application {
			return s, err
		}
	}
	return nil, err
}

// Attended is what a scan of a badge says.
type Attended struct {
	Name  string
	Day   jaring.Day
	At    time.Time // when he was first seen that day
	Again bool      // he was seen before
}

// Attend notes by the badge of a seat that somebody is in class today. Errors:
// class.not_found, class.closed, class.badge_unknown, class.badge_elsewhere,
// class.no_lesson on a day that is none of the class, error.forbidden, error.out_of_area,
// operation.conflict.
func (a *App) Attend(ctx context.Context, actor jaring.Actor, id jaring.OperationID, class jaring.ClassID, badge string) (*Attended, error) {
	c, err := a.class(ctx, actor, class)
	if err != nil {
		return nil, err
	}
	if badge, err = jaring.ParseBadge(badge); err != nil {
		return nil, err
	}
	now := a.Now()
	out := &Attended{Day: a.dayAt(ctx, c.Office, now)}
	first, err := a.Once(ctx, actor, id, jaring.ActManageClass, []any{"attend", class, badge}, func(tx *store.Tx) error {
		c, err := openClass(tx, class)
		if err != nil {
			return err
		}
		return a.attend(tx, actor, c, badge, now, out)
	})
	if err != nil || first == nil {
		return out, err
	}
	// Told again: the day is that of the first time.
	out = &Attended{Day: a.dayAt(ctx, c.Office, first.ReceivedAt)}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		s, err := tx.GetSeatOfBadge(badge)
		if err == nil {
			s, err = seatOf(tx, s.Class, s.Application)
		}
		if s != nil {
			out.seen(s)
			out.Again = !out.At.Equal(first.ReceivedAt)
		}
		return err
	})
	return out, err
}

// seen fills in when somebody was first seen on the day.
func (o *Attended) seen(s *store.SeatRecord) {
	o.Name = s.Name
	for _, at := range s.Attended {
		if at.Day == o.Day {
			o.At, o.Again = at.At, true
		}
	}
}

func (a *App) attend(tx *store.Tx, actor jaring.Actor, c *store.ClassRecord, badge string, now time.Time, out *Attended) error {
	s, err := tx.GetSeatOfBadge(badge)
	switch {
	case err != nil:
		return err
	case s.Class != c.ID:
		return jaring.NewError(jaring.Conflict, "class.badge_elsewhere")
	case !mayAtSeat(actor, c, s.Office):
		return jaring.NewError(jaring.Forbidden, "error.out_of_area")
	case out.Day < c.From || out.Day > c.To:
		return jaring.NewError(jaring.Conflict, "class.no_lesson", "from", c.From, "to", c.To)
	}
	if s, err = seatOf(tx, c.ID, s.Application); err != nil {
		return err
	}
	if *out = (Attended{Day: out.Day}); s == nil {
		return store.ErrRestart // the seat was freed between two readings
	}
	if out.seen(s); out.Again {
		return nil
	}
	out.At = now
	seen := store.AttendanceRecord{Application: s.Application, Day: out.Day, At: now, By: actor.Account}
	if err := tx.Attend(c.ID, seen); err != nil {
		return err
	}
	s.Attended = append(s.Attended, seen)
	if s.TestScore >= 0 {
		s.Result = jaring.ClassResult(c.Days(), s.Days(), s.TestScore, c.PassMark, s.Practice)
		if err := tx.JudgeSeat(s); err != nil {
			return err
		}
	}
	return a.Tell(tx, actor, string(c.ID), jaring.Attended, jaring.Facts{Other: string(s.Application), Fields: []string{out.Day.String()}})
}

// JudgeClass keeps what the trainers say of people in a class; who has passed is found by
// rule. It may be told anew until the class is closed. Errors: those of jaring.NewJudged;
// class.not_seated with its field, class.not_found, class.closed, class.not_begun,
// error.forbidden, error.out_of_area, operation.conflict.
func (a *App) JudgeClass(ctx context.Context, actor jaring.Actor, id jaring.OperationID, class jaring.ClassID, items []jaring.Judged) error {
	known, err := a.class(ctx, actor, class)
	if err != nil {
		return err
	}
	if items, err = jaring.NewJudged(items); err != nil {
		return err
	}
	day := a.dayOfClass(ctx, known)
	_, err = a.Once(ctx, actor, id, jaring.ActManageClass, []any{"judge", class, items}, func(tx *store.Tx) error {
		c, err := openClass(tx, class)
		if err != nil {
			return err
		}
		if jaring.ClassStateOn(c.State, c.From, day) == jaring.ClassIsPlanned {
			return jaring.NewError(jaring.Conflict, "class.not_begun", "date", c.From)
		}
		if err := judgeSeats(tx, actor, c, items); err != nil {
			return err
		}
		return a.Tell(tx, actor, string(class), jaring.ClassJudged, jaring.Facts{Fields: judgedIDs(items)})
	})
	return err
}

func judgedIDs(items []jaring.Judged) (ids []string) {
	for _, it := range items {
		ids = append(ids, string(it.Application))
	}
	return ids
}

func judgeSeats(tx *store.Tx, actor jaring.Actor, c *store.ClassRecord, items []jaring.Judged) error {
	seats, err := tx.FindSeats(c.ID)
	if err != nil {
		return err
	}
	byID := make(map[jaring.ApplicationID]*store.SeatRecord, len(seats))
	for _, s := range seats {
		byID[s.Application] = s
	}
	var es jaring.Errors
	for i, it := range items {
		s, at := byID[it.Application], "items/"+strconv.Itoa(i)+"/application_id"
		switch {
		case s == nil:
			es = append(es, jaring.NewError(jaring.Invalid, "class.not_seated").At(at))
			continue
		case !mayAtSeat(actor, c, s.Office):
			es = append(es, jaring.NewError(jaring.Invalid, "error.out_of_area").At(at))
			continue
		}
		s.TestScore, s.Practice, s.Note = it.TestScore, it.Practice, it.Note
		s.Result = jaring.ClassResult(c.Days(), s.Days(), s.TestScore, c.PassMark, s.Practice)
		if err := tx.JudgeSeat(s); err != nil {
			return err
		}
	}
	return es.OrNil()
}
