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
