package httpapi

import (
	"time"

	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type ticketOut struct {
	Body struct {
		Code         string        `json:"code"`
		Name         string        `json:"name"`
		Kind         string        `json:"kind" enum:"worker,umkm,bank,perisai,official,guest"`
		Organisation string        `json:"organisation,omitempty"`
		Event        string        `json:"event"`
		PlaceName    string        `json:"place_name"`
		OpensAt      time.Time     `json:"opens_at"`
		ClosesAt     time.Time     `json:"closes_at"`
		Cancelled    bool          `json:"cancelled"`
		Inside       bool          `json:"inside"`
		Stamps       int           `json:"stamps"`
		Needed       int           `json:"stamps_needed" doc:"0: there is no rally"`
		Prize        bool          `json:"prize"`
		Numbers      []queueNumber `json:"numbers" doc:"in the consultation queue"`
		Fair         bool          `json:"fair,omitempty" doc:"a job fair: the holder may apply for work"`
	}
}

type queueNumber struct {
	Number int    `json:"number"`
	Topic  string `json:"topic,omitempty"`
	State  string `json:"state" enum:"waiting,called,done,no_show"`
	Desk   string `json:"desk,omitempty"`
}

func wireNumbers(all []jaring.Turn) []queueNumber {
	out := make([]queueNumber, len(all))
	for i, q := range all {
		out[i] = queueNumber{q.Number, q.Topic, string(q.State), q.Desk}
	}
	return out
}

func (s *server) publicTicket(c *call, in *ByCode) (*ticketOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicLook, c.remote); err != nil {
		return nil, err
	}
	t, err := s.App.GetTicket(c, in.Code)
	if err != nil {
		return nil, err
	}
	out := &ticketOut{}
	b := &out.Body
	b.Code, b.Name, b.Kind, b.Organisation, b.Event, b.PlaceName = t.Code.Text(), t.Name, string(t.Kind), t.Organisation, t.Campaign.Name, t.PlaceName
	b.OpensAt, b.ClosesAt, b.Cancelled, b.Inside = t.Campaign.OpensAt, t.Campaign.ClosesAt, !t.CancelledAt.IsZero() || t.Campaign.State == jaring.CampaignIsCancelled, t.In
	b.Stamps, b.Needed, b.Prize, b.Numbers, b.Fair = t.Stamps, t.Needed, !t.PrizeAt.IsZero(), wireNumbers(t.Numbers), t.Fair
	return out, nil
}

type publicStandOut struct {
	Body struct {
		Number    string         `json:"number"`
		Name      string         `json:"name"`
		Kind      string         `json:"kind" enum:"umkm,bank,office,school,other"`
		Owner     string         `json:"owner,omitempty"`
		Team      int            `json:"team,omitempty"`
		About     string         `json:"about,omitempty"`
		Event     string         `json:"event"`
		PlaceName string         `json:"place_name"`
		Products  []standProduct `json:"products"`
	}
}

func (s *server) publicStand(c *call, in *ByCode) (*publicStandOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicLook, c.remote); err != nil {
		return nil, err
	}
	v, err := s.App.GetPublicStand(c, in.Code)
	if err != nil {
		return nil, err
	}
	out := &publicStandOut{}
	b := &out.Body
	b.Number, b.Name, b.Kind, b.Owner, b.Team, b.About = v.Number, v.Name, string(v.Kind), v.Owner, v.Team, v.About
	b.Event, b.PlaceName, b.Products = v.EventName, v.PlaceName, wireProducts(v.Products)
	return out, nil
}

type standPhotoIn struct {
	ByCode
	Product string `path:"product_id" maxLength:"36"`
}

func (s *server) standPhoto(c *call, in *standPhotoIn) (*pictureOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicLook, c.remote); err != nil {
		return nil, err
	}
	picture, err := s.App.GetStandPhoto(c, in.Code, in.Product)
	if err != nil {
		return nil, err
	}
	return &pictureOut{"image/jpeg", "public, max-age=300", picture}, nil
}

type entryOut struct {
	Body struct {
		Event         string    `json:"event"`
		PlaceName     string    `json:"place_name"`
		OpensAt       time.Time `json:"opens_at"`
		ClosesAt      time.Time `json:"closes_at"`
		NoticeVersion string    `json:"notice_version"`
		Operator      string    `json:"operator" doc:"who asks"`
	}
}

func (s *server) getEntry(c *call, in *ByCode) (*entryOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicLook, c.remote); err != nil {
		return nil, err
	}
	e, err := s.App.GetEntry(c, in.Code)
	if err != nil {
		return nil, err
	}
	out := &entryOut{}
	out.Body.Event, out.Body.PlaceName, out.Body.OpensAt, out.Body.ClosesAt = e.Campaign.Name, e.PlaceName, e.Campaign.OpensAt, e.Campaign.ClosesAt
	out.Body.NoticeVersion, out.Body.Operator = NoticeVersion, s.Operator
	return out, nil
}

type signUpBody = participantBody

type signUpIn struct {
	ByCode
	Acting
}

type signedUpOut struct {
	Body struct {
		Code string `json:"code"`
		Path string `json:"page" doc:"of the ticket"`
	}
}

func (s *server) signUp(c *call, in *signUpIn) (*signedUpOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicApply, c.remote); err != nil {
		return nil, err
	}
	var body signUpBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	code, err := s.App.SignUp(c, key, in.Code, jaring.ParticipantForm(body))
	if err != nil {
		return nil, err
	}
	out := &signedUpOut{}
	out.Body.Code, out.Body.Path = code.Text(), ticketPath(code)
	return out, nil
}

// gatePackOut is what a phone at a gate carries of the events of these days: no name.
type gatePackOut struct {
	Body struct {
		ServerTime time.Time   `json:"server_time"`
		Events     []gateEvent `json:"events"`
	}
}

type gateEvent struct {
	CampaignID jaring.CampaignID `json:"campaign_id"`
	Name       string            `json:"name"`
	OpensAt    time.Time         `json:"opens_at"`
	ClosesAt   time.Time         `json:"closes_at"`
	Gates      []string          `json:"gates"`
	Tickets    []byte            `json:"tickets" doc:"base64; of each ticket ten bytes: six of the SHA-256 of its code, the place of its kind among worker, umkm, bank, perisai, official, guest, needs as bits (wheelchair, sign, guide, seat, companion), 1 when cancelled, and 0 or one more than the place in used"`
	Used       []string          `json:"used" doc:"gates at which tickets were let in"`
	Stands     []gateStand       `json:"stands"`
	Inside     int               `json:"inside"`
	Invited    int               `json:"invited"`
}

type gateStand struct {
	StandID jaring.StandID `json:"stand_id"`
	Number  string         `json:"number"`
	Name    string         `json:"name"`
}

func (s *server) gatePack(c *call, _ *struct{}) (*gatePackOut, error) {
	packs, err := s.App.FindGates(c, c.actor)
	if err != nil {
		return nil, err
	}
	out := &gatePackOut{}
	out.Body.ServerTime, out.Body.Events = s.Now().UTC(), []gateEvent{}
	for _, p := range packs {
		e := gateEvent{p.Campaign.ID, p.Campaign.Name, p.Campaign.OpensAt, p.Campaign.ClosesAt, p.Gates, p.Tickets, append([]string{}, p.Used...), []gateStand{}, p.Inside, p.Invited}
		for _, stand := range p.Stands {
			e.Stands = append(e.Stands, gateStand{stand.ID, stand.Number, stand.Name})
		}
		out.Body.Events = append(out.Body.Events, e)
	}
	return out, nil
}

type loopOut struct {
	Body struct {
		CampaignID jaring.CampaignID `json:"campaign_id"`
		Name       string            `json:"name"`
		PlaceName  string            `json:"place_name"`
		OpensAt    time.Time         `json:"opens_at"`
		ClosesAt   time.Time         `json:"closes_at"`
		AsOf       time.Time         `json:"as_of"`
		Slides     []loopSlide       `json:"slides"`
		EntryPath  string            `json:"entry_path,omitempty" doc:"where people sign up"`
		Register   string            `json:"register_path,omitempty" doc:"where people register themselves for protection"`
		Said       []hallSaid        `json:"announcements"`
		Called     []queueNumber     `json:"called" doc:"the newest call first"`
		Waiting    int               `json:"waiting"`
		Inside     int               `json:"inside"`
		Invited    int               `json:"invited"`
		Stands     []loopStand       `json:"stands" doc:"that show themselves"`
		Stamps     int               `json:"stamps" doc:"that win a prize"`
	}
}

type loopSlide struct {
	Title   string `json:"title"`
	Text    string `json:"text,omitempty"`
	Picture string `json:"picture,omitempty" doc:"path of a JPEG, which takes the screen's token as k"`
	Film    string `json:"film,omitempty" doc:"path of an MP4, which takes the screen's token as k"`
}

// wireSlides gives the slides of a loop with the ways to their media.
func wireSlides(l *outreach.Loop) []loopSlide {
	out := make([]loopSlide, len(l.Plan.Slides))
	for i, s := range l.Plan.Slides {
		out[i] = loopSlide{Title: s.Title, Text: s.Text}
		path := "/api/v1/kiosk/media/" + string(s.Media)
		switch l.Media[s.Media] {
		case jaring.MediaIsPicture:
			out[i].Picture = path
		case jaring.MediaIsFilm:
			out[i].Film = path
		}
	}
	return out
}

type loopStand struct {
	Number  string `json:"number"`
	Name    string `json:"name"`
	Owner   string `json:"owner,omitempty"`
	Product string `json:"product,omitempty"`
	Photo   string `json:"photo,omitempty" doc:"path of a picture"`
}

func (s *server) kioskLoop(c *call, in *kioskBoardIn) (*loopOut, error) {
	l, err := s.App.WatchLoop(c, tokenOf(in.Authorization, in.K))
	if err != nil {
		return nil, err
	}
	out := &loopOut{}
	b := &out.Body
	b.CampaignID, b.Name, b.PlaceName, b.OpensAt, b.ClosesAt, b.AsOf = l.Campaign.ID, l.Campaign.Name, l.PlaceName, l.Campaign.OpensAt, l.Campaign.ClosesAt, time.UnixMilli(l.AsOf).UTC()
	b.Slides, b.Said, b.Stands = wireSlides(l), []hallSaid{}, []loopStand{}
	b.Called, b.Waiting, b.Inside, b.Invited, b.Stamps = wireNumbers(l.Called), l.Waiting, l.Inside, l.Invited, l.Plan.Stamps
	if l.Entry != "" {
		b.EntryPath = "/ikut/" + string(l.Entry)
	}
	b.Register = l.Register
	for _, a := range l.Said {
		b.Said = append(b.Said, hallSaid{a.ID, a.What, a.Until})
	}
	for _, v := range l.Stands {
		b.Stands = append(b.Stands, wireLoopStand(v))
	}
	return out, nil
}

func wireLoopStand(v outreach.StandView) loopStand {
	row := loopStand{Number: v.Number, Name: v.Name, Owner: v.Owner}
	for _, p := range v.Products {
		if row.Product == "" || p.Photo && row.Photo == "" {
			row.Product = p.Name
		}
		if p.Photo && row.Photo == "" {
			row.Photo = "/api/v1/public/stands/" + string(v.Code) + "/photos/" + p.ID
		}
	}
	return row
}
