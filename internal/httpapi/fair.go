package httpapi

import (
	"time"

	"jaring/internal/app"
	"jaring/internal/document"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/outreach"
	"jaring/internal/wire"
)

type fairOut struct {
	Body struct {
		CampaignID jaring.CampaignID `json:"campaign_id"`
		Name       string            `json:"name"`
		State      string            `json:"state" enum:"planned,open,paused,closed,sealed,cancelled"`
		OpensAt    time.Time         `json:"opens_at"`
		ClosesAt   time.Time         `json:"closes_at"`
		AsOf       time.Time         `json:"as_of"`
		PagePath   string            `json:"page_path,omitempty" doc:"of the page where people apply on their own phones"`
		Items      []openingRow      `json:"items"`
		Count      fairCount         `json:"count"`
		MayManage  bool              `json:"may_manage"`
		MayHire    bool              `json:"may_hire"`
	}
}

// fairCount is what a fair came to. Those hired are counted from registrations.
type fairCount struct {
	Openings     int `json:"openings"`
	Seats        int `json:"seats"`
	Employers    int `json:"employers"`
	Applicants   int `json:"applicants" doc:"people"`
	Applications int `json:"applications"`
	Interviewed  int `json:"interviewed" doc:"applications"`
	Offered      int `json:"offered"`
	Hired        int `json:"hired" doc:"people"`
	Registered   int `json:"registered" doc:"of them, whose registration counts"`
	Protected    int `json:"protected" doc:"of them, today"`
}

type openingRow struct {
	OpeningID    jaring.OpeningID  `json:"opening_id"`
	EmployerID   jaring.EmployerID `json:"employer_id,omitempty" doc:"left out while the employer is not registered"`
	EmployerName string            `json:"employer_name"`
	StandID      jaring.StandID    `json:"stand_id,omitempty"`
	Position     string            `json:"position"`
	About        string            `json:"about,omitempty"`
	Seats        int               `json:"seats"`
	WageFrom     jaring.Rupiah     `json:"wage_from,omitempty" doc:"a month; left out: not told"`
	WageTo       jaring.Rupiah     `json:"wage_to,omitempty"`
	Area         string            `json:"area,omitempty"`
	AreaName     string            `json:"area_name,omitempty"`
	Requirements string            `json:"requirements,omitempty"`
	Welcome      []string          `json:"welcome" doc:"physical, intellectual, mental, sensory"`
	Slots        []openingSlot     `json:"slots"`
	ClosesAt     time.Time         `json:"closes_at"`
	Open         bool              `json:"open" doc:"one may apply"`
	Closed       bool              `json:"closed" doc:"before its time"`
	Version      int64             `json:"version"`
	States       map[string]int    `json:"states" doc:"applications by state"`
	Called       []int             `json:"called" doc:"numbers that are called now"`
	DeskPath     string            `json:"desk_path,omitempty" doc:"of the page of the employer's desk; whoever has it calls applicants"`
}

type openingSlot struct {
	SlotID string    `json:"slot_id"`
	From   time.Time `json:"from"`
	To     time.Time `json:"to"`
	Places int       `json:"places"`
	Taken  int       `json:"taken"`
	Desk   string    `json:"desk,omitempty"`
}

func (s *server) wireOpening(v *outreach.OpeningView) openingRow {
	row := openingRow{OpeningID: v.ID, EmployerID: v.Employer, EmployerName: v.EmployerName, StandID: v.Stand, Position: v.Position, About: v.About, Seats: v.Seats, WageFrom: v.WageFrom, WageTo: v.WageTo,
		Area: v.Area, Requirements: v.Requirements, Welcome: []string{}, Slots: []openingSlot{}, ClosesAt: v.ClosesAt, Open: v.Opening.Open(s.Now()), Closed: !v.ClosedAt.IsZero(), Version: v.Version,
		States: map[string]int{}, Called: append([]int{}, v.Called...)}
	if v.Area != "" {
		row.AreaName = s.areaName(v.Area)
	}
	for _, w := range v.Welcome {
		row.Welcome = append(row.Welcome, string(w))
	}
	for _, slot := range v.Slots {
		row.Slots = append(row.Slots, openingSlot{slot.ID, slot.From, slot.To, slot.Places, v.Taken[slot.ID], slot.Desk})
	}
	for _, state := range jaring.ApplicantStates {
		row.States[string(state)] = v.States[state]
	}
	if v.Desk != "" {
		row.DeskPath = "/meja/" + string(v.Desk)
	}
	return row
}

func (s *server) getFair(c *call, in *ByID) (*fairOut, error) {
	return s.fairPage(c, jaring.CampaignID(in.ID))
}

func (s *server) fairPage(c *call, id jaring.CampaignID) (*fairOut, error) {
	f, err := s.App.GetFair(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	out := &fairOut{}
	b := &out.Body
	b.CampaignID, b.Name, b.State, b.OpensAt, b.ClosesAt, b.AsOf = f.Campaign.ID, f.Campaign.Name, string(f.Campaign.State), f.Campaign.OpensAt, f.Campaign.ClosesAt, s.Now().UTC()
	b.Items, b.Count, b.MayManage, b.MayHire = make([]openingRow, len(f.Openings)), fairCount(f.Count), f.MayManage, f.MayHire
	if f.Page != "" {
		b.PagePath = fairPath(f.Page)
	}
	for i := range f.Openings {
		b.Items[i] = s.wireOpening(&f.Openings[i])
	}
	return out, nil
}

func fairPath(code jaring.TicketCode) string { return "/bursa/" + string(code) }

type openingBody struct {
	OpeningID    string        `json:"opening_id,omitempty" format:"uuid" doc:"left out: a new one"`
	Version      int64         `json:"version,omitempty" doc:"that was seen"`
	EmployerID   string        `json:"employer_id,omitempty" format:"uuid"`
	EmployerName string        `json:"employer_name,omitempty" doc:"of one that is not registered"`
	StandID      string        `json:"stand_id,omitempty" format:"uuid"`
	Position     string        `json:"position"`
	About        string        `json:"about,omitempty"`
	Seats        int           `json:"seats"`
	WageFrom     jaring.Rupiah `json:"wage_from,omitempty"`
	WageTo       jaring.Rupiah `json:"wage_to,omitempty"`
	Area         string        `json:"area,omitempty"`
	Requirements string        `json:"requirements,omitempty"`
	Welcome      []string      `json:"welcome,omitempty"`
	Slots        []slotBody    `json:"slots,omitempty"`
	ClosesAt     time.Time     `json:"closes_at,omitzero" doc:"left out: with the fair"`
	Closed       bool          `json:"closed,omitempty"`
}

type slotBody struct {
	SlotID string    `json:"slot_id,omitempty" format:"uuid" doc:"left out: a new one"`
	From   time.Time `json:"from"`
	To     time.Time `json:"to"`
	Places int       `json:"places"`
	Desk   string    `json:"desk,omitempty"`
}

func (b *openingBody) form() outreach.OpeningForm {
	f := outreach.OpeningForm{Closed: b.Closed, Opening: jaring.Opening{ID: jaring.OpeningID(b.OpeningID), Version: b.Version, Employer: jaring.EmployerID(b.EmployerID), EmployerName: b.EmployerName,
		Stand: jaring.StandID(b.StandID), Position: b.Position, About: b.About, Seats: b.Seats, WageFrom: b.WageFrom, WageTo: b.WageTo, Area: b.Area, Requirements: b.Requirements, ClosesAt: b.ClosesAt}}
	for _, w := range b.Welcome {
		f.Welcome = append(f.Welcome, jaring.Disability(w))
	}
	for _, slot := range b.Slots {
		f.Slots = append(f.Slots, jaring.Slot{ID: slot.SlotID, From: slot.From, To: slot.To, Places: slot.Places, Desk: slot.Desk})
	}
	return f
}

func (s *server) setOpening(c *call, in *actOn) (*fairOut, error) {
	var body openingBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	id := jaring.CampaignID(in.ID)
	if _, err := s.App.SetOpening(c, c.actor, key, id, body.form()); err != nil {
		return nil, err
	}
	return s.fairPage(c, id)
}

// OfOpening names an opening of a fair.
type OfOpening struct {
	ByID
	Opening string `path:"opening_id" maxLength:"36"`
	Acting
}

type openingEmployerBody struct {
	EmployerID string         `json:"employer_id,omitempty" format:"uuid" doc:"one that is registered"`
	Employer   *wire.Employer `json:"employer,omitempty" doc:"one that is registered now, as found at this fair"`
}

func (s *server) setOpeningEmployer(c *call, in *OfOpening) (*fairOut, error) {
	var body openingEmployerBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	id := jaring.CampaignID(in.ID)
	var form *jaring.EmployerForm
	if body.Employer != nil {
		domain := body.Employer.Domain()
		form = &domain
	}
	if _, err := s.App.SetOpeningEmployer(c, c.actor, key, id, jaring.OpeningID(in.Opening), jaring.EmployerID(body.EmployerID), form); err != nil {
		return nil, err
	}
	return s.fairPage(c, id)
}

type applicantRow struct {
	OpeningID     jaring.OpeningID     `json:"opening_id"`
	ParticipantID jaring.ParticipantID `json:"participant_id"`
	Name          string               `json:"name"`
	Phone         string               `json:"phone,omitempty" doc:"for who manages the fair; an employer's desk sees it once there is an offer"`
	Needs         []string             `json:"needs"`
	State         string               `json:"state" enum:"applied,invited,interviewed,offered,hired,declined,withdrawn"`
	SlotID        string               `json:"slot_id,omitempty"`
	Number        int                  `json:"number"`
	Called        bool                 `json:"called" doc:"now"`
	Desk          string               `json:"desk,omitempty"`
	Note          string               `json:"note,omitempty"`
	AppliedAt     time.Time            `json:"applied_at"`
	CalledAt      time.Time            `json:"called_at,omitzero"`
	WorkerID      jaring.WorkerID      `json:"worker_id,omitempty" doc:"whom a registration made of the applicant"`
	EmployerID    jaring.EmployerID    `json:"employer_id,omitempty"`
}

func wireApplicants(rows []outreach.ApplicantRow) []applicantRow {
	out := make([]applicantRow, len(rows))
	for i, a := range rows {
		out[i] = applicantRow{a.Opening, a.Participant, a.Name, a.Phone, needWords(a.Needs), string(a.State), a.Slot, a.Number, !a.CalledAt.IsZero(), a.Desk, a.Note, a.AppliedAt, a.CalledAt, a.Worker, a.Employer}
	}
	return out
}

type applicantsIn struct {
	ByID
	Opening string `query:"opening" maxLength:"36"`
	State   string `query:"state" enum:"applied,invited,interviewed,offered,hired,declined,withdrawn"`
	Q       string `query:"q" maxLength:"100" doc:"part of a name"`
}

type applicantsOut struct {
	Body struct {
		Items []applicantRow       `json:"items" doc:"in the order of numbers"`
		Added jaring.ParticipantID `json:"added,omitempty" doc:"who applied now"`
	}
}

func (s *server) findApplicants(c *call, in *applicantsIn) (*applicantsOut, error) {
	return s.applicantsPage(c, jaring.CampaignID(in.ID), outreach.ApplicantFilter{Opening: jaring.OpeningID(in.Opening), State: jaring.ApplicantState(in.State), Text: in.Q})
}

func (s *server) applicantsPage(c *call, id jaring.CampaignID, f outreach.ApplicantFilter) (*applicantsOut, error) {
	rows, err := s.App.FindApplicants(c, c.actor, id, f)
	if err != nil {
		return nil, err
	}
	out := &applicantsOut{}
	out.Body.Items = wireApplicants(rows)
	return out, nil
}

type applyBody struct {
	OpeningID string           `json:"opening_id" format:"uuid"`
	SlotID    string           `json:"slot_id,omitempty" doc:"left out: the first one with a place"`
	Ticket    string           `json:"ticket,omitempty" doc:"code of who applies"`
	Person    *participantBody `json:"person,omitempty" doc:"who has no ticket yet and gets one"`
}

func (s *server) addApplicant(c *call, in *actOn) (*applicantsOut, error) {
	var body applyBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	id, a := jaring.CampaignID(in.ID), outreach.Application{Opening: jaring.OpeningID(body.OpeningID), Slot: body.SlotID, Ticket: body.Ticket}
	if body.Person != nil {
		form := jaring.ParticipantForm(*body.Person)
		a.Person = &form
	}
	who, err := s.App.AddApplicant(c, c.actor, key, id, a)
	if err != nil {
		return nil, err
	}
	out, err := s.applicantsPage(c, id, outreach.ApplicantFilter{Opening: a.Opening})
	if err == nil {
		out.Body.Added = who
	}
	return out, err
}

type stepBody struct {
	OpeningID     string `json:"opening_id" format:"uuid"`
	ParticipantID string `json:"participant_id,omitempty" format:"uuid" doc:"left out with call: the next one who waits"`
	Act           string `json:"act" enum:"invite,call,no_show,interviewed,offered,declined,withdrawn,note,slot"`
	Desk          string `json:"desk,omitempty" doc:"where a called one is to come"`
	Note          string `json:"note,omitempty"`
	SlotID        string `json:"slot_id,omitempty" doc:"with slot: the other one"`
}

func (b *stepBody) step() outreach.Step {
	return outreach.Step{Opening: jaring.OpeningID(b.OpeningID), Who: jaring.ParticipantID(b.ParticipantID), Act: jaring.ApplicantAct(b.Act), Desk: b.Desk, Note: b.Note, Slot: b.SlotID}
}

func (s *server) moveApplicant(c *call, in *actOn) (*applicantsOut, error) {
	var body stepBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	id := jaring.CampaignID(in.ID)
	if err := s.App.MoveApplicant(c, c.actor, key, id, body.step()); err != nil {
		return nil, err
	}
	return s.applicantsPage(c, id, outreach.ApplicantFilter{Opening: jaring.OpeningID(body.OpeningID)})
}

// OfApplicant names an application: who wants the work of an opening.
type OfApplicant struct {
	ByID
	Opening     string `path:"opening_id" maxLength:"36"`
	Participant string `path:"participant_id" maxLength:"36"`
	Acting
}

func (s *server) hireApplicant(c *call, in *OfApplicant) (*employeeOut, error) {
	var body wire.Employee
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	e, err := s.App.HireApplicant(c, c.actor, key, jaring.CampaignID(in.ID), jaring.OpeningID(in.Opening), jaring.ParticipantID(in.Participant),
		app.EmployeeForm{Person: body.Person, Wage: body.Wage, Daily: body.Daily, Position: body.Position, From: body.From})
	if err != nil {
		return nil, err
	}
	return wireEmployed(c, e), nil
}

// openingNames are what a kept list of openings is called.
var openingNames = map[i18n.Lang]string{i18n.ID: "lowongan", i18n.EN: "openings"}

// openingsDocument is the list of openings for a wall.
func (s *server) openingsDocument(c *call, in *ByID) (*documentOut, error) {
	f, err := s.App.GetFair(c, c.actor, jaring.CampaignID(in.ID))
	if err != nil {
		return nil, err
	}
	v, err := s.App.GetCampaign(c, c.actor, f.Campaign.ID)
	if err != nil {
		return nil, err
	}
	zone := app.Zone(c.actor.Zone)
	sheet := document.FairSheet{Event: f.Campaign.Name, Place: v.PlaceName, Day: jaring.DayIn(f.Campaign.OpensAt, zone)}
	if f.Page != "" {
		sheet.Address = s.address(c.request) + fairPath(f.Page)
	}
	for _, o := range f.Openings {
		if !o.ClosedAt.IsZero() {
			continue
		}
		row := document.FairRow{Position: o.Position, Employer: o.EmployerName, WageFrom: o.WageFrom, WageTo: o.WageTo, Seats: o.Seats, Welcome: o.Welcome}
		if o.Area != "" {
			row.Area = s.areaName(o.Area)
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	return pdf(document.FairOpenings(sheet, c.lang, s.Now().In(zone)), openingNames[c.lang])
}
