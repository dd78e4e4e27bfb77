package jaring

import "fmt"

// Check compares n with what the person states. It refuses nothing: wrong and
// corrected entries keep their NIK and are valid (Ditjen Dukcapil), so what is
// odd is warned of and what is impossible waits for a second look.
// A zero birth or an empty sex is not compared. areaKnown says whether the
// issuance code is in the list of present and former areas; today bounds the
// centuries that a two-digit year can mean.
//
// Findings: nik.birth_impossible, nik.serial_zero (hold); nik.birth_differs
// (args a, b: the parts that differ as dd-mm-yy, equal parts hidden),
// nik.sex_differs, nik.filler (warn, to be confirmed against the KTP);
// nik.area_unknown (warn; args code, the province digits).
func (n NIK) Check(birth Day, sex Sex, areaKnown bool, today Day) []Finding {
	if n.IsZero() {
		return nil
	}
	var found []Finding
	s := n.Reveal()
	day, month, yy, nikSex := n.Birth()
	if !birthPossible(day, month, yy, today) {
		found = append(found, Finding{Verdict: Hold, Key: "nik.birth_impossible", Field: "nik"})
	} else if a, b := birthDifference(day, month, yy, birth); birth != 0 && a != b {
		found = append(found, Finding{Verdict: Warn, Key: "nik.birth_differs", Field: "birth_date", Args: Args{"a": a, "b": b}, Confirm: true})
	}
	if dayPossible := day >= 1 && day <= 31; dayPossible && sex != "" && sex != nikSex {
		found = append(found, Finding{Verdict: Warn, Key: "nik.sex_differs", Field: "sex", Confirm: true})
	}
	if s[12:] == "0000" {
		found = append(found, Finding{Verdict: Hold, Key: "nik.serial_zero", Field: "nik"})
	}
	if !areaKnown {
		found = append(found, Finding{Verdict: Warn, Key: "nik.area_unknown", Field: "nik", Args: Args{"code": s[:2]}})
	}
	if isFiller(s) {
		found = append(found, Finding{Verdict: Warn, Key: "nik.filler", Field: "nik", Confirm: true})
	}
	return found
}

// birthPossible reports whether some year yy of the 20th or 21st century, not
// after today, had that day.
func birthPossible(day, month, yy int, today Day) bool {
	if day < 1 || month < 1 || month > 12 {
		return false
	}
	inCentury := func(century int) bool { return day <= DaysIn(NewMonth(century+yy, month)) }
	future := today != 0 && NewDay(2000+yy, month, day) > today
	return inCentury(1900) || !future && inCentury(2000)
}

// birthDifference shows the parts of two birth dates that are not equal, as
// dd-mm-yy; equal parts are hidden, so that no whole date is told for one digit.
func birthDifference(day, month, yy int, birth Day) (nik, stated string) {
	show := func(a, b int) (string, string) {
		if a == b {
			return "••", "••"
		}
		return fmt.Sprintf("%02d", a), fmt.Sprintf("%02d", b)
	}
	d1, d2 := show(day, birth.DayNumber())
	m1, m2 := show(month, birth.MonthNumber())
	y1, y2 := show(yy, birth.Year()%100)
	return d1 + "-" + m1 + "-" + y1, d2 + "-" + m2 + "-" + y2
}

// isFiller knows numbers that hands type to get past a field: one block over and
// over, or ten digits in a row that are equal or count up or down.
func isFiller(s string) bool {
	for block := 1; block <= 8; block++ {
		if s[block:] == s[:len(s)-block] {
			return true
		}
	}
	for _, step := range []int{0, 1, 9} {
		run := 1
		for i := 1; i < len(s); i++ {
			if (int(s[i])-int(s[i-1])+10)%10 != step {
				run = 0
			}
			if run++; run >= 10 {
				return true
			}
		}
	}
	return false
}
