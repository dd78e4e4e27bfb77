package outreach

import (
	"context"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/store"
)

// CaseRow is a case as lists show it.
type CaseRow struct {
	*store.ServiceCaseRecord
	OwnerName string
	Due       jaring.CaseDue
	Hidden    bool // there is a name, a phone or words, for those who serve
}

// CaseFilter asks for cases of a desk.
type CaseFilter struct {
	Closed bool
	Due    bool // to come back to today or before
	Mine   bool
	Topic  jaring.ServiceTopic
	Name   string // a part of it; only those who serve search by it
	Cursor string
}

// CaseList is a page of cases, with what there is in all.
type CaseList struct {
	Rows   []*CaseRow
	Counts store.CaseCount
	Next   string
}

// CaseView is the page of a case.
type CaseView struct {
	CaseRow
	Desk         *Service
	Notes        []CaseNote // the newest first
	WorkerName   string
	EmployerName string
	PartnerName  string
	MayServe     bool
}

// CaseNote is a line of what was done about a case.
type CaseNote struct {
	jaring.CaseNote
	ByName string
}

// OpenServiceCase notes what somebody brought to a desk. Errors: those of jaring.NewServiceCase;
// service.closed_desk, service.unknown, error.forbidden, operation.conflict.
func (o *Outreach) OpenServiceCase(ctx context.Context, actor jaring.Actor, op jaring.OperationID, desk jaring.ServiceID, c jaring.ServiceCase) (jaring.ServiceCaseID, error) {
	s, err := o.serviceFor(ctx, actor, jaring.ActServe, desk)
	if err != nil {
		return "", err
	}
	said := []any{"case", desk, c}
	today := o.dayAt(ctx, s.Office)
	if c, err = jaring.NewServiceCase(c, &s.ServiceDesk, today); err != nil {
		return "", err
	}
	if s.Closed {
		return "", jaring.NewError(jaring.Conflict, "service.closed_desk")
	}
	c.Desk, c.ID, c.Year, c.Owner, c.OpenedAt = desk, jaring.ServiceCaseID(op), today.Year(), actor.Account, o.Now()
	_, err = o.Once(ctx, actor, op, jaring.ActServe, said, func(tx *store.Tx) error {
		first, err := tx.TakeNumbers("service-case-"+string(desk), c.Year, 1)
		if err != nil {
			return err
		}
		c.No = int(first) + 1
		if err := tx.AddServiceCase(&store.ServiceCaseRecord{ServiceCase: c, NameFold: match.FoldName(c.Name)}); err != nil {
			return err
		}
		return o.noteCase(tx, actor, op, s, &c, jaring.ServiceCaseOpened, string(jaring.CaseIsOpen), "")
	})
	return c.ID, err
}

// noteCase writes a line of what was done about a case, and tells it without words.
func (o *Outreach) noteCase(tx *store.Tx, actor jaring.Actor, op jaring.OperationID, s *Service, c *jaring.ServiceCase, kind jaring.EventKind, act, text string) error {
	n := &jaring.CaseNote{ID: string(op), By: actor.Account, At: o.Now(), Act: act, Text: text}
	if err := tx.AddCaseNote(s.ID, c.ID, n); err != nil {
		return err
	}
	actor.Office = s.Office
	return o.Tell(tx, actor, string(c.ID), kind, jaring.Facts{Other: string(s.ID), Fields: []string{act}})
}

// onCase does one act on a case, once: change alters it as it is inside the writer.
func (o *Outreach) onCase(ctx context.Context, actor jaring.Actor, op jaring.OperationID, desk jaring.ServiceID, id jaring.ServiceCaseID, kind jaring.EventKind, note string, said []any,
	change func(*store.ServiceCaseRecord, jaring.Day) (act string, err error)) error {
	s, err := o.serviceFor(ctx, actor, jaring.ActServe, desk)
	if err != nil {
		return err
	}
	if !jaring.IsUUID(string(id)) {
		return jaring.NewError(jaring.NotFound, "service.case_unknown")
	}
	today := o.dayAt(ctx, s.Office)
	_, err = o.Once(ctx, actor, op, jaring.ActServe, append(said, desk, id, kind, note), func(tx *store.Tx) error {
		c, err := tx.GetServiceCase(desk, id)
		if err != nil {
			return err
		}
		act, err := change(c, today)
		if err == nil && !c.ErasedAt.IsZero() {
			err = jaring.NewError(jaring.Conflict, "service.erased")
		}
		if err == nil {
			note, err = jaring.NewCaseNote(note, act == "note")
		}
		if err == nil {
			err = tx.UpdateServiceCase(c)
		}
		if err != nil {
			return err
		}
		return o.noteCase(tx, actor, op, s, &c.ServiceCase, kind, act, note)
	})
	return err
}

// MoveServiceCase says where a case stands now. Errors: those of jaring.ServiceCase.Move; service.unknown,
// service.case_unknown, error.forbidden, operation.conflict.
func (o *Outreach) MoveServiceCase(ctx context.Context, actor jaring.Actor, op jaring.OperationID, desk jaring.ServiceID, id jaring.ServiceCaseID, step jaring.CaseStep) error {
	return o.onCase(ctx, actor, op, desk, id, jaring.ServiceCaseMoved, step.Note, []any{step}, func(c *store.ServiceCaseRecord, today jaring.Day) (string, error) {
		return string(step.To), c.Move(step, today, o.Now())
	})
}

// NoteServiceCase writes what was done or said. Errors: field.required, field.too_long, service.erased,
// service.unknown, service.case_unknown, error.forbidden, operation.conflict.
func (o *Outreach) NoteServiceCase(ctx context.Context, actor jaring.Actor, op jaring.OperationID, desk jaring.ServiceID, id jaring.ServiceCaseID, text string) error {
	return o.onCase(ctx, actor, op, desk, id, jaring.ServiceCaseNoted, text, nil, func(*store.ServiceCaseRecord, jaring.Day) (string, error) { return "note", nil })
}

// TakeServiceCase lets the actor go on with a case. Errors: service.is_closed, service.erased, service.unknown,
// service.case_unknown, error.forbidden, operation.conflict.
func (o *Outreach) TakeServiceCase(ctx context.Context, actor jaring.Actor, op jaring.OperationID, desk jaring.ServiceID, id jaring.ServiceCaseID) error {
	return o.onCase(ctx, actor, op, desk, id, jaring.ServiceCaseTaken, "", nil, func(c *store.ServiceCaseRecord, _ jaring.Day) (string, error) {
		c.Owner = actor.Account
		return "taken", notClosed(c)
	})
}

func notClosed(c *store.ServiceCaseRecord) error {
	if c.State == jaring.CaseIsClosed {
		return jaring.NewError(jaring.Conflict, "service.is_closed")
	}
	return nil
}

// LinkServiceCase says whom in the book a case is about: a worker, an employer or both; an empty one stays as it is.
// Errors: field.required, worker.not_found, employer.unknown, service.is_closed, service.erased, service.unknown,
// service.case_unknown, error.forbidden, operation.conflict.
func (o *Outreach) LinkServiceCase(ctx context.Context, actor jaring.Actor, op jaring.OperationID, desk jaring.ServiceID, id jaring.ServiceCaseID, worker jaring.WorkerID, employer jaring.EmployerID) error {
	if _, err := o.serviceFor(ctx, actor, jaring.ActServe, desk); err != nil {
		return err
	}
	if worker == "" && employer == "" {
		return jaring.Errors{jaring.NewError(jaring.Invalid, "field.required").At("employer_id")}
	}
	if worker != "" {
		if _, err := o.GetWorker(ctx, actor, worker); err != nil {
			return err
		}
	}
	if employer != "" {
		if _, err := o.GetEmployer(ctx, actor, string(employer)); err != nil {
			return err
		}
	}
	return o.onCase(ctx, actor, op, desk, id, jaring.ServiceCaseLinked, "", []any{worker, employer}, func(c *store.ServiceCaseRecord, _ jaring.Day) (string, error) {
		if worker != "" {
			c.Worker = worker
		}
		if employer != "" {
			c.Employer = employer
		}
		return "linked", notClosed(c)
	})
}

// ReferServiceCase hands a case to a partner, with words that go with it. Errors: partner.unknown, field.too_long,
// service.is_closed, service.erased, service.unknown, service.case_unknown, error.forbidden, operation.conflict.
func (o *Outreach) ReferServiceCase(ctx context.Context, actor jaring.Actor, op jaring.OperationID, desk jaring.ServiceID, id jaring.ServiceCaseID, partner jaring.PartnerID, text string) error {
	if _, err := o.serviceFor(ctx, actor, jaring.ActServe, desk); err != nil {
		return err
	}
	if _, err := o.partnerFor(ctx, actor, jaring.ActFindPartner, partner); err != nil {
		return err
	}
	return o.onCase(ctx, actor, op, desk, id, jaring.ServiceCaseReferred, text, []any{partner}, func(c *store.ServiceCaseRecord, _ jaring.Day) (string, error) {
		c.Partner = partner
		return "referred", notClosed(c)
	})
}

// FindServiceCases gives cases of a desk: those that are not closed by the day to come back, closed ones newest
// first. Errors: service.unknown, error.forbidden, cursor.malformed.
func (o *Outreach) FindServiceCases(ctx context.Context, actor jaring.Actor, desk jaring.ServiceID, f CaseFilter) (*CaseList, error) {
	s, err := o.serviceFor(ctx, actor, jaring.ActFindService, desk)
	if err != nil {
		return nil, err
	}
	serves := actor.May(jaring.ActServe, jaring.Scope{Office: s.Office}) == nil
	today := o.dayAt(ctx, s.Office)
	q := store.CaseQuery{Desk: desk, Closed: f.Closed, Topic: f.Topic, Limit: page}
	if f.Due {
		q.Due = today
	}
	if f.Mine {
		q.Owner = actor.Account
	}
	if serves {
		q.Name = match.FoldName(f.Name)
	}
	if err := app.OpenCursor(f.Cursor, &q.After); err != nil || q.After.ID != "" && !jaring.IsUUID(string(q.After.ID)) {
		return nil, badCursor()
	}
	list := &CaseList{}
	var found []*store.ServiceCaseRecord
	if err := o.DB.Read(ctx, func(tx *store.Tx) error {
		if found, err = tx.FindServiceCases(q); err != nil {
			return err
		}
		list.Counts, err = tx.CountServiceCases(desk, today)
		return err
	}); err != nil {
		return nil, err
	}
	for _, c := range found {
		row := o.caseRow(ctx, c, today, serves)
		list.Rows = append(list.Rows, &row)
	}
	if len(found) == page {
		list.Next = app.CloseCursor(store.CursorOfCase(found[page-1]))
	}
	return list, nil
}

// caseRow shows a case; whoever does not serve is told neither whose it is nor what was said.
func (o *Outreach) caseRow(ctx context.Context, c *store.ServiceCaseRecord, today jaring.Day, serves bool) CaseRow {
	row := CaseRow{ServiceCaseRecord: c, OwnerName: o.AccountName(ctx, c.Owner), Due: c.Due(today)}
	if !serves {
		row.Hidden = c.ErasedAt.IsZero()
		row.Name, row.Phone, row.About, row.Worker = "", "", "", ""
	}
	return row
}

// GetServiceCase gives the page of a case. Errors: service.unknown, service.case_unknown, error.forbidden.
func (o *Outreach) GetServiceCase(ctx context.Context, actor jaring.Actor, desk jaring.ServiceID, id jaring.ServiceCaseID) (*CaseView, error) {
	s, err := o.serviceFor(ctx, actor, jaring.ActFindService, desk)
	if err != nil {
		return nil, err
	}
	if !jaring.IsUUID(string(id)) {
		return nil, jaring.NewError(jaring.NotFound, "service.case_unknown")
	}
	v := &CaseView{Desk: s, MayServe: actor.May(jaring.ActServe, jaring.Scope{Office: s.Office}) == nil}
	var notes []jaring.CaseNote
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		c, err := tx.GetServiceCase(desk, id)
		if err != nil {
			return err
		}
		v.CaseRow = o.caseRow(ctx, c, o.dayAt(ctx, s.Office), v.MayServe)
		if notes, err = tx.FindCaseNotes(desk, id); err != nil {
			return err
		}
		return v.names(tx)
	})
	for _, n := range notes {
		if !v.MayServe {
			n.Text = ""
		}
		v.Notes = append(v.Notes, CaseNote{n, o.AccountName(ctx, n.By)})
	}
	return v, err
}

// names finds what the case is linked to.
func (v *CaseView) names(tx *store.Tx) (err error) {
	if v.Worker != "" {
		w, err := tx.GetWorker(v.Worker)
		if err != nil {
			return err
		}
		v.WorkerName = w.Name
	}
	if v.Employer != "" {
		e, err := tx.GetEmployer(string(v.Employer))
		if err != nil {
			return err
		}
		v.EmployerName = e.Name
	}
	v.PartnerName, err = partnerName(tx, v.Partner)
	return err
}
