package app

import (
	"cmp"
	"context"
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/scheme"
	"jaring/internal/store"
	"jaring/internal/vault"
	"jaring/internal/wire"
)

// cashTaking is a receipt on its way into the book.
type cashTaking struct {
	op      *jaring.Operation
	body    wire.Cash
	code    jaring.ReceiptCode
	receipt store.ReceiptRecord
	day     jaring.Day // of today at the agent's office
	signed  bool
	barred  bool // the certificate allows no cash
	sealed  []byte
	keyID   string
}

// prepareTakeCash books cash that an agent took. It is never refused for what the agent may not do, or for
// what the device did wrong: the worker's money is gone from the worker's hand, so the receipt stands, and
// the branch is told. Only what is no receipt at all is refused.
// Errors: receipt.code_malformed, receipt.code_used, payment.amount_range, months.range, field.required, id.malformed.
func (a *App) prepareTakeCash(ctx context.Context, actor jaring.Actor, op *jaring.Operation, rec *store.OperationRecord) (*plan, error) {
	t := &cashTaking{op: op, day: Today(actor, a.Now())}
	if err := wire.Decode(op.Body, &t.body); err != nil {
		return nil, err
	}
	if err := actor.May(jaring.ActTakeCash, jaring.Scope{}); err != nil {
		return nil, err
	}
	if err := t.judge(); err != nil {
		return nil, err
	}
	wait, err := a.fillReceipt(ctx, actor, t, rec.ReceivedAt)
	if err != nil {
		return nil, err
	}
	if wait {
		return a.hold(actor, op, rec.Digest, jaring.OperationID(t.body.RegisteredBy))
	}
	rec.Outcome.Worker = t.receipt.Worker
	if t.receipt.Nobody {
		rec.Outcome.Worker = ""
	}
	return &plan{record: rec, run: func(tx *store.Tx, _ bool) (jaring.Outcome, error) {
		out := rec.Outcome
		var err error
		if out.Findings, err = a.takeCash(tx, actor, t); err != nil {
			return out, err
		}
		return out, tx.SetOutcome(out)
	}}, nil
}

// judge says why a body is no receipt.
func (t *cashTaking) judge() error {
	var errs jaring.Errors
	fail := func(bad bool, field, key string, pairs ...any) {
		if bad {
			errs = append(errs, jaring.NewError(jaring.Invalid, key, pairs...).At(field))
		}
	}
	b := &t.body
	code, err := jaring.ParseReceiptCode(b.Code)
	t.code = code
	fail(err != nil, "code", "receipt.code_malformed")
	fail(b.Worker == "" && b.RegisteredBy == "", "worker_id", "field.required")
	fail(b.Worker != "" && !jaring.IsUUID(b.Worker) || b.RegisteredBy != "" && !jaring.IsUUID(b.RegisteredBy), "worker_id", "id.malformed")
	fail(b.Amount <= 0 || b.Amount > maxReceived, "amount", "payment.amount_range", "max", jaring.Rupiah(maxReceived))
	fail(b.Months < 1 || b.Months > scheme.MaxMonths, "months", "months.range", "min", 1, "max", scheme.MaxMonths)
	return errs.OrNil()
}

// fillReceipt finds whose cash it is and whether the device signed the receipt. wait tells that the
// registration has not come yet.
func (a *App) fillReceipt(ctx context.Context, actor jaring.Actor, t *cashTaking, received time.Time) (wait bool, err error) {
	b, c := &t.body, &t.receipt
	*c = store.ReceiptRecord{ID: string(t.op.ID), Agent: actor.Account, Device: t.op.Device, Counter: b.Counter, CodeEnd: t.code.End(), Months: b.Months, Amount: b.Amount,
		TakenAt: t.op.TakenAt, TakenOn: Today(actor, t.op.TakenAt), ReceivedAt: received, State: jaring.ReceiptOpen, PaidFrom: jaring.FromCash}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if c.Worker, c.Nobody, wait, err = a.paidFor(tx, t, received); err != nil || wait {
			return err
		}
		t.signed, err = t.verify(tx)
		return err
	})
	if err != nil || wait {
		return wait, err
	}
	t.barred = actor.Licensed(jaring.PowerCash, t.op.TakenAt, c.TakenOn) != nil
	t.sealed, t.keyID, err = a.Vault.Seal([]byte(t.code), receiptPurpose(c.ID))
	return false, err
}

func receiptPurpose(id string) string { return "receipt:" + id }

// receiptHash is what is kept of a code.
func (a *App) receiptHash(code jaring.ReceiptCode) []byte {
	return a.Vault.Digest256("receipt", []byte(code))
}

// paidFor finds the worker whom a receipt is about. One whose registration was refused is nobody: the
// receipt is kept under the id that it names. A registration that has not come is waited for as long as
// for any other operation.
func (a *App) paidFor(tx *store.Tx, t *cashTaking, received time.Time) (worker jaring.WorkerID, nobody, wait bool, err error) {
	worker = jaring.WorkerID(t.body.Worker)
	if worker == "" {
		id := jaring.OperationID(t.body.RegisteredBy)
		known, err := tx.FindOperations([]jaring.OperationID{id})
		if err != nil {
			return "", false, false, err
		}
		switch op := known[id]; {
		case op == nil && t.op.Device != "" && a.Now().Sub(received) < heldFor:
			return "", false, true, nil
		case op == nil:
			return jaring.WorkerID(id), true, false, nil
		case op.Outcome.Worker != "":
			worker = op.Outcome.Worker
		case op.Outcome.Candidate != "": // registered already, by somebody else
			worker = op.Outcome.Candidate
		default:
			return jaring.WorkerID(id), true, false, nil
		}
	}
	_, err = tx.GetWorker(worker)
	if jaring.CodeOf(err) == jaring.NotFound {
		return worker, true, false, nil
	}
	return worker, false, false, err
}

// verify reports whether the device signed what came.
func (t *cashTaking) verify(tx *store.Tx) (bool, error) {
	if t.op.Device == "" {
		return false, nil
	}
	device, err := tx.GetDevice(t.op.Device)
	if err != nil {
		return false, err
	}
	about := t.body.RegisteredBy
	if about == "" {
		about = t.body.Worker
	}
	said := jaring.Receipt{Device: device.ID, Counter: t.body.Counter, Code: t.code, Amount: t.body.Amount, Months: t.body.Months, TakenAt: t.body.TakenAt, About: about}
	texts := []string{t.body.TakenAt}
	if t.body.TakenAt == "" { // as phones write a moment, with and without milliseconds
		at := cmp.Or(t.op.SaidAt, t.op.TakenAt).UTC()
		texts = []string{at.Format("2006-01-02T15:04:05.000Z"), at.Format(time.RFC3339)}
	}
	for _, said.TakenAt = range texts {
		if !strings.Contains(said.TakenAt, "\n") && vault.SignedByDevice(device.PublicKey, said.SignedText(), t.body.Signature) {
			return true, nil
		}
	}
	return false, nil
}

// takeCash writes a receipt: paid from the agent's float when that is enough, else into the agent's hands.
func (a *App) takeCash(tx *store.Tx, actor jaring.Actor, t *cashTaking) ([]jaring.Finding, error) {
	c := t.receipt
	r, err := holder(tx, &c)
	if err != nil {
		return nil, err
	}
	flags := &flags{actor: actor}
	if err := a.check(tx, t, &c, r, flags); err != nil {
		return nil, err
	}
	if err := tx.NoteCashAgent(c.Agent); err != nil {
		return nil, err
	}
	free := jaring.Rupiah(0)
	if ready, err := a.mayCover(tx, r, &c, t.day); err != nil {
		return nil, err
	} else if ready {
		if free, err = floatOf(tx, c.Agent); err != nil {
			return nil, err
		}
	}
	if c.Amount <= free {
		err = a.takeFromFloat(tx, actor, r, &c, t.day)
	} else {
		err = a.takeIntoHands(tx, actor, r, &c, flags)
	}
	if err != nil {
		return nil, err
	}
	if err := tx.AddReceipt(&c, a.receiptHash(t.code)); err != nil {
		return nil, err
	}
	if err := a.openCases(tx, flags, &c); err != nil {
		return nil, err
	}
	return flags.findings(&c), a.writeReceiptLetter(tx, t, &c, r)
}

// holder is the person whose money a receipt is, after mergers; nil for nobody.
func holder(tx *store.Tx, c *store.ReceiptRecord) (*Record, error) {
	if c.Nobody {
		return nil, nil
	}
	r, err := LoadRecord(tx, c.Worker)
	for n := 0; err == nil && r.Worker.State == jaring.WorkerMerged && r.Worker.MergedInto != "" && n < maxMergers; n++ {
		c.Worker = r.Worker.MergedInto
		r, err = LoadRecord(tx, c.Worker)
	}
	return r, err
}

// maxMergers is how often a record may have been merged on.
const maxMergers = 8

// floatOf is what an agent has deposited ahead.
func floatOf(tx *store.Tx, agent jaring.AccountID) (jaring.Rupiah, error) {
	balance, err := tx.BalanceOf(ledger.Key(ledger.Float(agent)))
	return -balance, err
}

// custodyOf is the cash in an agent's hands.
func custodyOf(tx *store.Tx, agent jaring.AccountID) (jaring.Rupiah, error) {
	return tx.BalanceOf(ledger.Key(ledger.Custody(agent)))
}

// takeFromFloat settles a receipt at once: the fund has the money already. Cover begins today, not on the
// day that the phone tells: nobody can be shown afterwards that the balance was there before.
func (a *App) takeFromFloat(tx *store.Tx, actor jaring.Actor, r *Record, c *store.ReceiptRecord, day jaring.Day) error {
	c.PaidFrom = jaring.FromFloat
	return a.settleReceipt(tx, actor, r, c, receiptMoney{into: ledger.Float(c.Agent), channel: "float", reference: c.CodeEnd, day: day})
}

// takeIntoHands puts the money into the agent's custody. It covers nothing.
func (a *App) takeIntoHands(tx *store.Tx, actor jaring.Actor, r *Record, c *store.ReceiptRecord, f *flags) error {
	e := ledger.Entry{ID: ledger.EntryID(c.ID), Owner: string(c.Worker), Day: c.TakenOn, At: a.Now(), Actor: actor.Account, Office: actor.Office, Reference: c.CodeEnd}
	e.Kind, e.Postings = ledger.TakeCash(c.Worker, c.Agent, c.Amount)
	c.TakeEntry = string(e.ID)
	if err := a.enter(tx, actor, r, &e, jaring.CashTaken, c.Amount); err != nil {
		return err
	}
	open, err := custodyOf(tx, c.Agent)
	if err == nil && open > a.Cash.Limit {
		f.add(jaring.CaseOverLimit, "cash.over_limit", "limit", a.Cash.Limit, "open", open)
	}
	return err
}
