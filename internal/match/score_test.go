package match

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jaring/internal/jaring"
)

func TestCompareBirth(t *testing.T) {
	for _, c := range []struct {
		a, b jaring.Day
		want string
	}{
		{19800314, 19800314, "same"},
		{19800101, 19800101, "same_assumed"},
		{19800701, 19800701, "same_assumed"},
		{19800305, 19800503, "swapped"},
		{19800314, 19800311, "digit"},
		{19800314, 19800414, "digit"},
		{19800314, 19880314, "digit"},
		{19810314, 19180314, "digit"}, // neighbours changed places
		{19800314, 19800101, "assumed"},
		{19800314, 19800929, "same_year"},
		{19790314, 19800314, "same_day"},
		{19790314, 19660723, "differs"},
		{0, 19660723, ""},
		{0, 0, ""},
	} {
		x, w := compareBirth(c.a, c.b)
		y, v := compareBirth(c.b, c.a)
		if x != c.want || y != c.want || v != w {
			t.Errorf("%d %d: %s, %s; want %s", c.a, c.b, x, y, c.want)
		}
	}
}

func TestComparePlace(t *testing.T) {
	for _, c := range [][3]string{
		{"35.15.14.2003", "35.15.14.2003", "village"},
		{"35.15.14.2003", "35.15.14.2004", "district"},
		{"35.15.14.2003", "35.15.14", "district"},
		{"35.15.14.2003", "35.15.13.2003", "regency"},
		{"35.15.14.2003", "35.15", "regency"},
		{"35.15.14.2003", "35.16.14.2003", "province"},
		{"35.15.14.2003", "36.15.14.2003", "elsewhere"},
		{"35.15.14.2003", "", ""},
		{"", "", ""},
	} {
		a, b := Person{Village: c[0]}, Person{Village: c[1]}
		if len(c[1]) == regencyLength {
			b = Person{Regency: c[1]}
		}
		x, w := comparePlace(a, b)
		if y, v := comparePlace(b, a); x != c[2] || y != x || v != w {
			t.Errorf("%v: %s, %s", c, x, y)
		}
	}
}

func TestCompareNames(t *testing.T) {
	for _, c := range [][3]string{
		{"Slamet", "Slamet", "same"},
		{"Nur Hayati", "Nurhayati", "same"},
		{"Fitri Lestari", "Pitri Lestari", "alike"},
		{"Lestari Fitri", "Fitri Lestari", "alike"},
		{"Wahyu Setiawan", "Wahyu", "part"},
		{"Wahyu Setiawan", "Wahyu S.", "alike"},
		{"Poltak Simanjuntak", "Poltak Simajuntak", "mistyped"},
		{"Poltak Simanjuntak", "Poltak Smianjuntak", "mistyped"},
		{"Sunarto", "Dunarto", "mistyped"},
		{"Rina", "Rini", "variant"},
		{"Budi Santoso", "Rudi Santoso", "variant"},
		{"Ahmad Yani", "Ahmad Fauzi", "other_word"},
		{"", "Slamet", ""},
	} {
		a, b := foldForComparing(c[0], ""), foldForComparing(c[1], "")
		if got, _ := compareNames(a, b); got != c[2] {
			t.Errorf("%s / %s: %s, want %s", c[0], c[1], got, c[2])
		}
	}
}

func TestScoreExplainsItself(t *testing.T) {
	a := Person{Ref: "1", Name: "Moh. Yusuf", BirthDate: 19800722, Sex: jaring.Male, Village: "73.71.02.1004", Phone: "+628123", MotherKey: "k", NIKKey: "n", Occupation: "nelayan"}
	b := a
	b.Ref, b.Name = "2", "Muhammad Jusup"
	e := Score(a, b)
	sum := e.Prior
	var keys []string
	for _, f := range e.Fields() {
		sum += f.Bits
		keys = append(keys, f.Key())
	}
	if sum != e.Score {
		t.Errorf("fields sum to %d, the score is %d", sum, e.Score)
	}
	want := "match.name.same match.birth_date.same match.sex.same match.place.village match.phone.same match.mother.same match.nik.same match.occupation.same"
	if got := strings.Join(keys, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if text := strings.ToUpper(fmt.Sprintf("%+v", e)); strings.Contains(text, "YUSUF") || strings.Contains(text, "8123") {
		t.Error("the evidence tells who it is about")
	}
	if nothing := Score(Person{}, Person{}); nothing.Answer() != Different || len(nothing.Fields()) != 0 {
		t.Error("no fields, no evidence")
	}
}

func TestPreparedFollowsTheName(t *testing.T) {
	p := Person{Name: "Slamet", Village: "33.08.02.2001"}.Prepared()
	if p.Regency != "33.08" {
		t.Error(p.Regency)
	}
	p.Name = "Sariyem"
	if got := Keys(p); len(got) != 0 {
		t.Error("without a birth date one name is no key:", got)
	}
	if p = p.Prepared(); p.folded.joined != "SARIYEM" {
		t.Error("an old name is compared")
	}
}

func TestKeys(t *testing.T) {
	p := Person{Name: "Muh. Soeparno Hadi", BirthDate: 19800314, Village: "33.10.05.2007"}
	if got, want := strings.Join(Keys(p), " "), "nHD19800314 r1980031433.10 yHD-SPRN33.10"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	p.Name, p.BirthDate = "Muhammad Suparno", 19800101
	if got, want := strings.Join(Keys(p), " "), "nSPRN1980010133 r1980010133.10S ySPRN198033.10"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	p.Village = ""
	if got := Keys(p); len(got) != 1 {
		t.Error("no place, no key of place:", got)
	}
	if got := Keys(Person{}); len(got) != 0 {
		t.Error("nobody has no keys:", got)
	}
}

// people draws from little, so that fields often agree.
var people = rapid.Custom(func(t *rapid.T) Person {
	word := rapid.SampledFrom(strings.Fields("Muhammad Siti Rina Rini Reni Budi Rudi Yanto Yanti Suparno Soeparno Suprano Nur Hayati Nurhayati S. H. Simanjuntak Simajuntak A AA"))
	return Person{
		Ref:        rapid.SampledFrom([]string{"1", "2", "3", "4"}).Draw(t, "ref"),
		Name:       strings.Join(rapid.SliceOfN(word, 0, 7).Draw(t, "name"), " "),
		BirthDate:  rapid.SampledFrom([]jaring.Day{0, 19800101, 19800305, 19800503, 19800308, 19810305, 19900101, 19991231}).Draw(t, "birth"),
		Sex:        rapid.SampledFrom([]jaring.Sex{"", jaring.Male, jaring.Female}).Draw(t, "sex"),
		Village:    rapid.SampledFrom([]string{"", "35.15.14.2003", "35.15.14.2004", "35.15.13.2003", "35.16.01.2001", "73.71.02.1004", "35", "x"}).Draw(t, "village"),
		Regency:    rapid.SampledFrom([]string{"", "35.15", "73.71"}).Draw(t, "regency"),
		Phone:      rapid.SampledFrom([]string{"", "+6281234500001", "+6281234500002", "+6281999900001", "1"}).Draw(t, "phone"),
		MotherKey:  rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "mother"),
		Occupation: rapid.SampledFrom([]string{"", "nelayan", "petani"}).Draw(t, "trade"),
	}
})

func TestScoreIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := people.Draw(t, "a"), people.Draw(t, "b")
		if x, y := Score(a, b), Score(b, a); x != y {
			t.Fatalf("%+v\n%+v", x, y)
		}
	})
}

func TestDecideDoesNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := people.Draw(t, "p")
		candidates := rapid.SliceOfN(people, 0, 6).Draw(t, "candidates")
		x := Decide(p, candidates)
		shuffled := rapid.Permutation(candidates).Draw(t, "shuffled")
		y := Decide(p, shuffled)
		if x.Answer != y.Answer || x.Evidence != y.Evidence {
			t.Fatalf("%+v\n%+v", x, y)
		}
		if x.Candidate >= 0 && candidates[x.Candidate].Ref != shuffled[y.Candidate].Ref {
			t.Fatal("another candidate")
		}
	})
}

func TestDecide(t *testing.T) {
	p := Person{Ref: "p", Name: "Sukarmin Hadiwiyono", BirthDate: 19740511, Sex: jaring.Male, Village: "34.04.07.2002"}
	near, far, twin := p, p, p
	near.Ref, near.Name = "near", "Soekarmin Hadiwijono"
	far.Ref, far.Name = "far", "Slamet"
	twin.Ref, twin.Name = "twin", "Sukarmin Hadiwiyano"
	candidates := []Person{p, far, twin, near}
	v := Decide(p, candidates)
	if v.Answer != Same || candidates[v.Candidate].Ref != "near" {
		t.Errorf("%+v", v)
	}
	if v := Decide(p, candidates[:1]); v.Candidate != -1 || v.Answer != Different {
		t.Error("nobody is a copy of himself", v)
	}
	copies := []Person{near, near}
	copies[0].Ref = "z"
	if v := Decide(p, copies); v.Candidate != 1 {
		t.Error("of equals the smaller Ref")
	}
	if !slices.Contains([]Answer{Same, Maybe}, Decide(p, []Person{near}).Answer) {
		t.Error("one candidate")
	}
}

func BenchmarkScore(b *testing.B) {
	p := Person{Name: "Moh. Rizki Pratama", BirthDate: 19910314, Sex: jaring.Male, Village: "35.15.14.2003", Phone: "+6281234500001"}
	q := Person{Name: "Muhammad Rizky Pratomo", BirthDate: 19910314, Sex: jaring.Male, Village: "35.15.14.2003", Phone: "+6281234500002"}
	b.Run("prepared", func(b *testing.B) {
		x, y := p.Prepared(), q.Prepared()
		for b.Loop() {
			Score(x, y)
		}
	})
	b.Run("fresh", func(b *testing.B) {
		x := p.Prepared()
		for b.Loop() {
			Score(x, q)
		}
	})
}

func BenchmarkKeys(b *testing.B) {
	p := Person{Name: "Moh. Rizki Pratama", BirthDate: 19910314, Village: "35.15.14.2003"}
	for b.Loop() {
		Keys(p)
	}
}
