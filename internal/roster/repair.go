package roster

import (
	"strings"
	"unicode"

	"jaring/internal/area"
	"jaring/internal/jaring"
)

// mend says what can be done about a rejection of the rules.
func (j *Judge) mend(e *Entry, f *Finding, row *Row) {
	switch f.Key {
	case "worker.age_limit":
		f.final()
	case "nik.not_digit":
		if digits, how := plainNIK(row.text(NIK)); digits != "" {
			f.Suggestion = Suggestion{Key: how}
		}
	}
}

// plainNIK is the NIK that is left once spaces and signs are taken out, or letters are read as the digits they look
// like, with the sentence that says so; empty where none is left.
func plainNIK(text string) (digits, how string) {
	for _, label := range []string{"no.", "no", "nomor", "nik", "ktp"} {
		if rest := strings.TrimLeft(text, " "); len(rest) > len(label) && strings.EqualFold(rest[:len(label)], label) {
			text = rest[len(label):]
		}
	}
	parted := strings.Map(plainDigit, text)
	if _, err := jaring.ParseNIK(parted); err == nil {
		return parted, "roster.suggest.no_gaps"
	}
	read := strings.NewReplacer("O", "0", "o", "0", "l", "1", "I", "1", "i", "1", "|", "1").Replace(parted)
	if _, err := jaring.ParseNIK(read); err == nil {
		return read, "roster.suggest.letters"
	}
	return "", ""
}

// plainDigit takes out what parts figures, and writes those of other scripts as ours.
func plainDigit(r rune) rune {
	const arabic, persian, wide = '\u0660', '\u06f0', '\uff10'
	for _, zero := range []rune{arabic, persian, wide} {
		if r >= zero && r <= zero+9 {
			return r - zero + '0'
		}
	}
	if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsPunct(r) || r == '`' || r == '´' {
		return -1
	}
	return r
}

// repair offers what would make NIK, birth date, sex and area agree.
func (j *Judge) repair(e *Entry, f *Finding, birth jaring.Day, sex jaring.Sex) {
	known := j.areaKnown
	switch f.Key {
	case "nik.birth_differs", "nik.birth_impossible", "nik.sex_differs":
	case "nik.area_unknown", "nik.area_old", "roster.nik_area_slip":
		home := area.Code(e.Registration.Village).At(area.Regency)
		if home == "" {
			return
		}
		known = j.issuedIn(home)
	default:
		return
	}
	place, swapped := e.NIK.RepairSwap(birth, sex, known)
	if swapped {
		f.Suggestion = Suggestion{Key: "roster.suggest.swap", Args: jaring.Args{"a": place, "b": place + 1}}
	}
	switch f.Key {
	case "nik.birth_differs":
		j.repairBirth(e, f, birth)
	case "nik.sex_differs":
		if !swapped {
			_, _, _, told := e.NIK.Birth()
			f.Suggestion = sexSuggestion(told)
		}
	}
}

// repairBirth offers the date that the NIK tells; where two digits of the NIK may have changed
// places as well, it says both, because only the KTP knows.
func (j *Judge) repairBirth(e *Entry, f *Finding, birth jaring.Day) {
	day, ok := e.NIK.RepairBirth(birth)
	if !ok {
		day, ok = shifted(e.NIK, birth)
	}
	_, _, _, told := e.NIK.Birth()
	age := day.AgeOn(j.on)
	switch {
	case !ok || age < jaring.EntryAgeMinimum || age >= jaring.EntryAgeLimit: // no better than what was stated
	case f.Suggestion.Key != "" && e.Registration.Sex != "" && jaring.Sex(e.Registration.Sex) != told: // the NIK is wrong twice
	case f.Suggestion.Key == "":
		f.suggest(day.String())
	default:
		f.Suggestion.Key = "roster.suggest.birth_or_swap"
		f.Suggestion.Args["date"] = day
	}
}

// shifted finds a date that was moved by the years between the two calendars of spreadsheets.
func shifted(nik jaring.NIK, birth jaring.Day) (jaring.Day, bool) {
	for _, days := range []int{-macShift, macShift} {
		moved := birth.Add(days)
		if day, month, yy, _ := nik.Birth(); day == moved.DayNumber() && month == moved.MonthNumber() && yy == moved.Year()%100 {
			return moved, true
		}
	}
	return 0, false
}
