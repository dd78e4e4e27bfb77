package payment

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/outside"
)

// Client calls one bank: it makes payment codes and QR codes, asks where they stand, and
// takes them back. It is safe for many goroutines. Its errors of code Unavailable ask for
// another try later.
type Client struct {
	bank Bank
	line *line
	opts ClientOptions
}

// ClientOptions may all be left out.
type ClientOptions struct {
	Transport http.RoundTripper
	Timeout   time.Duration // of one try; 15 s
	Tries     int           // 3
	Now       func() time.Time
	Wait      func(ctx context.Context, d time.Duration) error // between tries; for tests
}

// NewClient makes the client of b. Errors: payment.bank_malformed, payment.code_malformed.
func NewClient(b Bank, o ClientOptions) (*Client, error) {
	if err := b.Check(); err != nil {
		return nil, err
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Tries == 0 {
		o.Tries = 3
	}
	if o.Wait == nil {
		o.Wait = outside.Wait
	}
	l := newLine(b.Base, b.Ours, b.Channel, b.Profile.Calls, b.Profile.SignedFrom, o.Transport, o.Now)
	if o.Timeout != 0 {
		l.timeout = o.Timeout
	}
	return &Client{bank: b, line: l, opts: o}, nil
}

// Bank is whom the client calls.
func (c *Client) Bank() Bank { return c.bank }

// call asks until there is an answer. Each try has an external id of its own, since it must
// be new; what makes two tries one are the ids in the body. arrived says that an
// earlier try may have done the work.
func (c *Client) call(ctx context.Context, service Service, body any) (got *reply, arrived bool, err error) {
	raw, err := encode(body)
	if err != nil {
		return nil, false, err
	}
	for try := 1; ; try++ {
		got, err = c.line.ask(ctx, service, newExternalID(c.opts.Now()), raw)
		if err == nil {
			err = got.err()
		}
		if err == nil || jaring.CodeOf(err) != jaring.Unavailable || try >= c.opts.Tries || ctx.Err() != nil {
			return got, try > 1, err
		}
		if c.opts.Wait(ctx, patience.After(try)) != nil {
			return got, true, err
		}
	}
}

// patience is how long the client waits between tries.
var patience = outside.Patience{First: 200 * time.Millisecond, Max: 5 * time.Second}

// Order asks for a payment code that takes one amount, once.
type Order struct {
	ID      string // ours for ever, up to 64 characters: a repeated order is the same one
	VA      VA     // from Profile.NewVA
	Name    string // what the payer sees; up to 255 bytes
	Amount  jaring.Rupiah
	Expires time.Time
}

type accountWire struct {
	ServiceID string `json:"partnerServiceId"`
	Customer  string `json:"customerNo"`
	Number    string `json:"virtualAccountNo"`
}

func newAccountWire(v VA) accountWire { return accountWire{v.ServiceID(), v.Customer, v.Number()} }

type createWire struct {
	accountWire
	Name    string     `json:"virtualAccountName"`
	ID      string     `json:"trxId"`
	Total   amountWire `json:"totalAmount"`
	Kind    string     `json:"virtualAccountTrxType"` // C: this amount and no other
	Expires string     `json:"expiredDate"`
}

// CreateVA makes the bank take o (service 27). Repeating it is safe: an order that the bank
// has already is looked at, and taken for made when it stands there under this code.
// Errors: payment.bank_unavailable, payment.bank_access, payment.bank_refused,
// payment.answer_malformed, payment.settled, payment.code_expired.
func (c *Client) CreateVA(ctx context.Context, o Order) error {
	body := createWire{newAccountWire(o.VA), o.Name, o.ID, newAmountWire(o.Amount), "C", Timestamp(o.Expires)}
	got, _, err := c.call(ctx, ServiceCreateVA, body)
	if got != nil && got.Status == http.StatusConflict {
		standing, asked := c.Status(ctx, o.VA, o.ID)
		switch {
		case asked != nil:
			return asked
		case standing.Amount != o.Amount:
			return err
		}
		return nil
	}
	return err
}

// Standing is where a payment code stands at the bank.
type Standing struct {
	State     State
	Amount    jaring.Rupiah // of the order
	Paid      jaring.Rupiah
	RequestID string // of the payment, as its notice has it
}

type statusWire struct {
	accountWire
	RequestID string `json:"inquiryRequestId"`
}

// Status asks where the code of order id stands (service 26), for a notice that does not
// come. Errors: payment.code_unknown and those of CreateVA.
func (c *Client) Status(ctx context.Context, va VA, id string) (Standing, error) {
	got, _, err := c.call(ctx, ServiceStatus, statusWire{newAccountWire(va), id})
	if jaring.KeyOf(err) == "payment.code_expired" {
		return Standing{State: StateExpired}, nil
	}
	if err != nil {
		return Standing{}, err
	}
	data := got.object("virtualAccountData")
	s := Standing{State: StatePending, Amount: data.amount("totalAmount", true), Paid: data.amount("paidAmount", false), RequestID: data.text("paymentRequestId", false, maxRequestID)}
	if data.text("paymentFlagStatus", true, 2) == qrPaid {
		s.State = StatePaid
	}
	got.take(data)
	if got.fault != nil {
		return Standing{}, jaring.NewError(jaring.Internal, "payment.answer_malformed", "service", int(ServiceStatus), "field", got.fault.detail)
	}
	return s, nil
}

type deleteWire struct {
	accountWire
	ID string `json:"trxId"`
}

// DeleteVA takes the code of order id back (service 31), so that nobody pays it any more.
// One that is gone already is no error. Errors: payment.settled, and those of CreateVA.
func (c *Client) DeleteVA(ctx context.Context, va VA, id string) error {
	_, _, err := c.call(ctx, ServiceDeleteVA, deleteWire{newAccountWire(va), id})
	switch jaring.KeyOf(err) {
	case "payment.code_unknown", "payment.code_expired":
		return nil
	}
	return err
}

// QROrder asks the acquirer for a code that takes one amount, once.
type QROrder struct {
	ID      string // partnerReferenceNo, up to 64 characters; comes back in the notice
	Amount  jaring.Rupiah
	Expires time.Time
}

type makeQRWire struct {
	ID       string     `json:"partnerReferenceNo"`
	Amount   amountWire `json:"amount"`
	Merchant string     `json:"merchantId"`
	Terminal string     `json:"terminalId,omitempty"`
	Until    string     `json:"validityPeriod"`
}

// MakeQR gets a code from the acquirer (service 47) and checks it: Jaring shows none that
// asks for another amount or pays another merchant, and mints none. When the fate of an
// order is unknown, make a new one with a new id. Errors: those of CreateVA, payment.no_qr,
// and those of ParseQR and QR.Check.
func (c *Client) MakeQR(ctx context.Context, o QROrder) (QR, error) {
	m := c.bank.Merchant
	if m.NMID == "" {
		return QR{}, jaring.NewError(jaring.Invalid, "payment.no_qr", "bank", c.bank.Name)
	}
	got, _, err := c.call(ctx, ServiceMakeQR, makeQRWire{o.ID, newAmountWire(o.Amount), m.ID, m.Terminal, Timestamp(o.Expires)})
	if err != nil {
		return QR{}, err
	}
	var content string
	if json.Unmarshal(got.raw["qrContent"], &content) != nil || content == "" {
		return QR{}, jaring.NewError(jaring.Internal, "payment.answer_malformed", "service", int(ServiceMakeQR), "field", "qrContent")
	}
	qr, err := ParseQR(content)
	if err != nil {
		return QR{}, err
	}
	return qr, qr.Check(o.Amount, m.NMID)
}
