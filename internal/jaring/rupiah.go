package jaring

import (
	"strconv"
	"strings"
)

// Rupiah is an amount of money in whole rupiah. Money in Jaring has no fraction.
type Rupiah int64

// String is the amount as documents show it: Rp16.800, −Rp22.800.
func (r Rupiah) String() string {
	digits := strconv.FormatInt(int64(r), 10)
	sign := ""
	if r < 0 {
		sign, digits = "−", digits[1:]
	}
	return sign + "Rp" + GroupDigits(digits, '.')
}

// GroupDigits puts sep between each three digits from the right: 16800 → 16.800.
func GroupDigits(digits string, sep byte) string {
	var b strings.Builder
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(sep)
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}

// maxRupiah keeps sums of a nation's contributions far from overflow: Rp9 × 10^15.
const maxRupiah = 9_000_000_000_000_000

// ParseRupiah reads "16800", "16.800", "Rp16.800" or "Rp 16.800,00". It refuses
// fractions, signs other than a leading minus, and amounts beyond 9 × 10^15.
// Errors: money.malformed, money.too_large.
func ParseRupiah(text string) (Rupiah, error) {
	s := strings.TrimSpace(text)
	negative := false
	if rest, ok := cutAnyPrefix(s, "−", "-"); ok {
		negative, s = true, rest
	}
	if len(s) >= 2 && strings.EqualFold(s[:2], "rp") {
		s = strings.TrimSpace(s[2:])
	}
	s = strings.TrimSuffix(s, ",00")
	digits, ok := ungroup(s)
	if !ok {
		return 0, NewError(Invalid, "money.malformed")
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n > maxRupiah {
		return 0, NewError(Invalid, "money.too_large")
	}
	if negative {
		n = -n
	}
	return Rupiah(n), nil
}

func cutAnyPrefix(s string, prefixes ...string) (string, bool) {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(s, p); ok {
			return rest, true
		}
	}
	return s, false
}

// ungroup removes dots that stand where thousands are parted, and only there:
// "16.80" is a typing error, not sixteen or one thousand.
func ungroup(s string) (string, bool) {
	parts := strings.Split(s, ".")
	for i, p := range parts {
		if p == "" || strings.Trim(p, "0123456789") != "" {
			return "", false
		}
		if len(parts) > 1 && (i > 0 && len(p) != 3 || i == 0 && len(p) > 3) {
			return "", false
		}
	}
	return strings.Join(parts, ""), true
}
