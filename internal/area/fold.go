package area

import "strings"

// Fold strips a name to its sound, so that old and new spellings and careless
// typing meet: lower case without accents and signs, words parted by one space;
// oe is u, dj and y are j, tj is c (Djambi = Jambi, Tjilatjap = Cilacap,
// Jogja = Yogya); double letters are single; common short forms are written out
// (Sei, Tj.) and Roman numbers turned to figures. The result is a key to compare
// by and is not meant for eyes.
func Fold(s string) string { return string(appendFold(nil, s)) }

// expand has the short forms that stand for one word only.
var expand = map[string]string{
	"sei": "sungai", "tj": "tanjung", "tjg": "tanjung", "tg": "tanjung", "kp": "kampung", "kpg": "kampung",
	"kmp": "kampung", "tlk": "teluk", "ma": "muara", "perk": "perkebunan", "dsn": "dusun", "kep": "kepulauan",
}

func appendFold(dst []byte, s string) []byte {
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
		dst = appendSound(dst, word)
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
func appendSound(dst, word []byte) []byte {
	if full, ok := expand[string(word)]; ok {
		return append(dst, full...)
	}
	if n := roman(word); n > 0 {
		if n >= 10 {
			dst = append(dst, byte('0'+n/10))
		}
		return append(dst, byte('0'+n%10))
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
		if c != last || c <= '9' {
			dst = append(dst, c)
		}
		last = c
	}
	if full, ok := expand[string(dst[from:])]; ok { // "ssei" is "sei" by now
		dst = append(dst[:from], full...)
	}
	return dst
}

// roman reads a word of I, V and X up to 39, 0 if it is none.
func roman(word []byte) int {
	if len(word) > 7 {
		return 0
	}
	n, last := 0, 40
	for i := 0; i < len(word); i++ {
		v := romanDigit(word[i])
		if v == 0 {
			return 0
		}
		if i+1 < len(word) {
			if next := romanDigit(word[i+1]); next > v {
				if v != 1 || last < next {
					return 0
				}
				v, i = next-v, i+1
			}
		}
		if v > last {
			return 0
		}
		n, last = n+v, v
	}
	if n > 39 {
		return 0
	}
	return n
}

func romanDigit(c byte) int {
	switch c {
	case 'i':
		return 1
	case 'v':
		return 5
	case 'x':
		return 10
	}
	return 0
}

// squeeze joins the words of a folded text and makes the letters that then meet
// single; ends has the length reached at the end of each word.
func squeeze(folded string) (text []byte, ends []int) {
	for word := range strings.SplitSeq(folded, " ") {
		for i := range len(word) {
			if n := len(text); n == 0 || text[n-1] != word[i] || word[i] <= '9' {
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
