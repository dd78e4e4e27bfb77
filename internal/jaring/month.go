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
	return fmt.Sprintf("%04d-%02d", m.Year(), m.Number())
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
