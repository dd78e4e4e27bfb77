package app

import (
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/scheme"
	"jaring/internal/store"
)

// employerKind is the word by which codes of employers' bills are kept.
const employerKind = "employer"

// PricePart is what one programme of a line costs, with its rule.
type PricePart struct {
	Program  jaring.Program `json:"program"`
	Base     jaring.Rupiah  `json:"base"`
	Employer jaring.Rupiah  `json:"employer"`
	Employee jaring.Rupiah  `json:"employee"`
	Article  string         `json:"article"`
	Source   string         `json:"source"`
}

// EmployerBill is a bill with its lines by name.
type EmployerBill struct {
	*store.EmployerBill
	Lines []EmployerLine
	Left  []SkippedMember // who is not in it
}

// EmployerLine is a line of a bill.
type EmployerLine struct {
	store.EmployerLine
	Name  string
	Parts []PricePart
}

// ToPay is what the bill asks for, the penalty by now included.
func (b *EmployerBill) ToPay() jaring.Rupiah { return b.Amount + b.Penalty }

// wageDraft is a bill that is being made.
type wageDraft struct {
	employer *store.EmployerRecord
	known    []*store.EmployerBill // that were there when it was made
	bill     *store.EmployerBill
	lines    []store.EmployerLine
}

// BillEmployer bills a month: each worker's contribution by the wage and the rules of that month, and what was told
// late of the months before it – a wage, a hire, somebody who left – as the difference to what was billed. The debt is
// in the ledger from now on. Its id is the operation's. Errors: employer.unknown, employer.month, employer.nothing_due,
// field.too_many, error.forbidden, operation.conflict.
func (a *App) BillEmployer(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id string, month jaring.Month) (*EmployerBill, error) {
	var d *wageDraft
	_, err := a.Fresh(ctx, actor, op, jaring.ActManageEmployer, []any{"bill", id, month}, func() (err error) {
		d, err = a.draftWages(ctx, actor, op, id, month)
		return err
	}, func(tx *store.Tx) error { return a.applyWages(tx, actor, d) })
	if err != nil {
		return nil, err
	}
	return a.GetEmployerBill(ctx, actor, id, string(op))
}

func (a *App) draftWages(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id string, month jaring.Month) (*wageDraft, error) {
	e, err := a.employerFor(ctx, actor, jaring.ActManageEmployer, id)
	if err != nil {
		return nil, err
	}
	day := Today(actor, a.Now())
	if first := jaring.DayIn(e.RegisteredAt, Zone("")).Month(); month < first || month > day.Month() {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "employer.month", "from", first, "to", day.Month()).At("month")}
	}
	d := &wageDraft{employer: e, bill: &store.EmployerBill{Employer: e.ID, ID: string(op), Month: month, State: "waiting", MadeBy: actor.Account, MadeAt: a.Now()}}
	b, err := a.wageBook(ctx, d)
	if err != nil {
		return nil, err
	}
	if err := b.draft(d); err != nil {
		return nil, err
	}
	switch {
	case len(d.lines) > jaring.MaxEmployees:
		return nil, jaring.NewError(jaring.Invalid, "field.too_many", "max", jaring.MaxEmployees)
	case d.bill.Amount <= 0: // what was billed too much waits for the next month
		return nil, jaring.NewError(jaring.Conflict, "employer.nothing_due", "month", month)
	}
	if d.bill.Due, err = a.Book.DueDate(jaring.PU, month); err != nil {
		return nil, err
	}
	d.bill.Due, d.bill.Version = max(d.bill.Due, day), a.Book.Version
	d.bill.Code, err = a.NewBillCode(ctx)
	return d, err
}

// wageBook is all by which an employer's bill is made.
type wageBook struct {
	app     *App
	stays   []*store.EmploymentRecord
	workers map[jaring.WorkerID]*store.WorkerRecord
	wages   []store.WageRecord
	billed  map[stayMonth]*billedMonth
}

type stayMonth struct {
	stay  jaring.MembershipID
	month jaring.Month
}

// billedMonth is what a month of a stay was billed at, by all bills together.
type billedMonth struct {
	amount, employee, wage jaring.Rupiah
	programs               jaring.Programs
}

func (a *App) wageBook(ctx context.Context, d *wageDraft) (*wageBook, error) {
	b := &wageBook{app: a, billed: map[stayMonth]*billedMonth{}}
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if d.known, err = tx.FindEmployerBills(d.employer.ID); err != nil {
			return err
		}
		if b.stays, err = tx.FindEmployments(d.employer.ID); err != nil {
			return err
		}
		if b.wages, err = tx.FindWages(d.employer.ID); err != nil {
			return err
		}
		lines, err := tx.BilledLines(d.employer.ID)
		for _, l := range lines {
			b.note(l)
		}
		if err != nil {
			return err
		}
		ids := make([]jaring.WorkerID, len(b.stays))
		for i, s := range b.stays {
			ids[i] = s.Worker
		}
		b.workers, err = workersBy(tx, ids)
		return err
	})
	return b, err
}

func (b *wageBook) note(l store.EmployerLine) {
	k := stayMonth{l.Membership, l.Month}
	if b.billed[k] == nil {
		b.billed[k] = &billedMonth{}
	}
	m := b.billed[k]
	m.amount, m.employee = m.amount+l.Amount, m.employee+l.Employee
	m.wage, m.programs = l.Wage, l.Programs
}

// wage is what a stay earned in a month: what was told of it, else of the last month before it that was told of, else
// what was told at the beginning.
func (b *wageBook) wage(s *store.EmploymentRecord, m jaring.Month) jaring.Rupiah {
	wage := s.Wage
	for _, w := range b.wages {
		if w.Membership == s.Membership && w.Month <= m {
			wage = w.Wage
		}
	}
	return wage
}

// draft makes the lines of a bill: for each month of each stay the difference between what is due and what was billed.
func (b *wageBook) draft(d *wageDraft) error {
	left := []SkippedMember{}
	for _, s := range b.stays {
		w := b.workers[s.Worker]
		if w == nil || w.State != jaring.WorkerActive {
			left = append(left, SkippedMember{Worker: s.Worker, Why: "worker.closed"})
			continue
		}
		for m := jaring.DayIn(s.MadeAt, Zone("")).Month(); m <= d.bill.Month; m++ {
			if err := b.line(d, s, m); err != nil {
				return err
			}
		}
	}
	text, err := json.Marshal(left)
	if err != nil {
		return jaring.InternalError(err)
	}
	d.bill.Skipped = string(text)
	for _, l := range d.lines {
		d.bill.Amount += l.Amount
	}
	slices.SortStableFunc(d.lines, func(x, y store.EmployerLine) int { return cmp.Compare(x.Month, y.Month) })
	return nil
}

// line adds what a month of a stay needs to the bill, if anything.
func (b *wageBook) line(d *wageDraft, s *store.EmploymentRecord, m jaring.Month) error {
	was := b.billed[stayMonth{s.Membership, m}]
	l := store.EmployerLine{Membership: s.Membership, Month: m, Worker: s.Worker, Wage: b.wage(s, m), Price: "[]"}
	if s.To != 0 && m > s.To.Month() { // left before it
		if was != nil && was.amount != 0 {
			l.Amount, l.Employee, l.Wage, l.Programs = -was.amount, -was.employee, 0, was.programs
			d.lines = append(d.lines, l)
		}
		return nil
	}
	if was != nil && was.wage == l.Wage {
		return nil
	}
	parts, err := b.app.priceWage(&d.employer.Employer, l.Wage, m, len(b.stays))
	if err != nil {
		return err
	}
	text, err := json.Marshal(parts)
	if err != nil {
		return jaring.InternalError(err)
	}
	l.Price = string(text)
	l.Amount, l.Employee = totalOf(parts)
	for _, p := range parts {
		l.Programs = append(l.Programs, p.Program)
	}
	if was != nil {
		l.Amount, l.Employee = l.Amount-was.amount, l.Employee-was.employee
	}
	d.lines = append(d.lines, l)
	return nil
}

// totalOf is what a line costs together, and the part that is kept back from the wage.
func totalOf(parts []PricePart) (all, employee jaring.Rupiah) {
	for _, p := range parts {
		all, employee = all+p.Employer+p.Employee, employee+p.Employee
	}
	return all, employee
}

// priceWage prices a month of a wage worker, programme by programme, each with its rule.
func (a *App) priceWage(e *jaring.Employer, wage jaring.Rupiah, m jaring.Month, workers int) ([]PricePart, error) {
	q, err := a.wageQuestion(e, wage, m, workers)
	if err != nil {
		return nil, err
	}
	quote, err := a.Book.Price(q)
	if err != nil {
		return nil, err
	}
	return partsOf(quote), nil
}

func partsOf(quote scheme.Quote) (parts []PricePart) {
	for _, l := range quote.Lines {
		p := PricePart{Program: l.Program, Base: l.Base, Employer: l.Employer, Employee: l.Employee}
		if rule := cmp.Or(l.Relief, l.Rule); rule != nil {
			p.Article, p.Source = rule.Article, rule.Source
		}
		parts = append(parts, p)
	}
	return parts
}

func (a *App) applyWages(tx *store.Tx, actor jaring.Actor, d *wageDraft) error {
	known, err := tx.FindEmployerBills(d.employer.ID)
	if err != nil {
		return err
	}
	if !slices.EqualFunc(known, d.known, func(x, y *store.EmployerBill) bool { return x.ID == y.ID && x.State == y.State }) {
		return store.ErrRestart
	}
	if err := tx.AddEmployerBill(d.bill, d.lines); err != nil {
		return err
	}
	if err := tx.AddBillCode(store.BillCode{Code: d.bill.Code, Kind: employerKind, Owner: string(d.employer.ID), Bill: d.bill.ID}); err != nil {
		return err
	}
	dues := a.duesOf(d.employer, d.bill)
	dues.Actor, dues.Day, dues.Charges = actor.Account, Today(actor, a.Now()), chargesOfLines(d.lines)
	entry, err := a.Accrue(tx, dues)
	if err != nil {
		return err
	}
	return a.tellOfEmployer(tx, actor, d.employer, jaring.EmployerBilled, jaring.Facts{Amount: d.bill.Amount, Other: d.bill.ID, From: d.bill.Month, To: d.bill.Month, Entry: entryHash(entry)})
}

// duesOf is what the ledger says of a bill: its contributions are the fund's from the bill on (rules of cover: accrual
// exists for PU).
func (a *App) duesOf(e *store.EmployerRecord, b *store.EmployerBill) Dues {
	return Dues{Payer: string(e.ID), Bill: jaring.ContributionID(b.ID), Office: e.Office, At: a.Now(), Reference: b.Code, Through: ledger.Fund}
}

// entryHash is the hash of an entry as events bear it; empty for none.
func entryHash(e *ledger.Entry) string {
	if e == nil {
		return ""
	}
	return hex.EncodeToString(e.Hash)
}

// chargesOfLines are the lines of a bill by month. What was billed too much for a month lowers what the later ones owe.
func chargesOfLines(lines []store.EmployerLine) (charges []ledger.Charge) {
	sums, months, over := map[jaring.Month]jaring.Rupiah{}, []jaring.Month{}, jaring.Rupiah(0)
	for _, l := range lines {
		if _, seen := sums[l.Month]; !seen {
			months = append(months, l.Month)
		}
		sums[l.Month] += l.Amount
	}
	slices.Sort(months)
	for _, m := range months {
		if sums[m] < 0 {
			over -= sums[m]
		}
	}
	for _, m := range slices.Backward(months) {
		open := max(sums[m], 0)
		used := min(open, over)
		over -= used
		if open > used {
			charges = append(charges, ledger.Charge{Month: m, Amount: open - used})
		}
	}
	slices.Reverse(charges)
	return charges
}
