package demo

import (
	"context"
	"encoding/json"
	"time"

	"jaring/internal/acts"
	"jaring/internal/app"
	"jaring/internal/jaring"
)

// StoryA is the class and the sweep as the system counts them.
type StoryA struct {
	Applications map[jaring.ApplicationState]int64 `json:"applications"` // to the offices of the branch
	Kader        map[string]int                    `json:"kader"`        // with a certificate out of the class, by office
	KaderTotal   int                               `json:"kader_total"`
	KitHandedOut int                               `json:"kit_handed_out"`
	Registered   int                               `json:"registered"` // by the sweep, as it was sealed; so all that follows
	New          int                               `json:"new"`
	Rejoined     int                               `json:"rejoined"`
	Paid         int                               `json:"paid"`
	Protected    int                               `json:"protected"`
	ProgramsEach int                               `json:"programs_each"` // the fewest of one person
	Minutes      int                               `json:"minutes"`       // that the sweep ran
	Best         int                               `json:"best"`          // of one kader
	Winners      []Winner                          `json:"winners"`
	Offices      []OfficeFigures                   `json:"offices"`
	Lots         Lots                              `json:"lots"`
	Evaluation   map[jaring.CaptureDecision]int    `json:"evaluation"` // what it decided
	Late         int                               `json:"late"`       // captures that arrived after the seal
	Sealed       bool                              `json:"sealed"`
	Told         []ToldFigure                      `json:"told"` // gaps
}

// Winner is a kader on the podium.
type Winner struct {
	Place      int    `json:"place"`
	Name       string `json:"name"`
	Office     string `json:"office"`
	Registered int    `json:"registered"`
	Protected  int    `json:"protected"`
}

// OfficeFigures are what the kader of an office came to.
type OfficeFigures struct {
	Office     string `json:"office"`
	Registered int    `json:"registered"`
	Protected  int    `json:"protected"`
}

// Lots are the stalls of the market by what was found there; Balanced says that they add up.
type Lots struct {
	Total      int  `json:"total"`
	Registered int  `json:"registered"`
	Member     int  `json:"member"`
	Back       int  `json:"back"`
	Closed     int  `json:"closed"`
	Refused    int  `json:"refused"`
	Visited    int  `json:"visited"`
	Unvisited  int  `json:"unvisited"`
	Balanced   bool `json:"balanced"`
}

// keptA is what is known of story A afterwards.
type keptA struct {
	Class    jaring.ClassID    `json:"class"`
	Campaign jaring.CampaignID `json:"campaign"`
}

var storyA = story{
	plan:    func(b *builder) int { b.planFigures(reportedA); b.planClass(); return b.planSweep() },
	kept:    func(b *builder) any { return keptA{b.class.id, b.sweep.campaign} },
	figures: readStoryA,
}

// Tell says the story in one sentence.
func (s *StoryA) Tell() (string, jaring.Args) {
	return "demo.story_a", jaring.Args{"kader": s.KaderTotal, "n": s.Registered, "protected": s.Protected, "lots": s.Lots.Total}
}

// readStoryA counts the class by its seats and the sweep by its result.
func readStoryA(ctx context.Context, h House, kept json.RawMessage) (any, error) {
	var built keptA
	if err := json.Unmarshal(kept, &built); err != nil {
		return nil, err
	}
	s := &StoryA{Kader: map[string]int{}, Winners: []Winner{}, Offices: []OfficeFigures{}, Evaluation: map[jaring.CaptureDecision]int{}}
	if err := s.readClass(ctx, h, built.Class); err != nil {
		return nil, err
	}
	r, err := h.App.Result(ctx, jaring.System, built.Campaign)
	if err != nil {
		return nil, err
	}
	s.fill(&r.Board)
	s.Lots.Balanced = r.Balance.OK && r.Balance.Outcomes+r.Balance.Unvisited == r.Balance.Lots
	for _, e := range r.Evaluation {
		if e.Why == jaring.WhyLate {
			s.Late++
		} else {
			s.Evaluation[e.Decided]++
		}
	}
	if err := s.crown(ctx, h, r); err != nil {
		return nil, err
	}
	if s.ProgramsEach, err = programsEach(ctx, h.App, built.Campaign); err != nil {
		return nil, err
	}
	s.Told, err = readFigures(ctx, h.App, h, reportedA)
	return s, err
}

// fill takes over what the board says.
func (s *StoryA) fill(b *app.Board) {
	s.Registered, s.New, s.Rejoined, s.Paid, s.Protected = b.Registered, b.New, b.Rejoined, b.Paid, b.Protected
	s.Minutes, s.Sealed = int(b.Campaign.EndedAt.Sub(b.Campaign.BeganAt)/time.Minute), b.Campaign.State == jaring.CampaignIsSealed
	for _, o := range b.Offices {
		s.Offices = append(s.Offices, OfficeFigures{o.Name, o.Registered, o.Protected})
	}
	l := b.Lots
	s.Lots = Lots{Total: l.Total, Registered: l.Registered, Member: l.Member, Back: l.Back, Closed: l.Closed, Refused: l.Refused, Visited: l.Visited, Unvisited: l.Unvisited}
}

// crown names who is rewarded, each with the whole name of person and office.
func (s *StoryA) crown(ctx context.Context, h House, r *app.Result) error {
	accounts, err := h.Auth.FindAccounts(ctx, jaring.System, "", maxAccounts)
	if err != nil {
		return err
	}
	for _, w := range r.Winners {
		winner := Winner{Place: w.Rank, Name: w.Name, Office: w.Office, Registered: w.Registered, Protected: w.Protected}
		for _, a := range accounts {
			if a.ID == w.Account {
				winner.Name, winner.Office = a.Name, h.App.OfficeName(ctx, a.Office)
			}
		}
		s.Winners, s.Best = append(s.Winners, winner), max(s.Best, w.Registered)
	}
	return nil
}

// readClass counts who applied, who was certified, and what was handed out to them.
func (s *StoryA) readClass(ctx context.Context, h House, id jaring.ClassID) error {
	v, err := h.App.GetClass(ctx, jaring.System, id)
	if err != nil {
		return err
	}
	list, err := h.App.FindApplications(ctx, jaring.System, "", v.Office, "")
	if err != nil {
		return err
	}
	s.Applications = list.Counts
	for _, seat := range v.SeatList {
		if v.Certificates[seat.Account] != nil {
			s.Kader[h.App.OfficeName(ctx, seat.Office)]++
			s.KaderTotal++
		}
	}
	things, _, err := h.App.FindKit(ctx, jaring.System, jaring.KitIsHanded, v.Office, "")
	s.KitHandedOut = len(things)
	return err
}

// programsEach is the fewest programmes that one of those whom a campaign brought has.
func programsEach(ctx context.Context, acts *acts.Acts, campaign jaring.CampaignID) (least int, err error) {
	brought := map[jaring.WorkerID]bool{}
	if err := acts.EachWorker(ctx, func(w *app.Worker) error {
		if w.Campaign == campaign {
			brought[w.ID] = true
		}
		return nil
	}); err != nil {
		return 0, err
	}
	latest := map[jaring.WorkerID]time.Time{}
	programs := map[jaring.WorkerID]int{}
	err = acts.EachMembership(ctx, func(m *app.Membership) error {
		if brought[m.Worker] && m.RegisteredAt.After(latest[m.Worker]) {
			latest[m.Worker], programs[m.Worker] = m.RegisteredAt, len(m.Programs)
		}
		return nil
	})
	for _, n := range programs {
		if least == 0 || n < least {
			least = n
		}
	}
	return least, err
}
