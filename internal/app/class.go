package app

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// AddClass plans a class with its quotas, under an id that its sender made. Errors: those
// of jaring.NewClass; office.not_found and place.not_found for what there is not, and
// error.out_of_area for an office that the actor does not reach, each with its field;
// error.forbidden, operation.conflict.
func (a *App) AddClass(ctx context.Context, actor jaring.Actor, id jaring.OperationID, f jaring.Class) (jaring.ClassID, error) {
	if err := actor.May(jaring.ActManageClass, jaring.Scope{}); err != nil {
		return "", err
	}
	f, err := jaring.NewClass(f)
	if err == nil {
		err = a.classFits(ctx, actor, f)
	}
	if err != nil {
		return "", err
	}
	c := &store.ClassRecord{Class: f, ID: jaring.ClassID(id), State: jaring.ClassIsPlanned, Version: 1, AddedAt: a.Now()}
	_, err = a.Once(ctx, actor, id, jaring.ActManageClass, f, func(tx *store.Tx) error {
		if f.Place != "" {
			if _, err := tx.GetPlace(f.Place); err != nil {
				return AtField(err, "place_id")
			}
		}
		if err := a.Tell(tx, actor, string(c.ID), jaring.ClassAdded, jaring.Facts{Other: string(f.Office)}); err != nil {
			return err
		}
		return tx.AddClass(c)
	})
	return c.ID, err
}

// classFits judges whether the offices of a plan are there and within the actor's reach.
func (a *App) classFits(ctx context.Context, actor jaring.Actor, f jaring.Class) error {
	var es jaring.Errors
	look := func(field string, id jaring.OfficeID) error {
		if _, err := a.Office(ctx, id); err != nil {
			return err
		}
		return actor.May(jaring.ActManageClass, jaring.Scope{Office: id})
	}
	fields := map[string]jaring.OfficeID{"office_id": f.Office}
	names := []string{"office_id"}
	for i, q := range f.Quotas {
		name := "quotas/" + strconv.Itoa(i) + "/office_id"
		names, fields[name] = append(names, name), q.Office
	}
	for _, name := range names {
		if err := look(name, fields[name]); err != nil {
			var one *jaring.Error
			if !errors.As(err, &one) || !IsRule(err) {
				return err
			}
			es = append(es, one.At(name))
		}
	}
	return es.OrNil()
}

// AtField blames a field for an error by rule.
func AtField(err error, field string) error {
	var one *jaring.Error
	if errors.As(err, &one) && IsRule(err) {
		return one.At(field)
	}
	return err
}

// ClassCursor is where a page of classes ends.
type classCursor struct {
	From jaring.Day
	ID   jaring.ClassID
}

// FindClasses gives the classes of the offices that the actor reaches and those in which
// these have seats, the latest first, from the one behind cursor. Errors: error.forbidden,
// cursor.malformed.
func (a *App) FindClasses(ctx context.Context, actor jaring.Actor, cursor string) (items []*store.ClassRecord, next string, err error) {
	offices, err := a.OfficesAsked(ctx, actor, jaring.ActManageClass, "")
	if err != nil {
		return nil, "", err
	}
	var after classCursor
	if err := OpenCursor(cursor, &after); err != nil || cursor != "" && !jaring.IsUUID(string(after.ID)) {
		return nil, "", BadCursor()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		items, err = tx.FindClasses(offices, after.From, after.ID, DefaultPage)
		return err
	})
	if err == nil && len(items) == DefaultPage {
		last := items[len(items)-1]
		next = CloseCursor(classCursor{last.From, last.ID})
	}
	for _, c := range items {
		c.State = a.stateOfClass(ctx, c)
	}
	return items, next, err
}

// dayAt is the day of a moment at an office.
func (a *App) dayAt(ctx context.Context, office jaring.OfficeID, at time.Time) jaring.Day {
	zone := ""
	if o, err := a.Office(ctx, office); err == nil {
		zone = o.Zone
	}
	return jaring.DayIn(at, Zone(zone))
}

// dayOfClass is today at the office of a class.
func (a *App) dayOfClass(ctx context.Context, c *store.ClassRecord) jaring.Day {
	return a.dayAt(ctx, c.Office, a.Now())
}

// stateOfClass is where a class stands today at its office.
func (a *App) stateOfClass(ctx context.Context, c *store.ClassRecord) jaring.ClassState {
	return jaring.ClassStateOn(c.State, c.From, a.dayOfClass(ctx, c))
}

// ClassView is a class with its seats.
type ClassView struct {
	*store.ClassRecord
	TakenOf      map[jaring.OfficeID]int // seats by the office whose quota they are of
	SeatList     []*store.SeatRecord     // those that the actor reaches
	Certificates map[jaring.AccountID]*store.CertificateRecord
	Today        jaring.Day // at its office
}

// GetClass gives a class. Whoever reaches its office sees every seat, others those of their
// own offices. Errors: class.not_found, also for one out of reach; error.forbidden.
func (a *App) GetClass(ctx context.Context, actor jaring.Actor, id jaring.ClassID) (*ClassView, error) {
	if err := actor.May(jaring.ActManageClass, jaring.Scope{}); err != nil {
		return nil, err
	}
	v := &ClassView{TakenOf: map[jaring.OfficeID]int{}, Certificates: map[jaring.AccountID]*store.CertificateRecord{}}
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if v.ClassRecord, err = tx.GetClass(id); err != nil {
			return err
		}
		if v.SeatList, err = tx.FindSeats(id); err != nil {
			return err
		}
		certificates, err := tx.FindCertificates(accountsOf(v.SeatList))
		for _, c := range slices.Backward(certificates) {
			if c.Class == id {
				v.Certificates[c.Account] = c
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if !seesClass(actor, v.ClassRecord) {
		return nil, jaring.NewError(jaring.NotFound, "class.not_found")
	}
	for _, s := range v.SeatList {
		v.TakenOf[s.Office]++
	}
	v.SeatList = slices.DeleteFunc(v.SeatList, func(s *store.SeatRecord) bool { return !mayAtSeat(actor, v.ClassRecord, s.Office) })
	v.Today = a.dayOfClass(ctx, v.ClassRecord)
	v.State = jaring.ClassStateOn(v.State, v.From, v.Today)
	return v, nil
}

func accountsOf(seats []*store.SeatRecord) (out []jaring.AccountID) {
	for _, s := range seats {
		if s.Account != "" {
			out = append(out, s.Account)
		}
	}
	return out
}

// seesClass tells whether the actor reaches the office of a class, or one that has seats in it.
func seesClass(actor jaring.Actor, c *store.ClassRecord) bool {
	return slices.ContainsFunc(append([]jaring.Quota{{Office: c.Office}}, c.Quotas...), func(q jaring.Quota) bool {
		return actor.May(jaring.ActManageClass, jaring.Scope{Office: q.Office}) == nil
	})
}

// mayAtSeat tells whether the actor manages the seats of an office in a class: those of the
// own offices, and all where the class is the own office's.
func mayAtSeat(actor jaring.Actor, c *store.ClassRecord, office jaring.OfficeID) bool {
	return actor.May(jaring.ActManageClass, jaring.Scope{Office: c.Office}) == nil || actor.May(jaring.ActManageClass, jaring.Scope{Office: office}) == nil
}

// class reads a class that the actor sees. Errors: class.not_found, error.forbidden,
// error.out_of_area.
func (a *App) class(ctx context.Context, actor jaring.Actor, id jaring.ClassID) (c *store.ClassRecord, err error) {
	if err := actor.May(jaring.ActManageClass, jaring.Scope{}); err != nil {
		return nil, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		c, err = tx.GetClass(id)
		return err
	})
	if err == nil && !seesClass(actor, c) {
		err = jaring.NewError(jaring.Forbidden, "error.out_of_area")
	}
	return c, err
}

// openClass takes a class for an act that changes it: others on the same class wait.
// Errors: class.not_found, class.closed.
func openClass(tx *store.Tx, id jaring.ClassID) (*store.ClassRecord, error) {
	if err := tx.TouchClass(id); err != nil {
		return nil, err
	}
	c, err := tx.GetClass(id)
	if err == nil && c.State == jaring.ClassIsClosed {
		err = jaring.NewError(jaring.Conflict, "class.closed")
	}
	return c, err
}

// CloseClass ends a class: nobody sits down, is scanned or judged any more, and who was not
// judged has failed. Errors: class.not_found, class.closed, class.not_begun,
// error.forbidden, error.out_of_area, operation.conflict.
func (a *App) CloseClass(ctx context.Context, actor jaring.Actor, id jaring.OperationID, class jaring.ClassID) error {
	known, err := a.class(ctx, actor, class)
	if err != nil {
		return err
	}
	if err := actor.May(jaring.ActManageClass, jaring.Scope{Office: known.Office}); err != nil {
		return err
	}
	day := a.dayOfClass(ctx, known)
	_, err = a.Once(ctx, actor, id, jaring.ActManageClass, []any{"close", class}, func(tx *store.Tx) error {
		c, err := openClass(tx, class)
		if err != nil {
			return err
		}
		if jaring.ClassStateOn(c.State, c.From, day) == jaring.ClassIsPlanned {
			return jaring.NewError(jaring.Conflict, "class.not_begun", "date", c.From)
		}
		if err := tx.CloseClass(class); err != nil {
			return err
		}
		return a.Tell(tx, actor, string(class), jaring.ClassClosed, jaring.Facts{})
	})
	return err
}
