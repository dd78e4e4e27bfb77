package jaring

import (
	"strconv"
	"strings"
)

// Standing is where a person stands today; it stands in lists and is what gauges count.
type Standing string

// Standings. Protected means confirmed and covered today, nothing less.
const (
	StandingReview    Standing = "review"
	StandingWaiting   Standing = "waiting" // registered, not paid
	StandingPaid      Standing = "paid"    // money with the fund, not confirmed
	StandingProtected Standing = "protected"
	StandingGrace     Standing = "grace" // cover over, arrears may still be paid; not protected
	StandingEnded     Standing = "ended"
	StandingWithdrawn Standing = "withdrawn"
	StandingMerged    Standing = "merged"
	StandingRejected  Standing = "rejected"
)

// Standings in the order in which lists offer them.
var Standings = []Standing{StandingProtected, StandingPaid, StandingWaiting, StandingGrace, StandingEnded, StandingReview, StandingWithdrawn, StandingMerged, StandingRejected}

// standingRank orders standings of one person's memberships, the one that tells most first.
var standingRank = []Standing{StandingProtected, StandingPaid, StandingGrace, StandingWaiting, StandingEnded}

// BetterStanding is where a person stands who stands in two ways by two memberships.
func BetterStanding(a, b Standing) Standing {
	for _, s := range standingRank {
		if a == s || b == s {
			return s
		}
	}
	return a
}

// Measure is what a counter counts. Flows carry the month in which something
// happened, covered carries the month of contribution, gauges carry month 0.
type Measure string

// Flows and covered; gauges are Gauge(standing).
const (
	FlowRegistered Measure = "registered"    // new persons registered in the month
	FlowEmployed   Measure = "registered.pu" // of them, who came as wage workers; by area and office alone
	FlowRejoined   Measure = "rejoined"      // persons registered again in the month, after their cover had ended
	FlowPaid       Measure = "paid"          // first payments with the fund in the month
	FlowConfirmed  Measure = "confirmed"     // confirmations by the fund's core in the month
	Covered        Measure = "covered"       // persons whose contribution of the month is confirmed
)

// Measures of cohorts and of what lapses next; their marginals are all, office, agent and campaign.
const (
	JoinedIn  Measure = "joined" // persons whose membership began in the month
	PaidUntil Measure = "until"  // persons in the book whose paid months end with the month
)

// KeptAfter are the months after joining at which a cohort is looked at.
var KeptAfter = []int{1, 3, 6, 12}

// Kept is the measure that counts, by the month in which they joined, the persons whose contribution of
// the n-th month after it is confirmed. It may be paid ahead: a reader looks at months that have come.
func Kept(n int) Measure { return Measure("kept." + strconv.Itoa(n)) }

// Gauge is the measure that counts persons who are in status now.
func Gauge(s Standing) Measure { return Measure("now." + string(s)) }

// Dimension is what a counter is parted by. The list is short on purpose:
// marginals, never a cube.
type Dimension string

// Dimensions.
const (
	ByAll      Dimension = "all"
	ByArea     Dimension = "area" // nation is ByAll; province, regency, district, village by dotted code
	ByOffice   Dimension = "office"
	ByAgent    Dimension = "agent"
	ByCampaign Dimension = "campaign"
	ByProgram  Dimension = "program"
	ByFunding  Dimension = "funding"
	BySector   Dimension = "sector"
	BySex      Dimension = "sex"
	ByAge      Dimension = "age"
)

// Counter names one counter.
type Counter struct {
	Dimension Dimension
	Value     string
	Measure   Measure
	Month     Month // 0 for gauges
}

// Tally is what an event adds to the counters: the one place that says what a
// counter counts. add is called once for each counter with +1 or −1.
func Tally(kind EventKind, f Facts, add func(Counter, int64)) {
	if kind == WorkerRegistered || kind == WorkerAccepted {
		each(f, FlowRegistered, f.Month, 1, add)
		if f.Segment == PU {
			where(f, FlowEmployed, f.Month, 1, add)
		}
	}
	if kind == WorkerRejoined {
		each(f, FlowRejoined, f.Month, 1, add)
	}
	if kind == ContributionSettled {
		each(f, FlowPaid, f.Month, 1, add)
	}
	if kind == ContributionReversed && f.Is == StandingWaiting { // it was the first payment
		each(f, FlowPaid, f.Month, -1, add)
	}
	if kind == CoreConfirmed {
		each(f, FlowConfirmed, f.Month, 1, add)
		for m := f.From; m != 0 && m <= f.To; m++ {
			each(f, Covered, m, 1, add)
		}
	}
	if kind == MonthsReturned { // confirmed months that somebody else has now
		for m := f.From; m != 0 && m <= f.To; m++ {
			each(f, Covered, m, -1, add)
		}
	}
	tallyCohort(kind, f, add)
	if before := f.before(); f.Was != f.Is || f.Before != nil || before.Sex != f.Sex || before.Age != f.Age {
		if f.Was != "" {
			each(before, Gauge(f.Was), 0, -1, add)
		}
		if f.Is != "" {
			each(f, Gauge(f.Is), 0, 1, add)
		}
	}
}

// tallyCohort counts by the month of joining, and by the month with which what is paid ends.
func tallyCohort(kind EventKind, f Facts, add func(Counter, int64)) {
	switch {
	case f.Joined == 0:
	case kind == WorkerRegistered, kind == WorkerAccepted, kind == WorkerRejoined:
		some(f, JoinedIn, f.Joined, 1, add)
	case kind == CoreConfirmed, kind == MonthsReturned:
		n := int64(1)
		if kind == MonthsReturned {
			n = -1
		}
		for _, after := range KeptAfter {
			if m := f.Joined.Add(after); f.From <= m && m <= f.To {
				some(f, Kept(after), f.Joined, n, add)
			}
		}
	}
	if f.PaidWas != 0 {
		some(f.before(), PaidUntil, f.PaidWas, -1, add)
	}
	if f.PaidTo != 0 {
		some(f, PaidUntil, f.PaidTo, 1, add)
	}
}

// before is f with the marginals by which the person was counted until now.
func (f Facts) before() Facts {
	if f.Before != nil {
		return *f.Before
	}
	if f.WasSex != "" {
		f.Sex = f.WasSex
	}
	if f.WasAge != 0 {
		f.Age = f.WasAge
	}
	return f
}

// each adds n to the measure in every marginal of f.
func each(f Facts, m Measure, month Month, n int64, add func(Counter, int64)) {
	put := func(d Dimension, value string) {
		if value != "" {
			add(Counter{d, value, m, month}, n)
		}
	}
	where(f, m, month, n, add)
	put(ByAgent, string(f.Agent))
	put(ByCampaign, string(f.Campaign))
	for p := range strings.SplitSeq(f.Programs, "+") {
		put(ByProgram, p)
	}
	put(ByFunding, string(f.Funding))
	put(BySector, string(f.Sector))
	put(BySex, string(f.Sex))
	put(ByAge, AgeBand(f.Age))
}

// where is each for the marginals of places and offices.
func where(f Facts, m Measure, month Month, n int64, add func(Counter, int64)) {
	add(Counter{ByAll, "", m, month}, n)
	for i := range len(f.Area) {
		if f.Area[i] == '.' {
			add(Counter{ByArea, f.Area[:i], m, month}, n)
		}
	}
	if f.Area != "" {
		add(Counter{ByArea, f.Area, m, month}, n)
	}
	for _, o := range f.Offices {
		if o != "" {
			add(Counter{ByOffice, string(o), m, month}, n)
		}
	}
}

// some is each for the marginals by which cohorts are looked at.
func some(f Facts, m Measure, month Month, n int64, add func(Counter, int64)) {
	add(Counter{ByAll, "", m, month}, n)
	for _, o := range f.Offices {
		add(Counter{ByOffice, string(o), m, month}, n)
	}
	if f.Agent != "" {
		add(Counter{ByAgent, string(f.Agent), m, month}, n)
	}
	if f.Campaign != "" {
		add(Counter{ByCampaign, string(f.Campaign), m, month}, n)
	}
}

// AgeBand groups full years for counters; empty for an unknown age.
func AgeBand(years int) string {
	switch {
	case years <= 0:
		return ""
	case years < 15:
		return "0-14"
	case years < 25:
		return "15-24"
	case years < 35:
		return "25-34"
	case years < 45:
		return "35-44"
	case years < 55:
		return "45-54"
	case years < 65:
		return "55-64"
	}
	return "65+"
}
