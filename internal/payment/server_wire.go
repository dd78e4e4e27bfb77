package payment

import (
	"net/http"
	"time"
)

// words is a reason in the two languages that SNAP gives it in.
type words struct {
	English    string `json:"english"`
	Indonesian string `json:"indonesia"`
}

func (c Case) words() words { return words{c.Message, c.Indonesian} }

// inquiryAnswer is virtualAccountData of service 24.
type inquiryAnswer struct {
	Status    string      `json:"inquiryStatus"` // 00 or 01
	Reason    words       `json:"inquiryReason"`
	ServiceID string      `json:"partnerServiceId"`
	Customer  string      `json:"customerNo"`
	Number    string      `json:"virtualAccountNo"`
	Name      string      `json:"virtualAccountName"`
	RequestID string      `json:"inquiryRequestId"`
	Total     *amountWire `json:"totalAmount,omitempty"`
	Kind      string      `json:"virtualAccountTrxType"` // C: this amount and no other
	Texts     []words     `json:"freeTexts"`
}

// inquiry is what a bank asks of service 24.
type inquiry struct {
	va        VA
	requestID string
}

func (r *request) inquiry() inquiry {
	q := inquiry{va: r.account(), requestID: r.text("inquiryRequestId", true, maxRequestID)}
	r.moment("trxDateInit", false)
	r.amount("amount", false)
	return q
}

func (q inquiry) answer(b Bill, c Case) inquiryAnswer {
	a := inquiryAnswer{Status: "01", Reason: c.words(), ServiceID: q.va.ServiceID(), Customer: q.va.Customer, Number: q.va.Number(),
		RequestID: q.requestID, Kind: "C", Texts: []words{}}
	if c.Status == http.StatusOK {
		total := newAmountWire(b.Amount)
		a.Status, a.Name, a.Total = "00", b.Name, &total
		if b.Text != "" {
			a.Texts = []words{{b.Text, b.Text}}
		}
	}
	return a
}

// paymentAnswer is virtualAccountData of service 25.
type paymentAnswer struct {
	Status    string     `json:"paymentFlagStatus"` // 00 booked, 01 refused, 02 not known
	Reason    words      `json:"paymentFlagReason"`
	ServiceID string     `json:"partnerServiceId"`
	Customer  string     `json:"customerNo"`
	Number    string     `json:"virtualAccountNo"`
	Name      string     `json:"virtualAccountName"`
	RequestID string     `json:"paymentRequestId"`
	Paid      amountWire `json:"paidAmount"`
	Total     amountWire `json:"totalAmount"`
	At        string     `json:"trxDateTime"`
	Reference string     `json:"referenceNo"`
}

// paymentNotice reads what a bank says by service 25. A payment of a day that has not come is a
// clock that is wrong.
func (r *request) paymentNotice(now time.Time) Notice {
	n := r.notice()
	n.VA = r.account()
	n.RequestID = r.text("paymentRequestId", true, maxRequestID)
	n.Amount = r.amount("paidAmount", true)
	r.amount("totalAmount", false)
	if at := r.moment("trxDateTime", false); !at.IsZero() {
		n.PaidAt = at
	}
	if n.PaidAt.After(now.Add(r.skew)) {
		r.blame(InvalidFormat, "trxDateTime")
	}
	n.Reference = r.text("referenceNo", false, 64)
	switch r.text("flagAdvise", false, 1) {
	case "Y":
		n.Advise = true
	case "", "N":
	default:
		r.blame(InvalidFormat, "flagAdvise")
	}
	if n.Amount == 0 {
		r.blame(InvalidFormat, "paidAmount.value")
	}
	return n
}

// notice is what the headers say of a payment.
func (r *request) notice() Notice {
	return Notice{Bank: r.name, Partner: r.partner, Day: r.day(), ExternalID: r.external, Digest: r.digest, PaidAt: r.at,
		Strict: r.bank.Profile.Repeat == RepeatConflict}
}

func (r *request) paymentAnswer(n Notice, b Bill, c Case) paymentAnswer {
	a := paymentAnswer{Status: "01", Reason: c.words(), ServiceID: n.VA.ServiceID(), Customer: n.VA.Customer, Number: n.VA.Number(),
		RequestID: n.RequestID, Paid: newAmountWire(n.Amount), Total: newAmountWire(n.Amount), At: Timestamp(n.PaidAt), Reference: n.Reference}
	switch {
	case c.Status == http.StatusOK:
		a.Status, a.Name, a.Total = "00", b.Name, newAmountWire(b.Amount)
	case c.Status >= http.StatusInternalServerError:
		a.Status = "02"
	}
	return a
}

// qrPaid is latestTransactionStatus of a payment that is done.
const qrPaid = "00"

// qrNotice reads what an acquirer says by service 52; paid is false for every state but
// the last.
func (r *request) qrNotice() (n Notice, paid bool) {
	n = r.notice()
	n.QR = r.text("originalPartnerReferenceNo", true, 64)
	n.RequestID = r.text("originalReferenceNo", true, 64)
	n.Reference = n.RequestID
	paid = r.text("latestTransactionStatus", true, 2) == qrPaid
	n.Amount = r.amount("amount", true)
	if n.Amount == 0 {
		r.blame(InvalidFormat, "amount.value")
	}
	return n, paid
}
