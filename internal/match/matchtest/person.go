package matchtest

import (
	"fmt"
	"hash/fnv"
	"strings"

	"jaring/internal/jaring"
	"jaring/internal/match"
)

// human is a person as the person is, before anybody writes it down.
type human struct {
	name    []string
	mother  []string
	female  bool
	birth   jaring.Day
	village string
	phone   string
	trade   string
}

func (r *random) human() human {
	h := human{female: r.chance(0.5), birth: r.birth(), village: r.village(""), phone: r.phone(), trade: trades[r.intn(len(trades))]}
	h.name, h.mother = r.fullName(h.female, false), r.fullName(true, false)
	return h
}

// birth is a day of somebody between 15 and 64 in 2026; four in a hundred were
// written as 1 January when the day was not known.
func (r *random) birth() jaring.Day {
	year := 1962 + r.intn(50)
	if r.chance(0.04) {
		return jaring.NewDay(year, 1, 1)
	}
	month := 1 + r.intn(12)
	return jaring.NewDay(year, month, 1+r.intn(jaring.DaysIn(jaring.NewMonth(year, month))))
}

// village draws a code below prefix, a code with dots of any level. There are
// 514 regencies, the first of each province the fullest.
func (r *random) village(prefix string) string {
	if prefix == "" {
		prefix = fmt.Sprintf("%02d", 11+2*r.intn(38))
	}
	if len(prefix) == 2 {
		n := min(r.intn(14), r.intn(18))
		prefix += fmt.Sprintf(".%02d", 1+n)
	}
	if len(prefix) == 5 {
		prefix += fmt.Sprintf(".%02d", 1+r.intn(14))
	}
	return prefix + fmt.Sprintf(".%d", 2001+r.intn(12))
}

func (r *random) phone() string {
	return fmt.Sprintf("+628%d%08d", 11+r.intn(48), r.intn(100_000_000))
}

// record is h as a desk writes it: phones are missing for three in ten, the
// mother's name for four in ten, the village for one in ten.
func (r *random) record(h human) match.Person {
	p := match.Person{
		Name: strings.Join(h.name, " "), BirthDate: h.birth, Sex: jaring.Male,
		Village: h.village, Regency: h.village[:5], Phone: h.phone, Occupation: h.trade,
		MotherKey: motherKey(h.mother),
	}
	if h.female {
		p.Sex = jaring.Female
	}
	if r.chance(0.3) {
		p.Phone = ""
	}
	if r.chance(0.4) {
		p.MotherKey = ""
	}
	if r.chance(0.1) {
		p.Village = ""
	}
	return p
}

func motherKey(name []string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(match.FoldName(strings.Join(name, " "))))
	return fmt.Sprintf("%016x", h.Sum64())
}
