package payment

import (
	"fmt"
	"net/http"
	"time"

	"jaring/internal/jaring"
)

// The services that the simulated bank answers: 27, 26, 31, 47, and 73 by the gate.

type simAnswer struct {
	Code    string      `json:"responseCode"`
	Message string      `json:"responseMessage"`
	Account *simAccount `json:"virtualAccountData,omitempty"`
	*qrMade
}

type simAccount struct {
	accountWire
	Name      string      `json:"virtualAccountName,omitempty"`
	Order     string      `json:"trxId,omitempty"`
	Total     *amountWire `json:"totalAmount,omitempty"`
	Paid      *amountWire `json:"paidAmount,omitempty"`
	RequestID string      `json:"paymentRequestId,omitempty"`
	Flag      string      `json:"paymentFlagStatus,omitempty"`
	Expires   string      `json:"expiredDate,omitempty"`
}

type qrMade struct {
	ID        string `json:"partnerReferenceNo"`
	Reference string `json:"referenceNo"`
	Content   string `json:"qrContent"`
}

func (s *Simulator) serve(mux *http.ServeMux, service Service, act func(*request) (simAnswer, *refusal)) {
	mux.HandleFunc(routes[service].path, only(service, func(w http.ResponseWriter, r *http.Request) {
		req, no := s.gate.admit(w, r, service)
		if no == nil && s.seen.conflicts(req.partner, req.day(), req.external, req.digest, true) {
			no = &refusal{Case: ConflictingID}
		}
		var a simAnswer
		if no == nil {
			s.mu.Lock()
			a, no = act(req)
			s.mu.Unlock()
		}
		if no == nil {
			no = &refusal{Case: Successful}
		}
		a.Code, a.Message = no.Code(service), no.message()
		writeAnswer(w, no.Status, a)
	}))
}

func (s *Simulator) createVA(r *request) (a simAnswer, no *refusal) {
	va, name, order := r.account(), r.text("virtualAccountName", true, 255), r.text("trxId", true, 64)
	total, expires := r.amount("totalAmount", true), r.moment("expiredDate", true)
	standing := s.accounts[va.String()]
	switch {
	case r.fault != nil:
		return a, r.fault
	case va.Service != s.bank.Profile.ServiceID:
		return a, &refusal{Case: InvalidBill}
	case s.orders[order] != nil:
		return a, &refusal{Case: DuplicateRef}
	case standing != nil && standing.State == StateIssued && s.clockLocked().Before(standing.Expires):
		return a, &refusal{Case: InconsistentFacts}
	}
	made := &account{Service: va.Service, Customer: va.Customer, Order: order, Name: name, Amount: total, Expires: expires, State: StateIssued}
	if s.keep(stateLine{Account: made}) != nil {
		return a, &refusal{Case: InternalFault}
	}
	s.accounts[va.String()], s.orders[order] = made, made
	a.Account = made.wire()
	return a, nil
}

func (s *Simulator) status(r *request) (a simAnswer, no *refusal) {
	va := r.account()
	r.text("inquiryRequestId", true, maxRequestID)
	if r.fault != nil {
		return a, r.fault
	}
	at := s.accounts[va.String()]
	switch {
	case at == nil || at.State == StateDeleted:
		return a, &refusal{Case: InvalidBill}
	case at.State != StatePaid && s.clockLocked().After(at.Expires):
		return a, &refusal{Case: ExpiredBill}
	}
	a.Account = at.wire()
	a.Account.Flag = "03" // nothing has come yet
	if at.State == StatePaid {
		paid := newAmountWire(at.Paid)
		a.Account.Flag, a.Account.Paid, a.Account.RequestID = qrPaid, &paid, at.Request
	}
	return a, nil
}

func (s *Simulator) deleteVA(r *request) (a simAnswer, no *refusal) {
	va := r.account()
	if r.fault != nil {
		return a, r.fault
	}
	at := s.accounts[va.String()]
	switch {
	case at == nil || at.State == StateDeleted:
		return a, &refusal{Case: InvalidBill}
	case at.State == StatePaid:
		return a, &refusal{Case: PaidBill}
	}
	at.State = at.State.Advance(StateDeleted)
	if s.keep(stateLine{Account: at}) != nil {
		return a, &refusal{Case: InternalFault}
	}
	a.Account = at.wire()
	return a, nil
}

func (s *Simulator) makeQR(r *request) (a simAnswer, no *refusal) {
	id, amount, merchant := r.text("partnerReferenceNo", true, 64), r.amount("amount", true), r.text("merchantId", true, 64)
	until := r.moment("validityPeriod", false)
	if until.IsZero() {
		until = s.clockLocked().Add(time.Hour)
	}
	switch {
	case r.fault != nil:
		return a, r.fault
	case merchant != synthetic.ID:
		return a, &refusal{InvalidFormat, "merchantId"}
	case amount == 0:
		return a, &refusal{Case: InvalidAmount}
	case s.codes[id] != nil:
		return a, &refusal{Case: DuplicateRef}
	}
	ours := s.number("")
	q := &qrCode{ID: id, Ours: ours, Amount: amount, Expires: until, State: StateIssued, Content: mint(amount, ours)}
	if s.keep(stateLine{QR: q}) != nil {
		return a, &refusal{Case: InternalFault}
	}
	s.codes[id] = q
	a.qrMade = &qrMade{q.ID, q.Ours, q.Content}
	return a, nil
}

func (a *account) wire() *simAccount {
	total := newAmountWire(a.Amount)
	return &simAccount{accountWire: newAccountWire(a.va()), Name: a.Name, Order: a.Order, Total: &total, Expires: Timestamp(a.Expires)}
}

// mint makes the text of a QR code that looks like one and can be paid nowhere: its
// domain, merchant and national id are invented. A real one comes from an acquirer alone.
func mint(amount jaring.Rupiah, reference string) string {
	account := entry("00", "ID.CO.JARING.WWW") + entry("01", "936000000000000001") + entry("02", synthetic.ID) + entry("03", "UKE")
	national := entry("00", qrisDomain) + entry("02", synthetic.NMID) + entry("03", "UKE")
	text := entry("00", "01") + entry("01", dynamicCode) + entry("26", account) + entry(nationalTag, national) + entry("52", "6399") +
		entry("53", numeric) + entry("54", fmt.Sprint(int64(amount))) + entry("58", homeCountry) + entry("59", "JARING UJI COBA") +
		entry("60", "BANTUL") + entry("61", "55711") + entry(optionalData, entry("05", reference[:min(len(reference), 25)])+entry("07", synthetic.Terminal)) + checksumTag
	return text + checksum(text)
}

func entry(tag, value string) string { return fmt.Sprintf("%s%02d%s", tag, len(value), value) }
