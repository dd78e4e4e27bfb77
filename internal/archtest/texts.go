package archtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"jaring/internal/i18n"
)

// catalogue is the text by key of one language.
type catalogue map[string]string

// Texts finds keys that only one language has, places that differ, keys that two
// files claim, and files that are no flat object of texts.
func Texts(s *Source) (findings []string) {
	server := map[string]catalogue{"id": {}, "en": {}}
	screens := map[string]catalogue{"id": {}, "en": {}}
	for _, f := range s.Files {
		var all map[string]catalogue
		lang, dir := "", path.Dir(f.Path)
		switch {
		case path.Ext(f.Path) != ".json":
		case path.Dir(dir) == "internal/i18n" && strings.HasSuffix(dir, ".d"):
			all, lang = server, strings.TrimSuffix(path.Base(dir), ".d")
		case path.Dir(dir) == "web/src/lib/i18n" && strings.HasSuffix(dir, ".d"):
			all, lang = screens, strings.TrimSuffix(path.Base(dir), ".d")
		}
		if all[lang] != nil {
			findings = append(findings, all[lang].add(f)...)
		}
	}
	return slices.Concat(findings, compare("internal/i18n", server), compare("web/src/lib/i18n", screens))
}

func (c catalogue) add(f File) (findings []string) {
	var part map[string]string
	if err := json.Unmarshal([]byte(f.Text), &part); err != nil {
		return []string{fmt.Sprintf("%s: not a flat object of texts: %v", f.Path, err)}
	}
	for _, key := range slices.Sorted(maps.Keys(part)) {
		if _, taken := c[key]; taken {
			findings = append(findings, fmt.Sprintf("%s: the key %s stands in another file too", f.Path, key))
		}
		c[key] = part[key]
	}
	return findings
}

func compare(where string, all map[string]catalogue) (findings []string) {
	id, en := all["id"], all["en"]
	for _, key := range slices.Sorted(maps.Keys(id)) {
		text, ok := en[key]
		switch a, b := i18n.Places(id[key]), i18n.Places(text); {
		case !ok:
			findings = append(findings, fmt.Sprintf("%s: %s has no English text", where, key))
		case !slices.Equal(a, b):
			findings = append(findings, fmt.Sprintf("%s: %s needs %v in Indonesian, %v in English", where, key, a, b))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(en)) {
		if _, ok := id[key]; !ok {
			findings = append(findings, fmt.Sprintf("%s: %s has no Indonesian text", where, key))
		}
	}
	return findings
}
