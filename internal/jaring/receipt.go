package jaring

import (
	"strconv"
	"strings"
)

// ReceiptCode is the long random code of a receipt for cash: thirteen letters, 65 bits. Whoever holds it
// and knows the birth date of the worker may ask what became of the money.
type ReceiptCode string

// ReceiptLetters are the letters of a code: thirty-two, without 0, O, 1 and I, which hands confuse.
const ReceiptLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// ReceiptLength is how many letters a code has.
const ReceiptLength = 13

// NewReceiptCode makes a code of random bytes, five bits of each.
func NewReceiptCode(random [ReceiptLength]byte) ReceiptCode {
	for i, b := range random {
		random[i] = ReceiptLetters[b&31]
	}
	return ReceiptCode(random[:])
}

// ParseReceiptCode reads a code as somebody copied it from a card: small letters, spaces and hyphens are
// forgiven. Error: receipt.code_malformed.
func ParseReceiptCode(text string) (ReceiptCode, error) {
	code := strings.ToUpper(strings.NewReplacer(" ", "", "-", "", ".", "").Replace(text))
	if len(code) != ReceiptLength || strings.Trim(code, ReceiptLetters) != "" {
		return "", NewError(Invalid, "receipt.code_malformed").At("code")
	}
	return ReceiptCode(code), nil
}

// Text is the code as it is written down: 4-4-5.
func (c ReceiptCode) Text() string {
	if len(c) != ReceiptLength {
		return string(c)
	}
	return string(c[:4] + "-" + c[4:8] + "-" + c[8:])
}

// End are the last three letters, by which an agent finds a receipt again.
func (c ReceiptCode) End() string { return string(c[max(0, len(c)-3):]) }

// Receipt is what a device signs when cash is taken, without a network.
type Receipt struct {
	Device  DeviceID
	Counter int64 // of the device: one more for each receipt
	Code    ReceiptCode
	Amount  Rupiah
	Months  int
	TakenAt string // as the device wrote it
	About   string // the worker, or the operation that registers the worker
}

// SignedText is the text that is signed: the name of this form, then its parts, a line each. Two receipts
// share a text only when they are equal, as long as no part holds a line break.
func (r Receipt) SignedText() []byte {
	lines := []string{"jaring-receipt-1", string(r.Device), strconv.FormatInt(r.Counter, 10), string(r.Code), strconv.FormatInt(int64(r.Amount), 10),
		strconv.Itoa(r.Months), r.TakenAt, r.About}
	return []byte(strings.Join(lines, "\n") + "\n")
}

// ReceiptState is how far the cash of a receipt has come.
type ReceiptState string

// The states, in their order.
const (
	ReceiptOpen    ReceiptState = "open"    // in the agent's hands: covers nothing
	ReceiptKept    ReceiptState = "kept"    // with the fund, and waits for a second look at the person, or for a desk
	ReceiptSettled ReceiptState = "settled" // with the fund, for months
)

// PaidFrom says out of what a receipt was paid.
type PaidFrom string

// Out of what.
const (
	FromCash  PaidFrom = "cash"  // the notes and coins, when they are deposited
	FromFloat PaidFrom = "float" // the agent's balance, at once
)
