package demo

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

// Story B: villages become aware of social security. First their officials are registered, then dialogues are held,
// then farmers, fishers and traders enrol; the regency launches Sungai Baung, four others were designated before it,
// and one of them is about to lose its status because nobody renews. Who works there and how many officials there are
// are parameters of the demo and say so.
const (
	villageSerials = 9300 // serials of these people are above it
	villageSource  = "Parameter demo, bukan statistik resmi"
)

// villagePlan is one village of the story.
type villagePlan struct {
	code, office string
	ago          int   // months ago it was proposed
	officials    int   // whom it has, and who are registered
	potential    int   // working people
	paid         []int // months that each of those who enrol pays for
}

// stay is n people who pay for as many months.
func stay(n, months int) (out []int) {
	for range n {
		out = append(out, months)
	}
	return out
}

// villagePlans: the first is the one that the regency launches, the last the one that fades.
var villagePlans = []villagePlan{
	{"15.04.03.2015", "batang", 8, 7, 110, stay(34, 12)},                                       // Sungai Baung, Muara Bulian
	{"15.05.11.2002", "muaro", 11, 6, 96, stay(28, 12)},                                        // Talang Duku
	{"15.05.06.2005", "muaro", 10, 8, 120, stay(32, 12)},                                       // Kasang Pudak
	{"15.05.01.2007", "muaro", 10, 7, 104, stay(30, 12)},                                       // Mendalo Darat
	{"15.06.11.2005", "tanjab", 9, 6, 100, append(stay(21, 12), 5, 5, 6, 6, 7, 7, 8, 8, 9, 9)}, // Bram Itam Raya
}

// storied tells whether a village is one of the story: nobody else of the demo lives there, so that its figures are its own.
func storied(code string) bool {
	return slices.ContainsFunc(villagePlans, func(v villagePlan) bool { return v.code == code })
}

// StoryB is the villages as the system counts them.
type StoryB struct {
	Villages []VillageFigures           `json:"villages"`
	Steps    map[jaring.AwareStep]int   `json:"steps"`
	Colours  map[jaring.AwareColour]int `json:"colours"`
	Regency  string                     `json:"regency"`   // that launched the first
	Aware    int                        `json:"aware"`     // of its villages
	Of       int                        `json:"of"`        // villages it has
	Enrolled int64                      `json:"enrolled"`  // own-account workers who live there, or work there
	Officers int                        `json:"officials"` // protected today
	Came     int                        `json:"came"`
	Target   []ToldFigure               `json:"targets"` // told by the story, with what was reached
	Criteria jaring.AwareCriteria       `json:"criteria"`
}

// VillageFigures are one village's.
type VillageFigures struct {
	Name      string             `json:"name"`
	Step      jaring.AwareStep   `json:"step"`
	Colour    jaring.AwareColour `json:"colour"`
	Officials int                `json:"officials"` // protected today
	Dialogues int                `json:"dialogues"`
	Came      int                `json:"came"`
	Protected int                `json:"protected"`
	Potential int                `json:"potential"`
	Loss      jaring.Month       `json:"loss,omitzero"` // expected
}

// keptB is what is known of story B afterwards: the programmes in their order.
type keptB struct {
	Villages []jaring.AwareID `json:"villages"`
}

var storyB = story{
	plan:    func(b *builder) int { return b.planVillages() },
	live:    func(ctx context.Context, b *builder) error { return b.lookAtVillages(ctx) },
	kept:    func(b *builder) any { return keptB{b.villages.ids} },
	figures: readStoryB,
}

// villages is the story on its way.
type villages struct {
	crowd *crowd
	ids   []jaring.AwareID // by plan
	told  []*hamlet
}

// hamlet is one village on its way.
type hamlet struct {
	villagePlan
	at       int // place in the story
	start    jaring.Month
	employer jaring.EmployerID
	hall     jaring.PlaceID
	dialogue jaring.CampaignID
}

// Days of a village's first month, and of every month after it.
const (
	villageBill = 6
	villageLook = 27
)

// planVillages puts the story on its days and gives how many own-account workers it makes.
func (b *builder) planVillages() (met int) {
	b.planFigures(reportedB)
	b.villages = villages{crowd: b.apart(villageSerials, "b"), ids: make([]jaring.AwareID, len(villagePlans))}
	for i, p := range villagePlans {
		v := &hamlet{villagePlan: p, at: i, start: b.today.Month().Add(-p.ago)}
		b.villages.told = append(b.villages.told, v)
		b.planSteps(v)
		met += b.planEnrolment(v)
	}
	for m := b.today.Month().Add(-11); m <= b.today.Month(); m++ {
		if d := m.First().Add(villageLook - 1); d <= b.today {
			b.on(d).at(20*time.Hour, b.lookAtVillages)
		}
	}
	return met
}

// planSteps plans what the office does: the road in the first month, the bill of the officials in each.
func (b *builder) planSteps(v *hamlet) {
	day := func(n int, act func(context.Context, *hamlet, jaring.Day) error) {
		d := v.start.First().Add(n - 1)
		b.on(d).at(hourDesk, func(ctx context.Context) error { return act(ctx, v, d) })
	}
	day(2, b.proposeVillage)
	day(4, b.agreeVillage)
	day(5, b.hireOfficials)
	day(10, func(ctx context.Context, v *hamlet, d jaring.Day) error {
		return b.stepVillage(ctx, v, jaring.StepOfficials, d, "")
	})
	day(12, b.planDialogue)
	day(14, b.holdDialogue)
	day(15, func(ctx context.Context, v *hamlet, d jaring.Day) error {
		return b.stepVillage(ctx, v, jaring.StepSocialised, d, "")
	})
	day(26, func(ctx context.Context, v *hamlet, d jaring.Day) error {
		return b.stepVillage(ctx, v, jaring.StepLaunched, d, "Berita acara peluncuran")
	})
	for m := v.start; m <= b.today.Month(); m++ {
		if d := m.First().Add(villageBill - 1); d <= b.today {
			b.on(d).at(hourPaid, func(ctx context.Context) error { return b.payOfficials(ctx, v, d) })
		}
	}
}

// villageTrades are what people there live on.
var villageTrades = []string{"Petani karet", "Petani sawit swadaya", "Nelayan", "Pedagang sayur", "Pedagang ikan", "Penjahit", "Pembatik", "Penjual makanan"}

// planEnrolment plans who enrols after the dialogue, in the second half of the first month.
func (b *builder) planEnrolment(v *hamlet) int {
	agents := b.agentsAt(v.office, v.start.First())
	for i, months := range v.paid {
		d := v.start.First().Add(15 + i%9)
		e := &entry{person: b.villages.villager(v.code, d), agent: agents[i%len(agents)], months: months, programs: []string{"JKK", "JKM"}}
		e.trade = tradeOf(villageTrades[i%len(villageTrades)])
		e.birthDate, e.taken = e.birth, 10*time.Hour+time.Duration(i)*time.Minute
		b.on(d).entries = append(b.on(d).entries, e)
		b.on(d.Add(1)).pays = append(b.on(d.Add(1)).pays, e)
	}
	return len(v.paid)
}

// villager invents somebody who lives in a village.
func (s *villages) villager(code string, on jaring.Day) person {
	p := s.crowd.person(area.Code(code).At(area.Regency), on)
	p.village = code
	p.nik = s.crowd.nik(p)
	return p
}

func tradeOf(name string) trade {
	for _, t := range trades {
		if t.name == name {
			return t
		}
	}
	return trades[0]
}

// agentsAt are the agents whom an office has on a day: the cadre of the class come later.
func (b *builder) agentsAt(office string, on jaring.Day) (out []*agent) {
	for _, a := range b.agents {
		if a.office == office && a.from <= on {
			out = append(out, a)
		}
	}
	return out
}

// Tell says the story in one sentence.
func (s *StoryB) Tell() (string, jaring.Args) {
	return "demo.story_b", jaring.Args{"n": len(s.Villages), "officials": s.Officers, "came": s.Came, "enrolled": s.Enrolled, "green": s.Colours[jaring.AwareGreen],
		"amber": s.Colours[jaring.AwareAmber], "aware": s.Aware, "of": s.Of, "regency": s.Regency}
}

// readStoryB counts the villages by their pages, and who enrolled there by the counters.
func readStoryB(ctx context.Context, h House, kept json.RawMessage) (any, error) {
	var k keptB
	if err := json.Unmarshal(kept, &k); err != nil {
		return nil, err
	}
	acts := h.App
	s := &StoryB{Steps: map[jaring.AwareStep]int{}, Colours: map[jaring.AwareColour]int{}}
	var err error
	if s.Target, err = readFigures(ctx, acts, h, reportedB); err != nil {
		return nil, err
	}
	for i, id := range k.Villages {
		v, err := acts.GetAware(ctx, jaring.System, id)
		if err != nil {
			return nil, err
		}
		s.add(v)
		n, err := h.App.Counted(ctx, jaring.Counter{Dimension: jaring.ByArea, Value: v.Area, Measure: jaring.FlowRegistered})
		if err != nil {
			return nil, err
		}
		s.Enrolled += n - int64(v.Facts.Registered)
		if i > 0 {
			continue
		}
		l, err := acts.FindAware(ctx, jaring.System, outreach.AwareFilter{Area: string(v.Regency.Code)})
		if err != nil {
			return nil, err
		}
		s.Regency, s.Aware, s.Of, s.Criteria = v.Regency.Name, l.Region.Aware(), l.Region.Villages, v.Criteria
	}
	return s, nil
}

func (s *StoryB) add(v *outreach.AwareView) {
	f := VillageFigures{Name: v.Name, Step: v.Step, Colour: v.Verdict.Colour, Officials: v.Facts.Protected, Dialogues: v.Facts.Dialogues, Protected: v.Verdict.Protected, Potential: v.Potential.People}
	for _, d := range v.Dialogues {
		f.Came += d.Came
	}
	if v.Forecast != nil {
		f.Loss = v.Forecast.Loss.Expected
	}
	s.Villages = append(s.Villages, f)
	s.Steps[f.Step]++
	s.Colours[f.Colour]++
	s.Officers, s.Came = s.Officers+f.Officials, s.Came+f.Came
}
