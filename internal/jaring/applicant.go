package jaring

import (
	"slices"
	"strings"
	"time"
)

// ApplicantState is how far an application has come.
type ApplicantState string

// States: applied → invited → interviewed → offered → hired; declined by the employer, withdrawn by the applicant.
const (
	ApplicantApplied     ApplicantState = "applied"
	ApplicantInvited     ApplicantState = "invited"
	ApplicantInterviewed ApplicantState = "interviewed"
	ApplicantOffered     ApplicantState = "offered"
	ApplicantHired       ApplicantState = "hired" // by a registration alone
	ApplicantDeclined    ApplicantState = "declined"
	ApplicantWithdrawn   ApplicantState = "withdrawn"
)

// ApplicantStates lists every state.
var ApplicantStates = []ApplicantState{ApplicantApplied, ApplicantInvited, ApplicantInterviewed, ApplicantOffered, ApplicantHired, ApplicantDeclined, ApplicantWithdrawn}

// Over reports whether nothing is waited for any more.
func (s ApplicantState) Over() bool {
	return s == ApplicantHired || s == ApplicantDeclined || s == ApplicantWithdrawn
}

// Applicant is one application: who holds a ticket of the fair wants the work of an opening. The person's name stands
// with the ticket alone.
type Applicant struct {
	Campaign      CampaignID
	Opening       OpeningID
	Participant   ParticipantID
	State         ApplicantState
	Slot          string // empty where the opening has none
	Number        int    // in the queue of the opening and the slot
	Desk          string // where the called one is to come
	Note          string // of the desk
	AppliedAt     time.Time
	CalledAt      time.Time // zero: not now
	InterviewedAt time.Time
	OfferedAt     time.Time
	MovedAt       time.Time
	Employer      EmployerID // who hired; a registration says so
	Worker        WorkerID
}

// ApplicantAct is what is done with an application.
type ApplicantAct string

// Acts on an application. Hiring is a registration and none of these.
const (
	ApplicantInvite    ApplicantAct = "invite"
	ApplicantCall      ApplicantAct = "call"
	ApplicantNoShow    ApplicantAct = "no_show" // was called and did not come; may be called again
	ApplicantInterview ApplicantAct = "interviewed"
	ApplicantOffer     ApplicantAct = "offered"
	ApplicantDecline   ApplicantAct = "declined"
	ApplicantWithdraw  ApplicantAct = "withdrawn"
	ApplicantNote      ApplicantAct = "note"
)

// ApplicantActs lists every act.
var ApplicantActs = []ApplicantAct{ApplicantInvite, ApplicantCall, ApplicantNoShow, ApplicantInterview, ApplicantOffer, ApplicantDecline, ApplicantWithdraw, ApplicantNote}

// applicantFrom are the states in which an act makes sense.
var applicantFrom = map[ApplicantAct][]ApplicantState{
	ApplicantInvite:    {ApplicantApplied},
	ApplicantCall:      {ApplicantApplied, ApplicantInvited},
	ApplicantNoShow:    {ApplicantInvited},
	ApplicantInterview: {ApplicantApplied, ApplicantInvited},
	ApplicantOffer:     {ApplicantInterviewed},
	ApplicantDecline:   {ApplicantApplied, ApplicantInvited, ApplicantInterviewed, ApplicantOffered},
	ApplicantWithdraw:  {ApplicantApplied, ApplicantInvited, ApplicantInterviewed, ApplicantOffered},
	ApplicantNote:      ApplicantStates,
}

// Do takes an application a step on; desk and note are those of the act, the note stays when none is told.
// Errors: applicant.act_unknown, applicant.is_applied … by where it stands, applicant.not_called.
func (a *Applicant) Do(act ApplicantAct, desk, note string, now time.Time) error {
	from, known := applicantFrom[act]
	if !known {
		return Errors{NewError(Invalid, "applicant.act_unknown").At("act")}
	}
	if !slices.Contains(from, a.State) {
		return NewError(Conflict, "applicant.is_"+string(a.State))
	}
	if note != "" || act == ApplicantNote {
		a.Note = note
	}
	a.MovedAt = now
	switch act {
	case ApplicantInvite:
		a.State = ApplicantInvited
	case ApplicantCall:
		a.State, a.Desk, a.CalledAt = ApplicantInvited, desk, now
	case ApplicantNoShow:
		if a.CalledAt.IsZero() {
			return NewError(Conflict, "applicant.not_called")
		}
		a.CalledAt = time.Time{}
	case ApplicantInterview:
		a.State, a.CalledAt, a.InterviewedAt = ApplicantInterviewed, time.Time{}, now
	case ApplicantOffer:
		a.State, a.OfferedAt = ApplicantOffered, now
	case ApplicantDecline, ApplicantWithdraw:
		a.State, a.CalledAt = ApplicantState(act), time.Time{}
	}
	return nil
}

// Hire says that a registration made the applicant a worker of an employer. Errors: applicant.is_applied … unless there
// is an offer.
func (a *Applicant) Hire(employer EmployerID, worker WorkerID, now time.Time) error {
	if a.State != ApplicantOffered {
		return NewError(Conflict, "applicant.is_"+string(a.State))
	}
	a.State, a.Employer, a.Worker, a.MovedAt = ApplicantHired, employer, worker, now
	return nil
}

// MaxApplications is how many openings one person may apply for at a fair.
const MaxApplications = 20

// DeskNote judges what a desk notes of an applicant. Errors: field.too_long, field.unreadable.
func DeskNote(text string) (string, error) {
	j := judge{}
	text = j.text("note", text, maxLeadNote, false)
	return text, j.errs.OrNil()
}

// NextApplicant finds who is called next: of those who wait, the one whose slot begins first, then by number. In a slot
// to come nobody is called before its time unless nobody else waits. The position is -1 when nobody waits.
func NextApplicant(o *Opening, all []Applicant) int {
	next := -1
	for i, a := range all {
		if a.Opening != o.ID || !a.CalledAt.IsZero() || a.State != ApplicantApplied && a.State != ApplicantInvited {
			continue
		}
		if next < 0 || before(o, a, all[next]) {
			next = i
		}
	}
	return next
}

// before orders two who wait. Who was called and did not come waits behind the others of the slot.
func before(o *Opening, a, b Applicant) bool {
	x, _ := o.Slot(a.Slot)
	y, _ := o.Slot(b.Slot)
	if c := x.From.Compare(y.From); c != 0 {
		return c < 0
	}
	if late := a.Desk != ""; late != (b.Desk != "") {
		return !late
	}
	return a.Number < b.Number
}

// FairCount is what a job fair came to. Hired, Registered and Protected are counted from registrations.
type FairCount struct {
	Openings     int `json:"openings"`
	Seats        int `json:"seats"`
	Employers    int `json:"employers"`
	Applicants   int `json:"applicants"` // people
	Applications int `json:"applications"`
	Interviewed  int `json:"interviewed"` // applications
	Offered      int `json:"offered"`
	Hired        int `json:"hired"`      // people
	Registered   int `json:"registered"` // of them, whose registration counts
	Protected    int `json:"protected"`  // of them, today
}

// CountFair counts openings and applications; what became of those who were hired is the book's to say. Somebody with
// two employers was hired once. Own rule.
func CountFair(openings []Opening, all []Applicant, standing map[WorkerID]Standing) FairCount {
	c := FairCount{Openings: len(openings), Applications: len(all)}
	names, people, hired := map[string]bool{}, map[ParticipantID]bool{}, map[WorkerID]bool{}
	for _, o := range openings {
		c.Seats += o.Seats
		names[o.EmployerKey()] = true
	}
	for _, a := range all {
		people[a.Participant] = true
		if !a.InterviewedAt.IsZero() {
			c.Interviewed++
		}
		if !a.OfferedAt.IsZero() {
			c.Offered++
		}
		if a.Worker != "" && !hired[a.Worker] {
			hired[a.Worker] = true
			if standing[a.Worker].Counts() {
				c.Registered++
			}
			if standing[a.Worker] == StandingProtected {
				c.Protected++
			}
		}
	}
	c.Employers, c.Applicants, c.Hired = len(names), len(people), len(hired)
	return c
}

// EmployerKey tells openings of one employer from those of others: by the register, else by the name.
func (o *Opening) EmployerKey() string {
	if o.Employer != "" {
		return string(o.Employer)
	}
	return strings.ToLower(o.EmployerName)
}

// Kinds of events about a job fair. Other is the opening; of a hiring the person.
const (
	OpeningSet      EventKind = "fair.opening_set"
	OpeningEmployer EventKind = "fair.employer_set"
	ApplicantAdded  EventKind = "fair.applied"
	ApplicantMoved  EventKind = "fair.applicant_moved"
	ApplicantTaken  EventKind = "fair.hired"
)
