package demo

import (
	"context"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"jaring/internal/area"
	"jaring/internal/jaring"
)

// PlayConfig is how story A's second day is played against a demo that is served.
type PlayConfig struct {
	URL      string        // of the server
	Logins   []Login       // of its demo
	Over     time.Duration // what the two hours take
	Patience time.Duration // how long, at the end, the core's confirmations are waited for
	Seed     uint64        // of the people in the market; 0 for others each time
	Opens    func(board string)
}

// Played is what a play came to, as the server counts it.
type Played struct {
	Board      string          `json:"board"` // address of a screen that shows it
	Campaign   string          `json:"campaign_id"`
	Kader      int             `json:"kader"`
	Registered int             `json:"registered"`
	Paid       int             `json:"paid"`
	Protected  int             `json:"protected"`
	Best       int             `json:"best"`
	Winners    []Winner        `json:"winners"`
	Offices    []OfficeFigures `json:"offices"`
	Lots       Lots            `json:"lots"`
	Whole      bool            `json:"whole"` // everybody who was met is counted, and the stalls add up
}

// play is a sweep on the way.
type play struct {
	PlayConfig
	public, head, officer *caller
	notice                string
	today                 jaring.Day
	players               []*player
	market                []stallLane
	place, office         string
	campaign              string
	crowd                 *crowd
	mu                    sync.Mutex // guards crowd
	script                *script
	began                 time.Time // by the server's clock
	start                 time.Time // the same moment by ours
	paying                map[*entry]bool
	bills                 chan *stop
}

// Play opens a sweep in the market now and lets the phones of 25 kader register until
// the board reads what the story tells. All it does goes through the server's API.
// Errors: play.no_server, play.not_demo, play.no_login, play.no_class, play.no_market,
// those of the server.
func Play(ctx context.Context, c PlayConfig) (*Played, error) {
	p := &play{PlayConfig: c, public: newCaller(c.URL), paying: map[*entry]bool{}, bills: make(chan *stop, 1000)}
	if p.Seed == 0 {
		p.Seed = rand.Uint64()
	}
	for _, step := range []func(context.Context) error{p.arrive, p.findMarket, p.findCadre, p.equip, p.convene, p.run, p.evaluate} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return p.count(ctx)
}

// arrive asks whether the server is a demo, and logs in the desks.
func (p *play) arrive(ctx context.Context) error {
	var about struct {
		Demo          bool
		NoticeVersion string `json:"notice_version"`
		Today         jaring.Day
	}
	// Once only: whoever named a wrong address need not wait.
	if err := p.public.once(ctx, http.MethodGet, "/about", nil, &about, nil); err != nil {
		return err
	}
	if !about.Demo {
		return jaring.NewError(jaring.Forbidden, "play.not_demo")
	}
	p.notice, p.today = about.NoticeVersion, about.Today
	p.head, p.officer = p.public.with(), p.public.with()
	for who, login := range map[*caller]string{p.head: headOf(home), p.officer: deskOf(home)} {
		l, err := p.login(login)
		if err != nil {
			return err
		}
		if err := who.logIn(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

// home is the office that holds class and sweep.
const home = "jambi"

// login finds the password of a log-in. Error: play.no_login.
func (p *play) login(name string) (Login, error) {
	at := slices.IndexFunc(p.Logins, func(l Login) bool { return l.Login == name })
	if at < 0 {
		return Login{}, jaring.NewError(jaring.Invalid, "play.no_login", "login", name)
	}
	return p.Logins[at], nil
}

// findMarket reads the plan of the market and draws what will happen there.
func (p *play) findMarket(ctx context.Context) error {
	var places struct {
		Items []struct {
			PlaceID string `json:"place_id"`
			Name    string
		}
	}
	if err := p.head.get(ctx, "/places", &places); err != nil {
		return err
	}
	for _, it := range places.Items {
		if it.Name == sweepMarket {
			p.place = it.PlaceID
		}
	}
	if p.place == "" {
		return jaring.NewError(jaring.Conflict, "play.no_market", "name", sweepMarket)
	}
	var plan struct {
		Lanes []struct {
			LaneID string `json:"lane_id"`
			Name   string
			Trade  string
			Lots   []struct{ Number string }
		}
	}
	if err := p.head.get(ctx, "/places/"+p.place+"/lanes", &plan); err != nil {
		return err
	}
	for _, l := range plan.Lanes {
		lane := stallLane{id: l.LaneID, name: l.Name, goods: l.Trade}
		for _, lot := range l.Lots {
			lane.numbers = append(lane.numbers, lot.Number)
		}
		p.market = append(p.market, lane)
	}
	if len(p.market) == 0 {
		return jaring.NewError(jaring.Conflict, "play.no_market", "name", sweepMarket)
	}
	p.crowd = newCrowd(p.Seed, area.Load())
	p.crowd.first = leastSerial + playSerials + int(p.Seed%playSpread) // not those of the demo's own people
	p.script = newScript(p.crowd, p.market, p.today, regencyOf(home))
	for _, e := range p.script.pays {
		p.paying[e] = true
	}
	return nil
}

// Serials of people who are met in play begin between these above leastSerial.
const (
	playSerials = 300
	playSpread  = 500
)

// findCadre finds the 25 of the class in which this demo's kader were trained.
func (p *play) findCadre(ctx context.Context) error {
	var classes struct {
		Items []struct {
			ClassID  string `json:"class_id"`
			OfficeID string `json:"office_id"`
			Passed   int
		}
	}
	if err := p.head.get(ctx, "/classes", &classes); err != nil {
		return err
	}
	for _, it := range classes.Items {
		if it.Passed < len(cadre) {
			continue
		}
		p.office = it.OfficeID
		found, err := p.seats(ctx, it.ClassID)
		if err != nil || found {
			return err
		}
	}
	return jaring.NewError(jaring.Conflict, "play.no_class", "n", len(cadre))
}

// seats finds the cadre in a class.
func (p *play) seats(ctx context.Context, class string) (found bool, err error) {
	var page struct {
		Seats []struct {
			Name      string
			AccountID jaring.AccountID `json:"account_id"`
		}
	}
	if err := p.head.get(ctx, "/classes/"+class, &page); err != nil {
		return false, err
	}
	p.players = nil
	for i, k := range cadre {
		for _, seat := range page.Seats {
			if seat.Name == k.name && seat.AccountID != "" {
				p.players = append(p.players, &player{play: p, caller: p.public.with(), kader: i, account: seat.AccountID})
				break
			}
		}
	}
	return len(p.players) == len(cadre), nil
}

// atOnce is how many kader enrol at a time: log-ins are slow on purpose.
const atOnce = 4

// equip logs every kader in and enrols the phones.
func (p *play) equip(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for _, k := range p.players {
		group.Go(func() error { return k.equip(ctx) })
	}
	return group.Wait()
}

// windDown is how much longer than the play the sweep is planned: phones send their last.
const windDown = 30 * time.Second

// convene plans the sweep, forms the teams, lets a screen show the board, and opens.
func (p *play) convene(ctx context.Context) error {
	now := time.Now().UTC()
	plan := map[string]any{"kind": jaring.KindSweep, "name": sweepName, "office_id": p.office, "place_id": p.place, "opens_at": now, "closes_at": now.Add(p.Over + windDown),
		"plan": map[string]any{"programs": []string{"JKK", "JKM"}, "goal": sweepGoal}}
	var added struct {
		CampaignID string `json:"campaign_id"`
	}
	if err := p.head.post(ctx, "/campaigns", plan, &added); err != nil {
		return err
	}
	p.campaign = added.CampaignID
	path := "/campaigns/" + p.campaign
	var page struct {
		Version int64
		BeganAt time.Time `json:"began_at"`
	}
	if err := p.head.get(ctx, path, &page); err != nil {
		return err
	}
	if err := p.head.post(ctx, path+"/teams", map[string]any{"teams": p.formed()}, nil, "If-Match", strconv.Quote(strconv.FormatInt(page.Version, 10))); err != nil {
		return err
	}
	var screen struct{ Path string }
	if err := p.head.post(ctx, path+"/kiosks", map[string]string{"name": "Layar"}, &screen); err != nil {
		return err
	}
	p.URL = p.public.base + screen.Path
	if p.Opens != nil {
		p.Opens(p.URL)
	}
	if err := p.head.post(ctx, path+"/state", map[string]any{"to": jaring.CampaignIsOpen}, &page); err != nil {
		return err
	}
	p.began, p.start = page.BeganAt, time.Now()
	return nil
}

func (p *play) formed() (out []map[string]any) {
	for t, people := range p.script.teams {
		members, lanes := []jaring.AccountID{}, []string{}
		for _, k := range people {
			members = append(members, p.players[k].account)
		}
		for _, l := range p.script.lanes[t] {
			lanes = append(lanes, l.id)
		}
		out = append(out, map[string]any{"name": teamPlans[t].name, "members": members, "lanes": lanes})
	}
	return out
}

// run lets the phones work until the last has sent what it kept, and the desk until it
// has booked the last bill.
func (p *play) run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	var phones sync.WaitGroup
	for _, k := range p.players {
		phones.Add(1)
		group.Go(func() error {
			defer phones.Done()
			return k.work(ctx)
		})
	}
	group.Go(func() error { return p.desk(ctx) })
	phones.Wait()
	close(p.bills)
	return group.Wait()
}

// now is the server's time, and real what a stretch of the two hours takes.
func (p *play) now() time.Time { return p.began.Add(time.Since(p.start)) }

func (p *play) real(d time.Duration) time.Duration {
	return time.Duration(float64(d) / float64(sweepLasts) * float64(p.Over))
}
