package app

import (
	"context"
	"crypto/rand"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/store"
)

// OpenOffices are the kinds of offices that take applications.
var openOffices = []string{"branch", "sub_branch"}

func takesApplications(o *store.OfficeRecord) bool {
	return slices.Contains(openOffices, o.Kind) && o.Closed == 0
}

// FindOpenOffices gives the offices at which anybody may apply, each before those below it.
func (a *App) FindOpenOffices(ctx context.Context) (out []*store.OfficeRecord, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.FindOffices()
		out = nil
		for _, o := range all {
			if takesApplications(o) {
				out = append(out, o)
			}
		}
		return err
	})
	return out, err
}

// AddApplication takes an application from anybody, under an id that its sender made, and
// gives the number that the applicant is told. Errors: those of jaring.NewApplication,
// office.not_found for one that takes none, operation.conflict.
func (a *App) AddApplication(ctx context.Context, id jaring.OperationID, f jaring.Application) (number string, err error) {
	f, err = jaring.NewApplication(f, a.VillageKnown)
	if err != nil {
		return "", err
	}
	office, err := a.Office(ctx, f.Office)
	if err != nil || !takesApplications(office) {
		return "", jaring.Errors{jaring.NewError(jaring.Invalid, "office.not_found").At("office_id")}
	}
	now := a.Now()
	for {
		var chance [8]byte
		_, _ = rand.Read(chance[:])
		p := &store.ApplicationRecord{Application: f, ID: jaring.ApplicationID(id), NameFold: match.FoldName(f.Name), State: jaring.ApplicationIsReceived, AppliedAt: now,
			Number: jaring.ApplicationNo(jaring.DayIn(now, Zone(office.Zone)).Year(), chance)}
		again, err := a.Once(ctx, jaring.Actor{}, id, actApply, f, func(tx *store.Tx) error {
			if err := a.Tell(tx, jaring.Actor{Office: f.Office}, string(p.ID), jaring.ApplicationReceived, jaring.Facts{Other: p.Number}); err != nil {
				return err
			}
			return tx.AddApplication(p)
		})
		switch {
		case jaring.KeyOf(err) == "application.number_taken":
			continue
		case err != nil:
			return "", err
		case again != nil:
			return a.applicationNo(ctx, p.ID)
		}
		return p.Number, nil
	}
}

// actApply names the act of whoever has no account; nobody holds it as a power.
const actApply jaring.Act = "application.receive"

func (a *App) applicationNo(ctx context.Context, id jaring.ApplicationID) (number string, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		p, err := tx.GetApplication(id)
		if err == nil {
			number = p.Number
		}
		return err
	})
	return number, err
}

// ApplicationList is a page of applications with how many there are in each state.
type ApplicationList struct {
	Items  []*store.ApplicationRecord
	Counts map[jaring.ApplicationState]int64
	Next   string // opaque cursor; empty on the last page
}

// FindApplications gives the applications to the offices that the actor reaches, or to one
// of them: who has workers in view first, then who applied first. Errors: error.forbidden,
// error.out_of_area, application.state_unknown, cursor.malformed.
func (a *App) FindApplications(ctx context.Context, actor jaring.Actor, state jaring.ApplicationState, office jaring.OfficeID, cursor string) (*ApplicationList, error) {
	offices, err := a.OfficesAsked(ctx, actor, jaring.ActDecideApplication, office)
	if err != nil {
		return nil, err
	}
	if state != "" && !slices.Contains(jaring.ApplicationStates, state) {
		return nil, jaring.NewError(jaring.Invalid, "application.state_unknown").At("state")
	}
	q := store.ApplicationQuery{Offices: offices, State: state, Limit: MaxPage}
	if err := OpenCursor(cursor, &q.After); err != nil || cursor != "" && !q.After.Known() {
		return nil, BadCursor()
	}
	list := &ApplicationList{}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if list.Items, err = tx.FindApplications(q); err != nil {
			return err
		}
		list.Counts, err = tx.CountApplications(offices)
		return err
	})
	if err == nil && len(list.Items) == MaxPage {
		list.Next = CloseCursor(list.Items[MaxPage-1].Cursor())
	}
	return list, err
}

// OfficesAsked are the offices that the actor reaches, or the one of them that he asks for
// with those below it.
func (a *App) OfficesAsked(ctx context.Context, actor jaring.Actor, act jaring.Act, office jaring.OfficeID) ([]jaring.OfficeID, error) {
	if err := actor.May(act, jaring.Scope{Office: office}); err != nil {
		return nil, err
	}
	if office == "" && actor.Role != jaring.RoleSystem {
		return actor.Offices, nil
	}
	var out []jaring.OfficeID
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if office != "" {
			out, err = tx.OfficeSubtree(office)
			return err
		}
		all, err := tx.FindOffices()
		out = nil
		for _, o := range all {
			out = append(out, o.ID)
		}
		return err
	})
	return out, err
}

// PresentApplicant notes that an applicant came to the office in person. Errors:
// application.not_found, application.presented, error.forbidden, error.out_of_area,
// operation.conflict.
func (a *App) PresentApplicant(ctx context.Context, actor jaring.Actor, id jaring.OperationID, application jaring.ApplicationID) error {
	if _, err := a.applicant(ctx, actor, application); err != nil {
		return err
	}
	at := a.Now()
	_, err := a.Once(ctx, actor, id, jaring.ActDecideApplication, []any{"present", application}, func(tx *store.Tx) error {
		changed, err := tx.PresentApplication(application, at, actor.Account)
		if err == nil && !changed {
			err = jaring.NewError(jaring.Conflict, "application.presented")
		}
		if err != nil {
			return err
		}
		return a.Tell(tx, actor, string(application), jaring.ApplicationPresented, jaring.Facts{})
	})
	return err
}

// applicant reads an application that the actor may decide on. Errors:
// application.not_found, error.forbidden, error.out_of_area.
func (a *App) applicant(ctx context.Context, actor jaring.Actor, id jaring.ApplicationID) (p *store.ApplicationRecord, err error) {
	if err := actor.May(jaring.ActDecideApplication, jaring.Scope{}); err != nil {
		return nil, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		p, err = tx.GetApplication(id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return p, actor.May(jaring.ActDecideApplication, jaring.Scope{Office: p.Office})
}

// DecideApplication accepts an applicant for a class, puts him on the waiting list, or
// turns him down with a reason. Errors: application.not_found, application.not_presented,
// application.decided, application.seated for one who sits in a class, decision.unknown,
// reason.too_short, error.forbidden, error.out_of_area, operation.conflict.
func (a *App) DecideApplication(ctx context.Context, actor jaring.Actor, id jaring.OperationID, application jaring.ApplicationID, to jaring.ApplicationState, why string) error {
	if _, err := a.applicant(ctx, actor, application); err != nil {
		return err
	}
	reason := Trim(why)
	if reason != "" || to == jaring.ApplicationIsRejected {
		var err error
		if reason, err = NeedReason(why); err != nil {
			return err
		}
	}
	at := a.Now()
	_, err := a.Once(ctx, actor, id, jaring.ActDecideApplication, []any{"decide", application, to, reason}, func(tx *store.Tx) error {
		p, err := tx.GetApplication(application)
		if err != nil {
			return err
		}
		if err := p.State.Decide(to); err != nil {
			return err
		}
		changed, err := tx.DecideApplication(application, p.State, to, reason, at, actor.Account)
		if err != nil || !changed {
			return restart(err)
		}
		// Only now, when nobody else can give the applicant a seat.
		if seat, err := tx.OpenSeatOf(application); err != nil || seat != nil {
			return orSeated(err)
		}
		return a.Tell(tx, actor, string(application), jaring.ApplicationDecided, jaring.Facts{Reason: reason, Other: string(to)})
	})
	return err
}

func orSeated(err error) error {
	if err == nil {
		err = jaring.NewError(jaring.Conflict, "application.seated")
	}
	return err
}
