package jaring

import (
	"slices"
	"time"
)

// AwareStep is how far a village or a market has come.
type AwareStep string

// Steps, in their order; none is skipped.
const (
	StepProposed   AwareStep = "proposed"
	StepAgreed     AwareStep = "agreed"     // by a decree or an agreement, with its number
	StepOfficials  AwareStep = "officials"  // the officials are registered and protected as the criteria ask
	StepSocialised AwareStep = "socialised" // dialogues were held
	StepLaunched   AwareStep = "launched"
	StepKept       AwareStep = "kept" // coverage held for as many months as the criteria ask
)

// AwareSteps lists the steps in their order.
var AwareSteps = []AwareStep{StepProposed, StepAgreed, StepOfficials, StepSocialised, StepLaunched, StepKept}

// Place is the place of a step in the order, from 0; −1 for what is no step.
func (s AwareStep) Place() int { return slices.Index(AwareSteps, s) }

// AwareTaken is what was written down about a step. Nothing is written over: a correction is a further
// line about the same step, and a step taken back is a line that says so.
type AwareTaken struct {
	Step      AwareStep
	Day       Day    // on which it was reached
	Reference string // number of the decree or the agreement, or where the evidence lies
	Note      string
	Back      bool   // the step was taken back
	Why       string // of a correction
	By        AccountID
	At        time.Time
}

// AwareRoad is which steps stand, of all lines in the order in which they were written: the last line about
// a step holds, and a step that was taken back does not stand.
func AwareRoad(lines []AwareTaken) (road []AwareTaken) {
	for _, step := range AwareSteps {
		var last *AwareTaken
		for i := range lines {
			if lines[i].Step == step {
				last = &lines[i]
			}
		}
		if last == nil || last.Back {
			break
		}
		road = append(road, *last)
	}
	return road
}

// StepOf is the last step of a road; empty for none.
func StepOf(road []AwareTaken) AwareStep {
	if len(road) == 0 {
		return ""
	}
	return road[len(road)-1].Step
}

// AwareFacts are what the book says of a village or a market today; the criteria are asked against them.
type AwareFacts struct {
	Officials  int // said by the village
	Registered int // officials who are registered
	Protected  int // officials who are protected today
	Dialogues  int // that were held, with attendance
	Potential  int
	Held       int // months in a row that coverage stood at its threshold
}

// NewStep judges the next step of a road, whole, and gives it as it is kept. today is the day at the
// office. Errors: aware.step_unknown, aware.step_taken, aware.step_order, aware.step_day, field.required,
// field.too_long, field.unreadable and those of AwareCriteria.Allow.
func NewStep(road []AwareTaken, s AwareTaken, today Day, c AwareCriteria, facts AwareFacts) (AwareTaken, error) {
	at := s.Step.Place()
	switch {
	case at < 0:
		return s, Errors{NewError(Invalid, "aware.step_unknown").At("step")}
	case at < len(road):
		return s, NewError(Conflict, "aware.step_taken", "step", string(s.Step))
	case at > len(road):
		return s, NewError(Conflict, "aware.step_order", "step", string(s.Step), "next", string(AwareSteps[len(road)]))
	}
	j := judge{}
	var from Day = awareFirst
	if len(road) > 0 {
		from = road[len(road)-1].Day
	}
	s.write(&j, from, today)
	if err := j.errs.OrNil(); err != nil {
		return s, err
	}
	return s, c.Allow(s.Step, facts)
}

// write judges what is said of a step that was reached between two days.
func (s *AwareTaken) write(j *judge, from, until Day) {
	s.Reference = j.text("reference", s.Reference, maxReference, s.Step == StepAgreed)
	s.Note = j.text("note", s.Note, maxAwareNote, false)
	switch {
	case s.Day == 0:
		j.reject("day", "field.required")
	case s.Day < from || s.Day > until:
		j.reject("day", "aware.step_day", "from", from, "until", until)
	}
}

// CorrectStep judges a correction of a step that stands: its day must lie between its neighbours'. Errors:
// aware.step_unknown, aware.step_not_taken, aware.step_day, field.required, field.too_long, field.unreadable.
func CorrectStep(road []AwareTaken, s AwareTaken, today Day) (AwareTaken, error) {
	at := s.Step.Place()
	switch {
	case at < 0:
		return s, Errors{NewError(Invalid, "aware.step_unknown").At("step")}
	case at >= len(road):
		return s, NewError(Conflict, "aware.step_not_taken", "step", string(s.Step))
	}
	from, until := awareFirst, today
	if at > 0 {
		from = road[at-1].Day
	}
	if at+1 < len(road) {
		until = road[at+1].Day
	}
	j := judge{}
	s.write(&j, from, until)
	return s, j.errs.OrNil()
}

// StepBack judges taking a step back: the last one alone, and never the first. Errors: aware.step_unknown,
// aware.step_not_last.
func StepBack(road []AwareTaken, step AwareStep) error {
	switch {
	case step.Place() < 0:
		return Errors{NewError(Invalid, "aware.step_unknown").At("step")}
	case step == StepProposed || step != StepOf(road):
		return NewError(Conflict, "aware.step_not_last", "step", string(StepOf(road)))
	}
	return nil
}
