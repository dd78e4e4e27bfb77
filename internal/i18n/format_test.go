package i18n

import (
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"jaring/internal/jaring"
)

func TestFormat(t *testing.T) {
	day, month := jaring.NewDay(2026, 8, 5), jaring.NewMonth(2026, 8)
	clock := time.Date(2026, 8, 5, 9, 41, 0, 0, time.FixedZone("", 7*3600))
	var noMonth *jaring.Month
	for _, c := range []struct {
		place  string
		value  any
		id, en string
	}{
		{"{v}", jaring.Rupiah(16800), "Rp16.800", "Rp16,800"},
		{"{v}", jaring.Rupiah(-22800), "−Rp22.800", "−Rp22,800"},
		{"{v:document}", jaring.Rupiah(1416800), "Rp1.416.800", "Rp1.416.800"},
		{"{v:words}", jaring.Rupiah(16800), "enam belas ribu delapan ratus rupiah", "sixteen thousand eight hundred rupiah"},
		{"{v}", day, "5 Agustus 2026", "5 August 2026"},
		{"{v:tight}", day, "5 Agu", "5 Aug"},
		{"{v}", jaring.Day(0), "", ""},
		{"{v:tight}", jaring.Day(0), "", ""},
		{"{v}", month, "Agustus 2026", "August 2026"},
		{"{v:tight}", month, "Agu 2026", "Aug 2026"},
		{"{v}", jaring.Month(0), "", ""},
		{"{v}", noMonth, "", ""},
		{"{v}", clock, "09.41", "09:41"},
		{"{v:zone}", clock, "09.41 WIB", "09:41 WIB"},
		{"{v}", 2011, "2.011", "2,011"},
		{"{v}", uint8(7), "7", "7"},
		{"{v}", int64(-2011), "−2.011", "−2,011"},
		{"{v:plain}", 2026, "2026", "2026"},
		{"{v:words}", 11, "sebelas", "eleven"},
		{"{v}", jaring.Programs{jaring.JKK, jaring.JKM}, "JKK, JKM", "JKK, JKM"},
		{"{v}", jaring.JKK, "JKK", "JKK"},
		{"{v}", jaring.SectorTransport, "Angkutan", "Transport"},
		{"{v}", jaring.FundingSelf, "Dibayar sendiri", "Self-paid"},
		{"{v}", jaring.Female, "Perempuan", "Female"},
		{"{v}", "Siti {v}", "Siti {v}", "Siti {v}"},
		{"{v}", nil, "", ""},
		{"{v:nonsense}", 3, "3", "3"},
		{"{v|satu|banyak}", 1, "satu", "satu"},
		{"{v|satu|banyak}", 0, "banyak", "banyak"},
		{"{V} {} {a b} { {v} }", 3, "{V} {} {a b} { 3 }", "{V} {} {a b} { 3 }"},
		{"{v", 3, "{v", "{v"},
	} {
		for lang, want := range map[Lang]string{ID: c.id, EN: c.en} {
			if got := expand(lang, c.place, jaring.Args{"v": c.value}); got != want {
				t.Errorf("%s %s of %v: got %q, want %q", lang, c.place, c.value, got, want)
			}
		}
	}
}

func TestPercent(t *testing.T) {
	if id, en := Percent(ID, 0.509), Percent(EN, 0.509); id != "50,9%" || en != "50.9%" {
		t.Error(id, en)
	}
}

func TestMonthNamesHaveNoThirteenth(t *testing.T) {
	if MonthName(ID, 0)+MonthName(ID, 13)+shortMonth(EN, -1) != "" || MonthName("fr", 12) != "Desember" {
		t.Error("a month outside the year has a name")
	}
}

func TestWords(t *testing.T) {
	for n, want := range map[int64][2]string{
		0:             {"nol", "zero"},
		1:             {"satu", "one"},
		10:            {"sepuluh", "ten"},
		11:            {"sebelas", "eleven"},
		19:            {"sembilan belas", "nineteen"},
		20:            {"dua puluh", "twenty"},
		21:            {"dua puluh satu", "twenty-one"},
		100:           {"seratus", "one hundred"},
		111:           {"seratus sebelas", "one hundred and eleven"},
		999:           {"sembilan ratus sembilan puluh sembilan", "nine hundred and ninety-nine"},
		1000:          {"seribu", "one thousand"},
		1001:          {"seribu satu", "one thousand one"},
		2100:          {"dua ribu seratus", "two thousand one hundred"},
		16800:         {"enam belas ribu delapan ratus", "sixteen thousand eight hundred"},
		101000:        {"seratus satu ribu", "one hundred and one thousand"},
		1000000:       {"satu juta", "one million"},
		1500000:       {"satu juta lima ratus ribu", "one million five hundred thousand"},
		405417600:     {"empat ratus lima juta empat ratus tujuh belas ribu enam ratus", "four hundred and five million four hundred and seventeen thousand six hundred"},
		1001001001001: {"satu triliun satu miliar satu juta seribu satu", "one trillion one billion one million one thousand one"},
		-22800:        {"minus dua puluh dua ribu delapan ratus", "minus twenty-two thousand eight hundred"},
	} {
		if id, en := Words(ID, n), Words(EN, n); id != want[0] || en != want[1] {
			t.Errorf("%d: got %q and %q, want %q", n, id, en, want)
		}
	}
	if got := Words(ID, math.MinInt64); !strings.HasPrefix(got, "minus sembilan kuintiliun dua ratus") {
		t.Error(got)
	}
}

// countWords reads Indonesian words back into a number, the other way round and
// by other means, so that a wrong word cannot agree with itself.
func countWords(words string) *big.Int {
	unit := map[string]int64{}
	for i, w := range ones {
		unit[w] = int64(i)
	}
	power := map[string]int64{"ribu": 1e3, "juta": 1e6, "miliar": 1e9, "triliun": 1e12, "kuadriliun": 1e15, "kuintiliun": 1e18}
	total, group, last := new(big.Int), int64(0), int64(0)
	closeGroup := func(by int64) {
		total.Add(total, new(big.Int).Mul(big.NewInt(group+last), big.NewInt(by)))
		group, last = 0, 0
	}
	for _, w := range strings.Fields(words) {
		switch w {
		case "minus":
		case "belas":
			last += 10
		case "puluh":
			group, last = group+last*10, 0
		case "ratus":
			group, last = group+last*100, 0
		case "seratus":
			group, last = 100, 0
		case "seribu":
			last = 1
			closeGroup(1000)
		default:
			if by, ok := power[w]; ok {
				closeGroup(by)
			} else {
				last = unit[w]
			}
		}
	}
	closeGroup(1)
	if strings.HasPrefix(words, "minus") {
		total.Neg(total)
	}
	return total
}

func FuzzWordsReadBackAsTheNumber(f *testing.F) {
	for _, n := range []int64{0, 1, 11, 1000, 1100, 16800, 1001000, math.MaxInt64, math.MinInt64} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n int64) {
		if got := countWords(Words(ID, n)); got.Cmp(big.NewInt(n)) != 0 {
			t.Errorf("%d in words reads back as %s", n, got)
		}
		if en := Words(EN, n); en == "" || strings.Contains(en, "  ") {
			t.Errorf("%d in English: %q", n, en)
		}
	})
}

func FuzzExpand(f *testing.F) {
	f.Add("NIK harus 16 angka. Baru {n}.", "Siti", int64(3))
	f.Add("{n|a|b} {{n}} {n:words} {", "{n}", int64(-1))
	f.Fuzz(func(t *testing.T, text, name string, n int64) {
		args := jaring.Args{"name": name, "n": n}
		if got := expand(ID, text, nil); got != text {
			t.Errorf("without values the text changed: %q to %q", text, got)
		}
		got := expand(EN, text, args)
		if !strings.Contains(text, "{") && got != text {
			t.Errorf("text without places changed: %q to %q", text, got)
		}
		for _, p := range Places(text) {
			if !strings.Contains(text, "{"+p) {
				t.Errorf("place %q is not in %q", p, text)
			}
		}
	})
}
