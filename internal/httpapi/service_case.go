package httpapi

import (
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type caseOfService struct {
	CaseID     jaring.ServiceCaseID `json:"case_id"`
	No         string               `json:"no" doc:"12/2026"`
	Topic      string               `json:"topic" enum:"not_registered,wages,work_accident,death,layoff,claim_help,information,other"`
	Label      string               `json:"label,omitempty" doc:"of the number in the queue"`
	Name       string               `json:"name,omitempty"`
	Phone      string               `json:"phone,omitempty"`
	About      string               `json:"about,omitempty"`
	Hidden     bool                 `json:"hidden,omitempty" doc:"name, phone and words are for those who serve"`
	State      string               `json:"state" enum:"open,working,waiting,closed,reopened"`
	Outcome    string               `json:"outcome,omitempty" enum:"solved,registered,claimed,referred,informed,withdrawn,unreachable"`
	FollowDay  jaring.Day           `json:"follow_day,omitzero" format:"date"`
	Due        string               `json:"due,omitempty" enum:"today,overdue"`
	OwnerName  string               `json:"owner_name"`
	OwnerID    jaring.AccountID     `json:"owner_id"`
	WorkerID   jaring.WorkerID      `json:"worker_id,omitempty" doc:"whom it is about"`
	EmployerID jaring.EmployerID    `json:"employer_id,omitempty" doc:"which it is about"`
	PartnerID  jaring.PartnerID     `json:"partner_id,omitempty" doc:"to whom it was referred"`
	OpenedAt   time.Time            `json:"opened_at"`
	ClosedAt   time.Time            `json:"closed_at,omitzero"`
	ErasedAt   time.Time            `json:"erased_at,omitzero" doc:"name, phone and words were"`
}

func wireServiceCase(r *outreach.CaseRow) caseOfService {
	return caseOfService{CaseID: r.ID, No: r.Written(), Topic: string(r.Topic), Label: r.Label, Name: r.Name, Phone: r.Phone, About: r.About, Hidden: r.Hidden, State: string(r.State), Outcome: string(r.Outcome),
		FollowDay: r.FollowDay, Due: string(r.Due), OwnerName: r.OwnerName, OwnerID: r.Owner, WorkerID: r.Worker, EmployerID: r.Employer, PartnerID: r.Partner, OpenedAt: r.OpenedAt, ClosedAt: r.ClosedAt, ErasedAt: r.ErasedAt}
}

type findServiceCasesIn struct {
	ByID
	Show   string `query:"show" enum:"open,due,mine,closed" doc:"open when left out; due: to come back to today or before"`
	Topic  string `query:"topic" enum:"not_registered,wages,work_accident,death,layoff,claim_help,information,other"`
	Q      string `query:"q" maxLength:"100" doc:"a part of the name"`
	Cursor string `query:"cursor" maxLength:"400"`
}

type serviceCasesOut struct {
	Body struct {
		Items      []caseOfService `json:"items" doc:"by the day to come back; closed ones newest first"`
		Counts     map[string]int  `json:"counts" doc:"open, due, closed, whatever is asked for"`
		NextCursor string          `json:"next_cursor,omitempty"`
	}
}

func (s *server) findServiceCases(c *call, in *findServiceCasesIn) (*serviceCasesOut, error) {
	l, err := s.App.FindServiceCases(c, c.actor, jaring.ServiceID(in.ID), outreach.CaseFilter{Closed: in.Show == "closed", Due: in.Show == "due", Mine: in.Show == "mine",
		Topic: jaring.ServiceTopic(in.Topic), Name: in.Q, Cursor: in.Cursor})
	if err != nil {
		return nil, err
	}
	out := &serviceCasesOut{}
	out.Body.Items, out.Body.NextCursor = make([]caseOfService, len(l.Rows)), l.Next
	for i, r := range l.Rows {
		out.Body.Items[i] = wireServiceCase(r)
	}
	counts := map[string]int{"open": 0, "due": l.Counts.Today + l.Counts.Overdue, "closed": l.Counts.States[jaring.CaseIsClosed]}
	for state, n := range l.Counts.States {
		if state != jaring.CaseIsClosed {
			counts["open"] += n
		}
	}
	out.Body.Counts = counts
	return out, nil
}

type serviceCaseOut struct {
	Body struct {
		caseOfService
		ServiceID    jaring.ServiceID `json:"service_id"`
		ServiceName  string           `json:"service_name"`
		WorkerName   string           `json:"worker_name,omitempty"`
		EmployerName string           `json:"employer_name,omitempty"`
		PartnerName  string           `json:"partner_name,omitempty"`
		Notes        []caseNoteItem   `json:"notes" doc:"what was done, the newest first"`
		MayServe     bool             `json:"may_serve"`
	}
}

type caseNoteItem struct {
	At     time.Time `json:"at"`
	ByName string    `json:"by_name"`
	Act    string    `json:"act" enum:"note,open,working,waiting,closed,reopened,taken,linked,referred"`
	Text   string    `json:"text,omitempty"`
}

type CaseAddress struct {
	ByID
	Case string `path:"case_id" format:"uuid"`
}

func (s *server) getServiceCase(c *call, in *CaseAddress) (*serviceCaseOut, error) {
	v, err := s.App.GetServiceCase(c, c.actor, jaring.ServiceID(in.ID), jaring.ServiceCaseID(strings.ToLower(in.Case)))
	if err != nil {
		return nil, err
	}
	out := &serviceCaseOut{}
	b := &out.Body
	b.caseOfService, b.ServiceID, b.ServiceName, b.MayServe = wireServiceCase(&v.CaseRow), v.Desk.ID, v.Desk.Name, v.MayServe
	b.WorkerName, b.EmployerName, b.PartnerName, b.Notes = v.WorkerName, v.EmployerName, v.PartnerName, make([]caseNoteItem, len(v.Notes))
	for i, n := range v.Notes {
		b.Notes[i] = caseNoteItem{n.At, n.ByName, n.Act, n.Text}
	}
	return out, nil
}

type serviceCaseBody struct {
	Topic     string     `json:"topic"`
	About     string     `json:"about"`
	Name      string     `json:"name,omitempty"`
	Phone     string     `json:"phone,omitempty"`
	Label     string     `json:"label,omitempty" doc:"of the number in the queue"`
	FollowDay jaring.Day `json:"follow_day,omitzero" format:"date" doc:"to come back to it"`
}

func (s *server) openServiceCase(c *call, in *actOnOne) (*serviceCaseOut, error) {
	var b serviceCaseBody
	key, err := s.said(c, &in.Acting, &b)
	if err != nil {
		return nil, err
	}
	id, err := s.App.OpenServiceCase(c, c.actor, key, jaring.ServiceID(in.ID), jaring.ServiceCase{Topic: jaring.ServiceTopic(b.Topic), About: b.About, Name: b.Name, Phone: b.Phone, Label: b.Label, FollowDay: b.FollowDay})
	if err != nil {
		return nil, err
	}
	return s.getServiceCase(c, &CaseAddress{in.ByID, string(id)})
}

type serviceCaseActBody struct {
	Act        string     `json:"act" enum:"note,take,link,refer,working,waiting,closed,reopened"`
	Note       string     `json:"note,omitempty"`
	Outcome    string     `json:"outcome,omitempty" enum:"solved,registered,claimed,referred,informed,withdrawn,unreachable" doc:"of what is closed"`
	FollowDay  jaring.Day `json:"follow_day,omitzero" format:"date" doc:"to come back to it; needed for waiting"`
	WorkerID   string     `json:"worker_id,omitempty" format:"uuid" doc:"to link"`
	EmployerID string     `json:"employer_id,omitempty" format:"uuid" doc:"to link"`
	PartnerID  string     `json:"partner_id,omitempty" format:"uuid" doc:"to refer to"`
}

type caseActIn struct {
	CaseAddress
	Acting
}

func (s *server) actOnServiceCase(c *call, in *caseActIn) (*serviceCaseOut, error) {
	var b serviceCaseActBody
	key, err := s.said(c, &in.Acting, &b)
	if err != nil {
		return nil, err
	}
	desk, id := jaring.ServiceID(in.ID), jaring.ServiceCaseID(strings.ToLower(in.Case))
	switch b.Act {
	case "note":
		err = s.App.NoteServiceCase(c, c.actor, key, desk, id, b.Note)
	case "take":
		err = s.App.TakeServiceCase(c, c.actor, key, desk, id)
	case "link":
		err = s.App.LinkServiceCase(c, c.actor, key, desk, id, jaring.WorkerID(strings.ToLower(b.WorkerID)), jaring.EmployerID(strings.ToLower(b.EmployerID)))
	case "refer":
		err = s.App.ReferServiceCase(c, c.actor, key, desk, id, jaring.PartnerID(strings.ToLower(b.PartnerID)), b.Note)
	default:
		err = s.App.MoveServiceCase(c, c.actor, key, desk, id, jaring.CaseStep{To: jaring.CaseState(b.Act), Outcome: jaring.CaseOutcome(b.Outcome), FollowDay: b.FollowDay, Note: b.Note})
	}
	if err != nil {
		return nil, err
	}
	return s.getServiceCase(c, &in.CaseAddress)
}
