package jaring

import (
	"fmt"
	"slices"
	"time"
)

// CaseState is how far a case of a service desk has come.
type CaseState string

// States: open → working ⇄ waiting → closed with an outcome → reopened, which goes on like open.
const (
	CaseIsOpen     CaseState = "open"
	CaseIsWorking  CaseState = "working"
	CaseIsWaiting  CaseState = "waiting" // for somebody else, until a day
	CaseIsClosed   CaseState = "closed"
	CaseIsReopened CaseState = "reopened"
)

// CaseStates lists every state.
var CaseStates = []CaseState{CaseIsOpen, CaseIsWorking, CaseIsWaiting, CaseIsClosed, CaseIsReopened}

// CaseOutcome is what became of a case.
type CaseOutcome string

// Outcomes of a case.
const (
	CaseSolved      CaseOutcome = "solved"
	CaseRegistered  CaseOutcome = "registered" // the employer or the worker was
	CaseClaimed     CaseOutcome = "claimed"    // a claim was filed
	CaseReferred    CaseOutcome = "referred"   // another body goes on with it
	CaseInformed    CaseOutcome = "informed"
	CaseWithdrawn   CaseOutcome = "withdrawn"
	CaseUnreachable CaseOutcome = "unreachable"
)

// CaseOutcomes lists every outcome.
var CaseOutcomes = []CaseOutcome{CaseSolved, CaseRegistered, CaseClaimed, CaseReferred, CaseInformed, CaseWithdrawn, CaseUnreachable}

// MaxCaseText bounds what is written of a case, in characters.
const MaxCaseText = 1000

// ServiceCase is what somebody brought to a service desk.
type ServiceCase struct {
	Desk      ServiceID
	ID        ServiceCaseID
	Year      int
	No        int // per desk and year, from 1
	Topic     ServiceTopic
	Label     string // of the number in the queue; empty for none
	Name      string // empty when nobody said it, or when it was erased
	Phone     string // normalised; empty for none
	About     string
	Worker    WorkerID   // whom it is about, in the book
	Employer  EmployerID // which it is about
	Partner   PartnerID  // to whom it was referred
	State     CaseState
	Outcome   CaseOutcome // of a closed one
	FollowDay Day         // to come back to it; 0 for none
	Owner     AccountID
	OpenedAt  time.Time
	ClosedAt  time.Time // zero while it is not
	ErasedAt  time.Time // name, phone and words were
}

// Written is the number of a case as people say it: 12/2026.
func (c *ServiceCase) Written() string { return fmt.Sprintf("%d/%d", c.No, c.Year) }

// NewServiceCase judges a case whole and gives it as it is kept. today is the day at the desk. Errors: field.required,
// field.too_long, field.unreadable, service.topic_unknown, service.day_past and those of ParsePhone.
func NewServiceCase(c ServiceCase, desk *ServiceDesk, today Day) (ServiceCase, error) {
	j := judge{}
	if !desk.Takes(c.Topic) {
		j.reject("topic", "service.topic_unknown")
	}
	c.Name = j.text("name", c.Name, maxName, false)
	c.About = j.text("about", c.About, MaxCaseText, true)
	c.Label = j.text("label", c.Label, MaxHallWord, false)
	if c.Phone != "" {
		phone, err := ParsePhone(c.Phone)
		j.blame("phone", err)
		c.Phone = phone
	}
	c.State, c.Outcome = CaseIsOpen, ""
	j.follow(c.FollowDay, today)
	return c, j.errs.OrNil()
}

func (j *judge) follow(day, today Day) {
	if day != 0 && day < today {
		j.reject("follow_day", "service.day_past")
	}
}

// CaseStep is what is said of a case: where it stands now.
type CaseStep struct {
	To        CaseState
	Outcome   CaseOutcome // for closed
	FollowDay Day         // needed for waiting; none for closed
	Note      string
}

// Move takes a case a step on. A closed case is only reopened, with a reason; who waits knows until when; what a
// case came to must be there. Errors: service.is_closed, service.not_closed, service.erased, service.state_unknown,
// service.outcome_unknown, service.registered_whom, service.referred_whom, service.day_past, field.required,
// field.too_long, field.unreadable.
func (c *ServiceCase) Move(s CaseStep, today Day, now time.Time) error {
	switch {
	case !c.ErasedAt.IsZero():
		return NewError(Conflict, "service.erased")
	case c.State == CaseIsClosed && s.To != CaseIsReopened:
		return NewError(Conflict, "service.is_closed")
	case c.State != CaseIsClosed && s.To == CaseIsReopened:
		return NewError(Conflict, "service.not_closed")
	}
	j := judge{}
	j.text("note", s.Note, MaxCaseText, s.To == CaseIsReopened)
	j.follow(s.FollowDay, today)
	switch s.To {
	case CaseIsClosed:
		c.outcome(&j, s.Outcome)
	case CaseIsWaiting:
		if s.FollowDay == 0 {
			j.reject("follow_day", "field.required")
		}
	case CaseIsWorking, CaseIsReopened:
	default:
		j.reject("state", "service.state_unknown")
	}
	if err := j.errs.OrNil(); err != nil {
		return err
	}
	c.State, c.Outcome, c.FollowDay, c.ClosedAt = s.To, "", s.FollowDay, time.Time{}
	if s.To == CaseIsClosed {
		c.Outcome, c.FollowDay, c.ClosedAt = s.Outcome, 0, now
	}
	return nil
}

// outcome judges what a case is said to have come to.
func (c *ServiceCase) outcome(j *judge, o CaseOutcome) {
	switch {
	case !slices.Contains(CaseOutcomes, o):
		j.reject("outcome", "service.outcome_unknown")
	case o == CaseRegistered && c.Worker == "" && c.Employer == "":
		j.reject("outcome", "service.registered_whom")
	case o == CaseReferred && c.Partner == "":
		j.reject("outcome", "service.referred_whom")
	}
}

// CaseNote is a line of what was done about a case; none is changed or taken away.
type CaseNote struct {
	ID   string
	By   AccountID
	At   time.Time
	Act  string // note, open, working, waiting, closed, reopened, taken, linked, referred
	Text string // may be empty, but for a note
}

// NewCaseNote judges what is written of a case. Errors: field.required, field.too_long, field.unreadable.
func NewCaseNote(text string, required bool) (string, error) {
	j := judge{}
	text = j.text("note", text, MaxCaseText, required)
	return text, j.errs.OrNil()
}

// CaseDue says how a case stands to its day.
type CaseDue string

// How a case stands to the day to come back to it.
const (
	CaseIsNotDue  CaseDue = ""
	CaseIsToday   CaseDue = "today"
	CaseIsOverdue CaseDue = "overdue"
)

// Due says whether somebody has to come back to the case, as of a day.
func (c *ServiceCase) Due(today Day) CaseDue {
	switch {
	case c.State == CaseIsClosed || c.FollowDay == 0 || c.FollowDay > today:
		return CaseIsNotDue
	case c.FollowDay == today:
		return CaseIsToday
	}
	return CaseIsOverdue
}
