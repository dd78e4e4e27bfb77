package jaring

import (
	"slices"
	"strings"
	"time"
)

// CertificateState is what became of a certificate that was issued.
type CertificateState string

// States of a certificate. Whether it has begun or is over is a matter of the day, not of
// its state: see CertificateStateOn.
const (
	CertificateValid      CertificateState = "valid"
	CertificateIsStopped  CertificateState = "suspended" // may be valid again
	CertificateIsRevoked  CertificateState = "revoked"   // for ever
	CertificateIsExpired  CertificateState = "expired"   // by the day only; never stored
	CertificateIsNotBegun CertificateState = "not_begun" // by the day only; never stored
)

// Next tells what happens when a certificate goes from s to another state; ok is false
// where it cannot: what is revoked stays so, and what is so already is no change.
func (s CertificateState) Next(to CertificateState) (event EventKind, ok bool) {
	switch {
	case s == CertificateIsRevoked || s == to:
		return "", false
	case to == CertificateIsStopped:
		return CertificateSuspended, true
	case to == CertificateIsRevoked:
		return CertificateRevoked, true
	case to == CertificateValid:
		return CertificateResumed, true
	}
	return "", false
}

// CertificateStateOn is what a certificate is on a day: stopped by somebody, not begun, over,
// or valid.
func CertificateStateOn(state CertificateState, from, until, day Day) CertificateState {
	switch {
	case state != CertificateValid:
		return state
	case day < from:
		return CertificateIsNotBegun
	case day > until:
		return CertificateIsExpired
	}
	return CertificateValid
}

// maxCertificateYears is how long a certificate may be valid: a typing error in the year
// must not make one for ever.
const maxCertificateYears = 3

// NewCertificate judges what a certificate shall say, all at once. today is the day at the
// agent's office. Errors: field.required, certificate.until_before_from,
// certificate.until_past, certificate.too_long, power.unknown.
func NewCertificate(from, until, today Day, powers []Power) error {
	var es Errors
	if from == 0 {
		es = append(es, NewError(Invalid, "field.required").At("from"))
	}
	es = append(es, checkUntil(from, until, today)...)
	if len(powers) == 0 {
		es = append(es, NewError(Invalid, "field.required").At("powers"))
	}
	for _, p := range powers {
		if !slices.Contains(Powers, p) {
			es = append(es, NewError(Invalid, "power.unknown").At("powers"))
			break
		}
	}
	return es.OrNil()
}

func checkUntil(from, until, today Day) Errors {
	key := ""
	args := []any{}
	switch {
	case until == 0:
		key = "field.required"
	case until < today:
		key = "certificate.until_past"
	case from != 0 && until < from:
		key = "certificate.until_before_from"
	case from != 0 && until >= NewDay(from.Year()+maxCertificateYears, from.MonthNumber(), from.DayNumber()):
		key, args = "certificate.too_long", []any{"max", maxCertificateYears}
	default:
		return nil
	}
	return Errors{NewError(Invalid, key, args...).At("until")}
}

// PowersText is how powers are kept: register+cash, in one order, each once.
func PowersText(powers []Power) string {
	var words []string
	for _, p := range Powers {
		if slices.Contains(powers, p) {
			words = append(words, string(p))
		}
	}
	return strings.Join(words, "+")
}

// ParsePowers reads what PowersText wrote.
func ParsePowers(text string) (powers []Power) {
	for _, p := range Powers {
		if slices.Contains(strings.Split(text, "+"), string(p)) {
			powers = append(powers, p)
		}
	}
	return powers
}

// Of a certificate's number: how many characters are chance, and how many of the first
// ones can be chosen from letters alone.
const (
	certificateDigits = 8
	crockfordLetters  = 22
)

// CertificateNo is the number of a certificate from chance: "SK-26-K7F3-9M2XA". It is random
// so that nobody walks through the public pages of all agents, and begins with a
// letter so that it is never a row of digits. Two digits of the year, eight characters,
// one check character.
func CertificateNo(year int, chance [certificateDigits]byte) string {
	return chanceNo("SK-", year, chance)
}

func chanceNo(head string, year int, chance [certificateDigits]byte) string {
	var c [certificateDigits]byte
	for i, b := range chance {
		c[i] = crockford[b%32]
	}
	c[0] = crockford[10+int(chance[0])%crockfordLetters]
	yy := string([]byte{byte('0' + year%100/10), byte('0' + year%10)})
	return head + yy + "-" + string(c[:4]) + "-" + string(c[4:]) + string(registrationCheck(yy+string(c[:])))
}

// ParseCertificateNo reads a number as people write it: any case, hyphens and spaces or
// none, O for 0, I or L for 1. A wrong number is as unknown as one that nobody has.
// Error: certificate.unknown.
func ParseCertificateNo(text string) (string, error) {
	s := strings.ToUpper(text)
	s = strings.NewReplacer(" ", "", "-", "", ".", "").Replace(s)
	s, named := strings.CutPrefix(s, "SK")
	s = strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(s)
	if !named || len(s) != 2+certificateDigits+1 || strings.Trim(s[:2], "0123456789") != "" || strings.Trim(s, crockford) != "" ||
		registrationCheck(s[:10]) != s[10] {
		return "", NewError(NotFound, "certificate.unknown")
	}
	return "SK-" + s[:2] + "-" + s[2:6] + "-" + s[6:], nil
}

// CodeAnswer is what a 60-second code is worth at a moment.
type CodeAnswer string

// Answers about a code.
const (
	CodeRight CodeAnswer = "right" // of this minute or the one before
	CodeOld   CodeAnswer = "old"   // was right some minutes ago: a picture of a screen
	CodeWrong CodeAnswer = "wrong"
)

// oldMinutes is for how long a code that was right is told from one that never was.
const oldMinutes = 10

// CheckCode tells what a code is worth at a moment.
func CheckCode(secret []byte, code string, at time.Time) CodeAnswer {
	answer := CodeWrong
	for back := oldMinutes; back >= 0; back-- {
		if !sameText(code, CertificateCode(secret, at.Add(-time.Duration(back)*time.Minute))) {
			continue
		}
		answer = CodeOld
		if back <= 1 {
			answer = CodeRight
		}
	}
	return answer
}
