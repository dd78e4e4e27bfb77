package jaring

// FunnelMonths are the months after joining at which the people of a funnel are looked at again.
var FunnelMonths = []int{3, 6, 12}

// Funnel is what came of a campaign: each step counts people who came at least so far.
type Funnel struct {
	Contacted  int64      `json:"contacted"`  // spoken to, those who refused too
	Interested int64      `json:"interested"` // want to, or more
	Registered int64      `json:"registered"`
	Paid       int64      `json:"paid"`      // at least once
	Protected  int64      `json:"protected"` // today
	Kept       []KeptStep `json:"kept"`
}

// KeptStep is how many of those who joined long enough ago were covered so many months after.
type KeptStep struct {
	Months int   `json:"months"` // after joining
	Of     int64 `json:"of"`     // who joined so long ago; 0: it is too early to tell
	Kept   int64 `json:"kept"`
}

// FunnelSource is what a funnel is counted from.
type FunnelSource struct {
	Leads     map[LeadState]int  // who became nobody yet, by state
	Lots      LotCount           // stalls of sweeps
	Standings map[Standing]int64 // of the people who registered
}

// NewFunnel counts a funnel. A stall that was spoken to counts as one contact; one whose people are members
// already, or that was closed, is none. Who registered was interested and contacted, whether or not a note
// was made of it. Own rule.
func NewFunnel(s FunnelSource) Funnel {
	var f Funnel
	for standing, n := range s.Standings {
		if standing.Counts() {
			f.Registered += n
		}
		if standing.HasPaid() {
			f.Paid += n
		}
		if standing == StandingProtected {
			f.Protected += n
		}
	}
	warm := int64(s.Leads[LeadIsInterested] + s.Leads[LeadIsAppointment])
	f.Interested = f.Registered + warm + int64(s.Lots.Back)
	f.Contacted = f.Interested + int64(s.Leads[LeadIsContacted]+s.Leads[LeadIsRefused]) + int64(s.Lots.Refused+s.Lots.Visited)
	return f
}

// Each is what one of n people cost, in rupiah, rounded half up; 0 for nobody.
func Each(cost Rupiah, n int64) Rupiah {
	if n <= 0 {
		return 0
	}
	return (cost + Rupiah(n)/2) / Rupiah(n)
}
