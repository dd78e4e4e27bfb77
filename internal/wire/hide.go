package wire

import (
	"maps"
	"regexp"
	"strings"
	"unicode"

	"jaring/internal/jaring"
)

// maxShown is how much of a stranger's text a finding repeats, in bytes.
const maxShown = 40

// clip keeps what a stranger sent short: a member's name may hold anything, digits of
// a NIK too.
func clip(s string) string {
	clean := strings.Map(func(r rune) rune {
		if unicode.IsNumber(r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
	if len(clean) > maxShown {
		clean = clean[:maxShown]
	}
	return strings.ToValidUTF8(clean, "")
}

// longNumber is as many digits as no date, price or code of ours has, however they are
// parted.
var longNumber = regexp.MustCompile(`\pN(?:[ .\-]{0,2}\pN){10,}`)

// Hide gives the values of a finding without long numbers and long texts: a rule may
// repeat what it refuses, and a NIK may have been typed into any field.
func Hide(args jaring.Args) jaring.Args {
	var clean jaring.Args
	for name, value := range args {
		text, ok := value.(string)
		if !ok || len(text) <= maxWhole && !longNumber.MatchString(text) {
			continue
		}
		if clean == nil {
			clean = maps.Clone(args)
		}
		clean[name] = shorten(longNumber.ReplaceAllString(text, "••••"))
	}
	if clean == nil {
		return args
	}
	return clean
}

// maxWhole is how long a value of a finding may be, in bytes.
const maxWhole = 200

func shorten(text string) string {
	if len(text) <= maxWhole {
		return text
	}
	return strings.ToValidUTF8(text[:maxWhole], "") + "…"
}
