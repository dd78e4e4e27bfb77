package i18n

import (
	"slices"
	"strings"

	"jaring/internal/jaring"
)

// place is one {…} of a text: a name with a form, or with two words to choose from.
type place struct {
	name, form string
	one, many  string
	choose     bool
}

// parsePlace reads what stands between two braces; ok is false for anything
// that is not a place, which then stays in the text as it is.
func parsePlace(inner string) (p place, ok bool) {
	if parts := strings.Split(inner, "|"); len(parts) == 3 {
		p = place{name: parts[0], one: parts[1], many: parts[2], choose: true}
		return p, isName(p.name)
	}
	p.name, p.form, _ = strings.Cut(inner, ":")
	return p, isName(p.name) && (p.form == "" || isName(p.form))
}

func isName(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return s != ""
}

// eachPlace walks text once and calls literal and found in the order in which
// they stand; raw is the place with its braces.
func eachPlace(text string, literal func(string), found func(p place, raw string)) {
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			break
		}
		end := strings.IndexByte(text[open:], '}')
		if end < 0 {
			break
		}
		end += open
		// "{ {n}" : the place begins at the last brace before the end.
		open += strings.LastIndexByte(text[open:end], '{')
		p, ok := parsePlace(text[open+1 : end])
		if ok {
			literal(text[:open])
			found(p, text[open:end+1])
		} else {
			literal(text[:end+1])
		}
		text = text[end+1:]
	}
	literal(text)
}

// expand puts args into the places of text. A place without its value stays as
// it is written, so that the mistake can be seen.
func expand(lang Lang, text string, args jaring.Args) string {
	var b strings.Builder
	eachPlace(text,
		func(s string) { b.WriteString(s) },
		func(p place, raw string) {
			value, given := args[p.name]
			switch {
			case !given:
				b.WriteString(raw)
			case !p.choose:
				b.WriteString(format(lang, ours(lang, p.name, value), p.form))
			case isOne(value):
				b.WriteString(p.one)
			default:
				b.WriteString(p.many)
			}
		})
	return b.String()
}

// ours is the text of a word that Jaring itself gives as a value, such as the kind
// of a field: the text of word.NAME.VALUE when there is one, else value as it is.
func ours(lang Lang, name string, value any) any {
	word, ok := value.(string)
	if !ok || len(word) > maxWord {
		return value
	}
	if text, ok := texts[lang]["word."+name+"."+word]; ok {
		return text
	}
	return value
}

// maxWord is longer than any word of ours.
const maxWord = 40

func isOne(value any) bool {
	n, ok := whole(value)
	return ok && n == 1
}

// Places are the names of the values that text needs, sorted, each once.
func Places(text string) []string {
	var names []string
	eachPlace(text, func(string) {}, func(p place, _ string) { names = append(names, p.name) })
	slices.Sort(names)
	return slices.Compact(names)
}
