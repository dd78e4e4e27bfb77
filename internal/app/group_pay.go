package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// payableGroup is a group's bill under its code: all lines are paid in one transaction.
type payableGroup struct {
	app   *App
	group *store.GroupRecord
	row   *store.GroupBill
	lines []store.GroupLine
	pays  []groupPay
}

// groupPay is one line's money on its way: to the member, or aside when he is no member of anything any more.
type groupPay struct {
	settles *settlement
	kept    *store.SuspenseRecord
}

// What became of a line's money.
const (
	lineCovered   = "covered"   // it paid months
	lineCredited  = "credited"  // the months were paid already: it is the member's credit
	lineSuspended = "suspended" // the member's record is closed: the desk finds out
)

func (a *App) groupBill(tx *store.Tx, c *store.BillCode) (Payable, error) {
	b := &payableGroup{app: a}
	var err error
	if b.row, err = tx.GetGroupBill(c.Owner, c.Bill); err != nil {
		return nil, err
	}
	if b.group, err = tx.GetGroup(c.Owner); err != nil {
		return nil, err
	}
	b.lines, err = tx.FindGroupLines(c.Owner, c.Bill)
	return b, err
}

func (b *payableGroup) Bill() Bill { return Bill{b.group.Name, b.row.Amount, b.row.Months} }

func (b *payableGroup) Whence() Whence { return Whence{b.group.Office, b.row.MadeAt} }

func (b *payableGroup) Open() error {
	switch b.row.State {
	case "waiting":
		return nil
	case "settled":
		return jaring.NewError(jaring.Conflict, "payment.settled")
	}
	return jaring.NewError(jaring.Conflict, "payment.code_expired")
}

func (b *payableGroup) Accepts(amount jaring.Rupiah) error { return Exactly(b.row.Amount, amount) }

// Prepare makes for each line what the book will say. Whoever paid for himself meanwhile, or asked for other
// months, gets the money all the same: whole months that wait, and the rest is credit.
func (b *payableGroup) Prepare(ctx context.Context, actor jaring.Actor, p Paid) error {
	b.pays = nil
	for _, l := range b.lines {
		var r *Record
		err := b.app.DB.Read(ctx, func(tx *store.Tx) (err error) {
			r, err = LoadRecord(tx, l.Worker)
			return err
		})
		if err != nil {
			return err
		}
		pay, err := b.payLine(ctx, actor, r, l, p)
		if err != nil {
			return err
		}
		b.pays = append(b.pays, pay)
	}
	return nil
}

func (b *payableGroup) payLine(ctx context.Context, actor jaring.Actor, r *Record, l store.GroupLine, p Paid) (pay groupPay, err error) {
	if r.Worker.State != jaring.WorkerActive {
		pay.kept = &store.SuspenseRecord{ID: NewID(), Office: r.Worker.Office, Code: b.row.Code, Channel: p.Channel, Bank: b.group.Name, Reference: p.Reference,
			Amount: l.Amount, PaidOn: p.On, Why: "group.member_gone", At: p.At}
		return pay, nil
	}
	body := wire.Settlement{Amount: l.Amount, Channel: p.Channel, Reference: p.Reference, PaidOn: p.On}
	pay.settles, err = b.app.settlementOf(ctx, r, b.app.payableNow(r), body, ledger.EntryID(NewID()), actor)
	return pay, err
}

func (pay groupPay) outcome() string {
	switch {
	case pay.kept != nil:
		return lineSuspended
	case len(pay.settles.paid.Paid) > 0:
		return lineCovered
	}
	return lineCredited
}

// Apply books all lines, or none.
func (b *payableGroup) Apply(tx *store.Tx, actor jaring.Actor, p Paid) (entry string, err error) {
	paid, lines := *b.row, append([]store.GroupLine{}, b.lines...)
	paid.Channel, paid.Reference, paid.PaidOn, paid.SettledAt = p.Channel, p.Reference, p.On, p.At
	for i, pay := range b.pays {
		lines[i].Outcome = pay.outcome()
	}
	done, err := tx.SettleGroupBill(&paid, lines)
	if err == nil && !done {
		err = jaring.NewError(jaring.Conflict, "payment.settled")
	}
	if err != nil {
		return "", err
	}
	for _, pay := range b.pays {
		if pay.kept != nil {
			err = b.app.keepInSuspense(tx, &bankWork{actor: actor, kept: pay.kept})
		} else {
			err = b.app.applySettlement(tx, actor, pay.settles)
		}
		if err != nil {
			return "", err
		}
	}
	f := jaring.Facts{Amount: b.row.Amount, Channel: p.Channel, Other: b.row.ID}
	return b.firstEntry(), b.app.tellOfGroup(tx, actor, b.group, jaring.GroupBillPaid, f)
}

// firstEntry names the bill's money in the ledger: all its entries have the same reference.
func (b *payableGroup) firstEntry() string {
	if b.pays[0].kept != nil {
		return b.pays[0].kept.ID
	}
	return string(b.pays[0].settles.entry.ID)
}

// SettleGroupBill records at the desk that the money of a bill is there. Errors: group.unknown,
// group.bill_unknown, payment.settled, payment.code_expired, payment.amount_differs, those of a settlement's form;
// error.forbidden, operation.conflict.
func (a *App) SettleGroupBill(ctx context.Context, actor jaring.Actor, op jaring.OperationID, group, bill string, body wire.Settlement) (*GroupBill, error) {
	if _, err := a.groupFor(ctx, actor, jaring.ActSettle, group); err != nil {
		return nil, err
	}
	row, err := a.GetGroupBill(ctx, actor, group, bill)
	if err != nil {
		return nil, err
	}
	if _, err := a.SettleBill(ctx, actor, op, row.Code, body); err != nil {
		return nil, err
	}
	return a.GetGroupBill(ctx, actor, group, bill)
}
