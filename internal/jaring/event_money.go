package jaring

// Kinds of events about money. ContributionSettled is the first of a membership.
const (
	ContributionAsked    EventKind = "contribution.asked"    // a code for further months
	ContributionRenewed  EventKind = "contribution.renewed"  // further months are paid
	ContributionCredited EventKind = "contribution.credited" // money came that makes no whole month yet
	ContributionReversed EventKind = "contribution.reversed"
	CoverUnconfirmed     EventKind = "cover.unconfirmed" // by the calendar: the month is paid and not acknowledged
)
