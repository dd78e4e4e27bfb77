package httpapi

import (
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
)

// board is a sweep at a moment. It holds no worker's name.
type board struct {
	Campaign   boardCampaign `json:"campaign"`
	AsOf       time.Time     `json:"as_of"`
	Registered int           `json:"registered" doc:"persons counted"`
	New        int           `json:"new"`
	Rejoined   int           `json:"rejoined"`
	Paid       int           `json:"paid" doc:"whose first contribution is with the fund"`
	Protected  int           `json:"protected"`
	Evaluation int           `json:"evaluation" doc:"persons who wait for the evaluation"`
	Repeated   int           `json:"repeated" doc:"records of somebody who was here already"`
	Agents     []boardAgent  `json:"agents" doc:"everybody, the last too"`
	Teams      []boardTeam   `json:"teams"`
	Offices    []boardOffice `json:"offices"`
	Lots       boardLots     `json:"lots"`
	Lanes      []boardLane   `json:"lanes"`
	Curve      []boardPoint  `json:"curve" doc:"each fifth minute since the start"`
	Last       []boardLast   `json:"last"`
}

type boardCampaign struct {
	CampaignID jaring.CampaignID `json:"campaign_id"`
	Name       string            `json:"name"`
	Kind       string            `json:"kind"`
	PlaceName  string            `json:"place_name"`
	OfficeName string            `json:"office_name"`
	Zone       string            `json:"zone" doc:"IANA name, of the office"`
	State      string            `json:"state" enum:"planned,open,paused,closed,sealed,cancelled"`
	OpensAt    time.Time         `json:"opens_at"`
	ClosesAt   time.Time         `json:"closes_at"`
	SealsAt    time.Time         `json:"seals_at"`
	BeganAt    time.Time         `json:"began_at,omitzero"`
	EndedAt    time.Time         `json:"ended_at,omitzero"`
	Agents     int               `json:"agents"`
	Rewards    int               `json:"rewards"`
}

type boardAgent struct {
	Rank       int              `json:"rank"`
	AccountID  jaring.AccountID `json:"account_id"`
	Name       string           `json:"name" doc:"given name and initial"`
	Office     string           `json:"office"`
	Team       string           `json:"team,omitempty"`
	Registered int              `json:"registered"`
	Protected  int              `json:"protected"`
	Paid       int              `json:"paid"`
	ReachedAt  time.Time        `json:"reached_at,omitzero" doc:"when that number was reached; decides between equals"`
}

type boardTeam struct {
	Name       string `json:"name"`
	Registered int    `json:"registered"`
	Protected  int    `json:"protected"`
	Paid       int    `json:"paid"`
}

type boardOffice struct {
	Name       string `json:"name"`
	Registered int    `json:"registered"`
	Protected  int    `json:"protected"`
	Paid       int    `json:"paid"`
}

type boardLots struct {
	Total      int `json:"total"`
	Registered int `json:"registered"`
	Member     int `json:"member"`
	Back       int `json:"back"`
	Closed     int `json:"closed"`
	Refused    int `json:"refused"`
	Visited    int `json:"visited"`
	Unvisited  int `json:"unvisited"`
}

type boardLane struct {
	LaneID     jaring.LaneID `json:"lane_id"`
	Name       string        `json:"name"`
	Trade      string        `json:"trade"`
	Total      int           `json:"total"`
	Done       int           `json:"done"`
	Registered int           `json:"registered"`
	X          int           `json:"x"`
	Y          int           `json:"y"`
	W          int           `json:"w"`
	H          int           `json:"h"`
}

type boardPoint struct {
	At time.Time `json:"at"`
	N  int       `json:"n"`
}

type boardLast struct {
	At         time.Time `json:"at"`
	Occupation string    `json:"occupation"`
	Lot        string    `json:"lot,omitempty"`
	Lane       string    `json:"lane,omitempty"`
	Agent      string    `json:"agent"`
}

func wireBoard(b *app.Board) board {
	c := b.Campaign
	out := board{AsOf: b.AsOf, Registered: b.Registered, New: b.New, Rejoined: b.Rejoined, Paid: b.Paid, Protected: b.Protected, Evaluation: b.Evaluation, Repeated: b.Repeated,
		Campaign: boardCampaign{CampaignID: c.ID, Name: c.Name, Kind: string(c.Kind), PlaceName: c.PlaceName, OfficeName: c.OfficeName, Zone: c.Zone, State: string(c.State), OpensAt: c.OpensAt,
			ClosesAt: c.ClosesAt, SealsAt: c.SealsAt, BeganAt: c.BeganAt, EndedAt: c.EndedAt, Agents: c.Agents, Rewards: c.Rewards},
		Agents: make([]boardAgent, len(b.Agents)), Teams: make([]boardTeam, len(b.Teams)), Offices: make([]boardOffice, len(b.Offices)), Lots: boardLots(b.Lots),
		Lanes: make([]boardLane, len(b.Lanes)), Curve: make([]boardPoint, len(b.Curve)), Last: make([]boardLast, len(b.Last))}
	for i, a := range b.Agents {
		out.Agents[i] = wireAgent(a)
	}
	for i, t := range b.Teams {
		out.Teams[i] = boardTeam{t.Name, t.Registered, t.Protected, t.Paid}
	}
	for i, o := range b.Offices {
		out.Offices[i] = boardOffice{o.Name, o.Registered, o.Protected, o.Paid}
	}
	for i, l := range b.Lanes {
		out.Lanes[i] = boardLane{LaneID: l.Lane.ID, Name: l.Lane.Name, Trade: l.Lane.Trade, Total: l.Total, Done: l.Done, Registered: l.Registered,
			X: l.Lane.X, Y: l.Lane.Y, W: l.Lane.W, H: l.Lane.H}
	}
	for i, p := range b.Curve {
		out.Curve[i] = boardPoint(p)
	}
	for i, l := range b.Last {
		out.Last[i] = boardLast(l)
	}
	return out
}

func wireAgent(a app.BoardAgent) boardAgent {
	return boardAgent{Rank: a.Rank, AccountID: a.Account, Name: a.Name, Office: a.Office, Team: a.Team, Registered: a.Registered, Protected: a.Protected, Paid: a.Paid, ReachedAt: a.ReachedAt}
}

// boardOut is a board that was written once for all who ask.
type boardOut struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

func (s *server) getBoard(c *call, in *ByID) (*boardOut, error) {
	feed, err := s.App.WatchBoard(c, c.actor, jaring.CampaignID(in.ID))
	if err != nil {
		return nil, err
	}
	return s.boardNow(c, feed)
}

// boardNow gives a board that is less than a beat old: screens that ask again and again cost no more
// than those that listen.
func (s *server) boardNow(c *call, feed app.BoardFeed) (*boardOut, error) {
	b, err := feed(c, boardBeat*3/4)
	if err != nil {
		return nil, err
	}
	return &boardOut{"application/json", s.written.text(b)}, nil
}
