package app

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// linesAtOnce is how many lines of a bill are read with one round of statements.
const linesAtOnce = 500

// payableEmployer is an employer's bill under its code: all lines are paid in one transaction.
type payableEmployer struct {
	app      *App
	employer *store.EmployerRecord
	row      *store.EmployerBill
}

// What became of a line's money beside lineCovered and lineCredited.
const lineAdjusted = "adjusted" // it corrected a month that was billed before

func (a *App) employerBill(tx *store.Tx, c *store.BillCode) (Payable, error) {
	b := &payableEmployer{app: a}
	var err error
	if b.employer, err = tx.GetEmployer(c.Owner); err != nil {
		return nil, err
	}
	b.row, err = tx.GetEmployerBill(b.employer.ID, c.Bill)
	return b, err
}

func (b *payableEmployer) Bill() Bill {
	return Bill{b.employer.Name, b.row.Amount + max(b.row.Penalty, b.penaltyOn(jaring.DayIn(b.app.Now(), Zone("")))), 1}
}

// penaltyOn is what money that comes on a day owes beside the bill: each month late, whether a job has run or not
// (PP 44/2015).
func (b *payableEmployer) penaltyOn(day jaring.Day) jaring.Rupiah {
	amount, _, err := b.app.Book.Penalty(jaring.PU, b.row.Month, b.row.Amount, b.app.Employers.MonthsLate(b.row.Due, day))
	if err != nil { // a month without a rule: what was charged stands
		return b.row.Penalty
	}
	return amount
}

func (b *payableEmployer) Whence() Whence { return Whence{b.employer.Office, b.row.MadeAt} }

func (b *payableEmployer) Open() error {
	switch b.row.State {
	case "waiting":
		return nil
	case "settled":
		return jaring.NewError(jaring.Conflict, "payment.settled")
	}
	return jaring.NewError(jaring.Conflict, "payment.code_expired")
}

// Accepts takes the sum of the bill as it was on some day until today; which one, Prepare judges by the day of the money.
func (b *payableEmployer) Accepts(amount jaring.Rupiah) error {
	today := jaring.DayIn(b.app.Now(), Zone(""))
	for day := today; day > b.row.Due; day = day.Add(-28) { // no month is shorter
		if amount == b.row.Amount+b.penaltyOn(day) {
			return nil
		}
	}
	if amount == b.row.Amount && b.penaltyOn(today) > 0 {
		return nil
	}
	return Exactly(b.row.Amount+max(b.row.Penalty, b.penaltyOn(today)), amount)
}

// Prepare turns down any other sum than that of the day of the money, or of what was charged by then.
func (b *payableEmployer) Prepare(_ context.Context, _ jaring.Actor, p Paid) error {
	if p.Amount == b.row.Amount+b.row.Penalty && p.Amount >= b.row.Amount+b.penaltyOn(p.On) {
		return nil
	}
	return Exactly(b.row.Amount+b.penaltyOn(p.On), p.Amount)
}

// Apply books the money, and what it pays for each worker: a month covers from the day of entry on, and is queued for
// the fund's core.
func (b *payableEmployer) Apply(tx *store.Tx, actor jaring.Actor, p Paid) (string, error) {
	lines, err := tx.FindEmployerLines(b.employer.ID, b.row.ID)
	if err != nil {
		return "", err
	}
	paid := *b.row
	paid.Channel, paid.Reference, paid.PaidOn, paid.SettledAt = p.Channel, p.Reference, p.On, p.At
	paid.Penalty = p.Amount - b.row.Amount
	if paid.Penalty < b.row.Penalty {
		if err := b.forgive(tx, actor, p); err != nil {
			return "", err
		}
	}
	if err := b.charge(tx, actor, p, paid.Penalty); err != nil {
		return "", err
	}
	back, err := b.cover(tx, actor, lines, p)
	if err != nil {
		return "", err
	}
	done, err := tx.SettleEmployerBill(&paid, lines)
	if err == nil && !done {
		err = jaring.NewError(jaring.Conflict, "payment.settled")
	}
	if err != nil {
		return "", err
	}
	return b.book(tx, actor, p, back)
}

// charge brings the penalty in the ledger to that of the day of the money, where less stands there.
func (b *payableEmployer) charge(tx *store.Tx, actor jaring.Actor, p Paid, penalty jaring.Rupiah) error {
	if penalty <= 0 {
		return nil
	}
	d := b.app.duesOf(b.employer, b.row)
	d.Actor, d.Day, d.Charges = actor.Account, p.On, []ledger.Charge{{Month: b.row.Month, Amount: penalty, Penalty: true}}
	entry, err := b.app.accruePenalty(tx, d)
	if err != nil || entry == nil {
		return err
	}
	return b.app.tellOfEmployer(tx, actor, b.employer, jaring.EmployerPenalised, jaring.Facts{Amount: entry.On(ledger.Payer(d.Payer)), Other: b.row.ID, Entry: entryHash(entry)})
}

// forgive takes back the penalty of money that was there in time and was told of late.
func (b *payableEmployer) forgive(tx *store.Tx, actor jaring.Actor, p Paid) error {
	d := b.app.duesOf(b.employer, b.row)
	d.Actor, d.Day = actor.Account, p.On
	chain, err := tx.FindEntries(d.Payer)
	if err != nil {
		return err
	}
	gone := map[ledger.EntryID]bool{}
	for _, e := range chain {
		gone[e.Reverses] = true
	}
	for _, was := range slices.Clone(chain) {
		if was.Contribution != d.Bill || was.Kind != ledger.KindPenalty || gone[was.ID] {
			continue
		}
		e, as := ledger.Reverse(was), d.Entry()
		e.ID, e.Day, e.At, e.Actor = as.ID, as.Day, as.At, as.Actor
		if err := AddBehind(tx, &e, chain); err != nil {
			return err
		}
		chain = append(chain, &e)
		err := b.app.tellOfEmployer(tx, actor, b.employer, jaring.EmployerPenalised, jaring.Facts{Amount: e.On(ledger.Payer(d.Payer)), Other: b.row.ID, Entry: entryHash(&e)})
		if err != nil {
			return err
		}
	}
	return nil
}

// book writes the money into the employer's chain, and gives back what could not be used.
func (b *payableEmployer) book(tx *store.Tx, actor jaring.Actor, p Paid, back jaring.Rupiah) (string, error) {
	d := b.app.duesOf(b.employer, b.row)
	d.Actor, d.Day, d.At, d.Reference = actor.Account, p.On, p.At, p.Reference
	entry, _, err := b.app.SettleAccrual(tx, d, p.Channel, p.Amount)
	if err != nil {
		return "", err
	}
	f := jaring.Facts{Amount: p.Amount, Channel: p.Channel, Other: b.row.ID, From: b.row.Month, To: b.row.Month, Entry: entryHash(entry)}
	if err := b.app.tellOfEmployer(tx, actor, b.employer, jaring.EmployerBillPaid, f); err != nil {
		return "", err
	}
	if back <= 0 {
		return string(entry.ID), nil
	}
	returned, err := b.app.ReturnAccrual(tx, d, back)
	if err != nil {
		return "", err
	}
	f = jaring.Facts{Amount: back, Other: b.row.ID, Entry: entryHash(returned)}
	return string(entry.ID), b.app.tellOfEmployer(tx, actor, b.employer, jaring.EmployerCredited, f)
}

// linesByWorker sorts the lines of a bill by the person, and gives the ids of all in their order.
func linesByWorker(lines []store.EmployerLine) (at map[jaring.WorkerID][]*store.EmployerLine, ids []jaring.WorkerID) {
	at = map[jaring.WorkerID][]*store.EmployerLine{}
	for i := range lines {
		w := lines[i].Worker
		at[w] = append(at[w], &lines[i])
	}
	return at, slices.Sorted(maps.Keys(at))
}

// cover pays the months of the lines, worker by worker, writes the outcome into them, and gives what nobody could use.
func (b *payableEmployer) cover(tx *store.Tx, actor jaring.Actor, lines []store.EmployerLine, p Paid) (back jaring.Rupiah, err error) {
	stays, err := tx.FindEmployments(b.employer.ID)
	if err != nil {
		return 0, err
	}
	ends := map[jaring.MembershipID]jaring.Day{}
	for _, s := range stays {
		ends[s.Membership] = s.To
	}
	at, ids := linesByWorker(lines)
	for some := range slices.Chunk(ids, linesAtOnce) {
		people, heads, err := tx.Payers(some)
		if err != nil {
			return 0, err
		}
		for _, id := range some {
			person := people[id]
			r := &Record{Worker: person.Worker, Membership: Present(person.Memberships), All: person.Memberships, Heads: heads[id]}
			unused, err := b.coverOne(tx, actor, r, at[id], ends, p)
			if err != nil {
				return 0, err
			}
			back += unused
		}
	}
	return back, nil
}

// coverOne pays the months of one worker. Of a record that has closed meanwhile the money is the employer's again.
func (b *payableEmployer) coverOne(tx *store.Tx, actor jaring.Actor, r *Record, lines []*store.EmployerLine, ends map[jaring.MembershipID]jaring.Day, p Paid) (unused jaring.Rupiah, err error) {
	if r.Worker.State != jaring.WorkerActive {
		for _, l := range lines {
			l.Outcome, unused = lineCredited, unused+l.Amount
		}
		return unused, nil
	}
	was, kind, sum := r.Worker.Standing, jaring.EventKind(""), jaring.Rupiah(0)
	from, to := lines[0].Month, lines[0].Month
	var about *store.MembershipRecord
	for _, l := range lines {
		m := r.membershipBy(l.Membership)
		if m == nil {
			return 0, jaring.NewError(jaring.Internal, "ledger.damaged")
		}
		k, err := b.payMonth(tx, m, l, ends[l.Membership], p)
		if err != nil {
			return 0, err
		}
		if about == nil || k == jaring.ContributionSettled {
			about, kind = m, cmp.Or(k, kind)
		}
		from, to, sum = min(from, l.Month), max(to, l.Month), sum+l.Amount
	}
	if err := b.app.Stand(tx, r, jaring.DayIn(b.app.Now(), Zone(""))); err != nil {
		return 0, err
	}
	paidTo := r.Worker.PaidTo
	r.Worker.PaidTo = r.PaidTo()
	if err := tx.UpdateStanding(r.Worker); err != nil {
		return 0, err
	}
	event, err := b.app.EventFrom(actor, r, was, paidTo, cmp.Or(kind, jaring.ContributionRenewed), func(f *jaring.Facts) {
		f.Amount, f.Channel, f.From, f.To, f.Other = sum, p.Channel, from, to, string(b.employer.ID)
		speakOf(f, about)
	})
	if err != nil {
		return 0, err
	}
	return 0, tx.AddEventBehind(event, r.Heads.Events)
}

// payMonth pays one month of a stay, or corrects what was paid of it.
func (b *payableEmployer) payMonth(tx *store.Tx, m *store.MembershipRecord, l *store.EmployerLine, end jaring.Day, p Paid) (jaring.EventKind, error) {
	for _, was := range m.Payments {
		if was.State == "settled" && was.FirstMonth == l.Month {
			l.Outcome = lineAdjusted
			return jaring.ContributionRenewed, b.correct(tx, was, l)
		}
	}
	parts, err := partsOfLine(l)
	if err != nil {
		return "", err
	}
	if full, _ := totalOf(parts); l.Amount <= 0 || l.Amount != full { // corrects a month that waits on another bill
		l.Outcome = lineAdjusted
		return jaring.ContributionRenewed, nil
	}
	paid, err := b.payment(m, l, parts, end, p)
	if err != nil {
		return "", err
	}
	l.Outcome, m.Payments = lineCovered, append(m.Payments, paid)
	if err := tx.AddContribution(paid, false); err != nil {
		return "", err
	}
	kind := jaring.ContributionRenewed
	if m.State == jaring.StateRegistered {
		kind, m.State, m.PaidOn, m.PaidAt, m.CoreState = jaring.ContributionSettled, jaring.StatePaid, p.On, p.At, jaring.CoreQueued
		if err := tx.UpdateMembership(m); err != nil {
			return "", err
		}
	}
	return kind, tx.QueueCore(m.Worker, jaring.MembershipID(paid.ID), p.At)
}

// correct brings a paid month to what it costs now; a month that costs nothing any more covers no more.
func (b *payableEmployer) correct(tx *store.Tx, was *store.PaymentRecord, l *store.EmployerLine) error {
	was.Total, was.Amount = was.Total+l.Amount, was.Amount+l.Amount
	if was.Total <= 0 {
		was.State, was.SettledOn, was.Total, was.Amount = "cancelled", 0, 0, 0
	}
	return tx.UpdatePayment(was.Payment)
}

// payment is a paid month of a stay. It holds until the month after it is due, while the work lasts.
func (b *payableEmployer) payment(m *store.MembershipRecord, l *store.EmployerLine, parts []PricePart, end jaring.Day, p Paid) (*store.PaymentRecord, error) {
	holds, err := b.app.Book.DueDate(jaring.PU, l.Month.Add(1))
	if err != nil {
		return nil, err
	}
	if end != 0 {
		holds = min(holds, end)
	}
	id := jaring.ContributionID(NewID())
	if len(m.Payments) == 0 {
		id = jaring.ContributionID(m.ID)
	}
	quote := make([]QuoteLine, len(parts))
	for i, part := range parts {
		quote[i] = QuoteLine{Month: l.Month, Program: part.Program, Amount: part.Employer + part.Employee}
	}
	return &store.PaymentRecord{Payment: jaring.Payment{ID: id, Code: b.row.Code, Worker: m.Worker, Membership: m.ID, Programs: l.Programs, FirstMonth: l.Month, Months: 1,
		Total: l.Amount, Amount: l.Amount, Due: b.row.Due, State: "settled", Channel: p.Channel, Reference: p.Reference, SettledOn: p.On, SettledAt: p.At, Holds: holds},
		Quote: store.QuoteRecord{ID: jaring.QuoteID(NewID()), Total: l.Amount, Version: b.row.Version, Lines: writeQuoteLines(quote), Due: b.row.Due}}, nil
}

// partsOfLine reads what each programme of a line costs.
func partsOfLine(l *store.EmployerLine) (parts []PricePart, err error) {
	if err := json.Unmarshal([]byte(l.Price), &parts); err != nil {
		return nil, jaring.InternalError(err)
	}
	return parts, nil
}
