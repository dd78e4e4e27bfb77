package app

import (
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// Deposit is money that an agent brings, or is to bring.
type Deposit = store.DepositRecord

// Kinds of deposits, and the kind under which their codes are kept.
const (
	DepositReceipts = "receipts"
	DepositFloat    = "float"
	depositKind     = "deposit"
)

// maxReceiptsAtOnce bounds what one deposit may bring, so that it settles in one transaction.
const maxReceiptsAtOnce = 200

// MakeDeposit asks for a code by which the cash of receipts is brought: of those named, else of all that
// are open, the oldest first. Told again under the same id it gives the same.
// Errors: deposit.nothing, deposit.receipt_not_open, field.too_many, error.forbidden, operation.conflict.
func (a *App) MakeDeposit(ctx context.Context, actor jaring.Actor, op jaring.OperationID, receipts []string) (*Deposit, error) {
	if err := actor.May(jaring.ActDepositCash, jaring.Scope{}); err != nil {
		return nil, err
	}
	if len(receipts) > maxReceiptsAtOnce {
		return nil, jaring.NewError(jaring.Invalid, "field.too_many", "max", maxReceiptsAtOnce).At("receipts")
	}
	d := &Deposit{Kind: DepositReceipts}
	return a.makeDeposit(ctx, actor, op, d, receipts, func(tx *store.Tx) error {
		open, err := tx.FindOpenReceipts(actor.Account)
		if err != nil {
			return err
		}
		chosen, err := chooseReceipts(open, receipts)
		if err != nil {
			return err
		}
		d.Amount, d.Receipts = 0, len(chosen)
		for _, c := range chosen {
			d.Amount += c.Amount
			c.Deposit = d.ID
			if err := tx.UpdateReceipt(c, jaring.ReceiptOpen); err != nil {
				return err
			}
		}
		return nil
	})
}

// chooseReceipts are the open receipts that a deposit is to bring.
func chooseReceipts(open []*store.ReceiptRecord, ids []string) (chosen []*store.ReceiptRecord, err error) {
	for _, c := range open {
		if c.Deposit == "" && (len(ids) == 0 || slices.Contains(ids, c.ID)) && len(chosen) < maxReceiptsAtOnce {
			chosen = append(chosen, c)
		}
	}
	switch {
	case len(chosen) < len(ids):
		return nil, jaring.NewError(jaring.Conflict, "deposit.receipt_not_open").At("receipts")
	case len(chosen) == 0:
		return nil, jaring.NewError(jaring.Conflict, "deposit.nothing")
	}
	return chosen, nil
}

// MakeFloat asks for a code by which an agent deposits ahead.
// Errors: payment.amount_range, error.forbidden, operation.conflict.
func (a *App) MakeFloat(ctx context.Context, actor jaring.Actor, op jaring.OperationID, amount jaring.Rupiah) (*Deposit, error) {
	if err := actor.May(jaring.ActDepositCash, jaring.Scope{}); err != nil {
		return nil, err
	}
	if amount <= 0 || amount > maxReceived {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "payment.amount_range", "max", jaring.Rupiah(maxReceived)).At("amount")}
	}
	return a.makeDeposit(ctx, actor, op, &Deposit{Kind: DepositFloat, Amount: amount}, amount, func(*store.Tx) error { return nil })
}

// makeDeposit writes a deposit with its code. Its id is the operation's.
func (a *App) makeDeposit(ctx context.Context, actor jaring.Actor, op jaring.OperationID, d *Deposit, said any, choose func(*store.Tx) error) (*Deposit, error) {
	code, err := a.NewBillCode(ctx)
	if err != nil {
		return nil, err
	}
	d.ID, d.Agent, d.Office, d.Code, d.MadeAt, d.State = string(op), actor.Account, actor.Office, code, a.Now(), "waiting"
	first, err := a.Once(ctx, actor, op, jaring.ActDepositCash, []any{d.Kind, said}, func(tx *store.Tx) error {
		if err := choose(tx); err != nil {
			return overtaken(err)
		}
		if err := tx.NoteCashAgent(d.Agent); err != nil {
			return err
		}
		if err := tx.AddDeposit(d); err != nil {
			return err
		}
		return tx.AddBillCode(store.BillCode{Code: d.Code, Kind: depositKind, Owner: string(d.Agent), Bill: d.ID})
	})
	if err != nil || first == nil {
		return d, err
	}
	return a.depositOf(ctx, string(op))
}

func (a *App) depositOf(ctx context.Context, id string) (d *Deposit, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		d, err = tx.GetDeposit(id)
		return err
	})
	return d, err
}

// CancelDeposit calls off an own deposit that waits: its receipts may be brought by another one.
// Errors: deposit.unknown, deposit.closed.
func (a *App) CancelDeposit(ctx context.Context, actor jaring.Actor, id string) error {
	if err := actor.May(jaring.ActDepositCash, jaring.Scope{}); err != nil {
		return err
	}
	if !jaring.IsUUID(id) {
		return jaring.NewError(jaring.NotFound, "deposit.unknown")
	}
	err := a.DB.Write(ctx, func(tx *store.Tx) error {
		d, err := tx.GetDeposit(id)
		switch {
		case err != nil:
			return err
		case d.Agent != actor.Account:
			return jaring.NewError(jaring.NotFound, "deposit.unknown")
		case d.State != "waiting":
			return jaring.NewError(jaring.Conflict, "deposit.closed")
		}
		d.State = "cancelled"
		if err := tx.CloseDeposit(d); err != nil {
			return err
		}
		return release(tx, d.ID)
	})
	if jaring.KeyOf(err) == "worker.changed_meanwhile" {
		return jaring.NewError(jaring.Conflict, "deposit.closed")
	}
	if err == nil {
		a.Changed()
	}
	return err
}

// overtaken is err, or that another act came first: the deposit is read again.
func overtaken(err error) error {
	if jaring.KeyOf(err) == "worker.changed_meanwhile" {
		return store.ErrRestart
	}
	return err
}

// release lets receipts that a deposit asked for, and did not bring, be asked for again.
func release(tx *store.Tx, deposit string) error {
	asked, err := tx.FindReceiptsOfDeposit(deposit)
	for _, c := range asked {
		if c.State == jaring.ReceiptOpen && err == nil {
			c.Deposit = ""
			err = tx.UpdateReceipt(c, jaring.ReceiptOpen)
		}
	}
	return err
}

// SettleDeposit books what an agent brought to the counter, or what the bank's statement shows: whole
// receipts, the oldest first, and the rest to the agent's float.
// Errors: deposit.unknown, payment.settled, payment.code_expired, error.forbidden, error.out_of_area and those of a payment's form.
func (a *App) SettleDeposit(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id string, p Paid) (*Deposit, error) {
	if !jaring.IsUUID(id) {
		return nil, jaring.NewError(jaring.NotFound, "deposit.unknown")
	}
	d, err := a.depositOf(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := actor.May(jaring.ActSettle, jaring.Scope{Office: d.Office}); err != nil {
		return nil, err
	}
	p.At, p.Reference = a.Now(), Trim(p.Reference)
	if errs := judgeDeposit(d, p, Today(actor, a.Now())); len(errs) > 0 {
		return nil, errs
	}
	_, err = a.Once(ctx, actor, op, jaring.ActSettle, []any{id, p.Amount, p.Channel, p.Reference, p.On}, func(tx *store.Tx) error {
		bill, err := a.readDeposit(tx, &store.BillCode{Bill: id})
		if err == nil {
			err = bill.Open()
		}
		if err != nil {
			return err
		}
		_, err = bill.Apply(tx, actor, p)
		return overtaken(err)
	})
	if err != nil {
		return nil, err
	}
	return a.depositOf(ctx, id)
}

// judgeDeposit checks what a cashier says of a deposit.
func judgeDeposit(d *Deposit, p Paid, today jaring.Day) (errs jaring.Errors) {
	fail := func(bad bool, field, key string, pairs ...any) {
		if bad {
			errs = append(errs, jaring.NewError(jaring.Invalid, key, pairs...).At(field))
		}
	}
	made := jaring.DayIn(d.MadeAt, Zone(""))
	fail(p.Amount <= 0 || p.Amount > maxReceived, "amount", "payment.amount_range", "max", jaring.Rupiah(maxReceived))
	fail(p.Channel != "bank" && p.Channel != "counter", "channel", "payment.channel_unknown")
	fail(p.Reference == "", "reference", "field.required")
	fail(len(p.Reference) > maxReference, "reference", "field.too_long", "max", maxReference)
	fail(p.On == 0, "paid_on", "field.required")
	fail(p.On > today, "paid_on", "date.future")
	fail(p.On != 0 && p.On < made, "paid_on", "deposit.before_made", "day", made)
	return errs
}

// depositBill is a deposit as a bill under its code.
type depositBill struct {
	app  *App
	d    *store.DepositRecord
	name string
}

func (a *App) readDeposit(tx *store.Tx, c *store.BillCode) (Payable, error) {
	d, err := tx.GetDeposit(c.Bill)
	if err != nil {
		return nil, err
	}
	agent, err := tx.GetAccount(d.Agent)
	if err != nil {
		return nil, err
	}
	return &depositBill{a, d, jaring.ShortName(agent.Name)}, nil
}

func (b *depositBill) Bill() Bill     { return Bill{Name: b.name, Amount: b.d.Amount} }
func (b *depositBill) Whence() Whence { return Whence{b.d.Office, b.d.MadeAt} }

func (b *depositBill) Accepts(amount jaring.Rupiah) error { return Exactly(b.d.Amount, amount) }

func (b *depositBill) Prepare(context.Context, jaring.Actor, Paid) error { return nil }

func (b *depositBill) Open() error {
	switch b.d.State {
	case "waiting":
		return nil
	case "settled":
		return jaring.NewError(jaring.Conflict, "payment.settled")
	}
	return jaring.NewError(jaring.Conflict, "payment.code_expired")
}

// Apply settles whole receipts with the money, the oldest first; the rest becomes the agent's float.
func (b *depositBill) Apply(tx *store.Tx, actor jaring.Actor, p Paid) (entry string, err error) {
	d := *b.d
	receipts, err := tx.FindReceiptsOfDeposit(d.ID)
	if err != nil {
		return "", err
	}
	left := p.Amount
	d.State, d.Paid, d.PaidOn, d.Channel, d.Reference, d.Receipts = "settled", p.Amount, p.On, p.Channel, p.Reference, 0
	for _, c := range receipts {
		if c.State != jaring.ReceiptOpen {
			continue
		}
		if c.Amount > left {
			break // no newer one before an older one
		}
		if err := b.app.depositReceipt(tx, actor, &d, c, p); err != nil {
			return "", err
		}
		left, entry = left-c.Amount, c.DepositEntry
		d.Receipts++
	}
	if err := tx.CloseDeposit(&d); err != nil {
		return "", err
	}
	if err := release(tx, d.ID); err != nil || left == 0 {
		return entry, err
	}
	e := ledger.Entry{ID: ledger.EntryID(NewID()), Owner: string(d.Agent), Day: p.On, At: p.At, Actor: actor.Account, Office: d.Office, Reference: p.Reference}
	e.Kind, e.Postings = ledger.TopUp(d.Agent, ledger.Clearing(p.Channel), left)
	return string(e.ID), b.app.enter(tx, actor, nil, &e, jaring.CashToppedUp, left)
}
