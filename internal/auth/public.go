package auth

import (
	"time"
)

// Public names what anybody may do without an account, as far as it is counted.
type Public string

// What is counted. The limits of an address are wide: a hall of people, or all callers of a
// proxy, stand behind one.
const (
	PublicLook  Public = "look"  // is this agent genuine?
	PublicApply Public = "apply" // I want to be an agent
	PublicCode  Public = "code"  // tries of a 60-second code
	PublicPay   Public = "pay"   // what a payment code asks for

	PublicReceipt Public = "receipt" // what became of my cash? by address
	receiptTries  Public = "receipt.code"

	PublicSelf Public = "self" // I register myself: looks, forms, tries of a code
	selfPhones Public = "self.phone"
)

var publicLimits = map[Public]struct {
	burst int
	every time.Duration
}{
	PublicLook:  {300, 100 * time.Millisecond},
	PublicApply: {100, 2 * time.Second},
	PublicCode:  {10, 30 * time.Second},
	PublicPay:   {60, 2 * time.Second},

	PublicReceipt: {120, time.Second},
	PublicSelf:    {300, 200 * time.Millisecond},
	selfPhones:    {5, 10 * time.Minute}, // codes to one phone: nobody is rung out of bed by a stranger

	receiptTries: {8, time.Minute}, // whoever found a code tries all birth dates of a life in a month, not in an hour
}

// Codes of one certificate are tried by many addresses no faster than this.
const (
	codeBurst = 60
	codeEvery = 2 * time.Second
)

func newPublics() map[Public]*limiter {
	out := map[Public]*limiter{}
	for what, l := range publicLimits {
		out[what] = newLimiter(l.every, l.burst, maxLimits)
	}
	return out
}

// AllowPublic counts an act of anybody by his address. Error: error.rate_limited with the
// seconds to wait.
func (s *Service) AllowPublic(what Public, remote string) error {
	return s.publics[what].take(addressKey(remote), s.instant())
}

// AllowReceipt counts a question about a receipt, by its code and by the address: of codes that nobody
// has, too. Error: error.rate_limited with the seconds to wait.
func (s *Service) AllowReceipt(code, remote string) error {
	if err := s.AllowPublic(PublicReceipt, remote); err != nil {
		return err
	}
	return s.publics[receiptTries].take(code, s.instant())
}

// AllowSelfCode counts a one-time code by the phone that it goes to. Error: error.rate_limited with the seconds
// to wait.
func (s *Service) AllowSelfCode(phone string) error {
	return s.publics[selfPhones].take(phone, s.instant())
}

// AllowCode counts a try of the 60-second code of a certificate, by the certificate and by
// the address: whoever tries all million codes comes too late for each. Error:
// error.rate_limited with the seconds to wait.
func (s *Service) AllowCode(number, remote string) error {
	if err := s.publics[PublicCode].take(number+" "+addressKey(remote), s.instant()); err != nil {
		return err
	}
	return s.codes.take(number, s.instant())
}
