package demo

import (
	"time"

	"jaring/internal/jaring"
)

// Among those whom the sweep meets some are in the book already: whose cover has ended, so
// that they are registered again, and members in good standing, who count for nobody.
var (
	returners = []int{0, 2, 6, 7, 10} // kader who each meet one
	members   = []int{0, 3, 5, 12}
)

const memberBefore = 70 // days before the sweep

// planKnown plans how those people came into the book, lets the script meet them, and
// gives how many they are.
func (b *builder) planKnown() (n int) {
	s := b.sweep.script
	first := b.today.Month().Add(1 - months).First()
	for i, k := range returners {
		if met := s.registered(k); len(met) > 1 {
			now := met[1].entry
			now.person = b.planEarlier(first.Add(3+2*i), 1, now.trade)
			now.birthDate = now.birth
			n++
		}
	}
	for i, k := range members {
		for _, at := range s.stops {
			if at.kader != k || at.outcome != jaring.LotMember {
				continue
			}
			e := &entry{months: 3, programs: []string{"JKK", "JKM"}}
			e.person = b.planEarlier(b.sweep.on.Add(i-memberBefore), 12, b.crowd.tradeOf(at.lane.goods))
			e.birthDate, at.entry, at.again = e.birth, e, true
			n++
			break
		}
	}
	return n
}

// planEarlier plans somebody of the market who was registered on a day, for so many
// months, and paid on the next.
func (b *builder) planEarlier(d jaring.Day, months int, t trade) person {
	var a *agent
	for _, a = range b.agentsOn(d) {
		if a.office == "jambi" {
			break
		}
	}
	e := &entry{person: b.crowd.person(regencyOf(home), d), agent: a, taken: 8 * time.Hour, months: months, programs: []string{"JKK", "JKM"}, workplace: b.place[sweepMarket]}
	e.work(b.crowd, t)
	e.birthDate = e.birth
	b.on(d).entries = append(b.on(d).entries, e)
	b.on(d.Add(1)).desk = append(b.on(d.Add(1)).desk, b.decide(e))
	b.on(d.Add(1)).pays = append(b.on(d.Add(1)).pays, e)
	return e.person
}
