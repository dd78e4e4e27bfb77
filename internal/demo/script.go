package demo

import (
	"cmp"
	"slices"
	"time"

	"jaring/internal/area"
	"jaring/internal/jaring"
)

// sweepLasts is how long the sweep of story A lasts.
const sweepLasts = 2 * time.Hour

// stop is one thing that a kader does in the market and writes into the phone.
type stop struct {
	kader   int           // in cadre
	at      time.Duration // since the opening
	lane    *stallLane    // nil for whoever has no stall
	number  string
	outcome jaring.LotOutcome
	reason  string
	backAt  string
	entry   *entry // whom a registration is about
	again   bool   // of a registration: another phone may have had the person before
	photo   bool
	late    bool // its phone is found when the sweep is sealed already
}

// script is what 25 people do in two hours. Who registers how many is told by cadre;
// which stall, when, and what becomes of the others is drawn.
type script struct {
	crowd    *crowd
	on       jaring.Day
	regency  area.Code
	teams    [teams][]int
	lanes    [teams][]*stallLane
	stops    []*stop             // in the order of time
	pays     []*entry            // who pays on the spot
	offline  map[int]bool        // kader whose phone finds no signal before the end
	skewed   int                 // the kader whose clock is wrong at first
	skewEnds time.Duration       // when she notices
	count    int                 // registrations drawn
	found    []jaring.LotOutcome // what is still to be found at stalls where nobody is registered
}

// What is found at the stalls where nobody is registered. The rest stays unvisited.
var elsewhere = []struct {
	outcome jaring.LotOutcome
	n       int
}{{jaring.LotMember, 74}, {jaring.LotClosed, 61}, {jaring.LotBack, 43}, {jaring.LotRefused, 38}}

var (
	refusals  = []string{"Mau tanya keluarga dulu", "Belum ada uang", "Sudah ikut asuransi lain", "Tidak sempat, sedang ramai", "Belum percaya"}
	comeBacks = []string{"sore", "besok pagi", "04.00", "Sabtu 05.00", "setelah ramai"}
)

// Who in the script has trouble: two phones without signal, a clock that is wrong.
const (
	offlineOne = 4
	offlineTwo = 8
	wrongClock = 9
	theirTwin  = 3 // meets somebody whom offlineOne has met
)

// noStallEvery is how many registrations there are to one of somebody without a stall of
// his own.
const noStallEvery = 8

// newScript draws what happens in a market on a day.
func newScript(c *crowd, market []stallLane, on jaring.Day, regency area.Code) *script {
	s := &script{crowd: c, on: on, regency: regency, teams: formTeams(), lanes: shareLanes(market), offline: map[int]bool{offlineOne: true, offlineTwo: true}, skewed: wrongClock}
	for _, e := range elsewhere {
		s.found = append(s.found, slices.Repeat([]jaring.LotOutcome{e.outcome}, e.n)...)
	}
	lots := 0
	for _, l := range market {
		lots += len(l.numbers)
	}
	if free := lots - Swept() + Swept()/noStallEvery - len(s.found); free > 0 {
		s.found = append(s.found, slices.Repeat([]jaring.LotOutcome{jaring.LotUnvisited}, free)...)
	}
	c.rand.Shuffle(len(s.found), func(i, j int) { s.found[i], s.found[j] = s.found[j], s.found[i] })
	for t := range s.teams {
		s.walk(t)
	}
	for k := range cadre {
		s.meet(k)
	}
	s.trouble()
	s.sort()
	return s
}

func (s *script) sort() {
	slices.SortStableFunc(s.stops, func(a, b *stop) int { return cmp.Compare(a.at, b.at) })
}

// walk gives each stall of a team to one of its people, with what is found there.
func (s *script) walk(t int) {
	var lots []*stop
	for _, lane := range s.lanes[t] {
		for _, number := range lane.numbers {
			lots = append(lots, &stop{lane: lane, number: number})
		}
	}
	s.crowd.rand.Shuffle(len(lots), func(i, j int) { lots[i], lots[j] = lots[j], lots[i] })
	slices.SortStableFunc(lots, func(a, b *stop) int { return btoi(b.mustBeSeen()) - btoi(a.mustBeSeen()) })
	stalled, others := s.registrations(t)
	for n := 0; len(stalled) < len(lots) && len(s.found) > 0; n++ {
		next := s.found[0]
		s.found = s.found[1:]
		if next != jaring.LotUnvisited {
			stalled = append(stalled, s.visit(s.teams[t][n%len(s.teams[t])], next))
		} else {
			lots = lots[:len(lots)-1]
		}
	}
	s.crowd.rand.Shuffle(len(stalled), func(i, j int) { stalled[i], stalled[j] = stalled[j], stalled[i] })
	for i, at := range stalled {
		if i < len(lots) {
			at.lane, at.number = lots[i].lane, lots[i].number
		}
	}
	s.stops = append(s.stops, stalled...)
	s.stops = append(s.stops, others...)
}

func btoi(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func (at *stop) mustBeSeen() bool { return slices.Contains(at.lane.must, at.number) }

// registrations are those of a team: of people with a stall, and of those without.
func (s *script) registrations(t int) (stalled, others []*stop) {
	for _, k := range s.teams[t] {
		for range cadre[k].registers {
			at := &stop{kader: k, outcome: jaring.LotRegistered}
			if s.count++; s.count%noStallEvery == 0 {
				others = append(others, at)
			} else {
				stalled = append(stalled, at)
			}
		}
	}
	return stalled, others
}

// visit is a stall at which nobody is registered.
func (s *script) visit(kader int, outcome jaring.LotOutcome) *stop {
	at := &stop{kader: kader, outcome: outcome}
	switch outcome {
	case jaring.LotRefused:
		at.reason = pick(s.crowd.rand, refusals)
	case jaring.LotBack:
		at.backAt = pick(s.crowd.rand, comeBacks)
	}
	return at
}

// Nobody is spoken to in the first and the last minutes.
const (
	firstWord = 2 * time.Minute
	lastWord  = 3 * time.Minute
)

// meet puts the stops of a kader into an order of time and finds who stands there.
func (s *script) meet(k int) {
	var own []*stop
	for _, at := range s.stops {
		if at.kader == k {
			own = append(own, at)
		}
	}
	r := s.crowd.rand
	r.Shuffle(len(own), func(i, j int) { own[i], own[j] = own[j], own[i] })
	each := (sweepLasts - firstWord - lastWord) / time.Duration(max(1, len(own)))
	var met []*stop
	for i, at := range own {
		at.at = (firstWord + time.Duration(i)*each + time.Duration(r.Int64N(int64(each)))).Truncate(time.Second)
		if at.outcome == jaring.LotRegistered {
			at.entry = s.somebody(at)
			met = append(met, at)
		}
	}
	for n, i := range r.Perm(len(met)) {
		e := met[i].entry
		if e.months = pick(r, []int{1, 1, 3}); n < cadre[k].pays {
			// Paid for long enough that no turn of a month ends it before the seal.
			e.months = pick(r, []int{3, 3, 6, 12})
			s.pays = append(s.pays, e)
		}
	}
	if len(met) > 0 && k%2 == 0 {
		met[0].photo = true
	}
}

// somebody is whoever stands at a stall, or carries things between them.
func (s *script) somebody(at *stop) *entry {
	c, goods := s.crowd, ""
	if at.lane != nil {
		goods = at.lane.goods
	}
	e := &entry{person: c.person(s.regency, s.on), programs: []string{"JKK", "JKM"}}
	e.work(c, c.tradeOf(goods))
	if e.birthDate = e.birth; c.chance(20) {
		e.programs = append(e.programs, "JHT")
	}
	return e
}

// work gives somebody a trade with what it brings in.
func (p *person) work(c *crowd, t trade) {
	p.trade, p.income = t, jaring.Rupiah((t.low+c.rand.IntN(t.high-t.low))/50*50*1000)
}
