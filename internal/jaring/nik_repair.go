package jaring

// RepairSwap looks for the two neighbouring digits that a hand exchanged: it gives the place of the
// left one, from 1, when exactly one exchange makes the NIK agree with the birth date, with
// the sex (when it is given) and with a known area. It is a suggestion to hold against the
// KTP; which of two numbers is right only the KTP says.
func (n NIK) RepairSwap(birth Day, sex Sex, areaKnown func(issuance string) bool) (place int, ok bool) {
	if n.IsZero() || birth == 0 {
		return 0, false
	}
	const unproven = 12 // behind it stands the serial, which nothing can be held against
	digits := []byte(n.Reveal())
	for i := range unproven - 1 {
		if digits[i] == digits[i+1] {
			continue
		}
		digits[i], digits[i+1] = digits[i+1], digits[i]
		other, err := ParseNIK(string(digits))
		digits[i], digits[i+1] = digits[i+1], digits[i]
		if err != nil || !other.tells(birth, sex) || !areaKnown(other.Issuance()) {
			continue
		}
		if ok {
			return 0, false
		}
		place, ok = i+1, true
	}
	return place, ok
}

// tells reports whether the NIK says this birth date, and this sex when it is given.
func (n NIK) tells(birth Day, sex Sex) bool {
	day, month, yy, own := n.Birth()
	return day == birth.DayNumber() && month == birth.MonthNumber() && yy == birth.Year()%100 && (sex == "" || sex == own)
}

// RepairBirth is the birth date that the NIK tells, in the century of the stated one, when the
// two are one slip apart: day and month exchanged, or one of day, month and year another. It is
// a suggestion; a wrong entry may just as well stand in the NIK (see Check).
func (n NIK) RepairBirth(stated Day) (Day, bool) {
	day, month, yy, _ := n.Birth()
	if n.IsZero() || stated == 0 || month < 1 || month > 12 {
		return 0, false
	}
	year := stated.Year()/100*100 + yy
	if day < 1 || day > DaysIn(NewMonth(year, month)) {
		return 0, false
	}
	apart := 0
	for _, same := range []bool{day == stated.DayNumber(), month == stated.MonthNumber(), year == stated.Year()} {
		if !same {
			apart++
		}
	}
	exchanged := day == stated.MonthNumber() && month == stated.DayNumber() && year == stated.Year()
	return NewDay(year, month, day), apart == 1 || apart == 2 && exchanged
}

// EndsInZero reports whether the last digit is 0, as it is of every NIK that a spreadsheet cut
// to the fifteen digits it can count. Of one NIK it says nothing; of nearly all in a list, all.
func (n NIK) EndsInZero() bool { return !n.IsZero() && (n.sealed*sealInverse-1)%10 == 0 }
