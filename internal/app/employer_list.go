package app

import (
	"bytes"
	"context"
	"slices"
	"strconv"
	"sync"

	"golang.org/x/sync/errgroup"

	"jaring/internal/jaring"
	"jaring/internal/roster"
	"jaring/internal/wire"
)

// hiredAtOnce is how many people of a list are entered at the same time: they share the writer's commits.
const hiredAtOnce = 8

// TypedEmployee is a row that was mended on a screen instead of in the file.
type TypedEmployee struct {
	Row       int
	Cells     map[string]string // by the names of fields as findings have them
	Confirmed []string          // keys of findings that were compared with the KTP
}

// EmployeeList is a list of people whom an employer employs: a file, or rows.
type EmployeeList struct {
	File    []byte // XLSX or CSV
	Rows    []TypedEmployee
	Consent *wire.Consent // of all of them, as the employer holds it; not asked for in a rehearsal
	Dry     bool          // a rehearsal: nobody is entered
}

// ListedEmployee is a row of which something is to be done.
type ListedEmployee struct {
	Row      int
	Name     string
	Cells    map[string]string
	Findings []ListedFinding
}

// ListedFinding is a finding, and the value that it offers.
type ListedFinding struct {
	roster.Finding
	Take    string // the value that may stand there instead, if it is one
	Choices []string
}

// ListedEmployees is what became of a list.
type ListedEmployees struct {
	Rows    int              // people in it
	Ready   int              // may be entered, in a rehearsal
	Entered int              // new in the book
	Known   int              // were in the book before; their record stays one
	Review  int              // entered, and waits for a second look
	Already int              // work there already
	Left    []ListedEmployee // who is not entered, and why
}

// AddEmployees enters the people of a list as an employer's workers, each by the rules of a single one: who can be
// entered is, whatever is wrong with others. Told again with the same id nobody is entered twice. The income of a row
// is the wage a month. Errors: employer.unknown, consent.required, field.required, field.too_many, those of opening a
// spreadsheet (sheet and roster), error.forbidden; what is wrong with rows is in the answer.
func (a *App) AddEmployees(ctx context.Context, actor jaring.Actor, op jaring.OperationID, employer jaring.EmployerID, l EmployeeList) (*ListedEmployees, error) {
	e, err := a.employerFor(ctx, actor, jaring.ActAddEmployee, string(employer))
	switch {
	case err != nil:
		return nil, err
	case len(l.File) == 0 && len(l.Rows) == 0:
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "field.required").At("file")}
	case !l.Dry && l.Consent == nil:
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "consent.required").At("consent")}
	}
	j := roster.NewJudge(roster.Agreement{Employer: true}, a.Areas, Today(actor, a.Now()))
	entries, err := a.judgeEmployees(j, l)
	if err != nil {
		return nil, err
	}
	h := &listing{app: a, actor: actor, op: op, employer: &e.Employer, list: l, out: &ListedEmployees{Rows: len(entries)}}
	return h.out, h.run(ctx, entries)
}

// judgeEmployees reads the rows of a list and judges each.
func (a *App) judgeEmployees(j *roster.Judge, l EmployeeList) (entries []*roster.Entry, err error) {
	keep := func(e *roster.Entry) error {
		if len(entries) == jaring.MaxEmployees {
			return jaring.Errors{jaring.NewError(jaring.Invalid, "field.too_many", "max", jaring.MaxEmployees).At("file")}
		}
		one := *e
		entries = append(entries, &one)
		return nil
	}
	if len(l.Rows) == 0 {
		file, err := a.OpenRoster(bytes.NewReader(l.File), int64(len(l.File)))
		if err != nil {
			return nil, err
		}
		return entries, file.Check(j, func(roster.Finding) error { return nil }, keep)
	}
	for _, t := range l.Rows {
		row, err := roster.TypedRow(t.Row, t.Cells)
		if err != nil {
			return nil, err
		}
		e := j.Judge(row)
		if err := keep(&e); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// listing is a list on its way into the book.
type listing struct {
	app      *App
	actor    jaring.Actor
	op       jaring.OperationID
	employer *jaring.Employer
	list     EmployeeList

	mu  sync.Mutex
	out *ListedEmployees
}

// run enters the rows that can be, several at a time. What breaks on our side ends it: who sends the list again meets
// those who are entered.
func (h *listing) run(ctx context.Context, entries []*roster.Entry) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(hiredAtOnce)
	for _, e := range entries {
		h.confirm(e)
		if e.Verdict == jaring.Reject || slices.ContainsFunc(e.Findings, func(f roster.Finding) bool { return f.Confirm }) {
			h.leave(e)
			continue
		}
		if err := h.priced(e); err != nil {
			h.turnBack(e, err)
			continue
		}
		if h.list.Dry {
			h.out.Ready++
			continue
		}
		group.Go(func() error { return h.enter(ctx, e) })
	}
	err := group.Wait()
	slices.SortFunc(h.out.Left, func(x, y ListedEmployee) int { return x.Row - y.Row })
	return err
}

// confirm takes away what was compared with the KTP.
func (h *listing) confirm(e *roster.Entry) {
	for _, t := range h.list.Rows {
		if t.Row == e.Row {
			roster.Mend{Accepted: t.Confirmed}.Settle(e.Findings)
		}
	}
}

// priced asks the rules whether they know a price for the wage.
func (h *listing) priced(e *roster.Entry) error {
	month := Today(h.actor, h.app.Now()).Month()
	q, err := h.app.wageQuestion(h.employer, *e.Registration.MonthlyIncome, month, 1)
	if err == nil {
		_, err = h.app.Book.Price(q)
	}
	return err
}

// enter enters one person. Whoever works there already is no mistake of the list.
func (h *listing) enter(ctx context.Context, e *roster.Entry) error {
	r := e.Complete(h.app.Now())
	form := EmployeeForm{Wage: *r.MonthlyIncome, Position: r.Occupation, Person: wire.Registration{NIK: r.NIK, Name: r.Name, BirthDate: r.BirthDate, Sex: r.Sex, Occupation: r.Occupation,
		Consent: h.list.Consent, MotherName: r.MotherName, BirthPlace: r.BirthPlace, Phone: r.Phone, Village: r.Village, Address: r.Address}}
	for _, t := range h.list.Rows {
		if t.Row == e.Row {
			form.Person.Confirmed = t.Confirmed
		}
	}
	done, err := h.app.AddEmployee(ctx, h.actor, idBeside(h.op, "row:"+strconv.Itoa(e.Row)), h.employer.ID, form)
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case jaring.KeyOf(err) == "employee.already":
		h.out.Already++
	case err != nil && !IsRule(err):
		return err
	case err != nil:
		h.turnBack(e, err)
	case outcomeOf(done.Outcome) == jaring.Review:
		h.out.Review++
	case done.Known:
		h.out.Known++
	default:
		h.out.Entered++
	}
	return nil
}

// outcomeOf is what the first telling of an operation came to.
func outcomeOf(o jaring.Outcome) jaring.OutcomeKind {
	if o.Kind == jaring.Same {
		return o.First
	}
	return o.Kind
}

// turnBack leaves a row for what a single entry is turned back for. A wage stands in a list as the income.
func (h *listing) turnBack(e *roster.Entry, err error) {
	for _, f := range FindingsOf(err) {
		if f.Field == "wage" {
			f.Field = roster.Income.String()
		}
		e.Hear(roster.Finding{Row: e.Row, Finding: f, Mendable: true})
	}
	h.leave(e)
}

// leave says of a row what there is to say, for whoever mends it.
func (h *listing) leave(e *roster.Entry) {
	left := ListedEmployee{Row: e.Row, Name: e.Source.Who(), Cells: e.Source.Said()}
	for _, f := range e.Findings {
		if f.Verdict == jaring.Pass {
			continue
		}
		found := ListedFinding{Finding: f, Choices: roster.Options(f)}
		if _, text, ok := roster.Offer(e.Source, f); ok {
			found.Take = text
		}
		left.Findings = append(left.Findings, found)
	}
	h.out.Left = append(h.out.Left, left)
}

// EmployeeTemplate tells whether the actor may add people to an employer, for whom an empty list is made. Errors:
// employer.unknown, error.forbidden.
func (a *App) EmployeeTemplate(ctx context.Context, actor jaring.Actor, employer string) (roster.Choices, error) {
	_, err := a.employerFor(ctx, actor, jaring.ActAddEmployee, employer)
	return roster.Choices{Wages: true}, err
}
