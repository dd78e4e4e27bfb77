package jaring

import "slices"

// LeaveWhy is why somebody for whom a sponsor pays drops out.
type LeaveWhy string

// Reasons for dropping out.
const (
	LeftDied     LeaveWhy = "died"     // the heirs have a claim: JKM
	LeftMoved    LeaveWhy = "moved"    // out of the area of the agreement
	LeftEmployed LeaveWhy = "employed" // an employer has to pay now
	LeftOther    LeaveWhy = "other"
)

// LeaveWhys lists every reason, as forms offer them.
var LeaveWhys = []LeaveWhy{LeftDied, LeftMoved, LeftEmployed, LeftOther}

// Leave is somebody dropping out, as it is entered.
type Leave struct {
	Worker WorkerID
	Why    LeaveWhy
	From   Month // the first month that is free
	Note   string
}

// NewLeave judges it whole. first and last are the months that the sponsor pays for the person. A month that has begun
// stays with the person: nobody else can have been protected in it, and so two people never have one place in one
// month. Own rule. Errors: departure.why_unknown, departure.month (args from, to), departure.over,
// departure.note_missing, field.too_long, field.unreadable.
func NewLeave(l Leave, first, last Month, today Day) (Leave, error) {
	j := judge{}
	if !slices.Contains(LeaveWhys, l.Why) {
		j.reject("why", "departure.why_unknown")
	}
	least := max(first, today.Month()) + 1
	switch {
	case least > last:
		j.reject("from", "departure.over", "month", last)
	case l.From < least || l.From > last:
		j.reject("from", "departure.month", "from", least, "to", last)
	}
	if l.Note = j.text("note", l.Note, MaxCampaignNote, false); l.Note == "" && l.Why == LeftOther {
		j.reject("note", "departure.note_missing")
	}
	return l, j.errs.OrNil()
}

// Kinds of events about people for whom a sponsor pays. Other is the departure, or the list.
const (
	LeaveProposed  EventKind = "departure.proposed"
	HeirProposed   EventKind = "departure.heir"
	LeaveCancelled EventKind = "departure.cancelled"
	LeaveApproved  EventKind = "departure.approved"
	PlaceFilled    EventKind = "departure.filled"
	MonthsReturned EventKind = "worker.months_returned" // From to To are paid for somebody else now
	MonthsKept     EventKind = "worker.months_kept"     // what stays of such a contribution is booked anew
	CoreEnded      EventKind = "core.ended"             // the core holds that the cover ends with To
)

// CardsPrinted tells that the cards of an agreement were printed; HandoverSet that a ceremony hands one over.
const (
	CardsPrinted EventKind = "sponsor.cards_printed"
	HandoverSet  EventKind = "handover.set"
)
