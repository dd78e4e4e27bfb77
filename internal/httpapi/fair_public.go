package httpapi

import (
	"time"

	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type publicFairOut struct {
	Body struct {
		Event         string        `json:"event"`
		PlaceName     string        `json:"place_name"`
		OpensAt       time.Time     `json:"opens_at"`
		ClosesAt      time.Time     `json:"closes_at"`
		Open          bool          `json:"open" doc:"one may apply for something"`
		Operator      string        `json:"operator" doc:"who asks"`
		NoticeVersion string        `json:"notice_version"`
		Items         []publicOffer `json:"items"`
	}
}

// publicOffer is an opening as anybody sees it.
type publicOffer struct {
	OpeningID    jaring.OpeningID `json:"opening_id"`
	EmployerName string           `json:"employer_name"`
	Position     string           `json:"position"`
	About        string           `json:"about,omitempty"`
	Seats        int              `json:"seats"`
	WageFrom     jaring.Rupiah    `json:"wage_from,omitempty"`
	WageTo       jaring.Rupiah    `json:"wage_to,omitempty"`
	AreaName     string           `json:"area_name,omitempty"`
	Requirements string           `json:"requirements,omitempty"`
	Welcome      []string         `json:"welcome"`
	Slots        []openingSlot    `json:"slots"`
	Open         bool             `json:"open"`
	ClosesAt     time.Time        `json:"closes_at"`
}

func (s *server) publicOffer(v *outreach.OpeningView) publicOffer {
	r := s.wireOpening(v)
	return publicOffer{r.OpeningID, r.EmployerName, r.Position, r.About, r.Seats, r.WageFrom, r.WageTo, r.AreaName, r.Requirements, r.Welcome, r.Slots, r.Open, r.ClosesAt}
}

func (s *server) publicFair(c *call, in *ByCode) (*publicFairOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicLook, c.remote); err != nil {
		return nil, err
	}
	f, err := s.App.GetPublicFair(c, in.Code)
	if err != nil {
		return nil, err
	}
	out := &publicFairOut{}
	b := &out.Body
	b.Event, b.PlaceName, b.OpensAt, b.ClosesAt, b.Open, b.Operator, b.NoticeVersion = f.Campaign.Name, f.PlaceName, f.Campaign.OpensAt, f.Campaign.ClosesAt, f.Open, s.Operator, NoticeVersion
	b.Items = make([]publicOffer, len(f.Openings))
	for i := range f.Openings {
		b.Items[i] = s.publicOffer(&f.Openings[i])
	}
	return out, nil
}

type joinBody struct {
	Name    string   `json:"name"`
	Phone   string   `json:"phone,omitempty"`
	Needs   []string `json:"needs,omitempty" doc:"wheelchair, sign, guide, seat, companion"`
	Consent bool     `json:"consent,omitempty"`
}

func (s *server) joinFair(c *call, in *signUpIn) (*signedUpOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicApply, c.remote); err != nil {
		return nil, err
	}
	var body joinBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	code, err := s.App.JoinFair(c, key, in.Code, jaring.ParticipantForm{Name: body.Name, Phone: body.Phone, Needs: body.Needs, Consent: body.Consent})
	if err != nil {
		return nil, err
	}
	out := &signedUpOut{}
	out.Body.Code, out.Body.Path = code.Text(), "/lamaran/"+string(code)
	return out, nil
}

type myApplicationsOut struct {
	Body struct {
		Name      string          `json:"name"`
		Event     string          `json:"event"`
		PlaceName string          `json:"place_name"`
		OpensAt   time.Time       `json:"opens_at"`
		ClosesAt  time.Time       `json:"closes_at"`
		FairPath  string          `json:"fair_path" doc:"of the page with all openings"`
		Items     []myApplication `json:"items"`
	}
}

// myApplication is an application as its own applicant sees it: of others, numbers alone.
type myApplication struct {
	OpeningID    jaring.OpeningID `json:"opening_id"`
	Position     string           `json:"position"`
	EmployerName string           `json:"employer_name"`
	State        string           `json:"state" enum:"applied,invited,interviewed,offered,hired,declined,withdrawn"`
	Number       int              `json:"number"`
	From         time.Time        `json:"from,omitzero" doc:"of the slot"`
	To           time.Time        `json:"to,omitzero"`
	SlotID       string           `json:"slot_id,omitempty"`
	Slots        []openingSlot    `json:"slots" doc:"from which one may choose another"`
	Called       bool             `json:"called" doc:"now"`
	Desk         string           `json:"desk,omitempty" doc:"where to come"`
	Now          int              `json:"now" doc:"called now in the same opening and slot; 0: nobody"`
	Ahead        int              `json:"ahead" doc:"wait before"`
}

func (s *server) myApplications(c *call, in *ByCode) (*myApplicationsOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicLook, c.remote); err != nil {
		return nil, err
	}
	return s.applicationsPage(c, in.Code)
}

func (s *server) applicationsPage(c *call, code string) (*myApplicationsOut, error) {
	a, err := s.App.GetApplications(c, code)
	if err != nil {
		return nil, err
	}
	out := &myApplicationsOut{}
	b := &out.Body
	b.Name, b.Event, b.PlaceName, b.OpensAt, b.ClosesAt, b.FairPath = a.Name, a.Campaign.Name, a.PlaceName, a.Campaign.OpensAt, a.Campaign.ClosesAt, fairPath(a.Page)
	b.Items = make([]myApplication, len(a.Items))
	for i, m := range a.Items {
		row := myApplication{OpeningID: m.Opening.ID, Position: m.Opening.Position, EmployerName: m.Opening.EmployerName, State: string(m.State), Number: m.Number, From: m.Slot.From, To: m.Slot.To,
			SlotID: m.Slot.ID, Slots: []openingSlot{}, Called: !m.CalledAt.IsZero(), Now: m.Now, Ahead: m.Ahead}
		if row.Desk = m.Slot.Desk; row.Called {
			row.Desk = m.Desk
		}
		for _, slot := range m.Opening.Slots {
			row.Slots = append(row.Slots, openingSlot{slot.ID, slot.From, slot.To, slot.Places, m.Taken[slot.ID], slot.Desk})
		}
		b.Items[i] = row
	}
	return out, nil
}

type myApplicationBody struct {
	OpeningID string `json:"opening_id" format:"uuid"`
	Act       string `json:"act,omitempty" enum:"apply,withdrawn,slot" doc:"apply when left out"`
	SlotID    string `json:"slot_id,omitempty"`
}

func (s *server) applyByTicket(c *call, in *signUpIn) (*myApplicationsOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicApply, c.remote); err != nil {
		return nil, err
	}
	var body myApplicationBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	opening := jaring.OpeningID(body.OpeningID)
	if body.Act == "" || body.Act == "apply" {
		err = s.App.ApplyByTicket(c, key, in.Code, opening, body.SlotID)
	} else {
		err = s.App.MoveByTicket(c, key, in.Code, outreach.Step{Opening: opening, Act: jaring.ApplicantAct(body.Act), Slot: body.SlotID})
	}
	if err != nil {
		return nil, err
	}
	return s.applicationsPage(c, in.Code)
}

type deskOut struct {
	Body struct {
		Event      string         `json:"event"`
		PlaceName  string         `json:"place_name"`
		Employer   string         `json:"employer"`
		OpensAt    time.Time      `json:"opens_at"`
		ClosesAt   time.Time      `json:"closes_at"`
		Items      []openingRow   `json:"items"`
		Applicants []applicantRow `json:"applicants"`
	}
}

func (s *server) employerDesk(c *call, in *ByCode) (*deskOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicLook, c.remote); err != nil {
		return nil, err
	}
	return s.deskPage(c, in.Code)
}

func (s *server) deskPage(c *call, code string) (*deskOut, error) {
	d, err := s.App.GetDesk(c, code)
	if err != nil {
		return nil, err
	}
	out := &deskOut{}
	b := &out.Body
	b.Event, b.PlaceName, b.Employer, b.OpensAt, b.ClosesAt = d.Campaign.Name, d.PlaceName, d.Employer, d.Campaign.OpensAt, d.Campaign.ClosesAt
	b.Items, b.Applicants = make([]openingRow, len(d.Openings)), wireApplicants(d.People)
	for i := range d.Openings {
		b.Items[i] = s.wireOpening(&d.Openings[i])
	}
	return out, nil
}

func (s *server) actOnDesk(c *call, in *signUpIn) (*deskOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicLook, c.remote); err != nil {
		return nil, err
	}
	var body stepBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	if err := s.App.MoveByDesk(c, key, in.Code, body.step()); err != nil {
		return nil, err
	}
	return s.deskPage(c, in.Code)
}
