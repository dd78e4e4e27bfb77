package roster

import (
	"cmp"
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
// Errors: date.malformed (args text), date.impossible (args text, month, n), date.month_first,
// date.two_digit_year, date.serial (args text).
func readDate(text string, on jaring.Day) (day jaring.Day, place, suggestion string, err *jaring.Error) {
	place, text = cutPlace(cutNote(text))
	d := dateText{text: text, on: on}
	if day, suggestion, err = d.read(text); err == nil || err.Key != "date.malformed" {
		return day, place, suggestion, err
	}
	before, rest := leadingWords(text)
	if again, more, e := d.read(rest); before != "" && (e == nil || e.Key != err.Key) {
		return again, strings.TrimSpace(cmp.Or(place, before)), more, e
	}
	if again, _, e := d.read(strings.NewReplacer("O", "0", "o", "0", "l", "1", "I", "1", "|", "1").Replace(text)); e == nil {
		suggestion = again.String()
	}
	return 0, place, suggestion, err
}

// read reads a date that stands alone.
func (d dateText) read(text string) (jaring.Day, string, *jaring.Error) {
	parts := dateParts(text)
	switch len(parts) {
	case 1:
		return d.unparted(parts[0])
	case 3:
		return d.parted(parts)
	}
	return 0, "", d.malformed()
}

// dateParts parts a date at its signs, and a month's word from the figures that stick to it.
func dateParts(text string) (parts []string) {
	for _, p := range strings.FieldsFunc(strings.ToLower(cutMidnight(text)), func(r rune) bool {
		return r == '-' || r == '/' || r == '.' || r == ',' || r == '\'' || r == '–' || r == '\\' || unicode.IsSpace(r)
	}) {
		from, to := strings.IndexFunc(p, unicode.IsLetter), strings.LastIndexFunc(p, unicode.IsLetter)+1
		if from >= 0 && to-from >= 3 && monthOf(p[from:to]) > 0 {
			for _, some := range []string{p[:from], p[from:to], p[to:]} {
				if some != "" {
					parts = append(parts, some)
				}
			}
			continue
		}
		parts = append(parts, p)
	}
	return parts
}

// leadingWords parts "Kuala Tungkal 21-11-1980" and "Jambi/21-11-1980" into the place and the rest.
func leadingWords(text string) (words, rest string) {
	i := strings.IndexAny(text, "0123456789")
	if i <= 0 || !strings.ContainsRune(" /-.", rune(text[i-1])) {
		return "", text
	}
	words = strings.Trim(text[:i], " /-.,:")
	for w := range strings.FieldsSeq(words) {
		if len(strings.Trim(w, ".")) < 3 || monthOf(strings.ToLower(w)) > 0 {
			return "", text
		}
	}
	if notPlaces[strings.ToLower(words)] {
		words = " "
	}
	return words, text[i:]
}

// cutNote cuts off what stands in brackets behind a date: "21-11-1980 (46 th)".
func cutNote(text string) string {
	if i := strings.IndexByte(text, '('); i >= 6 && strings.HasSuffix(text, ")") {
		return strings.TrimSpace(text[:i])
	}
	return text
}

// notPlaces are words before a date that are no place.
var notPlaces = map[string]bool{"senin": true, "selasa": true, "rabu": true, "kamis": true, "jumat": true, "jum'at": true, "sabtu": true, "minggu": true,
	"tgl": true, "tanggal": true, "lahir": true, "tgl lahir": true, "tanggal lahir": true}

// cutPlace cuts off the place of "Jambi, 21-11-1980".
func cutPlace(text string) (place, rest string) {
	before, after, found := strings.Cut(text, ",")
	if !found || strings.ContainsAny(before, "0123456789") || !strings.ContainsAny(after, "0123456789") {
		return "", text
	}
	if before = strings.TrimSpace(before); notPlaces[strings.ToLower(before)] {
		before = ""
	}
	return before, strings.TrimSpace(after)
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

func (d dateText) malformed() *jaring.Error {
	return jaring.NewError(jaring.Invalid, "date.malformed", "text", short(d.text))
}

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
		if e.Key == "date.malformed" {
			return 0, "", d.malformed()
		}
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
		m[[]string{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"}[i]] = i + 1 // as old papers have it
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
