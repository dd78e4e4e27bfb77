package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"

	"jaring/internal/jaring"
)

// Lang is a language that Jaring speaks.
type Lang string

// The languages. Indonesian is the default.
const (
	ID Lang = "id"
	EN Lang = "en"
)

// Langs are all languages, the default first.
var Langs = []Lang{ID, EN}

//go:embed id.d/*.json en.d/*.json
var files embed.FS

// texts are read once, when the program starts. A file that cannot be read
// costs its own texts and nothing else; the tests of this package name it.
var texts, _ = load(files)

// catalogue is the text of every key in every language.
type catalogue map[Lang]map[string]string

// load reads LANG.d/*.json of source. It returns what could be read together
// with a finding per file that is not a flat JSON object and per key that two
// files of one language claim.
func load(source fs.FS) (catalogue, []error) {
	all := catalogue{}
	var findings []error
	for _, lang := range Langs {
		all[lang] = map[string]string{}
		names, _ := fs.Glob(source, string(lang)+".d/*.json")
		for _, name := range names {
			findings = append(findings, all.add(source, lang, name)...)
		}
	}
	return all, findings
}

func (c catalogue) add(source fs.FS, lang Lang, name string) (findings []error) {
	raw, err := fs.ReadFile(source, name)
	if err != nil {
		return []error{fmt.Errorf("%s: %w", name, err)}
	}
	var part map[string]string
	if err := json.Unmarshal(raw, &part); err != nil {
		return []error{fmt.Errorf("%s: %w", name, err)}
	}
	for key, text := range part {
		if _, taken := c[lang][key]; taken {
			findings = append(findings, fmt.Errorf("%s: key %s stands in another file too", name, key))
			continue
		}
		c[lang][key] = text
	}
	return findings
}

// Text is the text of key in lang with args in its places. It falls back to
// Indonesian, then to the key itself.
func Text(lang Lang, key string, args jaring.Args) string {
	text, ok := texts[lang][key]
	if !ok {
		lang = ID
		if text, ok = texts[ID][key]; !ok {
			return key
		}
	}
	return expand(lang, text, args)
}

// Error is what a person reads about e in lang. The cause of an internal error
// is never part of it.
func Error(lang Lang, e *jaring.Error) string {
	if e == nil {
		return ""
	}
	return Text(lang, e.Key, e.Args)
}

// Known reports whether key has a text in every language.
func Known(key string) bool {
	for _, lang := range Langs {
		if _, ok := texts[lang][key]; !ok {
			return false
		}
	}
	return true
}

// Keys are the keys that lang has a text for, sorted.
func Keys(lang Lang) []string {
	keys := make([]string, 0, len(texts[lang]))
	for key := range texts[lang] {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
