package jaring

import "time"

// CampaignKind is what sort of outing a campaign is. A campaign may belong to a larger
// one: a jamboree has a sweep and a gathering as children.
type CampaignKind string

// Kinds of campaigns.
const (
	KindSweep        CampaignKind = "sweep" // a market, lane by lane, as a competition
	KindClass        CampaignKind = "class"
	KindDialogue     CampaignKind = "dialogue"
	KindJamboree     CampaignKind = "jamboree"
	KindJobFair      CampaignKind = "job_fair"
	KindHandover     CampaignKind = "handover"
	KindConsultation CampaignKind = "consultation"
	KindGathering    CampaignKind = "gathering" // of agents, of a market's people
)

// CampaignKinds lists all kinds.
var CampaignKinds = []CampaignKind{KindSweep, KindClass, KindDialogue, KindJamboree, KindJobFair, KindHandover, KindConsultation, KindGathering}

// CampaignState is how far a campaign has come.
type CampaignState string

// States: planned → open ⇄ paused → closed → sealed; cancelled from each of the first three.
const (
	CampaignIsPlanned   CampaignState = "planned"
	CampaignIsOpen      CampaignState = "open"
	CampaignIsPaused    CampaignState = "paused"
	CampaignIsClosed    CampaignState = "closed"
	CampaignIsSealed    CampaignState = "sealed" // its result is frozen
	CampaignIsCancelled CampaignState = "cancelled"
)

// CampaignStates lists all states.
var CampaignStates = []CampaignState{CampaignIsPlanned, CampaignIsOpen, CampaignIsPaused, CampaignIsClosed, CampaignIsSealed, CampaignIsCancelled}

// campaignSteps are the steps that a campaign can take and what is told of each. Sealing
// is a step of the calendar.
var campaignSteps = map[[2]CampaignState]EventKind{
	{CampaignIsPlanned, CampaignIsOpen}:      CampaignOpened,
	{CampaignIsPaused, CampaignIsOpen}:       CampaignResumed,
	{CampaignIsOpen, CampaignIsPaused}:       CampaignPaused,
	{CampaignIsOpen, CampaignIsClosed}:       CampaignClosed,
	{CampaignIsPaused, CampaignIsClosed}:     CampaignClosed,
	{CampaignIsClosed, CampaignIsSealed}:     CampaignSealed,
	{CampaignIsPlanned, CampaignIsCancelled}: CampaignCancelled,
	{CampaignIsOpen, CampaignIsCancelled}:    CampaignCancelled,
	{CampaignIsPaused, CampaignIsCancelled}:  CampaignCancelled,
}

// Step gives what is told when a campaign goes from state s to another.
// Error: campaign.is_planned, campaign.is_open … by where it stands, when it cannot.
func (s CampaignState) Step(to CampaignState) (EventKind, error) {
	kind, ok := campaignSteps[[2]CampaignState{s, to}]
	if !ok {
		return "", NewError(Conflict, "campaign.is_"+string(s))
	}
	return kind, nil
}

// Over reports whether nothing can be changed any more.
func (s CampaignState) Over() bool { return s == CampaignIsSealed || s == CampaignIsCancelled }

// Campaign is an outing with a place, a window and people.
type Campaign struct {
	ID       CampaignID
	Parent   CampaignID // empty for none
	Kind     CampaignKind
	Name     string
	Office   OfficeID
	Place    PlaceID
	Area     string    // dotted code of where it is
	OpensAt  time.Time // the planned window
	ClosesAt time.Time
	SealsAt  time.Time // what arrives later is not counted
	State    CampaignState
	BeganAt  time.Time // as it really ran; zero until then
	EndedAt  time.Time
	Rewards  int // how many of the best are rewarded
	Partner  PartnerID
	Budget   Rupiah
	Plan     CampaignPlan
	Version  int64
	AddedAt  time.Time
}

// CampaignPlan is what the office has in mind.
type CampaignPlan struct {
	Programs []string `json:"programs,omitempty"`
	Goal     int      `json:"goal,omitempty"` // persons to register
	Note     string   `json:"note,omitempty"`

	Agenda []AgendaItem `json:"agenda,omitempty"`
}

// Bounds of a plan.
const (
	MaxCampaignName  = 120 // characters
	MaxCampaignNote  = 2000
	MaxCampaignSpan  = 31 * 24 * time.Hour // from opening to closing
	MaxSealHours     = 7 * 24
	DefaultSealHours = 24 // phones may be without signal for a day
	MaxRewards       = 50
	DefaultRewards   = 3
	MaxGoal          = 1_000_000
)

// Team is some agents who walk some lanes together.
type Team struct {
	ID      TeamID
	Name    string
	Lanes   []LaneID
	Members []AccountID
}

// TeamOf finds the team of an agent by account.
func TeamOf(teams []Team) map[AccountID]TeamID {
	of := map[AccountID]TeamID{}
	for _, t := range teams {
		for _, m := range t.Members {
			of[m] = t.ID
		}
	}
	return of
}
