package app

import (
	"context"
	"encoding/json"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// overdueBatch is how many overdue bills are looked at with one read.
const overdueBatch = 200

// GetEmployerBill gives a bill of an employer. Errors: employer.unknown, employer.bill_unknown, error.forbidden.
func (a *App) GetEmployerBill(ctx context.Context, actor jaring.Actor, id, bill string) (b *EmployerBill, err error) {
	e, err := a.employerFor(ctx, actor, jaring.ActFindEmployer, id)
	if err != nil {
		return nil, err
	}
	if !jaring.IsUUID(bill) {
		return nil, jaring.NewError(jaring.NotFound, "employer.bill_unknown")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		row, err := tx.GetEmployerBill(e.ID, bill)
		if err == nil {
			b, err = wholeEmployerBill(tx, row)
		}
		return err
	})
	return b, err
}

// FindEmployerBills gives the bills of an employer with their lines, the newest first. Errors: employer.unknown,
// error.forbidden.
func (a *App) FindEmployerBills(ctx context.Context, actor jaring.Actor, id string) (out []*EmployerBill, err error) {
	e, err := a.employerFor(ctx, actor, jaring.ActFindEmployer, id)
	if err != nil {
		return nil, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.FindEmployerBills(e.ID)
		for _, row := range found {
			if err != nil {
				return err
			}
			var b *EmployerBill
			b, err = wholeEmployerBill(tx, row)
			out = append(out, b)
		}
		return err
	})
	return out, err
}

// wholeEmployerBill reads what belongs to a bill.
func wholeEmployerBill(tx *store.Tx, row *store.EmployerBill) (*EmployerBill, error) {
	b := &EmployerBill{EmployerBill: row}
	if err := json.Unmarshal([]byte(row.Skipped), &b.Left); err != nil {
		return nil, jaring.InternalError(err)
	}
	lines, err := tx.FindEmployerLines(row.Employer, row.ID)
	if err != nil {
		return nil, err
	}
	var ids []jaring.WorkerID
	for _, l := range lines {
		ids = append(ids, l.Worker)
	}
	for _, s := range b.Left {
		ids = append(ids, s.Worker)
	}
	people, err := workersBy(tx, ids)
	if err != nil {
		return nil, err
	}
	for i := range b.Left {
		if w := people[b.Left[i].Worker]; w != nil {
			b.Left[i].Name = w.Name
		}
	}
	for i := range lines {
		line := EmployerLine{EmployerLine: lines[i]}
		if line.Parts, err = partsOfLine(&lines[i]); err != nil {
			return nil, err
		}
		if w := people[lines[i].Worker]; w != nil {
			line.Name = w.Name
		}
		b.Lines = append(b.Lines, line)
	}
	return b, nil
}

// CancelEmployerBill calls off a bill that waits, with its penalties: nothing is owed on it any more, and the next bill
// asks for its months anew. Errors: employer.unknown, employer.bill_unknown, payment.settled, error.forbidden.
func (a *App) CancelEmployerBill(ctx context.Context, actor jaring.Actor, id, bill string) error {
	e, err := a.employerFor(ctx, actor, jaring.ActManageEmployer, id)
	if err != nil {
		return err
	}
	b, err := a.GetEmployerBill(ctx, actor, id, bill)
	if err != nil || b.State == "cancelled" {
		return err
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		done, err := tx.CancelEmployerBill(e.ID, bill)
		if err == nil && !done {
			err = jaring.NewError(jaring.Conflict, "payment.settled")
		}
		if err != nil {
			return err
		}
		d := a.duesOf(e, b.EmployerBill)
		d.Actor, d.Day = actor.Account, Today(actor, a.Now())
		undone, err := a.ReverseAccrual(tx, d)
		for _, entry := range undone {
			if err == nil {
				err = a.tellOfEmployer(tx, actor, e, jaring.EmployerBillGone, jaring.Facts{Amount: entry.On(ledger.Payer(d.Payer)), Other: bill, Entry: entryHash(entry)})
			}
		}
		return err
	})
	if err == nil {
		a.Changed()
	}
	return err
}

// SettleEmployerBill records at the desk that the money of a bill is there. Errors: employer.unknown,
// employer.bill_unknown, payment.settled, payment.code_expired, payment.amount_differs, those of a settlement's form;
// error.forbidden, operation.conflict.
func (a *App) SettleEmployerBill(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id, bill string, body wire.Settlement) (*EmployerBill, error) {
	if _, err := a.employerFor(ctx, actor, jaring.ActSettle, id); err != nil {
		return nil, err
	}
	row, err := a.GetEmployerBill(ctx, actor, id, bill)
	if err != nil {
		return nil, err
	}
	if _, err := a.SettleBill(ctx, actor, op, row.Code, body); err != nil {
		return nil, err
	}
	return a.GetEmployerBill(ctx, actor, id, bill)
}

// Penalise brings the penalties of overdue bills to what they are on this day, by the rules of each month: 2 % of what
// is due for each month that is late (PP 44/2015). It can be told again and gives how many bills changed.
func (a *App) Penalise(ctx context.Context) (changed int, err error) {
	day := jaring.DayIn(a.Now(), Zone(""))
	var after *store.EmployerBill
	for {
		var found []*store.EmployerBill
		err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
			found, err = tx.OverdueBills(day, after, overdueBatch)
			return err
		})
		if err != nil || len(found) == 0 {
			return changed, err
		}
		for _, b := range found {
			done, err := a.penalise(ctx, b, day)
			if err != nil {
				return changed, err
			}
			if after = b; done {
				changed++
				a.Changed()
			}
		}
	}
}

// penalise brings the penalty of one bill up to a day.
func (a *App) penalise(ctx context.Context, b *store.EmployerBill, day jaring.Day) (done bool, err error) {
	late := a.Employers.MonthsLate(b.Due, day)
	penalty, _, err := a.Book.Penalty(jaring.PU, b.Month, b.Amount, late)
	if err != nil || penalty <= b.Penalty {
		return false, err
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		if done, err = tx.PenaliseBill(b, penalty); err != nil || !done {
			return err
		}
		e, err := tx.GetEmployer(string(b.Employer))
		if err != nil {
			return err
		}
		d := a.duesOf(e, b)
		d.Day, d.Charges = day, []ledger.Charge{{Month: b.Month, Amount: penalty, Penalty: true}}
		entry, err := a.accruePenalty(tx, d)
		if err != nil || entry == nil {
			return err
		}
		return a.tellOfEmployer(tx, jaring.System, e, jaring.EmployerPenalised, jaring.Facts{Amount: entry.On(ledger.Payer(d.Payer)), Other: b.ID, Entry: entryHash(entry)})
	})
	return done, err
}

// BillEmployers bills the month before this one for every employer that was not billed for it, from the day of the month
// that the settings name. It can be told again and gives how many bills it made.
func (a *App) BillEmployers(ctx context.Context) (made int, err error) {
	day := jaring.DayIn(a.Now(), Zone(""))
	if day.DayNumber() < a.Employers.BillDay {
		return 0, nil
	}
	month := day.Month().Add(-1)
	for after := jaring.EmployerID(""); ; {
		var found []*store.EmployerRecord
		err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
			found, err = tx.EmployersAfter(after, overdueBatch)
			return err
		})
		if err != nil || len(found) == 0 {
			return made, err
		}
		for _, e := range found {
			after = e.ID
			done, err := a.billMonth(ctx, e, month)
			if err != nil {
				return made, err
			}
			if done {
				made++
			}
		}
	}
}

// billMonth bills a month of one employer unless that was done.
func (a *App) billMonth(ctx context.Context, e *store.EmployerRecord, month jaring.Month) (done bool, err error) {
	if jaring.DayIn(e.RegisteredAt, Zone("")).Month() > month {
		return false, nil
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		bills, err := tx.FindEmployerBills(e.ID)
		for _, b := range bills {
			done = done || b.Month == month && b.State != "cancelled"
		}
		return err
	})
	if err != nil || done {
		return false, err
	}
	_, err = a.BillEmployer(ctx, jaring.System, jaring.OperationID(NewID()), string(e.ID), month)
	if jaring.KeyOf(err) == "employer.nothing_due" {
		return false, nil
	}
	return err == nil, err
}
