package roster

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"jaring/internal/jaring"
)

// readDate reads a birth date in any form that has one meaning: 21-11-1980, 21/11/1980,
// 1980-11-21, 21 November 1980, "Jambi, 21-11-1980". place is what stood before the comma.
// suggestion is set with some errors; on is the day that ages are counted to.
//
// Errors: date.malformed, date.impossible (args text, month, n), date.month_first,
// date.two_digit_year, date.serial (args text).
func readDate(text string, on jaring.Day) (day jaring.Day, place, suggestion string, err *jaring.Error) {
	place, text = cutPlace(text)
	d := dateText{text: text, on: on}
	parts := strings.FieldsFunc(strings.ToLower(cutMidnight(text)), func(r rune) bool {
		return r == '-' || r == '/' || r == '.' || r == ',' || r == '\'' || r == '–' || r == '\\' || unicode.IsSpace(r)
	})
	switch len(parts) {
	case 1:
		day, suggestion, err = d.unparted(parts[0])
	case 3:
		day, suggestion, err = d.parted(parts)
	default:
		err = d.malformed()
	}
	return day, place, suggestion, err
}

// cutPlace cuts off the place of "Jambi, 21-11-1980".
func cutPlace(text string) (place, rest string) {
	before, after, found := strings.Cut(text, ",")
	if !found || strings.ContainsAny(before, "0123456789") || !strings.ContainsAny(after, "0123456789") {
		return "", text
	}
	return strings.TrimSpace(before), strings.TrimSpace(after)
}

// cutMidnight cuts off a time of day that says nothing.
func cutMidnight(text string) string {
	for i, r := range text {
		if (r == ' ' || r == 'T') && i >= 8 && strings.Contains(text[i:], "00:00") && strings.Trim(text[i+1:], "0:.Z") == "" {
			return text[:i]
		}
	}
	return text
}

type dateText struct {
	text string
	on   jaring.Day
}

func (d dateText) malformed() *jaring.Error { return jaring.NewError(jaring.Invalid, "date.malformed") }

// unparted reads eight digits where only one order makes sense, and knows the number behind a
// spreadsheet's date.
func (d dateText) unparted(s string) (jaring.Day, string, *jaring.Error) {
	n, err := strconv.Atoi(s)
	switch {
	case err != nil || strings.Trim(s, "0123456789") != "":
		return 0, "", d.malformed()
	case len(s) == 5:
		return 0, Serial(n, false).String(), jaring.NewError(jaring.Invalid, "date.serial", "text", s)
	case len(s) != 8:
		return 0, "", d.malformed()
	}
	year, day := d.sane(n/10000, n/100%100, n%100), d.sane(n%10000, n/10000%100, n/1000000)
	if (year == 0) == (day == 0) {
		return 0, "", d.malformed()
	}
	return year + day, "", nil
}

// sane is a day that somebody alive can be born on, else 0.
func (d dateText) sane(y, m, day int) jaring.Day {
	const oldest = 1900
	if y < oldest || y > d.on.Year() || m < 1 || m > 12 || day < 1 || day > jaring.DaysIn(jaring.NewMonth(y, m)) {
		return 0
	}
	return jaring.NewDay(y, m, day)
}

// parted reads three parts: day, month, year or year, month, day; a month may be a word, and
// then it may stand first.
func (d dateText) parted(parts []string) (jaring.Day, string, *jaring.Error) {
	if monthOf(parts[0]) > 0 && len(parts[1]) <= 2 {
		parts = []string{parts[1], parts[0], parts[2]}
	}
	if len(parts[0]) == 4 {
		parts = []string{parts[2], parts[1], parts[0]}
	}
	day, year := number(parts[0]), number(parts[2])
	month := monthOf(parts[1])
	if month == 0 {
		month = number(parts[1])
	}
	switch {
	case day < 1 || month < 1 || year < 0 || len(parts[0]) > 2 || day > 31:
		return 0, "", d.malformed()
	case len(parts[2]) == 2 && month <= 12:
		return 0, d.century(year, month, day), jaring.NewError(jaring.Invalid, "date.two_digit_year", "text", short(d.text))
	case len(parts[2]) != 4:
		return 0, "", d.malformed()
	case month > 12 && day <= 12 && d.sane(year, day, month) > 0:
		return 0, jaring.NewDay(year, day, month).String(), jaring.NewError(jaring.Invalid, "date.month_first", "text", short(d.text))
	case month > 12:
		return 0, "", d.malformed()
	}
	_, err := jaring.ParseDay(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
	if e, ok := err.(*jaring.Error); ok {
		if e.Key == "date.impossible" {
			e.Args["text"] = short(d.text)
		}
		return 0, "", e
	}
	return jaring.NewDay(year, month, day), "", nil
}

// century offers the one year with these last digits in which somebody of working age can be
// born.
func (d dateText) century(yy, month, day int) string {
	found := jaring.Day(0)
	for _, century := range []int{1900, 2000} {
		born := d.sane(century+yy, month, day)
		if age := born.AgeOn(d.on); born > 0 && age >= jaring.EntryAgeMinimum && age < jaring.EntryAgeLimit {
			found = born
		}
	}
	return found.String()
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || strings.Trim(s, "0123456789") != "" {
		return -1
	}
	return n
}

// months are the words for months in Indonesian, with old spellings, and in English.
var months = func() map[string]int {
	m := map[string]int{}
	for i, words := range []string{
		"januari jan january", "februari feb pebruari peb february", "maret mar mrt march", "april apr", "mei may", "juni jun june",
		"juli jul july", "agustus agu ags agt agst aug august", "september sep sept", "oktober okt oct october",
		"november nov nop nopember", "desember des dec december",
	} {
		for word := range strings.FieldsSeq(words) {
			m[word] = i + 1
		}
	}
	return m
}()

func monthOf(word string) int { return months[word] }

// Serial is the day behind the number of a spreadsheet's date. Spreadsheets count from 1900 and
// believe that 29 February 1900 was; those made on old Macs count from 1904. Zero when the
// number is none.
func Serial(n int, from1904 bool) jaring.Day {
	const most = 2958465 // 31 December 9999
	switch {
	case n < 0 || n > most:
		return 0
	case from1904:
		return jaring.NewDay(1904, 1, 1).Add(n)
	case n == 0 || n == 60:
		return 0
	case n < 60:
		return jaring.NewDay(1899, 12, 31).Add(n)
	}
	return jaring.NewDay(1899, 12, 30).Add(n)
}

// macShift is by how many days a date is off that was copied between a book that counts from
// 1900 and one that counts from 1904.
const macShift = 1462
