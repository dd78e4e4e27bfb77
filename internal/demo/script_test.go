package demo

import (
	"slices"
	"testing"

	"jaring/internal/area"
	"jaring/internal/jaring"
)

// The script is what people do; told is what comes of it. Here, that it is a possible day.
func TestScript_IsADayThatCanBe(t *testing.T) {
	for seed := range uint64(20) {
		market := marketLanes()
		s := newScript(newCrowd(seed, area.Load()), market, 20261112, regencyOf(home))
		walks, seen := map[int][]string{}, map[string]bool{}
		for team, lanes := range s.lanes {
			for _, l := range lanes {
				for _, k := range s.teams[team] {
					walks[k] = append(walks[k], l.name)
				}
			}
		}
		registered, niks := map[int]int{}, map[string]bool{}
		for _, at := range s.stops {
			if at.at < 0 || at.at >= sweepLasts {
				t.Errorf("a stop at %v", at.at)
			}
			if at.lane != nil {
				seen[at.lane.name+at.number] = true
				if !slices.Contains(walks[at.kader], at.lane.name) {
					t.Errorf("%s stands in lane %s of another team", cadre[at.kader].name, at.lane.name)
				}
			}
			if at.outcome == jaring.LotRegistered && !niks[at.entry.nik] {
				niks[at.entry.nik] = true
				registered[at.kader]++
			}
		}
		for k, plan := range cadre {
			if registered[k] != plan.registers {
				t.Errorf("seed %d: %s meets %d first", seed, plan.name, registered[k])
			}
		}
		if len(niks) != Swept() || len(seen) != 384 {
			t.Errorf("%d persons, %d stalls", len(niks), len(seen))
		}
		for _, l := range market {
			for _, number := range l.must {
				if !seen[l.name+number] {
					t.Errorf("nobody found %s-%s", l.name, number)
				}
			}
		}
	}
}

func TestCadre_IsTheClassOfTheStory(t *testing.T) {
	want := map[string]int{"jambi": 10, "muaro": 4, "tebo": 4, "tanjab": 4, "batang": 3}
	pays := 0
	for office, n := range want {
		if got := quotaOf(office); got != n {
			t.Errorf("%s has %d places", office, got)
		}
	}
	for _, k := range cadre {
		if pays += k.pays; k.pays > k.registers {
			t.Errorf("%s: more pay than there are", k.name)
		}
	}
	if len(cadre) != 25 || Swept() != 192 || pays != 151 {
		t.Errorf("%d kader, %d persons, %d pay", len(cadre), Swept(), pays)
	}
}

func TestPictures_AreWhatAgentsMaySend(t *testing.T) {
	c := newCrowd(1, area.Load())
	for range 20 {
		if _, err := jaring.NewPhoto(specimen(c.rand)); err != nil {
			t.Error(err)
		}
		if _, err := jaring.CleanJPEG(portrait(c.rand), 60_000); err != nil {
			t.Error(err)
		}
	}
}
