package demo

import (
	"math"
	"slices"
	"strings"
	"time"

	"jaring/internal/jaring"
)

// Shares of what happens to a registration, in percent.
const (
	sharePays      = 76.0
	shareBirthOdd  = 3.0 // the birth date on the card is not the NIK's, and nobody compared
	shareConfirmed = 2.5 // the same, compared with the card at the stall
	shareTwice     = 1.5 // comes again under another NIK, spelled a little differently
	shareRepeated  = 1.5 // another agent tries the same NIK
	shareCorrected = 3.0
	shareWithdrawn = 0.6
	shareDecided   = 80.0 // of second looks that are older than a week
	shareOldAge    = 0.8  // turns 65 between registration and the core's answer: the core refuses
)

// plan draws all that will happen, before anything does.
func (b *builder) plan() {
	n := b.Size
	for _, key := range b.chosen() {
		if own := stories[key].plan(b); key == "a" { // the others bring their people besides
			n -= own
		}
	}
	first := b.today.Month().Add(1 - months).First()
	span := first.DaysUntil(b.today)
	for range max(0, n) {
		// More and more of them: the branch grows.
		d := first.Add(int(math.Sqrt(b.crowd.rand.Float64()) * float64(span+1)))
		b.planEntry(min(d, b.today))
	}
	b.planMoney()
	for _, d := range b.days {
		slices.SortStableFunc(d.entries, func(x, y *entry) int { return int(x.taken - y.taken) })
	}
}

func (b *builder) on(d jaring.Day) *day {
	if b.days[d] == nil {
		b.days[d] = &day{}
	}
	return b.days[d]
}

// planEntry draws one registration and what follows from it.
func (b *builder) planEntry(d jaring.Day) {
	e := b.newEntry(pick(b.crowd.rand, b.agentsOn(d)), d)
	switch {
	case b.crowd.chance(shareOldAge) && d.Add(1) < b.today:
		b.turn65(e, d)
	case b.crowd.chance(shareBirthOdd):
		e.birthDate = otherBirth(e.birth)
	case b.crowd.chance(shareConfirmed):
		e.birthDate, e.confirmed = otherBirth(e.birth), []string{"nik.birth_differs"}
	}
	b.on(d).entries = append(b.on(d).entries, e)
	b.planPayment(e, d)
	b.planTrouble(e, d)
}

// agentsOn are those who may register on a day.
func (b *builder) agentsOn(d jaring.Day) (out []*agent) {
	for _, a := range b.agents {
		if a.from <= d {
			out = append(out, a)
		}
	}
	return out
}

// newEntry draws somebody whom an agent meets on a day.
func (b *builder) newEntry(a *agent, d jaring.Day) *entry {
	e := &entry{person: b.crowd.person(regencyOf(a.office), d), agent: a}
	e.birthDate, e.taken = e.birth, 7*time.Hour+time.Duration(b.crowd.rand.IntN(9*3600))*time.Second
	e.months = pick(b.crowd.rand, []int{1, 1, 3, 3, 3, 6, 6, 12, 12, 12})
	e.programs = []string{"JKK", "JKM"}
	if b.crowd.chance(22) {
		e.programs = append(e.programs, "JHT")
	}
	if b.crowd.chance(55) {
		e.workplace = b.market(a.office)
	}
	return e
}

// otherBirth is a birth date as a registrar once mistyped it.
func otherBirth(d jaring.Day) jaring.Day {
	if d.DayNumber() > 1 {
		return d.Add(-1)
	}
	return d.Add(1)
}

// turn65 makes somebody whose 65th birthday is the day after.
func (b *builder) turn65(e *entry, d jaring.Day) {
	next := d.Add(1)
	e.birth = jaring.NewDay(next.Year()-jaring.EntryAgeLimit, next.MonthNumber(), min(next.DayNumber(), 28))
	if e.birth.AgeOn(d) >= jaring.EntryAgeLimit {
		e.birth = e.birth.Add(2)
	}
	e.birthDate, e.nik = e.birth, b.crowd.nik(e.person)
}

// planPayment draws whether and when the bill is paid, mostly at once.
func (b *builder) planPayment(e *entry, d jaring.Day) {
	if !b.crowd.chance(sharePays) && e.birth.AgeOn(d.Add(2)) < jaring.EntryAgeLimit {
		return
	}
	paid := d.Add(pick(b.crowd.rand, []int{1, 1, 1, 1, 2, 2, 3, 5}))
	if paid <= b.today {
		b.on(paid).pays = append(b.on(paid).pays, e)
	}
}

// planTrouble draws what makes work for the desk.
func (b *builder) planTrouble(e *entry, d jaring.Day) {
	later := func(least, most int) (jaring.Day, bool) {
		at := d.Add(least + b.crowd.rand.IntN(most-least+1))
		return at, at <= b.today
	}
	if at, ok := later(2, 20); ok && b.crowd.chance(shareTwice) {
		b.on(at).entries = append(b.on(at).entries, b.again(e, at))
	}
	if at, ok := later(1, 15); ok && b.crowd.chance(shareRepeated) {
		b.on(at).entries = append(b.on(at).entries, b.repeat(e, at))
	}
	if at, ok := later(2, 30); ok && b.crowd.chance(shareCorrected) {
		b.on(at).desk = append(b.on(at).desk, b.correct(e))
	}
	if at, ok := later(20, 60); ok && b.crowd.chance(shareWithdrawn) {
		b.on(at).desk = append(b.on(at).desk, b.withdraw(e))
	}
	if at, ok := later(3, 9); ok && b.crowd.chance(shareDecided) {
		b.on(at).desk = append(b.on(at).desk, b.decide(e))
	}
}

// again is the same person some days later, with another NIK and a name that is heard
// a little differently.
func (b *builder) again(e *entry, at jaring.Day) *entry {
	twin := *e
	twin.outcome, twin.confirmed = jaring.Outcome{}, nil
	twin.birthDate = e.birth
	twin.nik = b.crowd.nik(e.person)
	twin.name = heard(e.name)
	twin.agent = b.colleague(e.agent, at)
	return &twin
}

// repeat is the same person with the same card before another agent.
func (b *builder) repeat(e *entry, at jaring.Day) *entry {
	same := *e
	same.outcome, same.agent = jaring.Outcome{}, b.colleague(e.agent, at)
	return &same
}

// colleague is another agent of the same office on a day.
func (b *builder) colleague(a *agent, on jaring.Day) *agent {
	var others []*agent
	for _, other := range b.agentsOn(on) {
		if other.office == a.office && other != a {
			others = append(others, other)
		}
	}
	return pick(b.crowd.rand, others)
}

// heard is a name as somebody else writes it: old spelling, a letter more or less.
func heard(name string) string {
	for _, way := range [][2]string{{"Muhammad", "Moh."}, {"ahy", "ahj"}, {"uy", "oey"}, {"Su", "Soe"}, {"Yus", "Jus"}, {"ri", "rie"}, {"Nur", "Noer"}, {"a", "aa"}} {
		if at := strings.Index(name, way[0]); at >= 0 {
			return name[:at] + way[1] + name[at+len(way[0]):]
		}
	}
	return name + "e"
}
