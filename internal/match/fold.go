package match

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// FoldName writes a name as it would be written if everybody wrote names alike:
// capital letters without marks, titles and "bin/binti" gone, Muh./Moh./M. as
// MUHAMMAD, Abd. as ABDUL, spelling before 1972 (oe, dj, tj, sj) as today's,
// letters never doubled. Words stay in order, parted by one space. It is
// idempotent; a name without any letter folds to the empty text.
func FoldName(name string) string {
	for range 16 { // one round may lay a title or an old spelling bare; two rounds do nearly always
		folded := foldOnce(name)
		if folded == name {
			break
		}
		name = folded
	}
	return name
}

func foldOnce(name string) string {
	words := stripTitles(splitWords(name))
	out := make([]string, 0, len(words)+1)
	for i, w := range words {
		if i > 0 && i+1 < len(words) && patronym[w] {
			continue
		}
		if long, ok := leadingShort[w]; ok && i == 0 && len(words) > 1 {
			w = long
		}
		out = appendWord(out, w)
	}
	return strings.Join(out, " ")
}

// appendWord adds w respelled; an Arabic name written in one word (Abdurrahman)
// becomes two.
func appendWord(out []string, w string) []string {
	if rest, ok := cutAbdul(w); ok {
		out, w = append(out, "ABDUL"), rest
	}
	w = respell(w)
	if same, ok := alias[w]; ok {
		w = same
	}
	return append(out, w)
}

// splitWords gives the capital words of name. A dot parts words ("M.Ali") unless
// what it joins is a degree ("S.Pd.I"); after a comma dotted words are degrees.
func splitWords(name string) []string {
	if isPlain(name) {
		return strings.Fields(strings.ToUpper(name))
	}
	if !norm.NFKD.IsNormalString(name) {
		name = norm.NFKD.String(name)
	}
	var words []string
	before, after, _ := strings.Cut(name, ",")
	for part, text := range []string{before, after} {
		for _, chunk := range strings.FieldsFunc(text, isGap) {
			chunk = letters(chunk)
			joined := strings.ReplaceAll(chunk, ".", "")
			dotted := strings.Contains(strings.Trim(chunk, "."), ".")
			switch {
			case joined == "" || len(words) > 0 && degree[joined] && (dotted || part == 1):
			case part == 1 && dotted && len(words) > 0:
			case dotted && len(words) == 0 && address[joined]: // R.A., K.H.
				words = append(words, joined)
			default:
				words = append(words, strings.FieldsFunc(chunk, func(r rune) bool { return r == '.' })...)
			}
		}
	}
	return words
}

// isPlain tells a name of nothing but letters of ASCII and spaces, as most are: its words are parted by spaces alone.
func isPlain(name string) bool {
	for i := range len(name) {
		if c := name[i]; c != ' ' && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// isGap parts words: all that is no letter, dot, apostrophe or combining mark.
func isGap(r rune) bool {
	return !unicode.IsLetter(r) && r != '.' && !isSilent(r)
}

// isSilent is what falls out without parting a word: Ma'ruf, Ma’ruf, É.
func isSilent(r rune) bool {
	return strings.ContainsRune("'`´’‘ʼʻ\u02bf\u02be", r) || unicode.Is(unicode.M, r)
}

func letters(chunk string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case isSilent(r):
			return -1
		case r == '.':
			return r
		}
		return unicode.ToUpper(r)
	}, chunk)
}

// stripTitles drops forms of address before and degrees behind, but never the
// last word left.
func stripTitles(words []string) []string {
	for len(words) > 1 && address[words[0]] {
		words = words[1:]
	}
	for len(words) > 1 && degree[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return words
}

// cutAbdul splits ABDURRAHMAN, ABDULGANI, ABDUSSALAM behind their first part.
// The article takes the sound of the letter that follows it, doubled or not.
func cutAbdul(w string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(w, "ABDU")
	if !ok || len(rest) < 4 || !strings.ContainsRune("RSLNZTD", rune(rest[0])) || strings.HasPrefix(strings.TrimLeft(rest, "L"), "AH") && rest[0] == 'L' {
		return "", false // ABDULLAH and ABDUH are names of their own
	}
	if rest[0] == 'L' || rest[0] == rest[1] {
		return rest[1:], true
	}
	return rest, true
}

// respell turns spelling before 1972 into today's and undoubles letters. J was Y
// then, but a J in a name of today is a J: only a word that shows its age in
// another place, or writes HJ, gets Y, and never for its first letter.
func respell(w string) string {
	old := slices.ContainsFunc([]string{"OE", "DJ", "TJ", "SJ"}, func(s string) bool { return strings.Contains(w, s) }) || strings.HasPrefix(w, "NJ")
	b := make([]byte, 0, len(w)+2)
	put := func(c byte) {
		if len(b) == 0 || b[len(b)-1] != c || c >= 0x80 {
			b = append(b, c)
		}
	}
	for i := 0; i < len(w); i++ {
		c, next := w[i], byte(0)
		if i+1 < len(w) {
			next = w[i+1]
		}
		switch {
		case c == 'O' && next == 'E':
			put('U')
			i++
		case c == 'D' && next == 'J':
			put('J')
			i++
		case c == 'T' && next == 'J':
			put('C')
			i++
		case c == 'C' && next == 'H':
			put('K')
			if i+2 >= len(w) || w[i+2] != 'R' {
				put('H')
			}
			i++
		case c == 'J' && i > 0 && (old || w[i-1] == 'H') || c == 'J' && i == 1 && w[0] == 'N':
			put('Y')
		default:
			put(c)
		}
	}
	return string(b)
}
