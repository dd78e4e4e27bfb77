package app

import (
	"context"
	"strings"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// FoundBill is a bill under a payment code that is no worker's, as a cashier finds it.
type FoundBill struct {
	Bill
	Code  string
	Kind  string // deposit, group, roster, self, employer
	Owner string // the agent, group, sponsor, order or employer
	ID    string
	State string // waiting, paid, closed
}

// GetBillOfCode gives the bill that a code stands for, to who may take money at the office that knows of it.
// Errors: error.forbidden, payment.code_unknown.
func (a *App) GetBillOfCode(ctx context.Context, actor jaring.Actor, code string) (f FoundBill, err error) {
	if err := actor.May(jaring.ActSettle, jaring.Scope{}); err != nil {
		return f, err
	}
	code = strings.NewReplacer(" ", "", "-", "", ".", "").Replace(code)
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		c, err := tx.BillOfCode(code)
		if err != nil {
			return err
		}
		if c == nil {
			return jaring.NewError(jaring.NotFound, codeUnknown)
		}
		bill, err := a.readBill(tx, c)
		if err != nil {
			return err
		}
		if actor.May(jaring.ActSettle, jaring.Scope{Office: bill.Whence().Office}) != nil {
			return jaring.NewError(jaring.NotFound, codeUnknown)
		}
		f = FoundBill{bill.Bill(), c.Code, c.Kind, c.Owner, c.Bill, payState(bill.Open())}
		return nil
	})
	return f, err
}
