package i18n

import (
	"strings"

	"golang.org/x/text/language"
)

// matcher has the languages in the order of Langs, so an index of one is an
// index of the other and an unknown language becomes the first.
var matcher = language.NewMatcher([]language.Tag{language.Indonesian, language.English})

// maxHeader bounds how much of an Accept-Language header is read.
const maxHeader = 512

// Negotiate chooses the language of an answer: the first of the chosen words
// (what `?lang=` says, what the cookie says) that names a language, else the best
// fit of the Accept-Language header, else Indonesian.
func Negotiate(acceptLanguage string, chosen ...string) Lang {
	for _, word := range chosen {
		if lang, ok := Parse(word); ok {
			return lang
		}
	}
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage[:min(len(acceptLanguage), maxHeader)])
	if err != nil || len(tags) == 0 {
		return ID
	}
	_, i, confidence := matcher.Match(tags...)
	if confidence == language.No {
		return ID
	}
	return Langs[i]
}

// Parse reads the name of a language, with or without a region: id, id-ID, EN.
func Parse(word string) (Lang, bool) {
	base, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(word)), "-")
	for _, lang := range Langs {
		if base == string(lang) {
			return lang, true
		}
	}
	return "", false
}
