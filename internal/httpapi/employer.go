package httpapi

import (
	"net/http"
	"strconv"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type findEmployersIn struct {
	Q      string `query:"q" maxLength:"100"`
	Kind   string `query:"kind" enum:"business,village_government,individual"`
	Cursor string `query:"cursor" maxLength:"400"`
}

type employersOut struct {
	Body struct {
		Items      []employerItem `json:"items"`
		NextCursor string         `json:"next_cursor,omitempty"`
	}
}

type employerHead struct {
	EmployerID jaring.EmployerID   `json:"employer_id"`
	Kind       jaring.EmployerKind `json:"kind" enum:"business,village_government,individual"`
	Name       string              `json:"name"`
	Area       string              `json:"area"`
	AreaName   string              `json:"area_name"`
	Sector     string              `json:"sector"`
	RiskClass  int                 `json:"risk_class" doc:"1 very low to 5 very high"`
	SizeClass  jaring.SizeClass    `json:"size_class" enum:"micro,small,medium,large"`
	OfficeID   jaring.OfficeID     `json:"office_id"`
	OfficeName string              `json:"office_name"`
	Working    int                 `json:"working" doc:"people who work there now"`
	Protected  int                 `json:"protected" doc:"who of them is, today"`
}

type employerItem struct {
	employerHead
	OpenBills int `json:"open_bills,omitempty" doc:"bills that wait"`
}

func (s *server) wireEmployer(e *app.EmployerRow) employerHead {
	return employerHead{e.ID, e.Kind, e.Name, e.Area, s.areaName(e.Area), e.Sector, e.RiskClass, e.SizeClass, e.Office, e.OfficeName, e.Working, e.Protected}
}

func (s *server) findEmployers(c *call, in *findEmployersIn) (*employersOut, error) {
	rows, next, err := s.App.FindEmployers(c, c.actor, app.EmployerQuery{Text: in.Q, Kind: jaring.EmployerKind(in.Kind), Cursor: in.Cursor})
	if err != nil {
		return nil, err
	}
	out := &employersOut{}
	out.Body.Items, out.Body.NextCursor = []employerItem{}, next
	for _, e := range rows {
		out.Body.Items = append(out.Body.Items, employerItem{s.wireEmployer(e), e.Waits})
	}
	return out, nil
}

func (s *server) addEmployer(c *call, in *Acting) (*employerOut, error) {
	var body wire.Employer
	key, err := s.said(c, in, &body)
	if err != nil {
		return nil, err
	}
	id, err := s.App.RegisterEmployer(c, c.actor, key, body.Domain())
	if err != nil {
		return nil, err
	}
	return s.getEmployer(c, &ByID{string(id)})
}

type employerOut struct {
	ETag string `header:"ETag"`
	Body struct {
		employerHead
		NIB          string         `json:"nib,omitempty"`
		Address      string         `json:"address,omitempty"`
		Extra        []string       `json:"extra" doc:"programmes taken freely"`
		Programs     []string       `json:"programs" doc:"of its workers this month"`
		ContactName  string         `json:"contact_name"`
		ContactPhone string         `json:"contact_phone,omitempty"`
		Version      int64          `json:"version"`
		MayChange    bool           `json:"may_change"`
		OpenBills    int            `json:"open_bills"`
		Open         jaring.Rupiah  `json:"open" doc:"to be paid on them, penalties included"`
		Employees    []employeeItem `json:"employees" doc:"who works there now by name, then who left"`
	}
}

type employeeItem struct {
	MembershipID   jaring.MembershipID   `json:"membership_id"`
	WorkerID       jaring.WorkerID       `json:"worker_id"`
	Name           string                `json:"name"`
	RegistrationNo jaring.RegistrationNo `json:"registration_no"`
	Standing       string                `json:"standing"`
	Position       string                `json:"position,omitempty"`
	Wage           jaring.Rupiah         `json:"wage" doc:"a month, by the last word"`
	From           jaring.Day            `json:"from" format:"date"`
	To             jaring.Day            `json:"to,omitzero" format:"date" doc:"last day of work"`
	Why            string                `json:"why,omitempty"`
}

// programNames are programmes as lists of words, never null.
func programNames(ps jaring.Programs) []string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = string(p)
	}
	return out
}

func (s *server) getEmployer(c *call, in *ByID) (*employerOut, error) {
	v, err := s.App.GetEmployer(c, c.actor, in.ID)
	if err != nil {
		return nil, err
	}
	out := &employerOut{ETag: strconv.Quote(strconv.FormatInt(v.Version, 10))}
	b := &out.Body
	b.employerHead, b.NIB, b.Address, b.Extra, b.Programs = s.wireEmployer(&v.EmployerRow), v.NIB, v.Address, programNames(v.Extra), programNames(v.Programs)
	b.ContactName, b.ContactPhone, b.Version, b.MayChange, b.OpenBills, b.Open = v.ContactName, v.ContactPhone, v.Version, v.MayChange, v.OpenBills, v.Open
	b.Employees = []employeeItem{}
	for _, p := range v.People {
		b.Employees = append(b.Employees, employeeItem{p.Membership, p.Worker.ID, p.Worker.Name, p.Worker.RegistrationNo, string(p.Worker.Standing), p.Position, p.WageNow, p.From, p.To, p.Why})
	}
	return out, nil
}

// ChangingEmployer is the input that writes an employer anew.
type ChangingEmployer struct {
	ByID
	Acting
	IfMatch string `header:"If-Match"`
}

func (s *server) changeEmployer(c *call, in *ChangingEmployer) (*employerOut, error) {
	version, err := versionOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	var body wire.Employer
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	if err := s.App.ChangeEmployer(c, c.actor, key, in.ID, version, body.Domain()); err != nil {
		return nil, err
	}
	return s.getEmployer(c, &in.ByID)
}

type employeeOut struct {
	Status int
	Body   struct {
		WorkerID       jaring.WorkerID       `json:"worker_id"`
		MembershipID   jaring.MembershipID   `json:"membership_id"`
		RegistrationNo jaring.RegistrationNo `json:"registration_no"`
		Outcome        string                `json:"outcome" enum:"accepted,review"`
		Known          bool                  `json:"known" doc:"was in the book before; the record stays one"`
		Findings       []Finding             `json:"findings,omitempty"`
	}
}

func (s *server) addEmployee(c *call, in *actOnOne) (*employeeOut, error) {
	var body wire.Employee
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	e, err := s.App.AddEmployee(c, c.actor, key, jaring.EmployerID(in.ID), app.EmployeeForm{Person: body.Person, Wage: body.Wage, Daily: body.Daily, Position: body.Position, From: body.From})
	if err != nil {
		return nil, err
	}
	return wireEmployed(c, e), nil
}

// wireEmployed is what became of adding an employee.
func wireEmployed(c *call, e *app.Employed) *employeeOut {
	kind := e.Outcome.Kind
	if kind == jaring.Same {
		kind = e.Outcome.First
	}
	out := &employeeOut{Status: http.StatusCreated}
	if kind == jaring.Review {
		out.Status = http.StatusAccepted
	}
	b := &out.Body
	b.WorkerID, b.MembershipID, b.RegistrationNo, b.Outcome, b.Known = e.Worker, e.Membership, e.RegistrationNo, string(kind), e.Known
	b.Findings = wireFindings(c.lang, e.Outcome.Findings)
	return out
}

// OfEmployer names somebody who works for an employer.
type OfEmployer struct {
	ByID
	Membership string `path:"membership_id" format:"uuid"`
	Acting
}

type leaveBody struct {
	To     jaring.Day `json:"to" format:"date" doc:"last day of work"`
	Reason string     `json:"reason"`
}

func (s *server) endEmployment(c *call, in *OfEmployer) (*employerOut, error) {
	var body leaveBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	if err := s.App.EndEmployment(c, c.actor, key, in.ID, jaring.MembershipID(in.Membership), body.To, body.Reason); err != nil {
		return nil, err
	}
	return s.getEmployer(c, &in.ByID)
}

type wagesBody struct {
	Month jaring.Month `json:"month"`
	Wages []wageLine   `json:"wages" maxItems:"2000"`
}

type wageLine struct {
	Membership jaring.MembershipID `json:"membership_id" format:"uuid"`
	Wage       jaring.Rupiah       `json:"wage"`
}

func (s *server) reportWages(c *call, in *actOnOne) (*employerOut, error) {
	var body wagesBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	wages := make([]app.Wage, len(body.Wages))
	for i, w := range body.Wages {
		wages[i] = app.Wage{Membership: w.Membership, Wage: w.Wage}
	}
	if err := s.App.ReportWages(c, c.actor, key, in.ID, body.Month, wages); err != nil {
		return nil, err
	}
	return s.getEmployer(c, &in.ByID)
}

type employmentsOut struct {
	Body struct {
		Items []employmentItem `json:"items"`
	}
}

type employmentItem struct {
	EmployerID jaring.EmployerID `json:"employer_id,omitempty" doc:"left out when the page is out of reach"`
	Name       string            `json:"name"`
	Position   string            `json:"position,omitempty"`
	From       jaring.Day        `json:"from" format:"date"`
	To         jaring.Day        `json:"to,omitzero" format:"date"`
}

func (s *server) findEmployments(c *call, in *ByID) (*employmentsOut, error) {
	found, err := s.App.FindEmployments(c, c.actor, jaring.WorkerID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &employmentsOut{}
	out.Body.Items = []employmentItem{}
	for _, e := range found {
		it := employmentItem{Name: e.Name, Position: e.Position, From: e.From, To: e.To}
		if e.Reached {
			it.EmployerID = e.Employer
		}
		out.Body.Items = append(out.Body.Items, it)
	}
	return out, nil
}
