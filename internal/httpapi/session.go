package httpapi

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"jaring/internal/app"
	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type logInBody struct {
	Login    string `json:"login"`
	Password string `json:"password"`
}

type sessionOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      sessionBody
}

type sessionBody struct {
	Account struct {
		AccountID jaring.AccountID `json:"account_id"`
		Name      string           `json:"name"`
		Role      string           `json:"role"`
	} `json:"account"`
	Office struct {
		OfficeID jaring.OfficeID `json:"office_id"`
		Name     string          `json:"name"`
		Kind     string          `json:"kind"`
		Zone     string          `json:"zone"`
	} `json:"office"`
	May           []string   `json:"may" doc:"acts that the role may do within its reach"`
	Demo          bool       `json:"demo"`
	FundName      string     `json:"fund_name"`
	NoticeVersion string     `json:"notice_version"`
	Today         jaring.Day `json:"today"`
	ExpiresAt     time.Time  `json:"expires_at"`
}

func (s *server) logIn(c *call, in *bodyOnly) (*sessionOut, error) {
	var body logInBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	token, session, err := s.Auth.LogIn(c, body.Login, body.Password, c.remote)
	if err != nil {
		return nil, err
	}
	return &sessionOut{SetCookie: s.cookie(token, session.ExpiresAt), Body: s.sessionBody(session)}, nil
}

func (s *server) cookie(token string, expires time.Time) http.Cookie {
	return http.Cookie{Name: cookieName, Value: token, Path: "/api", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.Secure, Expires: expires}
}

func (s *server) sessionBody(session auth.Session) sessionBody {
	b := sessionBody{Demo: s.Demo, FundName: s.Fund, NoticeVersion: NoticeVersion, ExpiresAt: session.ExpiresAt, May: []string{}}
	b.Account.AccountID, b.Account.Name, b.Account.Role = session.Account, session.Name, string(session.Role)
	b.Office.OfficeID, b.Office.Name, b.Office.Kind, b.Office.Zone = session.Office, session.OfficeName, session.OfficeKind, session.Zone
	b.Today = jaring.DayIn(s.Now(), app.Zone(session.Zone))
	actor := jaring.Actor{Role: session.Role}
	for _, act := range jaring.Acts() {
		if actor.Can(act) {
			b.May = append(b.May, string(act))
		}
	}
	slices.Sort(b.May)
	return b
}

type nothing struct{}

type getSessionOut struct {
	Body sessionBody
}

func (s *server) getSession(c *call, _ *nothing) (*getSessionOut, error) {
	return &getSessionOut{s.sessionBody(c.session)}, nil
}

type cookieOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

func (s *server) logOut(c *call, _ *nothing) (*cookieOut, error) {
	if c.token != "" {
		if err := s.Auth.LogOut(c, c.token); err != nil && jaring.CodeOf(err) != jaring.Unauthenticated {
			return nil, err
		}
	}
	gone := s.cookie("", time.Unix(1, 0))
	gone.MaxAge = -1
	return &cookieOut{gone}, nil
}

type passwordBody struct {
	Current string `json:"current"`
	Next    string `json:"next"`
}

func (s *server) changePassword(c *call, in *bodyOnly) (*cookieOut, error) {
	var body passwordBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	if err := s.Auth.ChangePassword(c, c.actor, body.Current, body.Next); err != nil {
		var rule *jaring.Error
		if errors.As(err, &rule) && rule.Field == "password" {
			return nil, rule.At("next")
		}
		return nil, err
	}
	gone := s.cookie("", time.Unix(1, 0))
	gone.MaxAge = -1
	return &cookieOut{gone}, nil
}

type aboutOut struct {
	Body struct {
		FundName      string     `json:"fund_name"`
		Operator      string     `json:"operator,omitempty"`
		Demo          bool       `json:"demo"`
		Version       string     `json:"version"`
		NoticeVersion string     `json:"notice_version"`
		Today         jaring.Day `json:"today"`
	}
}

func (s *server) about(*call, *nothing) (*aboutOut, error) {
	out := &aboutOut{}
	out.Body.FundName, out.Body.Operator, out.Body.Demo, out.Body.Version = s.Fund, s.Operator, s.Demo, s.Version
	out.Body.NoticeVersion, out.Body.Today = NoticeVersion, jaring.DayIn(s.Now(), app.Zone(""))
	return out, nil
}
