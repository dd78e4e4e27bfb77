package main

import (
	"os"

	"jaring/internal/jaring"
	"jaring/internal/scheme"
)

// lawFiles are the flags of a command that works by the rules.
type lawFiles struct {
	Rules        []string `type:"existingfile" env:"JARING_RULES" placeholder:"FILE" help:"More rule files, on top of the shipped rules: a coming regulation, say."`
	RuleSettings string   `type:"existingfile" env:"JARING_RULE_SETTINGS" placeholder:"FILE" help:"How open points of the law are decided, where not by the stated default, as JSON."`
}

// book is the shipped book with what the flags add. Errors: those of scheme.New and
// scheme.ReadSettings, scheme.file.unreadable.
func (f lawFiles) book() (*scheme.Book, error) {
	settings, err := ruleSettings(f.RuleSettings)
	if err != nil {
		return nil, err
	}
	if len(f.Rules) == 0 && settings == scheme.DefaultSettings() {
		return scheme.Load(), nil
	}
	var files [][]byte
	for _, name := range f.Rules {
		text, err := readFile(name)
		if err != nil {
			return nil, err
		}
		files = append(files, text)
	}
	return scheme.New(settings, files...)
}

// ruleSettings reads a file of settings; without one they are the stated defaults.
func ruleSettings(name string) (scheme.Settings, error) {
	if name == "" {
		return scheme.DefaultSettings(), nil
	}
	text, err := readFile(name)
	if err != nil {
		return scheme.Settings{}, err
	}
	return scheme.ReadSettings(text)
}

func readFile(name string) ([]byte, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, jaring.NewError(jaring.Invalid, "scheme.file.unreadable", "name", name)
	}
	return text, nil
}
