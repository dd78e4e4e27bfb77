package httpapi

import (
	"jaring/internal/app"
	"jaring/internal/auth"
	"jaring/internal/jaring"
)

// rescuePage is what somebody is asked to pay for somebody else: of the worker nothing but the given name.
type rescuePage struct {
	GivenName  string        `json:"given_name"`
	PayerKind  string        `json:"payer_kind" enum:"relative,group,sponsor"`
	PayerName  string        `json:"payer_name" doc:"in whose name the code is, short"`
	State      string        `json:"state" enum:"waiting,paid,closed"`
	FirstMonth jaring.Month  `json:"first_month"`
	LastMonth  jaring.Month  `json:"last_month"`
	Months     int           `json:"months"`
	Amount     jaring.Rupiah `json:"amount"`
	Code       string        `json:"code,omitempty" doc:"while it can be paid"`
	Until      jaring.Day    `json:"until,omitzero" format:"date" doc:"last day of what is paid now"`
	Office     string        `json:"office"`
	Fund       string        `json:"fund"`
	IfPaid     []ifPaid      `json:"if_paid,omitempty"`
}

type rescueMadeOut struct {
	Body struct {
		rescuePage
		Token   string `json:"token" doc:"the page is /bantu/TOKEN"`
		Address string `json:"address"`
	}
}

func (s *server) rescue(c *call, in *actOn) (*rescueMadeOut, error) {
	o, err := s.actOn(c, in, jaring.ActRescue, "worker_id", &rescueBody{}, 0)
	if err != nil {
		return nil, err
	}
	r, err := s.App.RescuedBy(c, o)
	if err != nil {
		return nil, err
	}
	out := &rescueMadeOut{}
	out.Body.rescuePage, out.Body.Token = s.rescuePage(c, r), r.Token
	out.Body.Address = s.address(c.request) + "/bantu/" + r.Token
	return out, nil
}

func (s *server) rescuePage(c *call, r *app.Rescue) rescuePage {
	p := r.Payment
	page := rescuePage{GivenName: r.GivenName, PayerKind: string(r.PayerKind), PayerName: r.Payer, State: r.State, FirstMonth: p.FirstMonth, LastMonth: p.LastMonth(),
		Months: p.Months, Amount: p.Amount, Until: r.Cover.Until, Office: r.Office, Fund: s.Fund}
	if r.State == "waiting" {
		page.Code = p.Code
		page.IfPaid = ifPaidOn(c.lang, "outlook.other.", r.GivenName, r.Standing, r.History, r.Today, p.Months, s.App.Cover)
	}
	return page
}

type rescueIn struct {
	Token string `path:"token" maxLength:"64"`
}

type rescuePageOut struct {
	Body rescuePage
}

func (s *server) getRescue(c *call, in *rescueIn) (*rescuePageOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicLook, c.remote); err != nil {
		return nil, err
	}
	r, err := s.App.GetRescue(c, in.Token)
	if err != nil {
		return nil, err
	}
	return &rescuePageOut{s.rescuePage(c, r)}, nil
}
