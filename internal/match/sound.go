package match

import "strings"

// sounds are pairs and letters that Indonesian ears and pens do not hold apart,
// longest first: f, v and p; z and s; kh and k; ai and e; sy and s.
var sounds = strings.NewReplacer(
	"KHOI", "KE", "KOI", "KE", "ROH", "RAH", "IYA", "IA", "IYO", "IU", "IYU", "IU", "IYE", "IE",
	"KH", "K", "SY", "S", "SH", "S", "TS", "S", "DZ", "S", "DH", "D", "TH", "T", "GH", "G", "BH", "B", "PH", "P",
	"AI", "E", "AY", "E", "EI", "E", "AE", "E", "AU", "O", "OU", "U", "IE", "I",
	"F", "P", "V", "P", "Z", "S", "Q", "K", "X", "KS", "O", "U",
)

// sound is how a folded word sounds; words of equal sound are taken for two
// spellings of one name.
func sound(w string) string {
	b := []byte(w)
	for i, c := range b {
		if c == 'Y' && i > 0 && (i+1 == len(b) || !isVowel(b[i+1])) {
			b[i] = 'I' // Rizky, Syti
		}
	}
	if b[0] == 'J' && len(b) > 1 {
		b[0] = 'Y' // Johanes, and Janto of old
	}
	s := sounds.Replace(string(b))
	if len(s) > 2 && s[len(s)-1] == 'H' {
		s = s[:len(s)-1]
	}
	return undouble(s)
}

func undouble(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		if i == 0 || s[i] != s[i-1] || s[i] >= 0x80 {
			b = append(b, s[i])
		}
	}
	return string(b)
}

// skeletonLength is enough to part the names and short enough to lose the tail,
// where people abbreviate.
const skeletonLength = 6

// skeleton is the first letter of a sound and the consonants after it: what is
// left of a name when vowels and h are heard as anybody likes.
func skeleton(sound string) string {
	b := make([]byte, 0, skeletonLength)
	for i := 0; i < len(sound) && len(b) < skeletonLength; i++ {
		c := sound[i]
		silent := strings.IndexByte("AEIOUHYW", c) >= 0
		if i == 0 || !silent && b[len(b)-1] != c {
			b = append(b, c)
		}
	}
	return string(b)
}
