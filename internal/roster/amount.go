package roster

import (
	"strconv"
	"strings"

	"jaring/internal/jaring"
)

// readIncome reads an amount in rupiah as lists have it: 1000000, 1.000.000, Rp. 1.000.000,-,
// 1,000,000.00. "1,5 juta" is offered as a suggestion, not taken. Errors: those of
// jaring.ParseRupiah.
func readIncome(c Cell) (amount jaring.Rupiah, suggestion string, err error) {
	s := strings.ToLower(strings.Join(strings.Fields(c.Text), " "))
	for _, end := range []string{"/bulan", "/bln", "per bulan", "/month", ",-", ".-"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, end))
	}
	if rest, ok := strings.CutPrefix(s, "idr"); ok {
		s = strings.TrimSpace(rest)
	}
	if rest, ok := strings.CutPrefix(s, "rp."); ok {
		s = "rp" + strings.TrimSpace(rest)
	}
	amount, err = jaring.ParseRupiah(s)
	if err == nil || c.Kind == Number {
		return amount, "", err
	}
	if english, ok := fromEnglish(s); ok {
		amount, err = jaring.ParseRupiah(english)
		return amount, "", err
	}
	return 0, inMillions(s), err
}

// fromEnglish turns 1,000,000.00 to 1.000.000. One comma alone may be a fraction, so
// there must be two, or a point behind it.
func fromEnglish(s string) (string, bool) {
	whole, cents, point := strings.Cut(s, ".")
	if strings.Trim(cents, "0") != "" || strings.Count(whole, ",") < 2 && !(point && len(cents) == 2 && strings.Contains(whole, ",")) {
		return "", false
	}
	return strings.ReplaceAll(whole, ",", "."), true
}

// inMillions is what "1,5 juta", "1.5jt" or "800rb" comes to, empty for anything else.
func inMillions(s string) string {
	s = strings.TrimSpace(strings.TrimPrefix(s, "rp"))
	for _, unit := range []struct {
		word  string
		worth float64
	}{{"juta", 1e6}, {"jt", 1e6}, {"ribu", 1e3}, {"rb", 1e3}} {
		figures, ok := strings.CutSuffix(s, unit.word)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(figures), ",", ".", 1), 64)
		if err != nil || !(n > 0 && n < 1000) {
			return ""
		}
		return jaring.Rupiah(n*unit.worth + 0.5).String()
	}
	return ""
}

// sexes are the words and letters for both, as lists have them.
var sexes = map[string]jaring.Sex{
	"l": jaring.Male, "lk": jaring.Male, "laki": jaring.Male, "laki laki": jaring.Male, "laki2": jaring.Male, "lelaki": jaring.Male, "pria": jaring.Male,
	"m": jaring.Male, "male": jaring.Male, "man": jaring.Male,
	"p": jaring.Female, "pr": jaring.Female, "perempuan": jaring.Female, "wanita": jaring.Female, "w": jaring.Female,
	"f": jaring.Female, "female": jaring.Female, "woman": jaring.Female,
}

// readSex reads a sex; ok is false for a word that is none.
func readSex(text string) (jaring.Sex, bool) {
	sex, ok := sexes[foldHeading(text)]
	return sex, ok
}
