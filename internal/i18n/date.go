package i18n

import (
	"fmt"
	"time"

	"jaring/internal/jaring"
)

var monthNames = map[Lang][12]string{
	ID: {"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"},
	EN: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// MonthName is the name of month n (1–12), empty outside that range.
func MonthName(lang Lang, n int) string {
	if n < 1 || n > 12 {
		return ""
	}
	names, ok := monthNames[lang]
	if !ok {
		names = monthNames[ID]
	}
	return names[n-1]
}

// shortMonth is the first three letters, as both languages shorten their months;
// only August is Agu in Indonesian, which its first letters give as well.
func shortMonth(lang Lang, n int) string {
	name := MonthName(lang, n)
	return name[:min(3, len(name))]
}

// Day is a date in full: 21 November 2026. Empty for "no day".
func Day(lang Lang, d jaring.Day) string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s %d", d.DayNumber(), MonthName(lang, d.MonthNumber()), d.Year())
}

// DayTight is a date where room is short and the year is plain: 21 Nov.
func DayTight(lang Lang, d jaring.Day) string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s", d.DayNumber(), shortMonth(lang, d.MonthNumber()))
}

// Clock is the time of day of t in the zone that t carries: id 09.41, en 09:41.
func Clock(lang Lang, t time.Time) string {
	return fmt.Sprintf("%02d%c%02d", t.Hour(), separator(lang, '.', ':'), t.Minute())
}

// ZoneName is WIB, WITA or WIT when t stands in one of Indonesia's zones, and
// what its own zone calls itself otherwise.
func ZoneName(t time.Time) string {
	name, offset := t.Zone()
	switch offset / 3600 {
	case 7:
		return "WIB"
	case 8:
		return "WITA"
	case 9:
		return "WIT"
	}
	return name
}

func formatTime(lang Lang, t time.Time, form string) string {
	switch form {
	case "zone":
		return Clock(lang, t) + " " + ZoneName(t)
	case "full":
		return Day(lang, jaring.DayIn(t, t.Location())) + ", " + Clock(lang, t) + " " + ZoneName(t)
	}
	return Clock(lang, t)
}
