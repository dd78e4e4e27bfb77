package jaring

import "strings"

// ParsePhone brings an Indonesian mobile number to +62… from the ways people write
// it: 0812-3456-7890, 812 3456 7890, 62 0812…, +62(0)812…, 0062812….
// Error: phone.malformed.
func ParsePhone(text string) (string, error) {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case strings.ContainsRune(" -.()/+\u00a0", r):
		default:
			return "", NewError(Invalid, "phone.malformed")
		}
	}
	s := strings.TrimPrefix(b.String(), "00")
	s = strings.TrimPrefix(s, "62")
	s = strings.TrimPrefix(s, "0")
	// Mobile numbers start with 8 and have 9 to 12 digits after the country code.
	if len(s) < 9 || len(s) > 12 || s[0] != '8' {
		return "", NewError(Invalid, "phone.malformed")
	}
	return "+62" + s, nil
}

// ParseOfficePhone brings the number of an office to +62…: mobile or fixed, as people write it. A short number for the
// whole country (175, 1500910) stays as it is. Error: phone.office_malformed.
func ParseOfficePhone(text string) (string, error) {
	digits := strings.NewReplacer(" ", "", "-", "", ".", "", "(", "", ")", "", "/", "", "\u00a0", "").Replace(text)
	s := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(digits, "+"), "00"), "62")
	s = strings.TrimPrefix(s, "0")
	switch {
	case strings.Trim(s, "0123456789") != "" || s == "" || s[0] == '0':
	case s == digits && s[0] == '1' && len(s) >= 3 && len(s) <= 7:
		return s, nil
	case s != digits && s[0] != '1' && len(s) >= 7 && len(s) <= 12:
		return "+62" + s, nil
	}
	return "", NewError(Invalid, "phone.office_malformed")
}
