package jaring

import (
	"fmt"
	"time"
)

// Day is a calendar day without a time zone, packed as yyyymmdd so that days
// compare as numbers; the zero value is "no day". Which day it is "today" is
// decided once, by the office's zone (see DayIn).
type Day int32

// NewDay packs year, month and day without checking them.
func NewDay(y, m, d int) Day { return Day(y*10000 + m*100 + d) }

// ParseDay reads "2026-11-21". Errors: date.malformed; date.impossible for a day
// that the month does not have.
func ParseDay(s string) (Day, error) {
	y, ok1 := digits(s, 0, 4)
	m, ok2 := digits(s, 5, 2)
	d, ok3 := digits(s, 8, 2)
	if len(s) != 10 || s[4] != '-' || s[7] != '-' || !ok1 || !ok2 || !ok3 || m < 1 || m > 12 || y < 1850 || d < 1 || d > 31 {
		return 0, NewError(Invalid, "date.malformed")
	}
	if month := NewMonth(y, m); d > DaysIn(month) {
		return 0, NewError(Invalid, "date.impossible", "text", s, "month", month, "n", DaysIn(month))
	}
	return NewDay(y, m, d), nil
}

// DayIn is the day of moment t in zone.
func DayIn(t time.Time, zone *time.Location) Day {
	y, m, d := t.In(zone).Date()
	return NewDay(y, int(m), d)
}

// Year, month and day of the calendar.
func (d Day) Year() int { return int(d) / 10000 }

// MonthNumber is the month in its year, 1–12.
func (d Day) MonthNumber() int { return int(d) / 100 % 100 }

// DayNumber is the day in its month, 1–31.
func (d Day) DayNumber() int { return int(d) % 100 }

// Month is the month that holds d.
func (d Day) Month() Month { return NewMonth(d.Year(), d.MonthNumber()) }

// Time is midnight UTC of d, for arithmetic only.
func (d Day) Time() time.Time {
	return time.Date(d.Year(), time.Month(d.MonthNumber()), d.DayNumber(), 0, 0, 0, 0, time.UTC)
}

// Add gives the day n days later.
func (d Day) Add(n int) Day { return DayIn(d.Time().AddDate(0, 0, n), time.UTC) }

// DaysUntil is the number of days from d to later; negative when later is earlier.
func (d Day) DaysUntil(later Day) int { return int(later.Time().Sub(d.Time()).Hours() / 24) }

// AgeOn is the number of birthdays that a person born on d has had by day on.
func (d Day) AgeOn(on Day) int {
	age := on.Year() - d.Year()
	if int(on)%10000 < int(d)%10000 {
		age--
	}
	return age
}

// String is ISO text, empty for "no day".
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	if y := d.Year(); y >= 0 && y <= 9999 {
		return string(twoDigits(twoDigits(fourDigits(make([]byte, 0, 10), y), '-', d.MonthNumber()), '-', d.DayNumber()))
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year(), d.MonthNumber(), d.DayNumber())
}

// MarshalText writes ISO text.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads ISO text; empty text is "no day".
func (d *Day) UnmarshalText(text []byte) (err error) {
	*d = 0
	if len(text) > 0 {
		*d, err = ParseDay(string(text))
	}
	return err
}
