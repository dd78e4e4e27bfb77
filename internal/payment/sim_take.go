package payment

import (
	"context"
	"strings"
	"time"

	"jaring/internal/jaring"
)

// Payer asks the simulated bank to pay a code.
type Payer struct {
	Code     string        // the digits of a VA, or the reference of a QR code
	Amount   jaring.Rupiah // 0: as much as is asked for
	Mischief *Mischief     // nil: what the bank does to everybody
}

// Taking is money that a payer left at the bank.
type Taking struct {
	RequestID string        `json:"payment_request_id"`
	Reference string        `json:"reference"`
	Code      string        `json:"code"`
	QR        bool          `json:"qr"`
	Amount    jaring.Rupiah `json:"amount"`
	At        time.Time     `json:"at"`
	State     TakingState   `json:"state"`
	Answers   []string      `json:"answers"` // response codes of Jaring's server, in order; "" for none
}

// TakingState is what became of a payment at the bank.
type TakingState string

// The states. A payment that Jaring refuses goes back to the payer.
const (
	TakingWaits    TakingState = "waiting"
	TakingBooked   TakingState = "booked"
	TakingReturned TakingState = "returned"
)

// Pay lets a payer pay. The notice goes at once, or as the mischief has it; the takings
// (two when a code is paid again) are as they stand afterwards. Errors: payment.code_unknown,
// payment.settled, payment.code_expired – then no money was taken.
func (s *Simulator) Pay(ctx context.Context, p Payer) ([]Taking, error) {
	m := s.mischiefFor(p)
	asked, err := s.asks(ctx, p.Code, m)
	if err != nil {
		return nil, err
	}
	if p.Amount != 0 {
		asked = p.Amount
	}
	asked += jaring.Rupiah(m.Wrong)
	if asked <= 0 {
		return nil, jaring.NewError(jaring.Invalid, "payment.amount_malformed")
	}
	times := 1
	if m.Again {
		times = 2
	}
	var made []*Taking
	s.mu.Lock()
	for range times {
		t, err := s.take(p.Code, asked, m)
		if err != nil {
			s.mu.Unlock()
			return nil, err
		}
		made = append(made, t)
	}
	s.mu.Unlock()
	s.Deliver(ctx)
	return s.snapshot(made), nil
}

func (s *Simulator) mischiefFor(p Payer) Mischief {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.Mischief != nil {
		return *p.Mischief
	}
	return s.mischief
}

func (s *Simulator) snapshot(made []*Taking) []Taking {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]Taking, len(made))
	for i, t := range made {
		list[i] = *t
		list[i].Answers = append([]string{}, t.Answers...)
	}
	return list
}

// take writes down a payment and puts its notice on the way. The caller holds the lock.
func (s *Simulator) take(code string, amount jaring.Rupiah, m Mischief) (*Taking, error) {
	_, isQR := s.codes[code]
	t := &Taking{RequestID: s.number("SIM"), Reference: s.number(""), Code: code, QR: isQR, Amount: amount, At: s.clockLocked(), State: TakingWaits}
	if isQR {
		t.RequestID = t.Reference
	}
	if err := s.keep(stateLine{Taking: t}); err != nil {
		return nil, err
	}
	s.takings = append(s.takings, t)
	s.post(t, m)
	return t, nil
}

// asks is how much code asks for: the bank's own codes it knows, of others with its number
// it asks Jaring (service 24).
func (s *Simulator) asks(ctx context.Context, code string, m Mischief) (jaring.Rupiah, error) {
	s.mu.Lock()
	now := s.clockLocked()
	amount, expires, state := jaring.Rupiah(0), time.Time{}, StateUnknown
	if a, ok := s.accounts[code]; ok {
		amount, expires, state = a.Amount, a.Expires, a.State
	} else if q, ok := s.codes[code]; ok {
		amount, expires, state = q.Amount, q.Expires, q.State
	}
	s.mu.Unlock()
	switch {
	case state == StateUnknown:
		return s.inquire(ctx, code, m)
	case state == StateDeleted:
		return 0, jaring.NewError(jaring.NotFound, "payment.code_unknown")
	case state == StatePaid && !m.Again:
		return 0, jaring.NewError(jaring.Conflict, "payment.settled")
	case !expires.IsZero() && now.After(expires) && !m.Expired:
		return 0, jaring.NewError(jaring.Conflict, "payment.code_expired")
	}
	return amount, nil
}

type inquireWire struct {
	accountWire
	ID      string `json:"inquiryRequestId"`
	At      string `json:"trxDateInit"`
	Channel int    `json:"channelCode"`
}

// inquire asks Jaring what a code is that this bank did not make.
func (s *Simulator) inquire(ctx context.Context, code string, m Mischief) (jaring.Rupiah, error) {
	customer, ok := strings.CutPrefix(code, s.bank.Profile.ServiceID)
	va, err := NewVA(s.bank.Profile.ServiceID, customer)
	if !ok || err != nil || s.notify() == "" {
		return 0, jaring.NewError(jaring.NotFound, "payment.code_unknown")
	}
	s.mu.Lock()
	id, now, line := s.number("INQ"), s.clockLocked(), s.line
	s.mu.Unlock()
	body, err := encode(inquireWire{newAccountWire(va), id, Timestamp(now), 6011})
	if err != nil {
		return 0, err
	}
	got, err := line.ask(ctx, ServiceInquiry, newExternalID(now), body)
	if err != nil {
		return 0, err
	}
	if err := got.err(); err != nil {
		return 0, err
	}
	data := got.object("virtualAccountData")
	amount := data.amount("totalAmount", true)
	if data.fault != nil {
		return 0, jaring.NewError(jaring.Internal, "payment.answer_malformed", "service", int(ServiceInquiry), "field", "totalAmount")
	}
	return amount, nil
}

func (s *Simulator) notify() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.opts.Notify
}

// Statement are the payments of a day (WIB), in the order in which they came: what the
// bank would bring in its file the next morning.
func (s *Simulator) Statement(day jaring.Day) []Taking {
	s.mu.Lock()
	var made []*Taking
	for _, t := range s.takings {
		if day == 0 || jaring.DayIn(t.At, wib) == day {
			made = append(made, t)
		}
	}
	s.mu.Unlock()
	return s.snapshot(made)
}
