package httpapi

import (
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/sheet"
	"jaring/internal/sponsor"
)

type sponsoredIn struct {
	AgreementOf
	Q      string `query:"q" maxLength:"100" doc:"part of a name, or a registration number"`
	Cursor string `query:"cursor" maxLength:"400"`
}

type sponsoredOut struct {
	Body struct {
		Items      []sponsoredItem `json:"items"`
		NextCursor string          `json:"next_cursor,omitempty"`
	}
}

type sponsoredItem struct {
	WorkerID       jaring.WorkerID       `json:"worker_id"`
	RegistrationNo jaring.RegistrationNo `json:"registration_no"`
	Name           string                `json:"name"`
	Village        string                `json:"village"`
	Standing       jaring.Standing       `json:"standing"`
	From           jaring.Month          `json:"from"`
	To             jaring.Month          `json:"to"`
	Amount         jaring.Rupiah         `json:"amount"`
	State          string                `json:"state" enum:"waiting,covered,returned"`
}

func (s *server) findSponsored(c *call, in *sponsoredIn) (*sponsoredOut, error) {
	list, next, err := s.App.FindSponsored(c, c.actor, in.ID, strings.ToLower(in.Agreement), in.Q, in.Cursor)
	if err != nil {
		return nil, err
	}
	out := &sponsoredOut{}
	out.Body.Items, out.Body.NextCursor = []sponsoredItem{}, next
	for _, p := range list {
		out.Body.Items = append(out.Body.Items, sponsoredItem{p.Worker, p.RegistrationNo, p.Name, s.areaName(p.Area), p.Standing, p.First, p.First.Add(p.Months - 1), p.Amount, p.State})
	}
	return out, nil
}

// departureItem is somebody who drops out, with who takes the place.
type departureItem struct {
	DepartureID    string                `json:"departure_id"`
	WorkerID       jaring.WorkerID       `json:"worker_id"`
	RegistrationNo jaring.RegistrationNo `json:"registration_no"`
	Name           string                `json:"name"`
	Why            string                `json:"why" enum:"died,moved,employed,other"`
	Note           string                `json:"note,omitempty"`
	From           jaring.Month          `json:"from" doc:"the first month that is free"`
	Months         int                   `json:"months" doc:"that are left"`
	Freed          jaring.Rupiah         `json:"freed" doc:"what they cost"`
	State          string                `json:"state" enum:"proposed,left,cancelled"`
	MadeAt         time.Time             `json:"made_at"`
	MadeBy         []string              `json:"made_by"`
	ApprovedBy     string                `json:"approved_by,omitempty"`
	ApprovedAt     time.Time             `json:"approved_at,omitzero"`
	Heir           *heirItem             `json:"heir,omitempty"`
	MayApprove     bool                  `json:"may_approve"`
	WhyNot         string                `json:"why_not,omitempty"`
}

type heirItem struct {
	State          string                `json:"state" enum:"proposed,filled"`
	WorkerID       jaring.WorkerID       `json:"worker_id,omitempty"`
	RegistrationNo jaring.RegistrationNo `json:"registration_no,omitempty"`
	Name           string                `json:"name"`
	From           jaring.Month          `json:"from"`
	Months         int                   `json:"months"`
	Amount         jaring.Rupiah         `json:"amount"`
	Difference     jaring.Rupiah         `json:"difference" doc:"what is left of the freed months; below nothing, what is missing"`
}

type departuresOut struct {
	Body struct {
		Items  []departureItem `json:"items" doc:"the newest first"`
		Credit jaring.Rupiah   `json:"credit" doc:"of the sponsor: given back, pays for whoever comes instead"`
	}
}

func (s *server) findDepartures(c *call, in *AgreementOf) (*departuresOut, error) {
	list, err := s.App.FindDepartures(c, c.actor, in.ID, strings.ToLower(in.Agreement))
	if err != nil {
		return nil, err
	}
	out := &departuresOut{}
	out.Body.Items, out.Body.Credit = []departureItem{}, list.Credit
	for _, d := range list.Items {
		out.Body.Items = append(out.Body.Items, wireDeparture(c, d))
	}
	return out, nil
}

func wireDeparture(c *call, d *sponsor.Departure) departureItem {
	it := departureItem{DepartureID: d.ID, WorkerID: d.Worker, Why: string(d.Why), Note: d.Note, From: d.From, Months: d.Months, Freed: d.Freed, State: d.State, MadeAt: d.MadeAt,
		MadeBy: d.HandNames, ApprovedBy: d.ApproverName, ApprovedAt: d.ApprovedAt, MayApprove: d.MayApprove == nil}
	if it.MadeBy == nil {
		it.MadeBy = []string{}
	}
	if d.Person != nil {
		it.Name, it.RegistrationNo = d.Person.Name, d.Person.RegistrationNo
	}
	if h := d.Heir; h.State != "" {
		it.Heir = &heirItem{h.State, h.Worker, d.HeirNo, d.HeirName, h.First, h.Months, h.Amount, d.Difference()}
	}
	if d.MayApprove != nil && jaring.KeyOf(d.MayApprove) != "departure.nothing" {
		it.WhyNot = problem(c.lang, "", d.MayApprove).Detail
	}
	return it
}

type dropOutBody struct {
	WorkerID string       `json:"worker_id" format:"uuid"`
	Why      string       `json:"why" enum:"died,moved,employed,other"`
	From     jaring.Month `json:"from" doc:"the first month that is free: next month at the earliest"`
	Note     string       `json:"note,omitempty"`
}

type actUnderAgreement struct {
	AgreementOf
	Acting
}

func (s *server) proposeLeave(c *call, in *actUnderAgreement) (*departuresOut, error) {
	var body dropOutBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	form := jaring.Leave{Worker: jaring.WorkerID(strings.ToLower(body.WorkerID)), Why: jaring.LeaveWhy(body.Why), From: body.From, Note: body.Note}
	if _, err := s.App.ProposeLeave(c, c.actor, key, in.ID, strings.ToLower(in.Agreement), form); err != nil {
		return nil, err
	}
	return s.findDepartures(c, &in.AgreementOf)
}

// DepartureOf names somebody who drops out.
type DepartureOf struct {
	AgreementOf
	Departure string `path:"departure_id" format:"uuid"`
}

type actOnDeparture struct {
	DepartureOf
	Acting
}

func (s *server) approveLeave(c *call, in *actOnDeparture) (*departuresOut, error) {
	key, err := s.said(c, &in.Acting, &emptyBody{})
	if err != nil {
		return nil, err
	}
	if err := s.App.ApproveLeave(c, c.actor, key, in.ID, strings.ToLower(in.Agreement), strings.ToLower(in.Departure)); err != nil {
		return nil, err
	}
	return s.findDepartures(c, &in.AgreementOf)
}

func (s *server) cancelLeave(c *call, in *actOnDeparture) (*departuresOut, error) {
	key, err := s.said(c, &in.Acting, &emptyBody{})
	if err != nil {
		return nil, err
	}
	if err := s.App.CancelLeave(c, c.actor, key, in.ID, strings.ToLower(in.Agreement), strings.ToLower(in.Departure)); err != nil {
		return nil, err
	}
	return s.findDepartures(c, &in.AgreementOf)
}

type heirBody struct {
	NIK        string `json:"nik"`
	Name       string `json:"name"`
	BirthDate  string `json:"birth_date" doc:"as a list may write it"`
	Sex        string `json:"sex,omitempty"`
	Village    string `json:"village,omitempty" doc:"name or dotted code"`
	Occupation string `json:"occupation"`
	Income     string `json:"monthly_income,omitempty"`
	MotherName string `json:"mother_name,omitempty"`
}

type heirsOut struct {
	Body struct {
		Items []heirRow `json:"items" doc:"row by row"`
	}
}

type heirRow struct {
	Row         int             `json:"row"`
	Verdict     string          `json:"verdict" enum:"pass,warn,hold,reject"`
	DepartureID string          `json:"departure_id,omitempty" doc:"whose place is proposed; left out when the row does not come along"`
	Findings    []rosterFinding `json:"findings"`
}

func heirRows(c *call, rows []sponsor.HeirRow) *heirsOut {
	out := &heirsOut{}
	out.Body.Items = []heirRow{}
	for _, r := range rows {
		it := heirRow{r.Row, r.Verdict.String(), r.Departure, []rosterFinding{}}
		for _, f := range r.Findings {
			said := sheet.Say(c.lang, f)
			it.Findings = append(it.Findings, rosterFinding{Row: said.Row, Field: said.Field, Verdict: said.Verdict.String(), Code: said.Code, Message: said.Message,
				Suggestion: said.Suggestion, Mendable: said.Mendable})
		}
		out.Body.Items = append(out.Body.Items, it)
	}
	return out
}

func (s *server) proposeHeir(c *call, in *actOnDeparture) (*heirsOut, error) {
	var body heirBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	form := sponsor.HeirForm{NIK: body.NIK, Name: body.Name, BirthDate: body.BirthDate, Sex: body.Sex, Village: body.Village, Occupation: body.Occupation, Income: body.Income, Mother: body.MotherName}
	rows, err := s.App.ProposeHeir(c, c.actor, key, in.ID, strings.ToLower(in.Agreement), strings.ToLower(in.Departure), form)
	if err != nil {
		return nil, err
	}
	return heirRows(c, rows), nil
}

type heirsIn struct {
	AgreementOf
	Key     string `header:"Idempotency-Key" doc:"a UUID in quotes, made once for the act: sending it again gives the first answer again"`
	Name    string `query:"name" maxLength:"120" doc:"the name of the file"`
	RawBody []byte `contentType:"application/octet-stream"`
}

func (s *server) proposeHeirs(c *call, in *heirsIn) (*heirsOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	rows, err := s.App.ProposeHeirs(c, c.actor, key, in.ID, strings.ToLower(in.Agreement), in.RawBody)
	if err != nil {
		return nil, err
	}
	return heirRows(c, rows), nil
}
