package app

import (
	"cmp"
	"slices"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Board is a sweep at a moment, as halls and phones see it. It holds no worker's name.
type Board struct {
	Campaign   BoardCampaign
	AsOf       time.Time
	Registered int // persons counted
	New        int
	Rejoined   int
	Paid       int // whose first contribution is with the fund
	Protected  int
	Evaluation int // persons who wait for the evaluation
	Repeated   int // captures of somebody who was here already
	Agents     []BoardAgent
	Teams      []BoardTeam
	Offices    []BoardOffice
	Lots       jaring.LotCount
	Lanes      []BoardLane
	Curve      []jaring.CurvePoint
	Last       []BoardLast
}

// BoardCampaign is the head of a board.
type BoardCampaign struct {
	ID         jaring.CampaignID
	Name       string
	Kind       jaring.CampaignKind
	PlaceName  string
	OfficeName string
	Zone       string // IANA name, of the office
	State      jaring.CampaignState
	OpensAt    time.Time
	ClosesAt   time.Time
	SealsAt    time.Time
	BeganAt    time.Time
	EndedAt    time.Time
	Agents     int
	Rewards    int
}

// BoardAgent is one row of the ranking.
type BoardAgent struct {
	Rank       int
	Account    jaring.AccountID
	Name       string // Rahma D.
	Office     string // Jambi
	Team       string
	Registered int
	Paid       int
	Protected  int
	ReachedAt  time.Time
}

// BoardTeam is what the agents of a team came to together.
type BoardTeam struct {
	Name                        string
	Registered, Paid, Protected int
}

// BoardOffice is what the agents of an office came to together.
type BoardOffice struct {
	Name                        string
	Registered, Paid, Protected int
}

// BoardLane is how far a lane has been walked.
type BoardLane struct {
	Lane       jaring.Lane
	Total      int // lots
	Done       int
	Registered int
}

// BoardLast is one of the last registrations.
type BoardLast struct {
	At         time.Time
	Occupation string
	Lot        string // C-14; empty when none was named
	Lane       string
	Agent      string // Rahma D.
}

// boardLast is how many of the last registrations a board shows.
const boardLast = 8

// sweepRows is all that a board is computed from.
type sweepRows struct {
	campaign  *Campaign
	pauses    []jaring.Span
	placeName string
	members   []store.MemberRecord
	strangers []*store.AccountRecord // who was credited without being a member
	offices   map[jaring.OfficeID]*store.OfficeRecord
	teams     []jaring.Team
	captures  []jaring.SweepCapture
	persons   map[jaring.WorkerID]jaring.SweepPerson
	visits    []jaring.LotVisit
	lanes     []jaring.Lane
	lots      []jaring.Lot
}

// windowOf is when a campaign really ran; one that runs ends with its plan.
func windowOf(c *Campaign, pauses []jaring.Span) jaring.SweepWindow {
	w := jaring.SweepWindow{Ran: jaring.Span{From: c.BeganAt, To: c.EndedAt}, Pauses: pauses, Seals: c.SealsAt}
	if w.Ran.To.IsZero() {
		w.Ran.To = c.ClosesAt
	}
	return w
}

// boardOf computes the board from rows; nothing else decides what it says.
func boardOf(r *sweepRows, count jaring.SweepCount, now time.Time) *Board {
	c := r.campaign
	b := &Board{AsOf: now, Evaluation: count.Waiting, Repeated: count.Repeated, Registered: len(count.Credits),
		Campaign: BoardCampaign{ID: c.ID, Name: c.Name, Kind: c.Kind, PlaceName: r.placeName, State: c.State, OpensAt: c.OpensAt,
			ClosesAt: c.ClosesAt, SealsAt: c.SealsAt, BeganAt: c.BeganAt, EndedAt: c.EndedAt, Agents: len(r.members), Rewards: c.Rewards}}
	if office := r.offices[c.Office]; office != nil {
		b.Campaign.OfficeName, b.Campaign.Zone = office.Name, office.Zone
	}
	for _, credit := range count.Credits {
		if credit.Rejoined {
			b.Rejoined++
		} else {
			b.New++
		}
		if credit.Standing.HasPaid() {
			b.Paid++
		}
		if credit.Standing == jaring.StandingProtected {
			b.Protected++
		}
	}
	b.rank(r, count.Credits)
	b.walk(r)
	end := windowOf(c, r.pauses).Ran.To
	if now.Before(end) {
		end = now
	}
	b.Curve = jaring.Curve(count.Credits, c.BeganAt, end)
	b.last(r, count.Credits)
	return b
}

// agentLabel is an agent as a board shows him.
type agentLabel struct {
	name, office string
}

// labels finds how everybody who may stand on the board is shown.
func (r *sweepRows) labels() map[jaring.AccountID]agentLabel {
	out := map[jaring.AccountID]agentLabel{}
	for _, m := range r.members {
		out[m.Account] = agentLabel{jaring.ShortName(m.Name), r.shortOffice(m.Office)}
	}
	for _, s := range r.strangers {
		out[s.ID] = agentLabel{jaring.ShortName(s.Name), r.shortOffice(s.Office)}
	}
	return out
}

func (r *sweepRows) shortOffice(id jaring.OfficeID) string {
	if office := r.offices[id]; office != nil {
		return jaring.ShortOffice(office.Name)
	}
	return ""
}

// rank fills the rows of agents, teams and offices.
func (b *Board) rank(r *sweepRows, credits []jaring.Credit) {
	labels, names := r.labels(), map[jaring.AccountID]string{}
	for _, m := range r.members {
		names[m.Account] = labels[m.Account].name
	}
	for _, s := range r.strangers {
		names[s.ID] = labels[s.ID].name
	}
	teamOf, teams, offices := jaring.TeamOf(r.teams), map[jaring.TeamID]*BoardTeam{}, map[string]*BoardOffice{}
	b.Teams = make([]BoardTeam, len(r.teams))
	for i, t := range r.teams {
		b.Teams[i].Name = t.Name
		teams[t.ID] = &b.Teams[i]
	}
	for _, row := range jaring.RankAgents(credits, names) {
		a := BoardAgent{Rank: row.Rank, Account: row.Agent, Name: row.Name, Office: labels[row.Agent].office, Registered: row.Registered, Paid: row.Paid,
			Protected: row.Protected, ReachedAt: row.ReachedAt}
		if team := teams[teamOf[row.Agent]]; team != nil {
			a.Team = team.Name
			team.Registered, team.Paid, team.Protected = team.Registered+row.Registered, team.Paid+row.Paid, team.Protected+row.Protected
		}
		if offices[a.Office] == nil {
			offices[a.Office] = &BoardOffice{Name: a.Office}
		}
		o := offices[a.Office]
		o.Registered, o.Paid, o.Protected = o.Registered+row.Registered, o.Paid+row.Paid, o.Protected+row.Protected
		b.Agents = append(b.Agents, a)
	}
	for _, o := range offices {
		b.Offices = append(b.Offices, *o)
	}
	slices.SortFunc(b.Offices, func(x, y BoardOffice) int {
		return cmp.Or(cmp.Compare(y.Registered, x.Registered), cmp.Compare(x.Name, y.Name))
	})
}

// outcomes finds the last word on each lot, of what was received before the seal.
func (r *sweepRows) outcomes() map[jaring.LotID]jaring.LotVisit {
	visits := map[jaring.LotID][]jaring.LotVisit{}
	for _, v := range r.visits {
		if !v.ReceivedAt.After(r.campaign.SealsAt) {
			visits[v.Lot] = append(visits[v.Lot], v)
		}
	}
	out := map[jaring.LotID]jaring.LotVisit{}
	for lot, vs := range visits {
		out[lot], _ = jaring.LastWord(vs)
	}
	return out
}

// walk fills lots and lanes.
func (b *Board) walk(r *sweepRows) {
	words, at := r.outcomes(), map[jaring.LaneID]int{}
	b.Lanes = make([]BoardLane, len(r.lanes))
	for i, l := range r.lanes {
		b.Lanes[i].Lane, at[l.ID] = l, i
	}
	for _, lot := range r.lots {
		outcome := words[lot.ID].Outcome
		b.Lots.Add(outcome)
		lane := &b.Lanes[at[lot.Lane]]
		lane.Total++
		if outcome != jaring.LotUnvisited {
			lane.Done++
		}
		if outcome == jaring.LotRegistered {
			lane.Registered++
		}
	}
}

// last fills the last registrations, the newest first.
func (b *Board) last(r *sweepRows, credits []jaring.Credit) {
	labels, lots, lanes := r.labels(), map[jaring.LotID]jaring.Lot{}, map[jaring.LaneID]string{}
	for _, l := range r.lanes {
		lanes[l.ID] = l.Name
	}
	for _, l := range r.lots {
		lots[l.ID] = l
	}
	for i := len(credits) - 1; i >= 0 && len(b.Last) < boardLast; i-- {
		c := credits[i]
		row := BoardLast{At: c.TakenAt, Occupation: c.Occupation, Agent: labels[c.Agent].name}
		if lot, ok := lots[c.Lot]; ok {
			row.Lane = lanes[lot.Lane]
			row.Lot = jaring.LotLabel(row.Lane, lot.Number)
		}
		b.Last = append(b.Last, row)
	}
}
