package jaring

import (
	"slices"
	"strconv"
	"strings"
)

// ClassState is where a class of agents stands.
type ClassState string

// States of a class. Planned and closed are kept; that a class is running is a matter of
// the day.
const (
	ClassIsPlanned ClassState = "planned"
	ClassIsRunning ClassState = "running"
	ClassIsClosed  ClassState = "closed"
)

// ClassStateOn is where a class stands on a day of its office.
func ClassStateOn(kept ClassState, from, day Day) ClassState {
	if kept == ClassIsPlanned && day >= from {
		return ClassIsRunning
	}
	return kept
}

// Quota is how many seats of a class are an office's.
type Quota struct {
	Office OfficeID
	Seats  int
}

// Class is what a class of agents is planned as.
type Class struct {
	Name     string
	Office   OfficeID
	From, To Day
	Place    PlaceID // empty when not told
	PassMark int     // of 100
	Quotas   []Quota
}

// Bounds of a class.
const (
	maxClassDays  = 31
	maxClassSeats = 500
	fullMark      = 100
)

// NewClass judges a plan whole and gives it as it is kept. Errors: field.required,
// field.too_long, field.unreadable, office.not_found, id.malformed, number.range,
// class.to_before_from, class.too_long, class.quota_twice, class.too_many_seats.
func NewClass(c Class) (Class, error) {
	j := judge{}
	c.Name = j.text("name", c.Name, maxName, true)
	if !IsUUID(string(c.Office)) {
		j.reject("office_id", "office.not_found")
	}
	if c.Place != "" && !IsUUID(string(c.Place)) {
		j.reject("place_id", "id.malformed")
	}
	if c.PassMark < 0 || c.PassMark > fullMark {
		j.reject("pass_mark", "number.range", "min", 0, "max", fullMark)
	}
	j.classDays(c.From, c.To)
	j.quotas(c.Quotas)
	return c, j.errs.OrNil()
}

func (j *judge) classDays(from, to Day) {
	if from == 0 {
		j.reject("from", "field.required")
	}
	switch {
	case to == 0:
		j.reject("to", "field.required")
	case from == 0:
	case to < from:
		j.reject("to", "class.to_before_from")
	case from.DaysUntil(to) >= maxClassDays:
		j.reject("to", "class.too_long", "max", maxClassDays)
	}
}

func (j *judge) quotas(quotas []Quota) {
	if len(quotas) == 0 {
		j.reject("quotas", "field.required")
	}
	seen, total := map[OfficeID]bool{}, 0
	for i, q := range quotas {
		at := "quotas/" + strconv.Itoa(i)
		switch {
		case !IsUUID(string(q.Office)):
			j.reject(at+"/office_id", "office.not_found")
		case seen[q.Office]:
			j.reject(at+"/office_id", "class.quota_twice")
		}
		if q.Seats < 1 || q.Seats > maxClassSeats {
			j.reject(at+"/seats", "number.range", "min", 1, "max", maxClassSeats)
		} else {
			total += q.Seats
		}
		seen[q.Office] = true
	}
	if total > maxClassSeats {
		j.reject("quotas", "class.too_many_seats", "max", maxClassSeats)
	}
}

// Days are the days of a class.
func (c Class) Days() (days []Day) {
	for d := c.From; d <= c.To; d = d.Add(1) {
		days = append(days, d)
	}
	return days
}

// Practice says whether an agent-to-be has worked in the field under somebody's eyes.
type Practice string

// Answers about practice.
const (
	PracticeDone    Practice = "done"
	PracticeNotDone Practice = "not_done"
)

// Result is what a class came to for somebody.
type Result string

// Results.
const (
	Passed Result = "passed"
	Failed Result = "failed"
)

// Judged is what the trainers say of somebody in a class.
type Judged struct {
	Application ApplicationID
	TestScore   int // of 100
	Practice    Practice
	Note        string
}

const maxNote = 300 // characters

// NewJudged judges the results of a class whole and gives them as they are kept. Errors:
// field.required, id.malformed, number.range, practice.unknown, field.too_long,
// field.unreadable, class.judged_twice.
func NewJudged(items []Judged) ([]Judged, error) {
	j := judge{}
	if len(items) == 0 || len(items) > maxClassSeats {
		j.reject("items", "number.range", "min", 1, "max", maxClassSeats)
		return nil, j.errs
	}
	seen, out := map[ApplicationID]bool{}, slices.Clone(items)
	for i, it := range out {
		at := "items/" + strconv.Itoa(i)
		switch {
		case !IsUUID(string(it.Application)):
			j.reject(at+"/application_id", "id.malformed")
		case seen[it.Application]:
			j.reject(at+"/application_id", "class.judged_twice")
		}
		seen[it.Application] = true
		if it.TestScore < 0 || it.TestScore > fullMark {
			j.reject(at+"/test_score", "number.range", "min", 0, "max", fullMark)
		}
		if it.Practice != PracticeDone && it.Practice != PracticeNotDone {
			j.reject(at+"/practice", "practice.unknown")
		}
		out[i].Note = j.text(at+"/note", it.Note, maxNote, false)
	}
	return out, j.errs.OrNil()
}

// ClassResult decides whether somebody has passed: there on every day, at least the pass
// mark in the test, practice done. Nothing while the test is not judged (score below 0).
func ClassResult(days, attended []Day, score, passMark int, practice Practice) Result {
	if score < 0 {
		return ""
	}
	for _, d := range days {
		if !slices.Contains(attended, d) {
			return Failed
		}
	}
	if score < passMark || practice != PracticeDone {
		return Failed
	}
	return Passed
}

// A badge is the random text in the QR of a seat: 13 characters of base 32 without 0, O, 1
// and I, so that it can be read out when a camera fails.
const (
	badgeLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	badgeLength  = 13
)

// Badge makes a badge from chance.
func Badge(chance [badgeLength]byte) string {
	var b [badgeLength]byte
	for i, c := range chance {
		b[i] = badgeLetters[c%32]
	}
	return string(b[:])
}

// ParseBadge reads a badge as it is scanned or typed: any case, with or without hyphens and
// spaces. Error: class.badge_unknown.
func ParseBadge(text string) (string, error) {
	s := strings.NewReplacer(" ", "", "-", "").Replace(strings.ToUpper(strings.TrimSpace(text)))
	if len(s) != badgeLength || strings.Trim(s, badgeLetters) != "" {
		return "", NewError(NotFound, "class.badge_unknown").At("badge")
	}
	return s, nil
}

// BadgeText is a badge as it is printed: J7K4-M2QX-9TRVA.
func BadgeText(badge string) string {
	if len(badge) != badgeLength {
		return badge
	}
	return badge[:4] + "-" + badge[4:8] + "-" + badge[8:]
}
