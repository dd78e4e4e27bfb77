package httpapi

import (
	"strings"
	"testing"

	"jaring/internal/i18n"
	"jaring/internal/scheme"
)

// Every open point, and every way to decide it, is said in both languages.
func TestRules_EveryOpenPointHasItsWords(t *testing.T) {
	for _, lang := range i18n.Langs {
		points := ruleWords{lang}.points(scheme.DefaultSettings())
		if len(points) != len(scheme.DefaultSettings().All()) {
			t.Errorf("%d points", len(points))
		}
		for _, p := range points {
			said := append([]string{p.Question, p.Decided}, p.Others...)
			for _, text := range said {
				if text == "" || strings.HasPrefix(text, "point.") {
					t.Errorf("%s: %s has no words: %q", lang, p.Name, said)
				}
			}
			if len(p.Others) == 0 || !p.Default {
				t.Errorf("%s: %+v", p.Name, p)
			}
		}
	}
}

func TestRules_SayHowAPointIsDecidedHere(t *testing.T) {
	s, err := scheme.ReadSettings([]byte(`{"pu.rounding": "up"}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range (ruleWords{i18n.EN}).points(s) {
		if p.Name == "pu.rounding" && (p.Default || p.Decided != "rounded up" || strings.Join(p.Others, ", ") != "rounded to the nearest, rounded down") {
			t.Errorf("%+v", p)
		}
	}
}
