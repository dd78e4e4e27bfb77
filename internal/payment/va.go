package payment

import (
	"strings"

	"jaring/internal/jaring"
)

// Lengths of a virtual account's parts.
const (
	serviceLength  = 8
	customerLength = 20
)

// VA is a virtual account: a payment code that a bank understands. The zero value is none.
type VA struct {
	Service  string // the biller's number at the bank, 1–8 digits, without padding
	Customer string // 1–20 digits
}

// NewVA makes a virtual account of its parts. Error: payment.code_malformed.
func NewVA(service, customer string) (VA, error) {
	if !isDigits(service) || len(service) > serviceLength || !isDigits(customer) || len(customer) > customerLength {
		return VA{}, jaring.NewError(jaring.Invalid, "payment.code_malformed")
	}
	return VA{service, customer}, nil
}

// ServiceID is partnerServiceId: 8 characters, padded with spaces on the left. To trim it
// is to break the signature.
func (v VA) ServiceID() string { return strings.Repeat(" ", serviceLength-len(v.Service)) + v.Service }

// Number is virtualAccountNo as SNAP writes it, with its padding.
func (v VA) Number() string { return v.ServiceID() + v.Customer }

// String is the number as a person types it: digits alone.
func (v VA) String() string { return v.Service + v.Customer }

// IsZero reports whether v is none.
func (v VA) IsZero() bool { return v == VA{} }

// parseServiceID reads partnerServiceId with its padding.
func parseServiceID(padded string) (string, bool) {
	service := strings.TrimLeft(padded, " ")
	return service, len(padded) == serviceLength && isDigits(service)
}
