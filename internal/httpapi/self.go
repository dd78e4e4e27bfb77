package httpapi

import (
	"encoding/json"
	"time"

	"jaring/internal/app"
	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type selfSourceBody struct {
	Stand string    `json:"stand,omitempty" doc:"number or name of the stand, where it hangs at one"`
	Until time.Time `json:"until,omitzero" doc:"left out: the day after the campaign"`
}

type selfSource struct {
	SourceID string    `json:"source_id"`
	Stand    string    `json:"stand,omitempty"`
	Path     string    `json:"path" doc:"of the form"`
	Address  string    `json:"address" doc:"what the QR code says"`
	AddedAt  time.Time `json:"added_at"`
	Until    time.Time `json:"until"`
	Orders   int64     `json:"orders" doc:"forms that came by it"`
	Paid     int64     `json:"paid"`
}

type selfSourceOut struct {
	Body selfSource
}

func (s *server) wireSelfSource(c *call, src *app.SelfSource) selfSource {
	out := selfSource{SourceID: src.ID, Stand: src.Stand, Path: "/daftar/" + src.Token, AddedAt: src.AddedAt, Until: src.Until, Orders: src.Orders, Paid: src.Paid}
	out.Address = s.address(c.request) + out.Path
	return out
}

func (s *server) openSelfSource(c *call, in *actOnOne) (*selfSourceOut, error) {
	var body selfSourceBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	src, err := s.App.OpenSelfSource(c, c.actor, key, jaring.CampaignID(in.ID), body.Stand, body.Until)
	if err != nil {
		return nil, err
	}
	return &selfSourceOut{s.wireSelfSource(c, src)}, nil
}

type selfSourcesOut struct {
	Body struct {
		Items []selfSource `json:"items"`
	}
}

func (s *server) findSelfSources(c *call, in *ByID) (*selfSourcesOut, error) {
	found, err := s.App.FindSelfSources(c, c.actor, jaring.CampaignID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &selfSourcesOut{}
	out.Body.Items = make([]selfSource, len(found))
	for i := range found {
		out.Body.Items[i] = s.wireSelfSource(c, &found[i])
	}
	return out, nil
}

// ClosingSource closes a source of a campaign.
type ClosingSource struct {
	ByID
	Acting
	Source string `path:"source_id" format:"uuid"`
}

func (s *server) closeSelfSource(c *call, in *ClosingSource) (*nothing, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	return nil, s.App.CloseSelfSource(c, c.actor, key, jaring.CampaignID(in.ID), in.Source)
}

// ListOfOne asks for a page of what belongs to one record.
type ListOfOne struct {
	ByID
	Cursor string `query:"cursor" maxLength:"200"`
}

type selfOrderItem struct {
	OrderID  string          `json:"order_id"`
	Stand    string          `json:"stand,omitempty"`
	Kind     string          `json:"kind" enum:"lone,owner"`
	Phone    string          `json:"phone"`
	WorkerID jaring.WorkerID `json:"worker_id,omitempty"`
	Name     string          `json:"name,omitempty"`
	Fresh    bool            `json:"fresh" doc:"registered by this form; else known before, or to be looked at"`
	Business *ownBusiness    `json:"business,omitempty"`
	Employer string          `json:"employer_id,omitempty" doc:"that was made of it"`
	Amount   jaring.Rupiah   `json:"amount"`
	Months   int             `json:"months"`
	Code     string          `json:"code"`
	State    string          `json:"state" enum:"waiting,settled"`
	MadeAt   time.Time       `json:"made_at"`
}

type selfOrdersOut struct {
	Body struct {
		Items      []selfOrderItem `json:"items" doc:"the oldest first"`
		NextCursor string          `json:"next_cursor,omitempty"`
	}
}

func (s *server) findSelfOrders(c *call, in *ListOfOne) (*selfOrdersOut, error) {
	page, err := s.App.FindSelfOrders(c, c.actor, jaring.CampaignID(in.ID), in.Cursor)
	if err != nil {
		return nil, err
	}
	out := &selfOrdersOut{}
	out.Body.Items, out.Body.NextCursor = make([]selfOrderItem, len(page.Items)), page.Next
	for i, o := range page.Items {
		out.Body.Items[i] = selfOrderItem{OrderID: o.ID, Stand: o.Stand, Kind: string(o.Kind), Phone: o.Phone, WorkerID: o.Worker, Name: o.Name, Fresh: o.Fresh,
			Business: (*ownBusiness)(o.Business), Employer: o.Employer, Amount: o.Amount, Months: o.Months, Code: o.Code, State: o.State, MadeAt: o.MadeAt}
	}
	return out, nil
}

// ByToken names a form by what its QR code says.
type ByToken struct {
	Token string `path:"token" maxLength:"64"`
}

type selfPageOut struct {
	Body struct {
		Campaign      string    `json:"campaign"`
		Stand         string    `json:"stand,omitempty"`
		OfficeName    string    `json:"office_name"`
		Until         time.Time `json:"until"`
		NoticeVersion string    `json:"notice_version"`
	}
}

func (s *server) selfPage(c *call, in *ByToken) (*selfPageOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicSelf, c.remote); err != nil {
		return nil, err
	}
	p, err := s.App.SelfPageOf(c, in.Token)
	if err != nil {
		return nil, err
	}
	out := &selfPageOut{}
	b := &out.Body
	b.Campaign, b.Stand, b.OfficeName, b.Until, b.NoticeVersion = p.Campaign, p.Source.Stand, p.Office, p.Source.Until, NoticeVersion
	return out, nil
}

// ActByToken acts on a form.
type ActByToken struct {
	ByToken
	Acting
}

type selfPhoneBody struct {
	Phone string `json:"phone"`
}

type selfCodeOut struct {
	Body struct {
		Until    time.Time `json:"until" doc:"when the code is of no use any more"`
		DemoCode string    `json:"demo_code,omitempty" doc:"in a demo that sends no letters"`
	}
}

// askOneTimeCode sends a code. Where no letters are sent the page says so; a demo shows the code instead.
func (s *server) askOneTimeCode(c *call, in *ActByToken) (*selfCodeOut, error) {
	var body selfPhoneBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	if !s.Gateway && !s.Demo {
		return nil, jaring.NewError(jaring.Unavailable, "self.no_gateway")
	}
	if err := s.Auth.AllowPublic(auth.PublicSelf, c.remote); err != nil {
		return nil, err
	}
	if number, err := jaring.ParsePhone(body.Phone); err == nil {
		if err := s.Auth.AllowSelfCode(number); err != nil {
			return nil, err
		}
	}
	until, digits, err := s.App.AskOneTimeCode(c, in.Token, body.Phone)
	if err != nil {
		return nil, err
	}
	out := &selfCodeOut{}
	if out.Body.Until = until; s.Demo && !s.Gateway {
		out.Body.DemoCode = digits
	}
	return out, nil
}

type selfCodeBody struct {
	Phone string `json:"phone"`
	Code  string `json:"code"`
}

type selfProofOut struct {
	Body struct {
		Proof string `json:"proof" doc:"sent with the form within an hour"`
	}
}

func (s *server) tryOneTimeCode(c *call, in *ActByToken) (*selfProofOut, error) {
	var body selfCodeBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	if err := s.Auth.AllowPublic(auth.PublicSelf, c.remote); err != nil {
		return nil, err
	}
	out := &selfProofOut{}
	var err error
	out.Body.Proof, err = s.App.TryOneTimeCode(c, in.Token, body.Phone, body.Code)
	return out, err
}

type ownBusiness struct {
	Name    string `json:"name"`
	Sector  string `json:"sector" doc:"what it does, in own words"`
	Village string `json:"village" doc:"dotted code"`
	Workers int    `json:"workers" doc:"besides the owner"`
}

type selfBody struct {
	Proof        string          `json:"proof"`
	Kind         string          `json:"kind" enum:"lone,owner"`
	Business     *ownBusiness    `json:"business,omitempty" doc:"an owner's"`
	Registration json.RawMessage `json:"registration" doc:"as for POST /workers; the phone is the one that was proven"`
}

type selfOut struct {
	Body struct {
		Code   string        `json:"code"`
		Amount jaring.Rupiah `json:"amount"`
		Months int           `json:"months"`
		Path   string        `json:"path" doc:"of the page that pays it"`
	}
}

func (s *server) registerSelf(c *call, in *ActByToken) (*selfOut, error) {
	var body selfBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	key, err := operationKey("", in.Key)
	if err != nil {
		return nil, err
	}
	if err := s.Auth.AllowPublic(auth.PublicSelf, c.remote); err != nil {
		return nil, err
	}
	o, err := s.App.RegisterSelf(c, key, app.SelfForm{Token: in.Token, Proof: body.Proof, Kind: jaring.SelfKind(body.Kind),
		Business: (*jaring.OwnBusiness)(body.Business), Registration: body.Registration})
	if err != nil {
		return nil, err
	}
	out := &selfOut{}
	out.Body.Code, out.Body.Amount, out.Body.Months, out.Body.Path = o.Code, o.Amount, o.Months, "/bayar/"+o.Code
	return out, nil
}
