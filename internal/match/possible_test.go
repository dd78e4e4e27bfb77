package match

import (
	"testing"

	"jaring/internal/jaring"
	"pgregory.net/rapid"
)

// Possible may let an impossible candidate through, never keep a possible one out.
func TestPossibleNeverRulesOutWhomScoreWouldFind(t *testing.T) {
	words := []string{"MUHAMMAD", "SITI", "AMINAH", "AMINA", "YUSUF", "YUSUP", "SUMARNI", "SUMARTI", "BUDI", "RUDI", "SANTOSO", "S"}
	person := func(t *rapid.T, name string) Person {
		n := rapid.SliceOfN(rapid.SampledFrom(words), 1, 3).Draw(t, name)
		p := Person{BirthDate: jaring.NewDay(1980+rapid.IntRange(0, 2).Draw(t, name+" year"), rapid.IntRange(1, 3).Draw(t, name+" month"), rapid.IntRange(1, 3).Draw(t, name+" day")),
			Sex: rapid.SampledFrom([]jaring.Sex{"", jaring.Male, jaring.Female}).Draw(t, name+" sex"), Village: rapid.SampledFrom([]string{"", "15.71.04.1002", "15.71.04.1003", "15.04.01.1001", "16.71.01.1001"}).Draw(t, name+" village"),
			Phone: rapid.SampledFrom([]string{"", "+62811740001", "+62811740002"}).Draw(t, name+" phone"), MotherKey: rapid.SampledFrom([]string{"", "m1", "m2"}).Draw(t, name+" mother"),
			NIKKey: rapid.SampledFrom([]string{"", "n1"}).Draw(t, name+" nik"), Occupation: rapid.SampledFrom([]string{"", "ojek"}).Draw(t, name+" job")}
		for i, w := range n {
			if i > 0 {
				p.Name += " "
			}
			p.Name += w
		}
		return p
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := person(t, "a"), person(t, "b")
		e := Score(a, b)
		light := Person{Name: b.Name, BirthDate: b.BirthDate, Sex: b.Sex}
		if e.Answer() != Different && !Possible(a, light) {
			t.Fatalf("%+v and %+v are %s, yet not possible", a, b, e.Answer())
		}
	})
}

func TestPossibleSparesMostCandidates(t *testing.T) {
	a := Person{Name: "Sumarni Lestari", BirthDate: jaring.NewDay(1984, 5, 14), Sex: jaring.Female}
	for _, b := range []Person{
		{Name: "Kartini Wulandari", BirthDate: jaring.NewDay(1984, 5, 14), Sex: jaring.Female}, // the same day only
		{Name: "Sumarni Hasibuan", BirthDate: jaring.NewDay(1984, 11, 2), Sex: jaring.Female},  // one word and the year only
	} {
		if Possible(a, b) {
			t.Errorf("%s is possible", b.Name)
		}
	}
}
