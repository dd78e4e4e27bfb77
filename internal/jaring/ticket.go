package jaring

import "strings"

// TicketCode is what stands on a ticket and on the sign of a stand: thirteen letters, 65 bits that nobody
// guesses. Whoever holds it sees the page behind it and nothing else; its hash alone is kept.
type TicketCode string

// NewTicketCode makes a code of random bytes, five bits of each.
func NewTicketCode(random [ReceiptLength]byte) TicketCode { return TicketCode(NewReceiptCode(random)) }

// ParseTicketCode reads a code as it was scanned – the whole address of the page, too – or typed: small
// letters, spaces and hyphens are forgiven. Error: ticket.code_malformed.
func ParseTicketCode(text string) (TicketCode, error) {
	text = strings.TrimSpace(text)
	text = text[strings.LastIndexByte(text, '/')+1:]
	text, _, _ = strings.Cut(text, "?")
	code, err := ParseReceiptCode(text)
	if err != nil {
		return "", NewError(Invalid, "ticket.code_malformed").At("code")
	}
	return TicketCode(code), nil
}

// Text is the code as it is written down: 4-4-5.
func (c TicketCode) Text() string { return ReceiptCode(c).Text() }
