package match

import "jaring/internal/jaring"

// Each function below gives what was found in one field, empty for "no evidence",
// and the weights 100 × log2(m/u): m among true pairs, u among strangers or in a
// household.

// compareBirth. There are some 16,400 days in 45 years of births (−1400). Days that
// offices write when they do not know, 1 January, 1 July and 31 December, hold ten
// times their share. Among true pairs 7 % differ: a digit 2 %, day and month changed
// about ½ %, a year beside 1 January. Twins are one birth in a hundred.
func compareBirth(a, b jaring.Day) (string, weight) {
	if a == 0 || b == 0 {
		return "", weight{}
	}
	switch {
	case a == b && assumedDay(a):
		return "same_assumed", weight{1050, 450}
	case a == b:
		return "same", weight{1400, 660}
	case a.Year() == b.Year() && a.MonthNumber() == b.DayNumber() && a.DayNumber() == b.MonthNumber():
		return "swapped", weight{640, 500}
	case oneDigitOff(int(a), int(b)) && assumedDay(a) && assumedDay(b):
		return "digit", weight{50, 0}
	case oneDigitOff(int(a), int(b)):
		return "digit", weight{370, 160}
	case a.Year() == b.Year() && (assumedDay(a) || assumedDay(b)):
		return "assumed", weight{300, 0}
	case a.Year() == b.Year():
		return "same_year", weight{-300, -400}
	case a%10000 == b%10000 && !assumedDay(a):
		return "same_day", weight{200, -100}
	}
	return "differs", weight{-700, -660}
}

func assumedDay(d jaring.Day) bool {
	return d%10000 == 101 || d%10000 == 701 || d%10000 == 1231
}

// oneDigitOff reports whether two numbers of eight digits differ in one digit, or
// in two neighbours that changed places.
func oneDigitOff(a, b int) bool {
	differ, first, firstAt := 0, [2]int{}, 0
	for at := 0; a > 0 || b > 0; at++ {
		x, y := a%10, b%10
		a, b = a/10, b/10
		if x == y {
			continue
		}
		if differ++; differ == 1 {
			first, firstAt = [2]int{x, y}, at
			continue
		}
		if differ > 2 || at != firstAt+1 || first != [2]int{y, x} {
			return false
		}
	}
	return differ > 0
}

// compareSex. 1 % of true pairs differ by a slip.
func compareSex(a, b jaring.Sex) (string, weight) {
	switch {
	case a == "" || b == "":
		return "", weight{}
	case a == b:
		return "same", weight{100, 100}
	}
	return "differs", weight{-560, -560}
}

// Lengths of an area code with dots down to a level.
const (
	provinceLength = 2
	regencyLength  = 5
	districtLength = 8
)

// comparePlace. Three of four stay in their village, of which there are 83,762;
// one in ten moves within the regency, one in twenty leaves the province. A
// household shares its place and proves nothing by it; who lives in another
// regency is hardly of the household.
func comparePlace(a, b Person) (string, weight) {
	x, y := placeOf(a), placeOf(b)
	same := func(length int) bool { return len(x) >= length && len(y) >= length && x[:length] == y[:length] }
	switch {
	case !same(provinceLength) && (x == "" || y == ""):
		return "", weight{}
	case same(districtLength + 1):
		if x == y {
			return "village", weight{1350, 0}
		}
		return "district", weight{850, 100}
	case same(districtLength):
		return "district", weight{850, 0}
	case same(regencyLength) && (len(x) <= regencyLength || len(y) <= regencyLength):
		return "regency", weight{750, 0}
	case same(regencyLength):
		return "regency", weight{430, 300}
	case same(provinceLength):
		return "province", weight{0, 500}
	}
	return "elsewhere", weight{-400, 600}
}

func placeOf(p Person) string {
	if p.Village != "" {
		return p.Village
	}
	return p.Regency
}

// comparePhone. Numbers change (40 % of true pairs differ); among strangers
// they agree when an agent wrote the own number for many (1 in 4,000); a
// household often has one.
func comparePhone(a, b string) (string, weight) {
	switch {
	case a == "" || b == "":
		return "", weight{}
	case a == b:
		return "same", weight{1100, 100}
	case len(a) >= 9 && len(b) >= 9 && slipOfDigits(a, b):
		return "digit", weight{600, 0}
	}
	return "differs", weight{-130, -50}
}

func slipOfDigits(a, b string) bool {
	x, y, _, _ := differing(a, b)
	return len(x)+len(y) == 1 || len(x) == 1 && len(y) == 1 || len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0]
}

// compareMother. The key of a folded name: no typing error can be forgiven (15 %
// of true pairs differ), one in a thousand strangers agrees.
func compareMother(a, b string) (string, weight) {
	switch {
	case a == "" || b == "":
		return "", weight{}
	case a == b:
		return "same", weight{950, 80}
	}
	return "differs", weight{-250, -170}
}

// compareNIK. Equal numbers are nearly always one person; that numbers differ is
// why anybody asks, so it is no evidence.
func compareNIK(a, b string) (string, weight) {
	if a == "" || b == "" || a != b {
		return "", weight{}
	}
	return "same", weight{2000, 900}
}

// compareOccupation is weak: trades have many names and people several.
func compareOccupation(a, b string) (string, weight) {
	switch {
	case a == "" || b == "":
		return "", weight{}
	case a == b:
		return "same", weight{100, 50}
	}
	return "differs", weight{-30, -10}
}
