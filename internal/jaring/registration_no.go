package jaring

import (
	"fmt"
	"strings"
)

// RegistrationNo is Jaring's own number of a person: "REG 26-0004-7KQ". It stands
// until the fund's core issues the KPJ, and cannot be taken for one: a KPJ is 11 digits.
// Two digits of the year, six characters of a counter, one check character.
type RegistrationNo string

// crockford is base 32 without I, L, O and U, which are misread or misheard.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const registrationDigits = 6

// MaxRegistrations is how many numbers one year holds.
const MaxRegistrations = 1 << (5 * registrationDigits)

// NewRegistrationNo makes the n-th number of year.
func NewRegistrationNo(year int, n int64) RegistrationNo {
	var c [registrationDigits]byte
	for i := registrationDigits - 1; i >= 0; i-- {
		c[i] = crockford[n%32]
		n /= 32
	}
	yy := fmt.Sprintf("%02d", year%100)
	return RegistrationNo("REG " + yy + "-" + string(c[:4]) + "-" + string(c[4:]) + string(registrationCheck(yy+string(c[:]))))
}

// ParseRegistrationNo reads the number as people write it: any case, spaces and
// hyphens or none, O for 0, I or L for 1, with or without REG.
// Error: registration_no.malformed.
func ParseRegistrationNo(text string) (RegistrationNo, error) {
	s := strings.ToUpper(text)
	s = strings.NewReplacer(" ", "", "-", "", ".", "").Replace(s)
	s = strings.TrimPrefix(s, "REG")
	s = strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(s)
	if len(s) != 2+registrationDigits+1 || strings.Trim(s[:2], "0123456789") != "" || strings.Trim(s, crockford) != "" {
		return "", NewError(Invalid, "registration_no.malformed")
	}
	if registrationCheck(s[:8]) != s[8] {
		return "", NewError(Invalid, "registration_no.malformed")
	}
	return RegistrationNo("REG " + s[:2] + "-" + s[2:6] + "-" + s[6:]), nil
}

// registrationCheck catches every single wrong character (the weights are odd, so no
// error of one place vanishes modulo 32) and 30 of 31 swaps of neighbours.
func registrationCheck(s string) byte {
	sum := 0
	for i := range len(s) {
		sum += (2*i + 1) * strings.IndexByte(crockford, s[i])
	}
	return crockford[sum%32]
}
