package jaring_test

import (
	"slices"
	"testing"

	"jaring/internal/jaring"
)

// A name has a letter of some script; digits and pictures alone are none.
func TestAName_HasALetter(t *testing.T) {
	for name, fine := range map[string]bool{"Siti": true, "سيتي": true, "Ibu 😀": true, "😀😀": false, "123": false, "×": false} {
		_, err := jaring.NewWorker(jaring.Registration{Name: name}, jaring.NewDay(2026, 11, 21), nil, nil)
		many, _ := err.(jaring.Errors)
		refused := slices.ContainsFunc(many, func(e *jaring.Error) bool { return e.Key == "name.no_letters" })
		if refused == fine {
			t.Errorf("%q: %v", name, err)
		}
	}
}
