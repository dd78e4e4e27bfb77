package jobs

import (
	"context"
	"log/slog"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/payment"
)

// Counters has payment codes made at banks, in their protocol.
type Counters struct {
	banks   []payment.Bank
	clients map[string]*payment.Client // by our name of the bank
}

// NewCounters makes the callers of banks. Errors: payment.bank_malformed, payment.code_malformed.
func NewCounters(banks []payment.Bank, o payment.ClientOptions) (*Counters, error) {
	c := &Counters{banks: banks, clients: map[string]*payment.Client{}}
	for _, b := range banks {
		client, err := payment.NewClient(b, o)
		if err != nil {
			return nil, err
		}
		c.clients[b.Name] = client
	}
	return c, nil
}

// Offers are all banks; those of which we are a merchant make QR codes.
func (c *Counters) Offers() (out []app.BankOffer) {
	for _, b := range c.banks {
		out = append(out, app.BankOffer{Name: b.Name, Partner: b.Theirs.PartnerID, VA: true, QR: b.Merchant.NMID != ""})
	}
	return out
}

// client is who calls a bank. Error: payment.bank_unknown.
func (c *Counters) client(bank string) (*payment.Client, error) {
	if client := c.clients[bank]; client != nil {
		return client, nil
	}
	return nil, jaring.NewError(jaring.Invalid, "payment.bank_unknown", "bank", bank)
}

// MakeVA has a virtual account made; the one before it, of another amount, is taken back first. Errors:
// payment.bank_unknown, those of payment.Client.
func (c *Counters) MakeVA(ctx context.Context, bank string, o app.BankOrder) (string, error) {
	client, err := c.client(bank)
	if err != nil {
		return "", err
	}
	va, err := client.Bank().Profile.NewVA(o.Code)
	if err != nil {
		return "", err
	}
	if o.Replaces != "" {
		if err := client.DeleteVA(ctx, va, o.Replaces); err != nil {
			return "", err
		}
	}
	return va.String(), client.CreateVA(ctx, payment.Order{ID: o.ID, VA: va, Name: o.Name, Amount: o.Amount, Expires: o.Expires})
}

// TakeBackVA has a virtual account taken back. Errors: payment.bank_unknown, payment.settled, those of payment.Client.
func (c *Counters) TakeBackVA(ctx context.Context, bank string, o app.BankOrder) error {
	client, err := c.client(bank)
	if err != nil {
		return err
	}
	va, err := client.Bank().Profile.NewVA(o.Code)
	if err != nil {
		return err
	}
	return client.DeleteVA(ctx, va, o.ID)
}

// MakeQR has a QR code made. Errors: payment.bank_unknown, those of payment.Client.
func (c *Counters) MakeQR(ctx context.Context, bank string, o app.BankOrder) (string, error) {
	client, err := c.client(bank)
	if err != nil {
		return "", err
	}
	qr, err := client.MakeQR(ctx, payment.QROrder{ID: o.ID, Amount: o.Amount, Expires: o.Expires})
	return qr.Content, err
}

// takeBackCodes has codes at banks taken back that nobody is to pay any more.
func (r *Runner) takeBackCodes(ctx context.Context) error {
	n, err := r.App.TakeBackCodes(ctx)
	if n > 0 {
		r.Log.Info("codes taken back at banks", slog.Int("n", n))
	}
	return err
}
