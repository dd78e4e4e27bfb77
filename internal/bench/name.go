package bench

// Invented names with the spread that real ones have: some two hundred family words whose
// consonants tell them apart, so that as many people share a blocking key as would at the same
// number of people a regency.
var onsets = []string{"b", "d", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "w", "y"}
var vowels = []string{"a", "i", "u", "e", "o"}

func word(n int) string {
	a, b, c := onsets[n%14], onsets[n/14%14], onsets[(n/196+n)%14]
	return a + vowels[n%5] + b + vowels[n/5%5] + c + vowels[n/25%5]
}
