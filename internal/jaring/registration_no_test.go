package jaring

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRegistrationNoIsReadAsPeopleWriteIt(t *testing.T) {
	no := NewRegistrationNo(2026, 1000)
	if no != "REG 26-0000-Z8Z" {
		t.Errorf("the number of 2026 and 1000 is %s", no)
	}
	for _, text := range []string{string(no), "reg 26-0000-z8z", "260000Z8Z", " REG26 0000 Z8Z ", "26-oooo-z8z"} {
		if got, err := ParseRegistrationNo(text); err != nil || got != no {
			t.Errorf("%q is read as %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "REG", "12345678901", "1571025405849017", "26-0000-Z8Y", "2X-0000-Z8Z", "26-0000-Z8ZZ"} {
		if got, err := ParseRegistrationNo(text); KeyOf(err) != "registration_no.malformed" {
			t.Errorf("%q is read as %q, %v", text, got, err)
		}
	}
}

// Every single wrong character is found, and no number can be taken for a KPJ.
func TestRegistrationNoFindsOneWrongCharacter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		no := NewRegistrationNo(rapid.IntRange(2000, 2099).Draw(t, "year"), rapid.Int64Range(0, MaxRegistrations-1).Draw(t, "n"))
		if got, err := ParseRegistrationNo(string(no)); err != nil || got != no {
			t.Fatalf("%s is read as %s, %v", no, got, err)
		}
		bare := strings.NewReplacer("REG ", "", "-", "").Replace(string(no))
		if len(bare) == 11 {
			t.Fatalf("%s has as many characters as a KPJ", no)
		}
		at := rapid.IntRange(2, len(bare)-1).Draw(t, "at")
		wrong := crockford[rapid.IntRange(0, 31).Draw(t, "wrong")]
		if wrong == bare[at] {
			return
		}
		if got, err := ParseRegistrationNo(bare[:at] + string(wrong) + bare[at+1:]); err == nil {
			t.Fatalf("%s with %c at %d is taken for %s", no, wrong, at, got)
		}
	})
}
