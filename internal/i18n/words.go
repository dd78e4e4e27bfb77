package i18n

import (
	"slices"
	"strings"

	"jaring/internal/jaring"
)

// scales are the names of the powers of a thousand, up to what an int64 holds.
var scales = map[Lang][]string{
	ID: {"", "ribu", "juta", "miliar", "triliun", "kuadriliun", "kuintiliun"},
	EN: {"", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion"},
}

var (
	ones = []string{"", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"}

	onesEnglish = []string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
		"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"}
	tensEnglish = []string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
)

// Words is a whole number in words: 16800 is "enam belas ribu delapan ratus".
func Words(lang Lang, n int64) string {
	if lang != EN {
		lang = ID
	}
	if n == 0 {
		return map[Lang]string{ID: "nol", EN: "zero"}[lang]
	}
	rest := uint64(n)
	var groups []string
	if n < 0 {
		rest = -rest // right for the least int64 too, in unsigned arithmetic
	}
	for power := 0; rest > 0; power++ {
		if group := int(rest % 1000); group > 0 {
			groups = append(groups, groupWords(lang, group, power))
		}
		rest /= 1000
	}
	if n < 0 {
		groups = append(groups, "minus")
	}
	slices.Reverse(groups)
	return strings.Join(groups, " ")
}

// RupiahWords is an amount in words with its unit, for receipts and reports.
func RupiahWords(lang Lang, r jaring.Rupiah) string { return Words(lang, int64(r)) + " rupiah" }

// groupWords names a group of up to three digits and its power of a thousand.
// One thousand is "seribu", while one million is "satu juta".
func groupWords(lang Lang, group, power int) string {
	if lang == ID && group == 1 && power == 1 {
		return "seribu"
	}
	words := underThousand(group)
	if lang == EN {
		words = underThousandEnglish(group)
	}
	return strings.TrimSpace(words + " " + scales[lang][power])
}

func underThousand(n int) string {
	switch {
	case n < 12:
		return ones[n]
	case n < 20:
		return ones[n-10] + " belas"
	case n < 100:
		return join(ones[n/10]+" puluh", underThousand(n%10))
	case n < 200:
		return join("seratus", underThousand(n-100))
	}
	return join(ones[n/100]+" ratus", underThousand(n%100))
}

func underThousandEnglish(n int) string {
	switch {
	case n < 20:
		return onesEnglish[n]
	case n < 100 && n%10 == 0:
		return tensEnglish[n/10]
	case n < 100:
		return tensEnglish[n/10] + "-" + onesEnglish[n%10]
	}
	if n%100 == 0 {
		return onesEnglish[n/100] + " hundred"
	}
	return onesEnglish[n/100] + " hundred and " + underThousandEnglish(n%100)
}

func join(a, b string) string { return strings.TrimSpace(a + " " + b) }
