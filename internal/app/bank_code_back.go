package app

import (
	"context"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// How codes at banks are looked after.
const (
	backTurn  = 50              // as many in one turn
	backAgain = 5 * time.Minute // after which a code that waits is looked at again
	backFirst = time.Minute     // after which a bank that said no is asked again; doubled each time
	backLast  = 6 * time.Hour   // at most
	backTries = 12              // then it is left to run out
	backAsked = "asked"         // while the bank is being asked
)

// States of a code at a bank.
const (
	bankCodeMade = "made" // it can be paid there
	bankCodeBack = "back" // it was taken back
	bankCodeKept = "kept" // the bank has its payment, or would not take it back
)

// TakeBackCodes lets banks take back virtual accounts whose code is paid otherwise, called off or over, and gives how
// many they did. Each is asked for outside of every transaction; what a bank refuses, or does not answer, is asked again
// later and hinders nothing.
func (a *App) TakeBackCodes(ctx context.Context) (n int, err error) {
	if len(a.Offers()) == 0 {
		return 0, nil
	}
	var due []*BankCode
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		due, err = tx.FindBankCodes(bankVA, a.Now(), backTurn)
		return err
	})
	for _, b := range due {
		if err != nil || ctx.Err() != nil {
			break
		}
		var back bool
		if back, err = a.withdrawCode(ctx, b); back {
			n++
		}
	}
	return n, err
}

// withdrawCode looks at one code, and has it taken back when nobody is to pay it any more.
func (a *App) withdrawCode(ctx context.Context, b *BankCode) (bool, error) {
	wanted, err := a.wanted(ctx, b)
	if err != nil {
		return false, err
	}
	now := a.Now()
	if wanted {
		b.BackAt = now.Add(backAgain)
		if b.Expires.Before(b.BackAt) {
			b.BackAt = b.Expires
		}
		_, err := a.moveBankCode(ctx, b)
		return false, err
	}
	b.BackTries, b.BackWhy = b.BackTries+1, backAsked
	b.BackAt = now.Add(min(backLast, backFirst<<min(b.BackTries-1, 16)))
	if mine, err := a.moveBankCode(ctx, b); err != nil || !mine {
		return false, err
	}
	answered(b, now, a.askBack(ctx, b))
	if ctx.Err() != nil { // what the bank said is not known: it is asked again
		return false, nil
	}
	_, err = a.moveBankCode(ctx, b)
	return b.State == bankCodeBack, err
}

// wanted reports whether a code at a bank may be paid as it is.
func (a *App) wanted(ctx context.Context, b *BankCode) (bool, error) {
	bill, err := a.GetBill(ctx, b.Code)
	if err != nil && !IsRule(err) {
		return false, err
	}
	return err == nil && bill.Amount == b.Amount && b.Expires.After(a.Now()), nil
}

// askBack asks the bank. Errors: payment.bank_unknown, payment.settled, and those of the bank.
func (a *App) askBack(ctx context.Context, b *BankCode) error {
	if !a.offers(b.Bank, bankVA) {
		return jaring.NewError(jaring.Invalid, "payment.bank_unknown", "bank", b.Bank)
	}
	return a.Banks.TakeBackVA(ctx, b.Bank, BankOrder{ID: orderID(b.Code, b.Tries), Code: b.Code, Amount: b.Amount, Expires: b.Expires})
}

func (a *App) moveBankCode(ctx context.Context, b *BankCode) (moved bool, err error) {
	err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
		moved, err = tx.MoveBankCode(b)
		return err
	})
	return moved, err
}

// answered notes what a bank said to being asked to take a code back.
func answered(b *BankCode, now time.Time, err error) {
	b.BackWhy = jaring.KeyOf(err)
	switch {
	case err == nil:
		b.State, b.BackAt = bankCodeBack, now
	case b.BackWhy == "payment.settled" || b.BackTries >= backTries:
		b.State, b.BackAt = bankCodeKept, now
	}
}
