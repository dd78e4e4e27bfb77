package document

import (
	_ "embed" // the font
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Plus Jakarta Sans, Copyright 2020 The Plus Jakarta Sans Project Authors, under the SIL Open
// Font License 1.1; cut by tools/fontgen.
var (
	//go:embed font/regular.ttf
	regularTTF []byte
	//go:embed font/bold.ttf
	boldTTF []byte
)

const (
	family  = "jakarta"
	regular = ""
	bold    = "B"
)

// letters are the characters that the cut of the font holds; tools/fontgen has the same list.
var letters = &unicode.RangeTable{R16: []unicode.Range16{
	{0x20, 0x7E, 1}, {0xA0, 0xAC, 1}, {0xAE, 0x148, 1}, {0x14A, 0x17E, 1}, {0x218, 0x21B, 1},
	{0x2010, 0x2010, 1}, {0x2012, 0x2014, 1}, {0x2018, 0x201A, 1}, {0x201C, 0x201E, 1}, {0x2022, 0x2022, 1}, {0x2026, 0x2026, 1},
	{0x2030, 0x2030, 1}, {0x2039, 0x203A, 1}, {0x20AC, 0x20AC, 1}, {0x2192, 0x2192, 1}, {0x2212, 0x2212, 1}, {0x25C6, 0x25C7, 1},
}}

// written is text in letters that the font has: others lose their accents or become a
// question mark. White space becomes a space; what cannot be seen is left out.
func written(text string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(strings.ToValidUTF8(text, "?")) {
		switch {
		case unicode.Is(letters, r):
			b.WriteRune(r)
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.C, r):
		default:
			b.WriteString(plain(r))
		}
	}
	return b.String()
}

// plain is a letter without its accents, or a question mark.
func plain(r rune) string {
	var b strings.Builder
	for _, part := range norm.NFKD.String(string(r)) {
		if unicode.Is(letters, part) {
			b.WriteRune(part)
		}
	}
	if b.Len() == 0 {
		return "?"
	}
	return b.String()
}
