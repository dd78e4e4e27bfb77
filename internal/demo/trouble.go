package demo

import (
	"slices"
	"time"

	"jaring/internal/jaring"
)

// comeLater is how many stalls are found shut or busy first and come to a registration
// when somebody goes there again.
const comeLater = 6

// trouble puts into the script what happens in a market: stalls that are visited twice,
// somebody whom two phones meet, a clock that is wrong, cards that differ from the NIK.
func (s *script) trouble() {
	s.visitTwice()
	s.meetTwice()
	s.wrongClock()
	for _, k := range []int{1, 5} {
		if met := s.registered(k); len(met) > 0 {
			e := met[0].entry
			e.birthDate = otherBirth(e.birth)
		}
	}
}

// registered are the registrations of a kader in the order of time.
func (s *script) registered(kader int) (out []*stop) {
	s.sort()
	for _, at := range s.stops {
		if at.kader == kader && at.entry != nil {
			out = append(out, at)
		}
	}
	return out
}

func (s *script) visitTwice() {
	s.sort()
	n := 0
	for _, at := range slices.Clone(s.stops) {
		if at.at < sweepLasts/2 || at.entry == nil || at.lane == nil || at.kader == s.skewed || n == comeLater {
			continue
		}
		before := s.visit(at.kader, []jaring.LotOutcome{jaring.LotBack, jaring.LotClosed}[n%2])
		before.lane, before.number, before.at = at.lane, at.number, at.at/2
		s.stops = append(s.stops, before)
		n++
	}
}

// apart is how long after the first somebody is met again.
const apart = 3 * time.Minute

// meetTwice lets two phones take the same NIK: the one that took it first has no signal
// and arrives last.
func (s *script) meetTwice() {
	for _, first := range s.registered(offlineOne) {
		if first.lane == nil {
			s.repeat(first, theirTwin, min(2*apart, (sweepLasts-first.at)/2))
			return
		}
	}
}

// repeat lets a kader register somebody whom a stop has registered, some time later.
func (s *script) repeat(first *stop, kader int, later time.Duration) *stop {
	same := *first.entry
	second := &stop{kader: kader, at: first.at + later, outcome: jaring.LotRegistered, entry: &same}
	first.again, second.again = true, true
	if slices.Contains(s.pays, first.entry) {
		s.pays = append(s.pays, &same)
	}
	s.stops = append(s.stops, second)
	return second
}

// wrongClock lets a phone be three hours slow until its owner notices. Unsure whether the
// first person was kept, she enters him again.
func (s *script) wrongClock() {
	met := s.registered(s.skewed)
	if len(met) < 2 {
		return
	}
	s.repeat(met[0], s.skewed, apart)
	s.skewEnds = max(met[0].at+apart, met[1].at) + time.Second
}

// skew is how wrong the clock of skewed is.
const skew = -3 * time.Hour

// of are the stops of a kader from one moment until before another.
func (s *script) of(kader int, from, to time.Duration) (out []*stop) {
	for _, at := range s.stops {
		if at.kader == kader && at.at >= from && at.at < to && !at.late {
			out = append(out, at)
		}
	}
	return out
}
