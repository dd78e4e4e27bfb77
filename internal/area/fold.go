package area

import (
	"bytes"
	"strconv"
	"strings"
)

// Fold strips a name to its sound, so that old and new spellings and careless
// typing meet: lower case without accents and signs, words parted by one space;
// oe is u, dj and y are j, tj is c (Djambi = Jambi, Tjilatjap = Cilacap,
// Jogja = Yogya); double letters are single; common short forms are written out
// (Sei, Tj.) and Roman numbers turned to figures. The result is a key to compare
// by and is not meant for eyes.
func Fold(s string) string { return string(appendFold(nil, s, false)) }

// expand has the short forms that stand for one word only, and the Roman
// numbers up to 39 with their figures.
var expand = func() map[string]string {
	words := map[string]string{
		"sei": "sungai", "tj": "tanjung", "tjg": "tanjung", "tg": "tanjung", "kp": "kampung", "kpg": "kampung",
		"kmp": "kampung", "tlk": "teluk", "ma": "muara", "perk": "perkebunan", "dsn": "dusun", "kep": "kepulauan",
	}
	for tens, x := range [...]string{"", "x", "xx", "xxx"} {
		for ones, i := range [...]string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"} {
			if x+i != "" {
				words[x+i] = strconv.Itoa(10*tens + ones)
			}
		}
	}
	return words
}()

// appendFold appends Fold(s). With wide, double letters stay, because one
// between them may have been left out ("siiu" for Siniu), and a number that
// sticks to a word is parted from it ("baratii").
func appendFold(dst []byte, s string, wide bool) []byte {
	var room [32]byte
	word := room[:0]
	begin := len(dst)
	flush := func() {
		if len(word) == 0 {
			return
		}
		if len(dst) > begin {
			dst = append(dst, ' ')
		}
		number := ""
		if wide {
			word, number = partNumber(word)
		}
		dst = appendSound(dst, word, wide)
		if number != "" {
			dst = appendSound(append(dst, ' '), []byte(number), wide)
		}
		word = word[:0]
	}
	for _, r := range s {
		switch c := plain(r); c {
		case 0: // an apostrophe parts nothing
		case ' ':
			flush()
		default:
			word = append(word, c)
		}
	}
	flush()
	return dst
}

// accents maps letters with marks to bare ones, position by position.
const (
	accented = "àáâãäåèéêëìíîïòóôõöùúûüçñýÿ"
	bare     = "aaaaaaeeeeiiiiooooouuuucnyy"
)

// plain gives the small letter or digit of a rune, 0 for what is left out and a
// space for all that parts words.
func plain(r rune) byte {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return byte(r)
	case r >= 'A' && r <= 'Z':
		return byte(r - 'A' + 'a')
	case r == '\'' || r == '’' || r == '‘' || r == '`' || r == '"':
		return 0
	case r < 0xC0 || r > 0xFF:
		return ' '
	}
	if r <= 0xDE {
		r += 0x20 // capitals of this block lie 32 below
	}
	n := 0
	for _, a := range accented {
		if a == r {
			return bare[n]
		}
		n++
	}
	return ' '
}

// appendSound writes one word as it sounds.
func appendSound(dst, word []byte, wide bool) []byte {
	if full, ok := expand[string(word)]; ok {
		return append(dst, full...)
	}
	from, last := len(dst), byte(0)
	for i := 0; i < len(word); i++ {
		c := word[i]
		next := byte(0)
		if i+1 < len(word) {
			next = word[i+1]
		}
		switch {
		case c == 'o' && next == 'e':
			c, i = 'u', i+1
		case c == 'd' && next == 'j':
			c, i = 'j', i+1
		case c == 't' && next == 'j':
			c, i = 'c', i+1
		case c == 'y':
			c = 'j'
		}
		if c != last || c <= '9' || wide {
			dst = append(dst, c)
		}
		last = c
	}
	if full, ok := expand[string(dst[from:])]; ok { // "ssei" is "sei" by now
		dst = append(dst[:from], full...)
	}
	return dst
}

// partNumber cuts off a Roman number that no word of the language ends in.
func partNumber(word []byte) (rest []byte, number string) {
	for _, n := range [...]string{"viii", "vii", "iii", "ii", "iv"} {
		if rest, ok := bytes.CutSuffix(word, []byte(n)); ok && len(rest) > 2 {
			return rest, n
		}
	}
	return word, ""
}

// squeeze joins the words of a folded text and makes the letters that then meet
// single, unless wide; ends has the length reached at the end of each word.
func squeeze(folded string, wide bool) (text []byte, ends []int) {
	for word := range strings.SplitSeq(folded, " ") {
		for i := range len(word) {
			if n := len(text); n == 0 || text[n-1] != word[i] || word[i] <= '9' || wide {
				text = append(text, word[i])
			}
		}
		ends = append(ends, len(text))
	}
	return text, ends
}

// letters is the set of letters and figures in a folded text, one bit each
// (figures share six bits).
func letters(folded []byte) (set uint32) {
	for _, c := range folded {
		switch {
		case c >= 'a':
			set |= 1 << (c - 'a')
		case c >= '0':
			set |= 1 << (26 + c%6)
		}
	}
	return set
}
