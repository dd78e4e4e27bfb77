package httpapi

import (
	"time"

	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type serviceTurn struct {
	Label    string    `json:"label" doc:"as it is written and called: B-007"`
	Number   int       `json:"number" doc:"of the topic on that day"`
	Topic    string    `json:"topic"`
	State    string    `json:"state" enum:"waiting,called,done,no_show"`
	Desk     string    `json:"desk,omitempty"`
	OwnPhone bool      `json:"own_phone" doc:"taken on one's own phone"`
	TakenAt  time.Time `json:"taken_at"`
	CalledAt time.Time `json:"called_at,omitzero"`
	EndedAt  time.Time `json:"ended_at,omitzero"`
}

func wireServiceTurn(t jaring.Turn, own bool) serviceTurn {
	return serviceTurn{jaring.ServiceLabel(t), t.Number, t.Topic, string(t.State), t.Desk, own, t.TakenAt, t.CalledAt, t.EndedAt}
}

type serviceQueueIn struct {
	ByID
	Day string `query:"day" format:"date" doc:"today when left out"`
}

type serviceQueueOut struct {
	Body struct {
		Day   jaring.Day    `json:"day" format:"date"`
		Items []serviceTurn `json:"items" doc:"in the order in which they were taken"`
		Label string        `json:"label,omitempty" doc:"of the number that was taken"`
	}
}

func (s *server) findServiceQueue(c *call, in *serviceQueueIn) (*serviceQueueOut, error) {
	var day jaring.Day
	if err := day.UnmarshalText([]byte(in.Day)); err != nil {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "date.malformed").At("query/day")}
	}
	return s.serviceQueue(c, jaring.ServiceID(in.ID), day)
}

func (s *server) serviceQueue(c *call, id jaring.ServiceID, day jaring.Day) (*serviceQueueOut, error) {
	q, err := s.App.FindServiceQueue(c, c.actor, id, day)
	if err != nil {
		return nil, err
	}
	out := &serviceQueueOut{}
	out.Body.Day, out.Body.Items = q.Day, make([]serviceTurn, len(q.Rows))
	for i, t := range q.Rows {
		out.Body.Items[i] = wireServiceTurn(t.Turn, t.OwnPhone)
	}
	return out, nil
}

type serviceQueueBody struct {
	Act    string `json:"act" enum:"take,called,done,no_show"`
	Number int    `json:"number,omitempty" doc:"0: the next one that waits"`
	Topic  string `json:"topic,omitempty" doc:"needed to take a number and beside one"`
	Desk   string `json:"desk,omitempty" doc:"where a called number is to come"`
}

func (s *server) actOnServiceQueue(c *call, in *actOnOne) (*serviceQueueOut, error) {
	var body serviceQueueBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	id, topic, label := jaring.ServiceID(in.ID), jaring.ServiceTopic(body.Topic), ""
	if body.Act == "take" {
		t, err := s.App.TakeServiceNumber(c, c.actor, key, id, topic)
		if err != nil {
			return nil, err
		}
		label = jaring.ServiceLabel(t.Turn)
	} else if err := s.App.MoveServiceNumber(c, c.actor, key, id, body.Number, topic, jaring.QueueState(body.Act), body.Desk); err != nil {
		return nil, err
	}
	out, err := s.serviceQueue(c, id, 0)
	if err == nil {
		out.Body.Label = label
	}
	return out, err
}

// servicePageBody is a desk as whoever stands before it sees it.
type servicePageBody struct {
	Name    string                `json:"name"`
	Place   string                `json:"place"`
	Today   jaring.Day            `json:"today" format:"date"`
	AsOf    time.Time             `json:"as_of"`
	OpenNow bool                  `json:"open_now"`
	Closed  bool                  `json:"closed" doc:"for good"`
	ByPhone bool                  `json:"by_phone"`
	Opens   []jaring.ServiceHours `json:"opens"`
	Topics  []serviceTopic        `json:"topics"`
	Called  []calledTurn          `json:"called" doc:"the newest call first"`
	Waiting int                   `json:"waiting"`
	Entry   string                `json:"entry_path,omitempty" doc:"where numbers are taken"`
}

type calledTurn struct {
	Label string `json:"label"`
	Topic string `json:"topic"`
	Desk  string `json:"desk"`
}

type servicePageOut struct{ Body servicePageBody }

func (s *server) wireServicePage(p *outreach.ServicePage) *servicePageOut {
	out := &servicePageOut{servicePageBody{Name: p.Name, Place: p.Place, Today: p.Today, AsOf: s.Now().UTC(), OpenNow: p.OpenNow, Closed: p.Closed, ByPhone: p.Entry != "", Opens: p.Opens,
		Topics: []serviceTopic{}, Called: []calledTurn{}}}
	b := &out.Body
	for _, t := range p.Topics {
		b.Topics = append(b.Topics, serviceTopic{Topic: string(t), Letter: t.Letter(), Waits: p.Waiting[t]})
	}
	for _, n := range p.Waiting {
		b.Waiting += n
	}
	for _, t := range p.Called {
		b.Called = append(b.Called, calledTurn{jaring.ServiceLabel(t.Turn), t.Topic, t.Desk})
	}
	if p.Entry != "" {
		b.Entry = "/antre/" + string(p.Entry)
	}
	return out
}

func (s *server) publicService(c *call, in *ByCode) (*servicePageOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicLook, c.remote); err != nil {
		return nil, err
	}
	p, err := s.App.GetPublicService(c, in.Code)
	if err != nil {
		return nil, err
	}
	return s.wireServicePage(p), nil
}

func (s *server) kioskService(c *call, in *kioskBoardIn) (*servicePageOut, error) {
	p, err := s.App.WatchService(c, tokenOf(in.Authorization, in.K))
	if err != nil {
		return nil, err
	}
	return s.wireServicePage(p), nil
}

type takeTurnBody struct {
	Topic string `json:"topic"`
}

func (s *server) takeOwnNumber(c *call, in *signUpIn) (*signedUpOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicApply, c.remote); err != nil {
		return nil, err
	}
	var body takeTurnBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	code, err := s.App.TakeOwnNumber(c, key, in.Code, jaring.ServiceTopic(body.Topic))
	if err != nil {
		return nil, err
	}
	out := &signedUpOut{}
	out.Body.Code, out.Body.Path = code.Text(), "/nomor/"+string(code)
	return out, nil
}

type ownTurnOut struct {
	Body struct {
		serviceTurn
		Day    jaring.Day   `json:"day" format:"date"`
		Over   bool         `json:"over" doc:"of a day that is past"`
		Ahead  int          `json:"ahead" doc:"of the same topic, waiting before it"`
		Name   string       `json:"name" doc:"of the service desk"`
		Place  string       `json:"place"`
		Called []calledTurn `json:"called" doc:"now, the newest call first"`
	}
}

func (s *server) ownTurn(c *call, in *ByCode) (*ownTurnOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicLook, c.remote); err != nil {
		return nil, err
	}
	t, err := s.App.GetOwnTurn(c, in.Code)
	if err != nil {
		return nil, err
	}
	out := &ownTurnOut{}
	b := &out.Body
	b.serviceTurn, b.Day, b.Over, b.Ahead, b.Name, b.Place, b.Called = wireServiceTurn(t.Turn, t.OwnPhone), t.Day, t.Over, t.Ahead, t.Name, t.Place, []calledTurn{}
	for _, q := range t.Called {
		b.Called = append(b.Called, calledTurn{jaring.ServiceLabel(q.Turn), q.Topic, q.Desk})
	}
	return out, nil
}
