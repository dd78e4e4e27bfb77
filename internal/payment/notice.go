package payment

import (
	"context"
	"crypto/sha256"
	"time"

	"jaring/internal/jaring"
)

// Biller is whose codes they are: what stands behind our server.
type Biller interface {
	// Inquire tells what stands to be paid under va. Errors: payment.code_unknown,
	// payment.settled, payment.code_expired; or code Unavailable to be asked again.
	Inquire(ctx context.Context, va VA) (Bill, error)
	// Pay books n once, however often and in whatever order it comes: see Settle. When it
	// returns without an error the money is in the book, durably. Errors: as Inquire,
	// and payment.amount_differs, payment.notice_conflict.
	Pay(ctx context.Context, n Notice) (Receipt, error)
}

// Bill is what stands to be paid under a code.
type Bill struct {
	Name   string // what the payer sees to know the code is right; short, masked, or empty
	Amount jaring.Rupiah
	Text   string // what for; never with a NIK
}

// Notice is a bank's word that a payer's money is with it.
type Notice struct {
	Bank       string     // our name for it
	Partner    string     // X-PARTNER-ID
	Day        jaring.Day // of sending, in WIB: external ids are unique in it
	ExternalID string     // X-EXTERNAL-ID
	RequestID  string     // paymentRequestId, or the acquirer's reference of a QR payment
	Advise     bool       // the bank has no answer to an earlier notice of this payment
	Strict     bool       // the bank expects a conflict for a repeated external id
	Digest     [sha256.Size]byte
	VA         VA     // zero for a QR payment
	QR         string // partnerReferenceNo of the code; empty for a VA
	Amount     jaring.Rupiah
	PaidAt     time.Time // by the bank's clock
	Reference  string    // the bank's own, for statements; may be empty
}

// Code is what was paid: the VA's digits, or the QR's reference.
func (n Notice) Code() string {
	if n.QR != "" {
		return n.QR
	}
	return n.VA.String()
}

// Receipt is what the book says of a notice.
type Receipt struct {
	Bill     Bill
	BookedAt time.Time
}
