package jaring

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// NIK is a national identity number: 16 digits that carry the area of first
// registration (6), the birth day (2, plus 40 for women), month (2) and year
// (2), and a serial (4). PP 37/2007 art 37. It has no check digit, so a
// well-formed NIK is still unproven.
//
// No way of printing, logging or encoding a NIK shows more than its first two
// digits; the only way to the digits is Reveal. The number is kept multiplied by
// an odd constant, because fmt prints unexported fields of foreign structs
// without asking any method. NIKs compare with ==; the zero value is "no NIK".
type NIK struct{ sealed uint64 }

const (
	nikLength = 16
	nikMask   = " •••• •••• ••••"

	sealFactor  uint64 = 0x9E3779B97F4A7C15
	sealInverse uint64 = 0xF1DE83E19937733D // sealFactor × sealInverse = 1 mod 2^64
)

// ParseNIK reads exactly 16 ASCII digits and cleans nothing up: a space, a
// letter O or a missing digit is the sender's to mend. Errors: nik.damaged (a
// spreadsheet made a number of it), nik.not_digit (args c, the character; i, its
// place from 1), nik.length (args n, the digits found). The error never holds
// more of the text than one character that is no digit.
func ParseNIK(text string) (NIK, *Error) {
	if looksLikeSpreadsheetNumber(text) {
		return NIK{}, NewError(Invalid, "nik.damaged")
	}
	place := 0
	for _, r := range text {
		place++
		if r < '0' || r > '9' {
			return NIK{}, NewError(Invalid, "nik.not_digit", "c", visible(r), "i", place)
		}
	}
	if place != nikLength {
		return NIK{}, NewError(Invalid, "nik.length", "n", place)
	}
	number, _ := strconv.ParseUint(text, 10, 64) // 16 digits always fit
	return NIK{sealed: (number + 1) * sealFactor}, nil
}

// looksLikeSpreadsheetNumber knows 1.57E+15, 1,57e15 and 3515140508689990.0:
// digits are lost there, so there is nothing to repair.
func looksLikeSpreadsheetNumber(text string) bool {
	s := strings.TrimSpace(text)
	mantissa, exponent, hasExponent := strings.Cut(strings.ToUpper(s), "E")
	whole, fraction, hasFraction := strings.Cut(strings.Replace(mantissa, ",", ".", 1), ".")
	if !allDigits(whole) || hasFraction && !allDigits(fraction) {
		return false
	}
	if hasExponent {
		return len(whole) == 1 && allDigits(strings.TrimPrefix(exponent, "+"))
	}
	return hasFraction && len(whole) >= nikLength-2 && strings.Trim(fraction, "0") == ""
}

func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// visible is r as a sentence can show it.
func visible(r rune) string {
	switch {
	case r == utf8.RuneError || !unicode.IsPrint(r) && !unicode.IsSpace(r):
		return "�"
	case unicode.IsSpace(r):
		return "␣"
	}
	return string(r)
}

// Reveal is the NIK's 16 digits, empty for "no NIK". Whoever calls it must have
// a reason that is logged, or be about to encrypt or hash them.
func (n NIK) Reveal() string {
	if n.IsZero() {
		return ""
	}
	var digits [nikLength]byte
	for i, left := nikLength-1, n.sealed*sealInverse-1; i >= 0; i, left = i-1, left/10 {
		digits[i] = byte('0' + left%10)
	}
	return string(digits[:])
}

// IsZero reports whether n is "no NIK".
func (n NIK) IsZero() bool { return n.sealed == 0 }

// String is the mask: the first two digits, the rest hidden. A longer mask
// beside a birth date and an address would rebuild most of the number.
func (n NIK) String() string {
	if n.IsZero() {
		return ""
	}
	return MaskNIK(n.Reveal()[:2])
}

// Format writes the mask for every verb, so that %d or %x show no more than %s.
func (n NIK) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, n.String()) }

// GoString is the mask.
func (n NIK) GoString() string { return n.String() }

// LogValue is the mask.
func (n NIK) LogValue() slog.Value { return slog.StringValue(n.String()) }

// MarshalText writes the mask.
func (n NIK) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// MarshalJSON writes the mask.
func (n NIK) MarshalJSON() ([]byte, error) { return []byte(strconv.Quote(n.String())), nil }

// Issuance is the area of first registration, six digits: province, regency,
// district as they were coded then. It does not follow a move (PP 40/2019
// art 30), so it is no address.
func (n NIK) Issuance() string {
	if n.IsZero() {
		return ""
	}
	return n.Reveal()[:6]
}

// Birth is what the NIK says of birth and sex, unchecked: the day without the 40
// that marks women, the month, and the last two digits of the year. The century
// is not in it; take the year from what the person states.
func (n NIK) Birth() (day, month, yy int, sex Sex) {
	if n.IsZero() {
		return 0, 0, 0, ""
	}
	s := n.Reveal()
	day, _ = digits(s, 6, 2)
	month, _ = digits(s, 8, 2)
	yy, _ = digits(s, 10, 2)
	if day > 40 {
		return day - 40, month, yy, Female
	}
	return day, month, yy, Male
}

// checkAlphabet has 23 letters: no I, O or Q, which are misread or misheard.
const checkAlphabet = "ABCDEFGHJKLMNPRSTUVWXYZ"

// CheckLetters are two letters for talking about a NIK at a counter ("the one
// that ends in KT?") without saying it: the keyed hash (HMAC-SHA-256) of the
// digits, modulo 23 × 23. The key matters: birth date and district leave only a
// few dozen serials open, and letters that anybody can compute would pick the
// right one. With the key held by the server they tell an outsider nothing, and
// even its holder learns one part in 529. Without a key there are no letters.
func (n NIK) CheckLetters(key ...byte) string {
	if n.IsZero() || len(key) == 0 {
		return ""
	}
	mac := hmac.New(sha256.New, key)
	_, _ = io.WriteString(mac, "nik.check_letters\x00"+n.Reveal())
	const letters = uint64(len(checkAlphabet))
	v := binary.BigEndian.Uint64(mac.Sum(nil)) % (letters * letters)
	return string([]byte{checkAlphabet[v/letters], checkAlphabet[v%letters]})
}

// MaskNIK is the form in which a NIK is shown everywhere, from its first two digits.
func MaskNIK(province string) string { return province + "••" + nikMask }
