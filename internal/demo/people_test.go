package demo

import (
	"testing"

	"jaring/internal/area"
	"jaring/internal/jaring"
)

func TestCrowd_NumbersAreWellFormedSyntheticAndNobodyHasTwo(t *testing.T) {
	on := jaring.NewDay(2026, 11, 21)
	areas := area.Load()
	c := newCrowd(3, areas)
	seen := map[string]bool{}
	for range 3000 {
		p := c.person("15.71", on)
		nik, err := jaring.ParseNIK(p.nik)
		if err != nil {
			t.Fatal(err)
		}
		sex := jaring.Male
		if p.female {
			sex = jaring.Female
		}
		_, known := areas.Issuance(nik.Issuance())
		if found := nik.Check(p.birth, sex, known != area.Unknown, on); len(found) > 0 {
			t.Errorf("odd: %+v", found)
		}
		if serial := p.nik[12:]; serial < "9001" {
			t.Errorf("serial %s may be somebody's", serial)
		}
		if seen[p.nik] {
			t.Error("one number twice")
		}
		seen[p.nik] = true
		if jaring.Worst(jaring.EntryAge(p.birth, on)) != jaring.Pass {
			t.Errorf("born %s", p.birth)
		}
	}
}

func TestCrowd_TheSameSeedInventsTheSamePeople(t *testing.T) {
	a, b := newCrowd(9, area.Load()), newCrowd(9, area.Load())
	for range 50 {
		if x, y := a.person("15.04", 20261121), b.person("15.04", 20261121); x != y {
			t.Fatalf("%+v and %+v", x, y)
		}
	}
}

func TestPlaces_LieInVillagesThatTheirOfficeServes(t *testing.T) {
	areas := area.Load()
	for _, p := range places {
		found, ok := areas.Get(area.Code(p.village))
		served := false
		for _, o := range offices {
			for _, code := range o.areas {
				served = served || o.key == p.office && area.Contains(area.Code(code), found.Code)
			}
		}
		if !ok || found.Level != area.Village || !served {
			t.Errorf("%s: %s", p.name, p.village)
		}
	}
}
