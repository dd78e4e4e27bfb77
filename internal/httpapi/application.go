package httpapi

import (
	"time"

	"jaring/internal/app"
	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// emptyBody is the body of an act of which the address says all.
type emptyBody struct{}

type openOfficesOut struct {
	Body struct {
		Items []openOffice `json:"items"`
	}
}

type openOffice struct {
	OfficeID jaring.OfficeID `json:"office_id"`
	Name     string          `json:"name"`
	Kind     string          `json:"kind" enum:"branch,sub_branch"`
}

func (s *server) openOffices(c *call, _ *nothing) (*openOfficesOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicLook, c.remote); err != nil {
		return nil, err
	}
	offices, err := s.App.FindOpenOffices(c)
	if err != nil {
		return nil, err
	}
	out := &openOfficesOut{}
	out.Body.Items = []openOffice{}
	for _, o := range offices {
		out.Body.Items = append(out.Body.Items, openOffice{o.ID, o.Name, o.Kind})
	}
	return out, nil
}

type applicationBody struct {
	OfficeID       string        `json:"office_id" format:"uuid"`
	Name           string        `json:"name"`
	Phone          string        `json:"phone"`
	Village        string        `json:"village,omitempty" doc:"dotted code"`
	Background     string        `json:"background" enum:"rt_rw,community,association,union,academic,trader,other"`
	Prospects      int           `json:"prospects" doc:"workers already in view"`
	ProspectsWhere string        `json:"prospects_where,omitempty"`
	Consent        *wire.Consent `json:"consent"`
}

func (b applicationBody) domain() jaring.Application {
	f := jaring.Application{Office: jaring.OfficeID(b.OfficeID), Name: b.Name, Phone: b.Phone, Village: b.Village, Background: b.Background,
		Prospects: b.Prospects, ProspectsWhere: b.ProspectsWhere}
	if b.Consent != nil {
		f.Consent = jaring.Consent(*b.Consent)
	}
	return f
}

type applicationOut struct {
	Body struct {
		ApplicationNo string `json:"application_no"`
	}
}

// addApplication answers everybody alike: whether somebody applied before is not told.
func (s *server) addApplication(c *call, in *Acting) (*applicationOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicApply, c.remote); err != nil {
		return nil, err
	}
	key, err := operationKey("", in.Key)
	if err != nil {
		return nil, err
	}
	var body applicationBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	out := &applicationOut{}
	out.Body.ApplicationNo, err = s.App.AddApplication(c, key, body.domain())
	return out, err
}

type findApplicationsIn struct {
	State  string `query:"state" maxLength:"20"`
	Office string `query:"office" maxLength:"36"`
	Cursor string `query:"cursor" maxLength:"200"`
}

type applicationsOut struct {
	Body struct {
		Items      []applicationItem                 `json:"items"`
		Counts     map[jaring.ApplicationState]int64 `json:"counts"`
		NextCursor string                            `json:"next_cursor,omitempty"`
	}
}

type applicationItem struct {
	ApplicationID  jaring.ApplicationID `json:"application_id"`
	ApplicationNo  string               `json:"application_no"`
	Name           string               `json:"name"`
	Phone          string               `json:"phone"`
	Village        string               `json:"village,omitempty"`
	VillageName    string               `json:"village_name,omitempty"`
	Background     string               `json:"background"`
	Prospects      int                  `json:"prospects"`
	ProspectsWhere string               `json:"prospects_where"`
	State          string               `json:"state" enum:"received,presented,accepted,waiting_list,rejected,withdrawn"`
	Emptied        bool                 `json:"emptied,omitempty" doc:"the personal data is not kept any more"`
	Reason         string               `json:"reason,omitempty"`
	AppliedAt      time.Time            `json:"applied_at"`
	PresentedAt    time.Time            `json:"presented_at,omitzero"`
	OfficeID       jaring.OfficeID      `json:"office_id"`
	OfficeName     string               `json:"office_name"`
}

func (s *server) applicationItem(c *call, p *app.ApplicationRecord) applicationItem {
	return applicationItem{ApplicationID: p.ID, ApplicationNo: p.Number, Name: p.Name, Phone: p.Phone, Village: p.Village, VillageName: s.areaName(p.Village),
		Background: p.Background, Prospects: p.Prospects, ProspectsWhere: p.ProspectsWhere, State: string(p.State), Emptied: p.Name == "", Reason: p.Reason,
		AppliedAt: p.AppliedAt, PresentedAt: p.PresentedAt, OfficeID: p.Office, OfficeName: s.App.OfficeName(c, p.Office)}
}

// officeAsked reads the office of an address. Error: office.not_found.
func officeAsked(text string) (jaring.OfficeID, error) {
	if text != "" && !jaring.IsUUID(text) {
		return "", jaring.NewError(jaring.NotFound, "office.not_found")
	}
	return jaring.OfficeID(text), nil
}

func (s *server) findApplications(c *call, in *findApplicationsIn) (*applicationsOut, error) {
	office, err := officeAsked(in.Office)
	if err != nil {
		return nil, err
	}
	list, err := s.App.FindApplications(c, c.actor, jaring.ApplicationState(in.State), office, in.Cursor)
	if err != nil {
		return nil, err
	}
	out := &applicationsOut{}
	out.Body.Items, out.Body.Counts, out.Body.NextCursor = []applicationItem{}, list.Counts, list.Next
	for _, p := range list.Items {
		out.Body.Items = append(out.Body.Items, s.applicationItem(c, p))
	}
	return out, nil
}

type oneApplicationOut struct {
	Body applicationItem
}

func (s *server) oneApplication(c *call, id string) (*oneApplicationOut, error) {
	p, err := s.App.GetApplication(c, c.actor, jaring.ApplicationID(id))
	if err != nil {
		return nil, err
	}
	return &oneApplicationOut{s.applicationItem(c, p)}, nil
}

type actOnOne struct {
	ByID
	Acting
}

func (s *server) presentApplicant(c *call, in *actOnOne) (*oneApplicationOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	if err := wire.Decode(in.RawBody, &emptyBody{}); err != nil {
		return nil, err
	}
	if err := s.App.PresentApplicant(c, c.actor, key, jaring.ApplicationID(in.ID)); err != nil {
		return nil, err
	}
	return s.oneApplication(c, in.ID)
}

type applicationDecisionBody struct {
	Decision string `json:"decision" enum:"accepted,waiting_list,rejected"`
	Reason   string `json:"reason,omitempty" doc:"needed to turn somebody down"`
}

func (s *server) decideApplication(c *call, in *actOnOne) (*oneApplicationOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body applicationDecisionBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	if err := s.App.DecideApplication(c, c.actor, key, jaring.ApplicationID(in.ID), jaring.ApplicationState(body.Decision), body.Reason); err != nil {
		return nil, err
	}
	return s.oneApplication(c, in.ID)
}

func (s *server) withdrawApplication(c *call, in *actOnOne) (*oneApplicationOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body withdrawalBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	if err := s.App.WithdrawApplication(c, c.actor, key, jaring.ApplicationID(in.ID), body.Reason); err != nil {
		return nil, err
	}
	return s.oneApplication(c, in.ID)
}
