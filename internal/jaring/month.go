package jaring

import "fmt"

// Month is a calendar month, counted from year 0; the zero value is "no month".
// Contributions, bills and counters are kept by month.
type Month int32

// NewMonth makes a month of year y, month m (1–12).
func NewMonth(y, m int) Month { return Month(y*12 + m - 1) }

// ParseMonth reads "2026-10". Error: month.malformed.
func ParseMonth(s string) (Month, error) {
	y, ok1 := digits(s, 0, 4)
	m, ok2 := digits(s, 5, 2)
	if len(s) != 7 || s[4] != '-' || !ok1 || !ok2 || m < 1 || m > 12 || y < 1900 {
		return 0, NewError(Invalid, "month.malformed")
	}
	return NewMonth(y, m), nil
}

// Year and Month of the calendar.
func (m Month) Year() int { return int(m) / 12 }

// Number is the month in its year, 1–12.
func (m Month) Number() int { return int(m)%12 + 1 }

// Add gives the month n months later.
func (m Month) Add(n int) Month { return m + Month(n) }

// First is the first day of the month.
func (m Month) First() Day { return NewDay(m.Year(), m.Number(), 1) }

// Last is the last day of the month.
func (m Month) Last() Day { return NewDay(m.Year(), m.Number(), DaysIn(m)) }

// String is the month as ISO text, empty for "no month".
func (m Month) String() string {
	if m == 0 {
		return ""
	}
	text, _ := m.AppendText(make([]byte, 0, 8))
	return string(text)
}

// AppendText is MarshalText behind other text.
func (m Month) AppendText(to []byte) ([]byte, error) {
	switch y := m.Year(); {
	case m == 0:
		return to, nil
	case y < 0 || y > 9999:
		return fmt.Appendf(to, "%04d-%02d", y, m.Number()), nil
	default:
		return twoDigits(fourDigits(to, y), '-', m.Number()), nil
	}
}

// MarshalText writes ISO text.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads ISO text; empty text is "no month".
func (m *Month) UnmarshalText(text []byte) (err error) {
	*m = 0
	if len(text) > 0 {
		*m, err = ParseMonth(string(text))
	}
	return err
}

// DaysIn is the number of days of m.
func DaysIn(m Month) int {
	switch m.Number() {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y := m.Year(); y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// digits reads n decimal digits of s from position at.
func digits(s string, at, n int) (int, bool) {
	if len(s) < at+n {
		return 0, false
	}
	v := 0
	for i := at; i < at+n; i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		v = v*10 + int(s[i]-'0')
	}
	return v, true
}

// fourDigits writes a year without what fmt costs: a list of a million people writes thirty million of them.
func fourDigits(to []byte, n int) []byte {
	return append(to, byte('0'+n/1000), byte('0'+n/100%10), byte('0'+n/10%10), byte('0'+n%10))
}

func twoDigits(to []byte, between byte, n int) []byte {
	return append(to, between, byte('0'+n/10), byte('0'+n%10))
}
