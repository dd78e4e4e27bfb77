package app

import (
	"context"
	"encoding/json"

	"jaring/internal/jaring"
	"jaring/internal/scheme"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// EmployeeForm is a person whom an employer employs, as somebody enters it. The programmes and months of Person are the
// employer's and not read; its income neither: the wage stands for it.
type EmployeeForm struct {
	Person   wire.Registration
	Wage     jaring.Rupiah // a month, or a day when Daily
	Daily    bool
	Position string
	From     jaring.Day // first day of work; 0 for today
}

// Employed is what adding an employee made.
type Employed struct {
	Outcome        jaring.Outcome // accepted, or review: a second look is due
	Worker         jaring.WorkerID
	Membership     jaring.MembershipID
	RegistrationNo jaring.RegistrationNo
	Known          bool // was in the book before, by the NIK
}

// AddEmployee registers a person as a wage worker (PU) of an employer. Somebody who is in the book by the NIK keeps the
// one record, and a membership as BPU stays beside it. Told again it gives the same answer.
// Errors: employer.unknown, those of jaring.NewEmployee and of a price (wage.range); employee.already, employee.differs,
// worker.closed; date.future; error.forbidden, operation.conflict.
func (a *App) AddEmployee(ctx context.Context, actor jaring.Actor, op jaring.OperationID, employer jaring.EmployerID, f EmployeeForm) (*Employed, error) {
	body, err := json.Marshal(wire.Employee{Employer: string(employer), Person: f.Person, Wage: f.Wage, Daily: f.Daily, Position: f.Position, From: f.From})
	if err != nil {
		return nil, jaring.InternalError(err)
	}
	now := a.Now()
	outcomes, err := a.Apply(ctx, actor, []jaring.Operation{{ID: op, Kind: jaring.ActAddEmployee, TakenAt: now, ReceivedAt: now, ClockTrust: true, Body: body}})
	if err != nil {
		return nil, err
	}
	return a.employedBy(ctx, outcomes[0])
}

// employedBy is what became of adding an employee, by its outcome.
func (a *App) employedBy(ctx context.Context, o jaring.Outcome) (*Employed, error) {
	if err := refusedAs(o); err != nil {
		return nil, err
	}
	out := &Employed{Outcome: o, Worker: o.Worker, Membership: o.Membership}
	for _, f := range o.Findings {
		out.Known = out.Known || f.Key == "employee.known"
	}
	numbers, err := a.RegistrationNumbers(ctx, []jaring.Outcome{o})
	out.RegistrationNo = numbers[o.Worker]
	return out, err
}

// hiring is an employee on the way into the book.
type hiring struct {
	*entry
	employer *store.EmployerRecord
	stay     store.EmploymentRecord
}

// prepareEmployee judges, prices, encrypts and compares an employee, as prepareRegister does an own-account worker.
func (a *App) prepareEmployee(ctx context.Context, actor jaring.Actor, op *jaring.Operation, rec *store.OperationRecord) (*plan, error) {
	var body wire.Employee
	if err := wire.Decode(op.Body, &body); err != nil {
		return nil, err
	}
	e, err := a.employerFor(ctx, actor, jaring.ActAddEmployee, body.Employer)
	if err != nil {
		return nil, err
	}
	h := &hiring{entry: &entry{op: op, day: Today(actor, op.TakenAt)}, employer: e}
	quote, err := a.judgeEmployee(h, &body)
	if err != nil {
		return nil, err
	}
	at := actor
	at.Office = e.Office // the record is kept by the employer's office
	if err := a.campaignOf(ctx, actor, h.entry, nil); err != nil {
		return nil, err
	}
	h.swept = nil // no stall was visited
	if err := a.licensed(actor, h.entry); err != nil {
		return nil, err
	}
	if err := a.placeOfEmployee(ctx, h); err != nil {
		return nil, err
	}
	if err := a.fillEntry(ctx, at, h.entry, quote); err != nil {
		return nil, err
	}
	h.fill(actor, a, quote)
	if err := a.compare(ctx, h.entry, body.Person.Confirmed); err != nil {
		return nil, err
	}
	a.finishEntry(h.entry, at)
	rec.Outcome = h.outcome()
	return &plan{record: rec, claim: &h.claim, run: func(tx *store.Tx, taken bool) (jaring.Outcome, error) {
		if taken {
			return a.hireKnown(tx, actor, h)
		}
		return rec.Outcome, a.hireNew(tx, actor, h)
	}}, nil
}

// judgeEmployee judges the person and prices the first month: all that is wrong with it at once.
func (a *App) judgeEmployee(h *hiring, body *wire.Employee) (scheme.Quote, error) {
	e, person := &h.employer.Employer, body.Person
	if body.From == 0 {
		body.From = h.day
	}
	var errs jaring.Errors
	if body.From > h.day {
		errs = append(errs, jaring.NewError(jaring.Invalid, "date.future").At("from"))
	}
	month, wage := h.day.Month(), body.Wage
	if body.Daily && wage > 0 {
		monthly, err := a.Book.MonthlyWage(month, wage)
		if err != nil {
			return scheme.Quote{}, AtField(err, "wage")
		}
		wage = monthly
	}
	ps, _, err := a.EmployerPrograms(e, month)
	if err != nil {
		return scheme.Quote{}, err
	}
	person.Programs = nil
	for _, p := range ps {
		person.Programs = append(person.Programs, string(p))
	}
	income := max(wage, 1) // what is wrong with the wage, its price says
	person.MonthlyIncome, person.LowestBand, person.Kind = &income, false, ""
	h.person, err = jaring.NewEmployee(person.Domain(), h.day, a.AreaKnown, a.VillageKnown)
	q, priceErr := a.wageQuestion(e, wage, month, 1)
	if priceErr != nil {
		return scheme.Quote{}, priceErr
	}
	quote, priceErr := a.Book.Price(q)
	h.stay = store.EmploymentRecord{Employment: jaring.Employment{Employer: e.ID, Wage: wage, Position: Trim(body.Position), From: body.From}}
	if len(h.stay.Position) > maxReference {
		errs = append(errs, jaring.NewError(jaring.Invalid, "field.too_long", "max", maxReference).At("position"))
	}
	return quote, JoinFindings(err, priceErr, errs.OrNil())
}

// placeOfEmployee counts the person where he or she lives, else where the employer is.
func (a *App) placeOfEmployee(ctx context.Context, h *hiring) (err error) {
	w := &h.person.Worker
	if w.Area = w.Village; w.Area == "" {
		w.Area = h.employer.Area
	}
	h.offices, err = a.offices.path(ctx, h.employer.Office, a.Now())
	return err
}

// fill makes of the rows of a registration those of a wage worker: nothing is asked of the person.
func (h *hiring) fill(actor jaring.Actor, a *App, quote scheme.Quote) {
	m := &h.membership
	m.Segment, m.Funding, m.Quote.Version = jaring.PU, jaring.FundingSelf, quote.Version
	m.Quote.Due, _ = a.Book.DueDate(jaring.PU, m.FirstMonth)
	h.stay.Worker, h.stay.Membership, h.stay.MadeBy, h.stay.MadeAt = h.worker.ID, m.ID, actor.Account, m.RegisteredAt
}

func (h *hiring) outcome() jaring.Outcome {
	o := h.entry.outcome()
	o.Made.(*Registered).Payment = nil // the employer pays
	return o
}

// hireNew writes the rows of a person who was not in the book.
func (a *App) hireNew(tx *store.Tx, actor jaring.Actor, h *hiring) error {
	if err := tx.AddWorker(&h.worker); err != nil {
		return err
	}
	if err := tx.AddMembership(&h.membership); err != nil {
		return err
	}
	if err := tx.AddCapture(h.worker.ID, h.op.ID, h.capture); err != nil {
		return err
	}
	if h.review != nil {
		if err := tx.AddReview(h.review); err != nil {
			return err
		}
	}
	event := h.event
	if err := tx.AddFirstEvent(&event); err != nil {
		return err
	}
	return a.keepStay(tx, actor, h.employer, h.stay)
}

func (a *App) keepStay(tx *store.Tx, actor jaring.Actor, e *store.EmployerRecord, stay store.EmploymentRecord) error {
	if err := tx.AddEmployment(&stay); err != nil {
		return err
	}
	return a.tellOfEmployer(tx, actor, e, jaring.EmployeeAdded, jaring.Facts{Other: string(stay.Worker), Membership: stay.Membership, Campaign: e.Source.Campaign})
}

// hireKnown gives somebody who is in the book a membership as a wage worker beside what he or she has.
func (a *App) hireKnown(tx *store.Tx, actor jaring.Actor, h *hiring) (jaring.Outcome, error) {
	owner, err := tx.NIKOwner(h.claim.Hashes)
	if err != nil {
		return jaring.Outcome{}, err
	}
	if owner == "" { // who had it has just let it go
		return jaring.Outcome{}, store.ErrRestart
	}
	r, err := LoadRecord(tx, owner)
	if err != nil {
		return jaring.Outcome{}, err
	}
	stays, err := tx.EmploymentsOf(owner)
	if err != nil {
		return jaring.Outcome{}, err
	}
	if why := h.hinders(r, stays); why != nil {
		return a.tellTaken(tx, actor, h.entry, owner, *why)
	}
	out, err := a.employ(tx, actor, h, r)
	if err != nil {
		return out, err
	}
	return out, tx.SetOutcome(out)
}

// hinders is why a known person cannot become the employer's worker; nil when nothing does.
func (h *hiring) hinders(r *Record, stays []*store.EmploymentRecord) *jaring.Finding {
	if r.Worker.State != jaring.WorkerActive {
		return &jaring.Finding{Verdict: jaring.Reject, Key: "worker.closed", Field: "nik"}
	}
	if h.unlicensed != nil { // nobody can look a second time at who is in the book
		return &jaring.Finding{Verdict: jaring.Reject, Key: h.unlicensed.Key, Args: h.unlicensed.Args}
	}
	if field := h.differsFrom(r.Worker); field != "" {
		return &jaring.Finding{Verdict: jaring.Reject, Key: "employee.differs", Field: field}
	}
	for _, s := range stays {
		if s.Employer == h.employer.ID && s.To == 0 {
			return &jaring.Finding{Verdict: jaring.Reject, Key: "employee.already", Field: "nik", Args: jaring.Args{"day": s.From}}
		}
	}
	return nil
}

// employ writes the rows of a person who is in the book, and where he or she stands now.
func (a *App) employ(tx *store.Tx, actor jaring.Actor, h *hiring, r *Record) (out jaring.Outcome, err error) {
	key, err := a.Vault.OpenPerson(r.Worker.ID, r.Worker.PersonKey, r.Worker.PersonKeyID)
	if err != nil {
		return out, err
	}
	capture, err := key.Seal(h.op.Body, PurposeCapture)
	if err != nil {
		return out, err
	}
	m, stay := h.membership, h.stay
	m.Worker, stay.Worker, m.State = r.Worker.ID, r.Worker.ID, jaring.StateRegistered
	if err := tx.AddMembership(&m); err != nil {
		return out, err
	}
	if err := tx.AddCapture(r.Worker.ID, h.op.ID, capture); err != nil {
		return out, err
	}
	if err := a.keepStay(tx, actor, h.employer, stay); err != nil {
		return out, err
	}
	was := *r
	r.All = append(r.All[:len(r.All):len(r.All)], &m)
	r.Membership = Present(r.All)
	findings := []jaring.Finding{{Verdict: jaring.Warn, Key: "employee.known", Field: "nik"}}
	out = jaring.Outcome{Operation: h.op.ID, Kind: jaring.Accepted, Worker: r.Worker.ID, Membership: m.ID, Findings: findings}
	return out, a.tellEmployed(tx, actor, r, &was, jaring.WorkerEmployed, func(f *jaring.Facts) { f.Other = string(h.employer.ID) })
}

// tellEmployed puts a person whose memberships changed to where they lead, and tells of it. was is the person as
// counted until now.
func (a *App) tellEmployed(tx *store.Tx, actor jaring.Actor, r, was *Record, kind jaring.EventKind, tell func(*jaring.Facts)) error {
	path, err := a.offices.path(context.Background(), r.Worker.Office, a.Now())
	if err != nil {
		return err
	}
	stood, before := r.Worker.Standing, a.FactsOf(was.Worker, was.Membership, path)
	if err := a.Stand(tx, r, jaring.DayIn(a.Now(), Zone(""))); err != nil {
		return err
	}
	return a.Alter(tx, actor, r, stood, kind, func(f *jaring.Facts) {
		if was.Membership.ID != r.Membership.ID {
			f.Before, f.Was, f.Is = &before, stood, r.Worker.Standing
		}
		tell(f)
	})
}
