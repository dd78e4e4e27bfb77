package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"jaring/internal/acts"
	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

// Story C: a jamboree of two days in a hall. 1,100 come in four kinds, officials open it, owners show what they make
// in stands, one of them of a school; two phones at the gates have no network all morning. A gathering of agents and a
// sweep in the market belong to it.
const (
	hallName    = "Jambore Perisai dan UMKM"
	hallPlace   = "Gedung Ratu Convention Center"
	hallVillage = "15.71.03.1003"
	hallAgo     = 34 // days
	hallSerials = 9700
	hallStands  = 60
	hallSchool  = "SMP Negeri 4"
	hallComes   = 95.0 // percent of those on the list
	hallTwice   = 7    // tickets that both gates let in
	hallStamps  = 5    // that win a prize
	hallWalks   = 140  // people who collect stamps
	hallAsks    = 36   // consultations
	hallOwners  = 22   // who register their business
	hallMet     = 48   // workers registered at stands
	hallSwept   = 24   // workers registered in the market
)

// hallKinds is how many come as what: 1,100, of them about 200 owners.
var hallKinds = []struct {
	kind jaring.ParticipantKind
	n    int
}{{jaring.ComesAsWorker, 610}, {jaring.ComesAsUMKM, 200}, {jaring.ComesAsBank, 60}, {jaring.ComesAsPerisai, 230}}

var hallGates = []string{"Pintu Barat", "Pintu Timur"}

// StoryC is the jamboree as the system counts it.
type StoryC struct {
	Participants int                            `json:"participants"`
	Kinds        map[jaring.ParticipantKind]int `json:"kinds"`
	Officials    int                            `json:"officials"`
	Inside       int                            `json:"inside"` // each once
	InsideKinds  map[jaring.ParticipantKind]int `json:"inside_kinds"`
	Gates        map[string]int                 `json:"gates"`
	Twice        int                            `json:"twice"` // tickets that two gates let in
	Stands       int                            `json:"stands"`
	Pupils       int                            `json:"pupils"` // of the school's stand, not named
	Stamps       int                            `json:"stamps"`
	Prizes       int                            `json:"prizes"`
	Queue        map[jaring.QueueState]int      `json:"queue"`
	Matches      int                            `json:"matches"`
	Contacts     int                            `json:"contacts"` // matches whose contact may be told
	Employers    int                            `json:"employers"`
	Children     []string                       `json:"children"`
	Registered   int64                          `json:"registered"` // workers, in the hall and in the market
	Protected    int64                          `json:"protected"`
}

// keptC is what is known of story C afterwards.
type keptC struct {
	Campaign  jaring.CampaignID   `json:"campaign"`
	Sweep     jaring.CampaignID   `json:"sweep"`
	Gathering jaring.CampaignID   `json:"gathering"`
	Employers []jaring.EmployerID `json:"employers"`
}

// hall is the story on its way.
type hall struct {
	keptC
	crowd    *crowd
	on       jaring.Day
	people   []jaring.ParticipantForm
	tickets  []outreach.PrintedTicket
	stands   []jaring.StandID
	met      []*entry // at stands
	swept    []*entry // in the market
	paysMet  []*entry
	paysLast []*entry
}

var storyC = story{
	plan:    func(b *builder) int { return b.planHall() },
	kept:    func(b *builder) any { return b.hall.keptC },
	figures: readStoryC,
}

// planHall puts the story on its days and gives how many workers are its own.
func (b *builder) planHall() int {
	h := &b.hall
	*h = hall{crowd: b.apart(hallSerials, "c"), on: b.today.Add(-hallAgo)}
	h.people = h.invite()
	agents := b.agentsAt(home, h.on)
	h.met = h.meet(agents[2:], h.on, hallMet, 10*time.Hour)
	h.swept = h.meet(agents, h.on.Add(1), hallSwept, 13*time.Hour)
	h.paysMet, h.paysLast = h.met[:hallMet*3/4], h.swept[:hallSwept*3/4]
	prepare := b.on(h.on.Add(-14))
	for n, act := range []func(context.Context) error{b.planJamboree, b.inviteAll, b.buildStands} {
		prepare.at(hourDesk+time.Duration(n)*time.Hour, act)
	}
	first, second := b.on(h.on), b.on(h.on.Add(1))
	first.at(7*time.Hour+30*time.Minute, b.openHall)
	first.at(11*time.Hour+30*time.Minute, b.gatesMeet)
	first.at(13*time.Hour, b.hallMorning)
	first.at(15*time.Hour, func(ctx context.Context) error { return b.registerIn(ctx, h.on, h.Campaign, h.met) })
	first.at(15*time.Hour+30*time.Minute, func(ctx context.Context) error { return b.settle(ctx, h.on, h.paysMet) })
	second.at(8*time.Hour, b.openChild(&h.Gathering))
	second.at(13*time.Hour, b.openChild(&h.Sweep))
	second.at(15*time.Hour+30*time.Minute, func(ctx context.Context) error { return b.registerIn(ctx, h.on.Add(1), h.Sweep, h.swept) })
	second.at(16*time.Hour, func(ctx context.Context) error { return b.settle(ctx, h.on.Add(1), h.paysLast) })
	b.on(h.on.Add(2)).at(hourDesk, b.turn)
	b.on(h.on.Add(3)).at(hourDesk, b.turn)
	return hallMet + hallSwept
}

// invite draws the list.
func (h *hall) invite() (out []jaring.ParticipantForm) {
	for _, k := range hallKinds {
		for n := range k.n {
			f := jaring.ParticipantForm{Kind: string(k.kind), Name: h.crowd.name(h.crowd.chance(50)), Phone: h.crowd.phone(), Consent: true}
			if k.kind == jaring.ComesAsUMKM {
				f.Organisation = fmt.Sprintf("%s %s", pick(h.crowd.rand, hallTrades), f.Name)
			}
			if n%40 == 7 {
				f.Needs = []string{string(pick(h.crowd.rand, jaring.Needs))}
			}
			out = append(out, f)
		}
	}
	return out
}

// hallTrades are what owners make.
var hallTrades = []string{"Batik", "Keripik", "Kopi", "Anyaman", "Kue", "Sambal", "Songket", "Madu", "Mebel", "Sandal"}

// meet draws workers whom agents meet on a day.
func (h *hall) meet(agents []*agent, day jaring.Day, n int, from time.Duration) (out []*entry) {
	for i := range n {
		e := &entry{person: h.crowd.person(regencyOf(home), day), agent: agents[i%len(agents)], months: pick(h.crowd.rand, []int{3, 6, 12}), programs: []string{"JKK", "JKM"}}
		e.birthDate, e.taken = e.birth, from+time.Duration(i)*4*time.Minute
		out = append(out, e)
	}
	return out
}

// Tell says the story in one sentence.
func (s *StoryC) Tell() (string, jaring.Args) {
	return "demo.story_c", jaring.Args{"participants": s.Participants, "inside": s.Inside, "twice": s.Twice, "stands": s.Stands, "n": s.Registered, "employers": s.Employers}
}

// readStoryC counts the hall by its page, the children by theirs.
func readStoryC(ctx context.Context, h House, kept json.RawMessage) (any, error) {
	var k keptC
	if err := json.Unmarshal(kept, &k); err != nil {
		return nil, err
	}
	room := h.App
	page, err := room.GetHall(ctx, jaring.System, k.Campaign)
	if err != nil {
		return nil, err
	}
	s := &StoryC{Kinds: page.Invited, Inside: page.Gate.Inside, InsideKinds: page.Gate.ByKind, Gates: map[string]int{}, Twice: len(page.Gate.Twice), Stands: page.Stands,
		Stamps: page.Rally.Stamps, Prizes: page.Rally.Prizes, Queue: page.Queue, Children: []string{}}
	for _, n := range page.Invited {
		s.Participants += n
	}
	for _, g := range page.Gate.ByGate {
		s.Gates[g.Gate] = g.N
	}
	if err := s.readRoom(ctx, room, k); err != nil {
		return nil, err
	}
	return s, s.readFamily(ctx, h, k)
}

// readRoom counts the officials, the school's team and what fitted whom.
func (s *StoryC) readRoom(ctx context.Context, room *acts.Acts, k keptC) error {
	guests, err := room.Attendance(ctx, jaring.System, k.Campaign)
	if err != nil {
		return err
	}
	s.Officials = guests.ByKind[jaring.GuestOfficial].Came
	stands, err := room.FindStands(ctx, jaring.System, k.Campaign, hallSchool)
	if err != nil {
		return err
	}
	for _, stand := range stands {
		if stand.Minors {
			s.Pupils += stand.Team
		}
	}
	x, err := room.FindOffers(ctx, jaring.System, k.Campaign)
	if err != nil {
		return err
	}
	s.Matches = len(x.Matches)
	for _, m := range x.Matches {
		if m.Both {
			s.Contacts++
		}
	}
	return nil
}

// readFamily counts whom the jamboree and its children brought.
func (s *StoryC) readFamily(ctx context.Context, h House, k keptC) error {
	for _, id := range []jaring.CampaignID{k.Campaign, k.Gathering, k.Sweep} {
		v, err := h.App.GetCampaign(ctx, jaring.System, id)
		if err != nil {
			return err
		}
		s.Registered, s.Protected = s.Registered+v.Registered, s.Protected+v.Protected
		if v.Parent == k.Campaign {
			s.Children = append(s.Children, v.Name)
		}
	}
	for _, id := range k.Employers {
		e, err := h.App.GetEmployer(ctx, jaring.System, string(id))
		if err != nil {
			return err
		}
		if e.Source.Campaign == k.Campaign {
			s.Employers++
		}
	}
	return nil
}
