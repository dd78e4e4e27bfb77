package jaring_test

import (
	"testing"

	"jaring/internal/jaring"
)

func TestParseOfficePhone(t *testing.T) {
	for text, want := range map[string]string{"(0741) 123-456": "+62741123456", "+62 21 520 7797": "+62215207797", "0812-3456-7890": "+6281234567890", "175": "175", "1500910": "1500910",
		"": "", "0": "", "12": "", "0741": "", "tanya Bu Ani": "", "07411234567890123": "", "521 7797": "", "01234567": "", "0741 12+34": ""} {
		got, err := jaring.ParseOfficePhone(text)
		if got != want || (want == "") != (jaring.KeyOf(err) == "phone.office_malformed") {
			t.Errorf("%q: %q %v, want %q", text, got, err, want)
		}
	}
}
