package core

import "slices"

// Reason says why the core rejected a message. The set is closed: a code that the core
// adds one day arrives as ReasonOther.
type Reason string

// The reasons. Each has a sentence for people under Key.
const (
	ReasonNIKNotFound    Reason = "nik_not_found"
	ReasonNameDiffers    Reason = "name_differs"
	ReasonAlreadyMember  Reason = "already_member"
	ReasonDeceased       Reason = "deceased"
	ReasonAge            Reason = "age"
	ReasonProgramme      Reason = "programme"
	ReasonPaymentMissing Reason = "payment_missing"
	ReasonOther          Reason = "other"
)

// Reasons are all reasons.
var Reasons = []Reason{ReasonNIKNotFound, ReasonNameDiffers, ReasonAlreadyMember, ReasonDeceased,
	ReasonAge, ReasonProgramme, ReasonPaymentMissing, ReasonOther}

// Key is the name of the reason's sentence.
func (r Reason) Key() string { return "core.reason." + string(r) }

func newReason(code string) Reason {
	if r := Reason(code); slices.Contains(Reasons, r) {
		return r
	}
	return ReasonOther
}
