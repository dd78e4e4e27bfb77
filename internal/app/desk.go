package app

import (
	"context"
	"encoding/hex"
	"strings"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// Suspense is money that came and paid nothing, with what the desk found out since.
type Suspense struct {
	*store.SuspenseRecord
	State      string // open, assigned, refunded
	Decision   *store.SuspenseDecision
	OfficeName string
	WorkerName string // whose it was found to be
}

// Cases of the desk.
const (
	suspenseOpen     = "open"
	suspenseAssigned = "assigned"
	suspenseRefunded = "refunded"
)

// FindSuspenseCases is FindSuspense with the names that a list shows. Errors: those of FindSuspense.
func (a *App) FindSuspenseCases(ctx context.Context, actor jaring.Actor, after string) (cases []*Suspense, next string, err error) {
	found, err := a.FindSuspense(ctx, actor, after)
	for _, s := range found {
		cases = append(cases, &Suspense{SuspenseRecord: s, State: suspenseOpen, OfficeName: a.OfficeName(ctx, s.Office)})
	}
	if len(found) == DefaultPage {
		next = found[len(found)-1].ID
	}
	return cases, next, err
}

// CountSuspense counts the open cases at the actor's offices. Error: error.forbidden.
func (a *App) CountSuspense(ctx context.Context, actor jaring.Actor) (n int64, err error) {
	offices, err := a.OfficesAsked(ctx, actor, jaring.ActReadLedger, "")
	if err != nil {
		return 0, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		n, err = tx.CountSuspense(offices)
		return err
	})
	return n, err
}

// GetSuspense gives a case at the actor's offices. Errors: error.forbidden, suspense.unknown.
func (a *App) GetSuspense(ctx context.Context, actor jaring.Actor, id string) (*Suspense, error) {
	if err := actor.May(jaring.ActReadLedger, jaring.Scope{}); err != nil {
		return nil, err
	}
	return a.suspenseCase(ctx, actor, id)
}

func (a *App) suspenseCase(ctx context.Context, actor jaring.Actor, id string) (*Suspense, error) {
	if !jaring.IsUUID(id) {
		return nil, jaring.NewError(jaring.NotFound, "suspense.unknown")
	}
	offices, err := a.OfficesAsked(ctx, actor, jaring.ActReadLedger, "")
	if err != nil {
		return nil, err
	}
	s := &Suspense{}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if s.SuspenseRecord, s.State, err = tx.GetSuspense(offices, id); err != nil {
			return err
		}
		if s.Decision, err = tx.SuspenseDecisionOf(s.Office, id); err != nil || s.Decision == nil || s.Decision.Worker == "" {
			return err
		}
		w, err := tx.GetWorker(s.Decision.Worker)
		if err == nil {
			s.WorkerName = w.Name
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	s.OfficeName = a.OfficeName(ctx, s.Office)
	return s, nil
}

// undecided is suspenseCase for who wants to decide it. Errors: suspense.decided, error.forbidden,
// suspense.unknown.
func (a *App) undecided(ctx context.Context, actor jaring.Actor, act jaring.Act, id string) (*Suspense, error) {
	if err := actor.May(act, jaring.Scope{}); err != nil {
		return nil, err
	}
	s, err := a.suspenseCase(ctx, actor, id)
	if err == nil && s.State != suspenseOpen {
		err = jaring.NewError(jaring.Conflict, "suspense.decided")
	}
	return s, err
}

// assignment is money from suspense on its way to whom it belongs.
type assignment struct {
	kase    *Suspense
	settles *settlement
	pays    *BillPaid
	target  store.SuspenseDecision
}

// AssignSuspense gives money that paid nothing to the worker whose it is, or to the bill that it was meant
// for. It is booked as if the channel had named them at once, on the day on which it was paid: whole months of
// a worker, the oldest first, and the rest is credit. The entry that kept it aside is undone in the same transaction.
// Errors: suspense.unknown, suspense.decided, suspense.target, worker.not_found, worker.closed,
// payment.code_unknown, payment.settled, payment.code_expired, payment.amount_differs, payment.reference_used,
// error.forbidden, operation.conflict.
func (a *App) AssignSuspense(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id string, worker jaring.WorkerID, billCode string) error {
	w := &assignment{}
	said := []any{"assign", id, worker, billCode}
	_, err := a.Fresh(ctx, actor, op, jaring.ActAssignSuspense, said, func() (err error) {
		w, err = a.prepareAssignment(ctx, actor, id, worker, Trim(billCode))
		return err
	}, func(tx *store.Tx) error { return a.applyAssignment(tx, actor, w) })
	return err
}

func (a *App) prepareAssignment(ctx context.Context, actor jaring.Actor, id string, worker jaring.WorkerID, code string) (*assignment, error) {
	kase, err := a.undecided(ctx, actor, jaring.ActAssignSuspense, id)
	if err != nil {
		return nil, err
	}
	w := &assignment{kase: kase, target: store.SuspenseDecision{Office: kase.Office, ID: kase.ID, Decision: suspenseAssigned, Worker: worker, BillCode: code, By: actor.Account, At: a.Now()}}
	if (worker == "") == (code == "") {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "suspense.target").At("worker_id")}
	}
	if code != "" {
		if w.target.Worker, err = a.ownerOfCode(ctx, code); err != nil {
			return nil, err
		}
	}
	if w.target.Worker == "" {
		return w, a.prepareForBill(ctx, actor, w)
	}
	return w, a.prepareForWorker(ctx, actor, w)
}

// ownerOfCode is the worker whose contribution a code pays, empty for a bill's.
func (a *App) ownerOfCode(ctx context.Context, code string) (id jaring.WorkerID, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		id, err = tx.PaymentOfCode(code)
		return err
	})
	return id, err
}

func (a *App) prepareForWorker(ctx context.Context, actor jaring.Actor, w *assignment) error {
	if !jaring.IsUUID(string(w.target.Worker)) {
		return jaring.Errors{jaring.NewError(jaring.Invalid, "id.malformed").At("worker_id")}
	}
	var r *Record
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		r, err = LoadRecord(tx, w.target.Worker)
		return err
	})
	if err != nil {
		return err
	}
	if err := reach(actor, jaring.ActGetWorker, r.Worker); err != nil {
		return err
	}
	if r.Worker.State != jaring.WorkerActive {
		return jaring.NewError(jaring.Conflict, "worker.closed")
	}
	s := w.kase
	alone := strings.HasPrefix(s.Why, "payment.") // else one transfer was for many, and its reference is theirs together
	body := wire.Settlement{Amount: s.Amount, Channel: s.Channel, Reference: s.Reference, AsReceived: alone,
		PaidOn: max(s.PaidOn, jaring.DayIn(r.Worker.TakenAt, Zone("")))}
	w.settles, err = a.settlementOf(ctx, r, a.payableNow(r), body, ledger.EntryID(NewID()), actor)
	return err
}

// payableNow is the contribution of a worker that money may pay today: none when cover has ended, which it
// would not bring back.
func (a *App) payableNow(r *Record) *store.PaymentRecord {
	if StandingOn(r.Worker, r.Membership, Today(jaring.System, a.Now()), a.Cover) == jaring.StandingEnded {
		return nil
	}
	return openPayment(r.Membership)
}

func (a *App) prepareForBill(ctx context.Context, actor jaring.Actor, w *assignment) (err error) {
	s := w.kase
	p := Paid{Amount: s.Amount, Channel: s.Channel, Reference: s.Reference, On: s.PaidOn, At: a.Now()}
	w.pays, err = a.PayBill(ctx, actor, w.target.BillCode, p)
	if err == nil && actor.May(jaring.ActSettle, jaring.Scope{Office: w.pays.Bill.Whence().Office}) != nil {
		err = jaring.NewError(jaring.NotFound, codeUnknown)
	}
	return err
}

// PayBill prepares that money pays the bill of a code. Errors: payment.code_unknown, payment.settled,
// payment.code_expired, payment.amount_differs.
func (a *App) PayBill(ctx context.Context, actor jaring.Actor, code string, p Paid) (*BillPaid, error) {
	b := &BillPaid{Paid: p}
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if b.Bill, err = a.payableOf(tx, code); err == nil {
			b.code, err = tx.BillOfCode(code)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := b.judge(p.Amount); err != nil {
		return nil, err
	}
	return b, b.Bill.Prepare(ctx, actor, p)
}

func (a *App) applyAssignment(tx *store.Tx, actor jaring.Actor, w *assignment) error {
	if err := decideSuspense(tx, &w.target); err != nil {
		return err
	}
	s := w.kase
	undone := ledger.Entry{ID: ledger.EntryID(s.ID), Owner: string(s.Office), Office: s.Office, Reference: s.Reference}
	undone.Kind, undone.Postings = ledger.Suspend(s.Channel, s.Amount)
	e := ledger.Reverse(&undone)
	to := string(w.target.Worker)
	if w.pays != nil {
		to = w.pays.code.Bill
	}
	if err := a.bookAtDesk(tx, actor, s, &e, s.PaidOn, jaring.MoneyAssigned, jaring.Facts{Other: to}); err != nil {
		return err
	}
	if w.settles != nil {
		return a.applySettlement(tx, actor, w.settles)
	}
	_, err := w.pays.Bill.Apply(tx, actor, w.pays.Paid)
	return err
}

func decideSuspense(tx *store.Tx, d *store.SuspenseDecision) error {
	done, err := tx.DecideSuspense(d)
	if err == nil && !done {
		err = jaring.NewError(jaring.Conflict, "suspense.decided")
	}
	return err
}

// bookAtDesk puts an entry of the desk into the chain of the case's office, and tells of it.
func (a *App) bookAtDesk(tx *store.Tx, actor jaring.Actor, s *Suspense, e *ledger.Entry, day jaring.Day, kind jaring.EventKind, f jaring.Facts) error {
	head, err := tx.LedgerHead(string(s.Office))
	if err != nil {
		return err
	}
	e.ID, e.Owner, e.Office, e.Day, e.At, e.Actor = ledger.EntryID(NewID()), string(s.Office), s.Office, day, a.Now(), actor.Account
	if err := tx.AddEntry(e, head); err != nil {
		return err
	}
	f.Amount, f.Channel, f.Entry = s.Amount, s.Channel, hex.EncodeToString(e.Hash)
	actor.Office = s.Office
	return a.Tell(tx, actor, string(s.Office), kind, f)
}

// RefundSuspense notes that money which paid nothing went back through its channel under a reference.
// Errors: suspense.unknown, suspense.decided, field.required, field.too_long, reason.too_short,
// error.forbidden, operation.conflict.
func (a *App) RefundSuspense(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id, reference, why string) error {
	var s *Suspense
	var reason string
	reference = Trim(reference)
	_, err := a.Fresh(ctx, actor, op, jaring.ActRefundSuspense, []any{"refund", id, reference, why}, func() (err error) {
		if s, err = a.undecided(ctx, actor, jaring.ActRefundSuspense, id); err != nil {
			return err
		}
		var errs jaring.Errors
		judgeReference(reference, &errs)
		reason, err = NeedReason(why)
		return JoinFindings(errs.OrNil(), err)
	}, func(tx *store.Tx) error {
		d := &store.SuspenseDecision{Office: s.Office, ID: s.ID, Decision: suspenseRefunded, Reference: reference, Reason: reason, By: actor.Account, At: a.Now()}
		if err := decideSuspense(tx, d); err != nil {
			return err
		}
		e := ledger.Entry{Reference: reference}
		e.Kind, e.Postings = ledger.ReturnSuspended(s.Channel, s.Amount)
		return a.bookAtDesk(tx, actor, s, &e, Today(actor, a.Now()), jaring.MoneyRefunded, jaring.Facts{Reason: reason})
	})
	return err
}

// maxReference is how long the reference of a payment may be, in bytes.
const maxReference = 64

func judgeReference(reference string, errs *jaring.Errors) {
	switch {
	case reference == "":
		*errs = append(*errs, jaring.NewError(jaring.Invalid, "field.required").At("reference"))
	case len(reference) > maxReference:
		*errs = append(*errs, jaring.NewError(jaring.Invalid, "field.too_long", "max", maxReference).At("reference"))
	}
}
