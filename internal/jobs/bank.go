package jobs

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"jaring/internal/acts"
	"jaring/internal/app"
	"jaring/internal/payment"
)

// Till is what banks find behind our server: the codes are those of contributions, and the book is the
// ledger. A virtual account is the bank's number for us and the payment code; a QR code's
// reference is the payment code, and behind a dash which of its QR codes it is.
type Till struct{ app *acts.Acts }

// NewTill makes the biller of a house.
func NewTill(a *acts.Acts) Till { return Till{a} }

// Channels, as the ledger names its clearing accounts.
const (
	channelBank = "bank"
	channelQRIS = "qris"
)

// Inquire tells what a code asks for. Errors: payment.code_unknown, payment.settled, payment.code_expired.
func (t Till) Inquire(ctx context.Context, va payment.VA) (payment.Bill, error) {
	b, err := t.app.GetBill(ctx, va.Customer)
	if err != nil {
		return payment.Bill{}, err
	}
	return bill(b), nil
}

// bill is a bill as a bank shows it to the payer.
func bill(b app.Bill) payment.Bill {
	out := payment.Bill{Name: b.Name, Amount: b.Amount}
	if b.Months > 0 {
		out.Text = "Iuran " + strconv.Itoa(b.Months) + " bulan"
	}
	return out
}

// Pay books n once; see payment.Settle. The money of a QR payment is with us before we are asked: what
// pays no contribution goes to suspense, and the notice is taken. Errors: those of payment.Biller.
func (t Till) Pay(ctx context.Context, n payment.Notice) (payment.Receipt, error) {
	told := app.BankNotice{Code: n.VA.Customer, Amount: n.Amount, Channel: channelBank, Bank: n.Bank, PaidAt: n.PaidAt,
		Reference: cmp.Or(n.Reference, n.ExternalID), Told: app.Told{Partner: n.Partner, Day: n.Day, External: n.ExternalID, Request: n.RequestID}}
	if n.QR != "" {
		told.Code, told.Channel, told.Kept = plain(n.QR, ""), channelQRIS, true
	}
	var entry payment.Entry
	err := t.app.BookNotice(ctx, told, func(book *app.BankBook) (err error) {
		j := &journal{book: book, service: n.VA.Service}
		entry, err = payment.Settle(ctx, j, n, j.act)
		return err
	})
	if err != nil {
		return payment.Receipt{}, err
	}
	return entry.Result()
}

// journal is the book's own, inside its transaction.
type journal struct {
	book    *app.BankBook
	service string     // the bank's number for us
	booked  app.Booked // by act
}

// plain is the payment code in what was paid: behind the bank's number for us, and before the dash of a QR code's
// reference, of which a code may have several.
func plain(code, service string) string {
	code, _, _ = strings.Cut(strings.TrimPrefix(code, service), "-")
	return code
}

func (j *journal) act(context.Context) (receipt payment.Receipt, err error) {
	j.booked, err = j.book.Book()
	return payment.Receipt{Bill: bill(j.booked.Bill), BookedAt: j.booked.At}, err
}

// Find gives what was told before.
func (j *journal) Find(_ context.Context, n payment.Notice) (byExternal, byRequest *payment.Entry, err error) {
	told, first, err := j.book.Find(n.Partner, n.Day, n.ExternalID, n.RequestID)
	if err != nil {
		return nil, nil, err
	}
	if byExternal, err = j.entry(told); err != nil {
		return nil, nil, err
	}
	byRequest, err = j.entry(first)
	return byExternal, byRequest, err
}

// entry is what was kept as the protocol knows it. The name of the payer is not kept a second time.
func (j *journal) entry(e *app.BankEntry) (*payment.Entry, error) {
	if e == nil {
		return nil, nil
	}
	out := &payment.Entry{Partner: e.Partner, Day: e.Day, ExternalID: e.ExternalID, RequestID: e.RequestID, Code: e.Code, Amount: e.Amount,
		Refused: e.Refused, RefusedAs: e.RefusedAs}
	copy(out.Digest[:], e.Digest)
	if e.Refused != "" {
		return out, nil
	}
	paid := *e
	paid.Code = plain(e.Code, j.service)
	name, err := j.book.PayerName(&paid)
	out.Receipt = payment.Receipt{Bill: payment.Bill{Name: name, Amount: e.Amount}, BookedAt: e.At}
	return out, err
}

// Add keeps e.
func (j *journal) Add(_ context.Context, e payment.Entry, first bool) error {
	return j.book.Add(&app.BankEntry{Partner: e.Partner, Day: e.Day, ExternalID: e.ExternalID, RequestID: e.RequestID, Digest: e.Digest[:], Code: e.Code,
		Amount: e.Amount, Refused: e.Refused, RefusedAs: e.RefusedAs, Worker: j.booked.Worker, Entry: j.booked.Entry, At: j.booked.At}, first)
}
