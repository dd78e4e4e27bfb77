package httpapi

import (
	"encoding/base64"
	"net/http"
	"time"

	"jaring/internal/app"
	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// ByNumber is the number of a certificate in an address.
type ByNumber struct {
	Number string `path:"number" maxLength:"40"`
}

type checkIn struct {
	ByNumber
	Code string `query:"code" maxLength:"12" doc:"the six digits that the agent's phone shows this minute"`
}

type checkOut struct {
	Body struct {
		Number     string         `json:"number"`
		Name       string         `json:"name"`
		HasPhoto   bool           `json:"has_photo"`
		Office     string         `json:"office"`
		Powers     []jaring.Power `json:"powers"`
		From       jaring.Day     `json:"from" format:"date"`
		Until      jaring.Day     `json:"until" format:"date"`
		State      string         `json:"state" enum:"valid,suspended,revoked,expired,not_begun"`
		Today      todayMay       `json:"today"`
		TodayDate  jaring.Day     `json:"today_date" format:"date"`
		Code       string         `json:"code,omitempty" enum:"right,wrong,old"`
		ReplacedBy string         `json:"replaced_by,omitempty" doc:"number of the agent's newer certificate, which is valid today"`
		FundName   string         `json:"fund_name"`
	}
}

type todayMay struct {
	May    []jaring.Power `json:"may"`
	MayNot []jaring.Power `json:"may_not"`
}

// checkCertificate is what a badge leads to: it says nothing but what is printed on it and
// what it is worth today.
func (s *server) checkCertificate(c *call, in *checkIn) (*checkOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicLook, c.remote); err != nil {
		return nil, err
	}
	number, err := jaring.ParseCertificateNo(in.Number)
	if err != nil {
		return nil, err
	}
	if in.Code != "" {
		if err := s.Auth.AllowCode(number, c.remote); err != nil {
			return nil, err
		}
	}
	v, err := s.App.CheckCertificate(c, number, in.Code)
	if err != nil {
		return nil, err
	}
	out := &checkOut{}
	b := &out.Body
	b.Number, b.Name, b.HasPhoto, b.Office, b.Powers = v.Number, v.Name, v.HasPhoto, v.OfficeName, v.Powers
	b.From, b.Until, b.State, b.TodayDate = v.From, v.Until, string(v.StateToday), v.Today
	b.Today, b.Code, b.ReplacedBy, b.FundName = todayMay{v.May, v.MayNot}, string(v.Code), v.ReplacedBy, s.Fund
	return out, nil
}

type pictureOut struct {
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	Body         []byte
}

func (s *server) certificatePhoto(c *call, in *ByNumber) (*pictureOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicLook, c.remote); err != nil {
		return nil, err
	}
	jpeg, err := s.App.CertificatePhoto(c, in.Number)
	if err != nil {
		return nil, err
	}
	return &pictureOut{"image/jpeg", "public, max-age=300", jpeg}, nil
}

type certificateKey struct {
	KeyID     string `json:"key_id"`
	PublicKey string `json:"public_key" doc:"base64 of SPKI, P-256"`
}

type keysOut struct {
	Body struct {
		Items     []certificateKey `json:"items"`
		Revoked   []string         `json:"revoked" doc:"numbers of certificates that would be valid otherwise"`
		Suspended []string         `json:"suspended" doc:"likewise"`
		AsOf      time.Time        `json:"as_of"`
	}
}

func wireKeys(k *app.CertificateKeys) []certificateKey {
	return []certificateKey{{k.KeyID, base64.StdEncoding.EncodeToString(k.PublicKey)}}
}

func (s *server) certificateKeys(c *call, _ *nothing) (*keysOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicLook, c.remote); err != nil {
		return nil, err
	}
	k, err := s.App.FindCertificateKeys(c)
	if err != nil {
		return nil, err
	}
	out := &keysOut{}
	out.Body.Items, out.Body.AsOf = wireKeys(k), k.AsOf
	out.Body.Revoked, out.Body.Suspended = append([]string{}, k.Revoked...), append([]string{}, k.Suspended...)
	return out, nil
}

type certifyClassBody struct {
	Until  jaring.Day     `json:"until" format:"date" doc:"last day"`
	Powers []jaring.Power `json:"powers" example:"[\"register\",\"cash\"]"`
}

type graduatesOut struct {
	Body struct {
		Items []graduateItem `json:"items"`
	}
}

type graduateItem struct {
	ApplicationID   jaring.ApplicationID `json:"application_id"`
	AccountID       jaring.AccountID     `json:"account_id"`
	Name            string               `json:"name"`
	Login           string               `json:"login"`
	OneTimePassword string               `json:"one_time_password,omitempty" doc:"told once"`
	Number          string               `json:"number"`
}

func (s *server) certifyClass(c *call, in *actOnOne) (*graduatesOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body certifyClassBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	people, err := s.App.CertifyClass(c, c.actor, key, jaring.ClassID(in.ID), body.Until, body.Powers)
	if err != nil {
		return nil, err
	}
	out := &graduatesOut{}
	out.Body.Items = make([]graduateItem, len(people))
	for i, g := range people {
		out.Body.Items[i] = graduateItem{g.Application, g.Account, g.Name, g.Login, g.Password, g.Number}
	}
	return out, nil
}

type certificateBody struct {
	From   jaring.Day     `json:"from" format:"date"`
	Until  jaring.Day     `json:"until" format:"date" doc:"last day"`
	Powers []jaring.Power `json:"powers"`
}

type numberOut struct {
	Body struct {
		Number string `json:"number"`
	}
}

func (s *server) certifyAgent(c *call, in *actOnOne) (*numberOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body certificateBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	out := &numberOut{}
	out.Body.Number, err = s.App.CertifyOnce(c, c.actor, key, app.CertificateForm{Account: jaring.AccountID(in.ID), From: body.From, Until: body.Until, Powers: body.Powers})
	return out, err
}

type stopIn struct {
	ByNumber
	Acting
}

type stopBody struct {
	State  string `json:"state" enum:"suspended,revoked,valid"`
	Reason string `json:"reason"`
}

type stopOut struct {
	Body struct {
		Number string `json:"number"`
		State  string `json:"state" enum:"valid,suspended,revoked,expired,not_begun"`
	}
}

func (s *server) stopCertificate(c *call, in *stopIn) (*stopOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body stopBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	if err := s.App.StopCertificate(c, c.actor, key, in.Number, jaring.CertificateState(body.State), body.Reason); err != nil {
		return nil, err
	}
	v, err := s.App.CheckCertificate(c, in.Number, "")
	if err != nil {
		return nil, err
	}
	out := &stopOut{}
	out.Body.Number, out.Body.State = v.Number, string(v.StateToday)
	return out, nil
}

// address is where this server is reached, for what is printed: as the operator says it, else
// as the caller reached it.
func (s *server) address(r *http.Request) string {
	if s.Address != "" {
		return s.Address
	}
	if s.Secure {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
