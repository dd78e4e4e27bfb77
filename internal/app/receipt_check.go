package app

import (
	"context"
	"slices"
	"unicode/utf8"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// CheckedReceipt is what whoever holds a receipt and knows the birth date is told: no name of the worker.
type CheckedReceipt struct {
	*CashReceipt
	Agent        string // short
	AgentNumber  string // of the certificate
	OfficeName   string
	OfficePhone  string     // of the office, or of the one above it; may be empty
	CoveredFrom  jaring.Day // 0 while nothing is covered
	CoveredUntil jaring.Day
	BranchToldOn jaring.Day // of cash that is too long in the agent's hands
}

// Stranger is an id of nobody.
const Stranger jaring.WorkerID = "00000000-0000-0000-0000-000000000000"

// CheckReceipt tells what became of the money of a receipt. A wrong code and a wrong date are one answer,
// and cost the same work. Errors: receipt.unknown, receipt.code_malformed.
func (a *App) CheckReceipt(ctx context.Context, text string, birth jaring.Day) (out *CheckedReceipt, err error) {
	code, err := jaring.ParseReceiptCode(text)
	if err != nil {
		return nil, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		c, _, err := a.receiptBehind(tx, code, birth)
		if err != nil {
			return err
		}
		out, err = a.checked(tx, c)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, a.nameAgent(ctx, out)
}

// receiptBehind finds a receipt by its code and the birth date of the worker. Error: receipt.unknown.
func (a *App) receiptBehind(tx *store.Tx, code jaring.ReceiptCode, birth jaring.Day) (*store.ReceiptRecord, *store.WorkerRecord, error) {
	c, err := tx.ReceiptOfCode(a.receiptHash(code))
	worker := Stranger
	if err == nil {
		worker = c.Worker
	} else if jaring.CodeOf(err) != jaring.NotFound {
		return nil, nil, err
	}
	w, err := tx.GetWorker(worker)
	if err != nil && jaring.CodeOf(err) != jaring.NotFound {
		return nil, nil, err
	}
	if c == nil || w == nil || err != nil || w.BirthDate != birth {
		return nil, nil, jaring.NewError(jaring.NotFound, "receipt.unknown")
	}
	return c, w, nil
}

// checked is a receipt with all that its holder may know.
func (a *App) checked(tx *store.Tx, c *store.ReceiptRecord) (*CheckedReceipt, error) {
	list, err := cashReceipts(tx, []*store.ReceiptRecord{c}, Today(jaring.System, a.Now()))
	if err != nil {
		return nil, err
	}
	out := &CheckedReceipt{CashReceipt: list[0]}
	out.Name = ""
	if c.State == jaring.ReceiptSettled {
		out.CoveredFrom, out.CoveredUntil = max(c.DepositedOn, c.FirstMonth.First()), c.FirstMonth.Add(c.Months-1).Last()
	}
	if c.State != jaring.ReceiptOpen {
		return out, nil
	}
	open, err := tx.FindOpenCases(c.Agent)
	for _, k := range open {
		if k.Kind == jaring.CaseOverdue {
			out.BranchToldOn = jaring.DayIn(k.OpenedAt, Zone(""))
		}
	}
	return out, err
}

// nameAgent says who took the money, as far as a badge says it.
func (a *App) nameAgent(ctx context.Context, out *CheckedReceipt) error {
	agent, err := a.Actor(ctx, out.ReceiptRecord.Agent)
	if err != nil {
		return err
	}
	out.Agent, out.AgentNumber, out.OfficeName = jaring.ShortName(agent.Name), agent.Licence.Number, a.offices.name(ctx, agent.Office, a.Now())
	out.OfficePhone = a.offices.phone(ctx, agent.Office, a.Now())
	return nil
}

// GetReceipt gives a receipt to whoever reaches the worker, or the agent's office, or took it.
// Errors: receipt.unknown, error.forbidden.
func (a *App) GetReceipt(ctx context.Context, actor jaring.Actor, id string) (out *CheckedReceipt, err error) {
	if !jaring.IsUUID(id) {
		return nil, jaring.NewError(jaring.NotFound, "receipt.unknown")
	}
	if err := actor.May(jaring.ActGetWorker, jaring.Scope{}); err != nil {
		return nil, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		c, err := tx.GetReceipt(id)
		if err != nil {
			return err
		}
		scope := jaring.Scope{Agent: c.Agent}
		if agent, err := tx.GetAccount(c.Agent); err != nil {
			return err
		} else if actor.Role != jaring.RoleAgent {
			scope.Office = agent.Office
		}
		if actor.May(jaring.ActGetWorker, scope) != nil {
			return jaring.NewError(jaring.NotFound, "receipt.unknown")
		}
		name := ""
		if w, err := tx.GetWorker(c.Worker); err == nil {
			name = w.Name
		}
		if out, err = a.checked(tx, c); err == nil {
			out.Name = name
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, a.nameAgent(ctx, out)
}

// Dispute is what a worker says of a receipt.
type Dispute struct {
	Code  string
	Birth jaring.Day
	What  string
	Phone string // may be empty
}

const maxDispute = 500

// DisputeReceipt opens a case about a receipt, or gives the one that is open. It needs no account.
// Errors: receipt.unknown, receipt.code_malformed, field.required, field.too_long, phone.malformed and the like.
func (a *App) DisputeReceipt(ctx context.Context, op jaring.OperationID, d Dispute) (no string, err error) {
	code, errs := d.judge()
	if len(errs) > 0 {
		return "", errs
	}
	run := func(tx *store.Tx) error {
		c, _, err := a.receiptBehind(tx, code, d.Birth)
		if err != nil {
			return err
		}
		agent, err := tx.GetAccount(c.Agent)
		if err != nil {
			return err
		}
		all, err := tx.FindCasesOf([]string{c.ID})
		at := slices.IndexFunc(all, func(k *store.CaseRecord) bool { return k.Kind == jaring.CaseDispute && k.State == "open" })
		if err != nil || at >= 0 {
			return err
		}
		actor := jaring.System
		actor.Office = agent.Office
		return a.openCase(tx, actor, &store.CaseRecord{Kind: jaring.CaseDispute, Office: agent.Office, Agent: c.Agent, Worker: c.Worker, Receipt: c.ID,
			Amount: c.Amount, Said: d.What, Phone: d.Phone})
	}
	if _, err := a.Once(ctx, jaring.System, op, "receipt.dispute", []any{code, d.Birth, d.What, d.Phone}, run); err != nil {
		return "", err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		c, _, err := a.receiptBehind(tx, code, d.Birth)
		if err != nil {
			return err
		}
		all, err := tx.FindCasesOf([]string{c.ID})
		for _, k := range all {
			if k.Kind == jaring.CaseDispute {
				no = k.No
			}
		}
		return err
	})
	return no, err
}

func (d *Dispute) judge() (code jaring.ReceiptCode, errs jaring.Errors) {
	code, err := jaring.ParseReceiptCode(d.Code)
	if err != nil {
		errs = append(errs, jaring.NewError(jaring.Invalid, jaring.KeyOf(err)).At("code"))
	}
	d.What = Trim(d.What)
	switch n := utf8.RuneCountInString(d.What); {
	case n == 0:
		errs = append(errs, jaring.NewError(jaring.Invalid, "field.required").At("what"))
	case n > maxDispute:
		errs = append(errs, jaring.NewError(jaring.Invalid, "field.too_long", "max", maxDispute).At("what"))
	}
	if d.Phone == "" {
		return code, errs
	}
	if d.Phone, err = jaring.ParsePhone(d.Phone); err != nil {
		errs = append(errs, jaring.NewError(jaring.Invalid, jaring.KeyOf(err)).At("phone"))
	}
	return code, errs
}
