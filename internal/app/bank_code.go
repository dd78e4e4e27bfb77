package app

import (
	"context"
	"fmt"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Banker has payment codes made at banks; it may call them, so it is asked outside of every transaction.
type Banker interface {
	// Offers are the banks that can be asked.
	Offers() []BankOffer
	// MakeVA gives the number of a virtual account that takes the amount of o once.
	MakeVA(ctx context.Context, bank string, o BankOrder) (number string, err error)
	// TakeBackVA lets the bank forget the order of o: nobody can pay it any more. One that is gone already is no error;
	// payment.settled: it was paid.
	TakeBackVA(ctx context.Context, bank string, o BankOrder) error
	// MakeQR gives what a QRIS code says that takes the amount of o once.
	MakeQR(ctx context.Context, bank string, o BankOrder) (content string, err error)
}

// BankOffer is what a bank makes for us.
type BankOffer struct {
	Name    string // ours for it
	Partner string // by which its notices are kept
	VA, QR  bool
}

// BankOrder asks a bank for a code.
type BankOrder struct {
	ID       string // ours for ever: the payment code, and behind a dash which one it is
	Replaces string // the order before it; empty for the first
	Code     string // the payment code
	Name     string // short, as the payer may see it
	Amount   jaring.Rupiah
	Expires  time.Time
}

// How long what a bank made can be paid. A QR code stands on one screen.
const (
	vaLasts = 72 * time.Hour
	qrLasts = 30 * time.Minute
)

// Kinds of bank codes.
const (
	bankVA = "va"
	bankQR = "qr"
)

// BankCode is a virtual account or a QR code that a bank made for a payment code.
type BankCode = store.BankCode

// Offers are the banks that can be asked for a code.
func (a *App) Offers() []BankOffer {
	if a.Banks == nil {
		return nil
	}
	return a.Banks.Offers()
}

// partnerNames are our names of banks by the name under which their notices are kept.
func (a *App) partnerNames() map[string]string {
	names := map[string]string{}
	for _, o := range a.Offers() {
		names[o.Partner] = o.Name
	}
	return names
}

// Pay is what a payment code asks for, as anybody may see who has it.
type Pay struct {
	Bill
	State string // waiting, paid, closed
	Due   jaring.Day
	Cash  bool // an agent may take it: it is a worker's own contribution
}

// GetPay tells what a payment code asks for, or asked for. Error: payment.code_unknown.
func (a *App) GetPay(ctx context.Context, code string) (p Pay, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		r, waits, err := a.underCode(tx, code)
		switch {
		case jaring.KeyOf(err) == codeUnknown:
			bill, err := a.payableOf(tx, code)
			if err == nil {
				p.Bill, p.State = bill.Bill(), payState(bill.Open())
			}
			return err
		case err != nil && !IsRule(err):
			return err
		}
		p.State, p.Cash = payState(err), true
		if p.Bill = r.askedUnder(code); waits != nil {
			p.Bill, p.Due = Bill{jaring.ShortName(r.Worker.Name), waits.Amount, waits.Months}, waits.Due
		}
		return nil
	})
	return p, err
}

// payState is how a code stands, by what speaks against paying it.
func payState(err error) string {
	switch jaring.KeyOf(err) {
	case "":
		return "waiting"
	case "payment.settled":
		return "paid"
	}
	return "closed"
}

// askedUnder is all that a code of the person paid, or would have paid.
func (r *Record) askedUnder(code string) Bill {
	b := Bill{Name: jaring.ShortName(r.Worker.Name)}
	for _, m := range r.All {
		for _, p := range m.Payments {
			if p.Code == code {
				b.Amount, b.Months = b.Amount+p.Amount, b.Months+p.Months
			}
		}
	}
	return b
}

// MakeVA has a bank make a virtual account for a code that waits to be paid. The one that is there already is
// given again while it can be paid and asks for the same amount. Errors: those of GetBill,
// payment.bank_unknown, and those of the bank.
func (a *App) MakeVA(ctx context.Context, code, bank string) (*BankCode, error) {
	return a.makeBankCode(ctx, code, bank, bankVA, vaLasts)
}

// MakeQR likewise has a QRIS code made.
func (a *App) MakeQR(ctx context.Context, code, bank string) (*BankCode, error) {
	return a.makeBankCode(ctx, code, bank, bankQR, qrLasts)
}

func (a *App) makeBankCode(ctx context.Context, code, bank, kind string, lasts time.Duration) (*BankCode, error) {
	bill, err := a.GetBill(ctx, code)
	if err != nil {
		return nil, err
	}
	if !a.offers(bank, kind) {
		return nil, jaring.NewError(jaring.Invalid, "payment.bank_unknown", "bank", Clip(bank, maxReference)).At("bank")
	}
	made, err := a.orderFor(ctx, code, bank, kind, bill.Amount, lasts)
	if err != nil || made.Content != "" {
		return made, err
	}
	order := BankOrder{ID: orderID(code, made.Tries), Code: code, Name: bill.Name, Amount: bill.Amount, Expires: made.Expires}
	if made.Tries > 1 {
		order.Replaces = orderID(code, made.Tries-1)
	}
	ask := a.Banks.MakeVA
	if kind == bankQR {
		ask = a.Banks.MakeQR
	}
	if made.Content, err = ask(ctx, bank, order); err != nil {
		return nil, err
	}
	return made, a.DB.Write(ctx, func(tx *store.Tx) error { return tx.PutBankCode(made) })
}

func orderID(code string, try int) string { return fmt.Sprintf("%s-%d", code, try) }

func (a *App) offers(bank, kind string) bool {
	for _, o := range a.Offers() {
		if o.Name == bank {
			return kind == bankVA && o.VA || kind == bankQR && o.QR
		}
	}
	return false
}

// orderFor gives what a bank made, if it can still be paid, or else a new order that is written down before the
// bank hears of it. A virtual account of the same amount whose making was not heard of is asked for again under the same order.
func (a *App) orderFor(ctx context.Context, code, bank, kind string, amount jaring.Rupiah, lasts time.Duration) (*BankCode, error) {
	var made *BankCode
	now := a.Now()
	err := a.DB.Write(ctx, func(tx *store.Tx) error {
		was, err := tx.GetBankCode(code, bank, kind)
		if err != nil {
			return err
		}
		made = was
		if was != nil && was.BackWhy == backAsked && was.BackAt.After(now) { // the bank is just taking it back
			return jaring.NewError(jaring.Unavailable, "error.unavailable")
		}
		if was != nil && was.State == bankCodeMade && was.Amount == amount && was.Expires.After(now) && (was.Content != "" || kind == bankVA) {
			return nil
		}
		made = &BankCode{Code: code, Bank: bank, Kind: kind, Tries: 1, Amount: amount, Expires: now.Add(lasts), State: bankCodeMade}
		if was != nil {
			made.Tries = was.Tries + 1
		}
		return tx.PutBankCode(made)
	})
	return made, err
}
