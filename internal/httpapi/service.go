package httpapi

import (
	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type serviceItem struct {
	ServiceID   jaring.ServiceID      `json:"service_id"`
	Name        string                `json:"name"`
	Place       string                `json:"place"`
	Area        string                `json:"area"`
	AreaName    string                `json:"area_name"`
	OfficeID    jaring.OfficeID       `json:"office_id"`
	OfficeName  string                `json:"office_name"`
	PartnerID   jaring.PartnerID      `json:"partner_id,omitempty" doc:"who keeps it; left out when the office does"`
	PartnerName string                `json:"partner_name,omitempty"`
	Opens       []jaring.ServiceHours `json:"opens" doc:"days of the week, 1 is Monday, in the time of the office"`
	Topics      []serviceTopic        `json:"topics"`
	ByPhone     bool                  `json:"by_phone" doc:"people take numbers on their own phones"`
	Closed      bool                  `json:"closed" doc:"for good"`
	OpenNow     bool                  `json:"open_now"`
	Waiting     int                   `json:"waiting" doc:"numbers of today"`
	CasesOpen   int                   `json:"cases_open"`
	DueToday    int                   `json:"due_today" doc:"cases to come back to"`
	Overdue     int                   `json:"overdue" doc:"cases to have come back to before today"`
}

type serviceTopic struct {
	Topic  string `json:"topic" enum:"not_registered,wages,work_accident,death,layoff,claim_help,information,other"`
	Letter string `json:"letter" doc:"before its numbers"`
	Cases  int    `json:"cases,omitempty" doc:"that were ever brought"`
	Waits  int    `json:"waiting,omitempty" doc:"numbers of today"`
}

func (s *server) wireService(v *outreach.ServiceView) serviceItem {
	it := serviceItem{ServiceID: v.ID, Name: v.Name, Place: v.Place, Area: v.Area, AreaName: s.areaName(v.Area), OfficeID: v.Office, OfficeName: v.OfficeName, PartnerID: v.Partner, PartnerName: v.PartnerName,
		Opens: v.Opens, ByPhone: v.ByPhone, Closed: v.Closed, OpenNow: v.OpenNow, Waiting: v.Queue[jaring.QueueWaiting], DueToday: v.Cases.Today, Overdue: v.Cases.Overdue, Topics: []serviceTopic{}}
	for _, t := range v.Topics {
		it.Topics = append(it.Topics, serviceTopic{Topic: string(t), Letter: t.Letter(), Cases: v.Cases.Topics[t]})
	}
	for state, n := range v.Cases.States {
		if state != jaring.CaseIsClosed {
			it.CasesOpen += n
		}
	}
	return it
}

type servicesOut struct {
	Body struct {
		Items []serviceItem `json:"items" doc:"by name, those that are closed for good last"`
	}
}

func (s *server) findServices(c *call, _ *struct{}) (*servicesOut, error) {
	list, err := s.App.FindServices(c, c.actor)
	if err != nil {
		return nil, err
	}
	out := &servicesOut{}
	out.Body.Items = make([]serviceItem, len(list))
	for i, v := range list {
		out.Body.Items[i] = s.wireService(v)
	}
	return out, nil
}

type serviceBody struct {
	Name      string                `json:"name"`
	Place     string                `json:"place" doc:"where it stands"`
	Area      string                `json:"area"`
	PartnerID string                `json:"partner_id,omitempty" format:"uuid" doc:"who keeps it; the office when left out"`
	Opens     []jaring.ServiceHours `json:"opens"`
	Topics    []string              `json:"topics" doc:"some of not_registered, wages, work_accident, death, layoff, claim_help, information, other"`
	ByPhone   bool                  `json:"by_phone,omitempty"`
	Closed    bool                  `json:"closed,omitempty" doc:"for good"`
	OfficeID  string                `json:"office_id,omitempty" format:"uuid" doc:"one's own when left out"`
}

func (b *serviceBody) form() jaring.ServiceDesk {
	d := jaring.ServiceDesk{Office: jaring.OfficeID(b.OfficeID), Partner: jaring.PartnerID(b.PartnerID), Name: b.Name, Place: b.Place, Area: b.Area, Opens: b.Opens, ByPhone: b.ByPhone, Closed: b.Closed}
	for _, t := range b.Topics {
		d.Topics = append(d.Topics, jaring.ServiceTopic(t))
	}
	return d
}

type serviceOut struct {
	ETag string `header:"ETag"`
	Body struct {
		serviceItem
		Version    int64          `json:"version"`
		Today      jaring.Day     `json:"today" format:"date"`
		Queue      map[string]int `json:"queue" doc:"numbers of today by state"`
		Cases      map[string]int `json:"cases" doc:"by state"`
		EntryPath  string         `json:"entry_path,omitempty" doc:"of the page where numbers are taken"`
		ScreenPath string         `json:"screen_path,omitempty" doc:"of the screen of the room"`
		MayManage  bool           `json:"may_manage"`
		MayServe   bool           `json:"may_serve"`
	}
}

func (s *server) getService(c *call, in *ByID) (*serviceOut, error) {
	v, err := s.App.GetService(c, c.actor, jaring.ServiceID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &serviceOut{ETag: etagOf(v.Version)}
	b := &out.Body
	b.serviceItem, b.Version, b.Today, b.MayManage, b.MayServe = s.wireService(v), v.Version, v.Today, v.MayManage, v.MayServe
	b.Queue, b.Cases = map[string]int{}, map[string]int{}
	for _, state := range jaring.QueueStates {
		b.Queue[string(state)] = v.Queue[state]
	}
	for _, state := range jaring.CaseStates {
		b.Cases[string(state)] = v.Cases.States[state]
	}
	if v.MayServe {
		b.EntryPath, b.ScreenPath = "/antre/"+string(v.Entry), "/board/antre?k="+string(v.Screen)
	}
	return out, nil
}

func (s *server) openService(c *call, in *Acting) (*serviceOut, error) {
	var body serviceBody
	key, err := s.said(c, in, &body)
	if err != nil {
		return nil, err
	}
	id, err := s.App.OpenService(c, c.actor, key, body.form())
	if err != nil {
		return nil, err
	}
	return s.getService(c, &ByID{string(id)})
}

func (s *server) changeService(c *call, in *actOn) (*serviceOut, error) {
	version, err := versionOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	var body serviceBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	if err := s.App.ChangeService(c, c.actor, key, jaring.ServiceID(in.ID), version, body.form()); err != nil {
		return nil, err
	}
	return s.getService(c, &in.ByID)
}

func (s *server) renewServiceCodes(c *call, in *actOnOne) (*serviceOut, error) {
	key, err := s.said(c, &in.Acting, &emptyBody{})
	if err != nil {
		return nil, err
	}
	if err := s.App.RenewServiceCodes(c, c.actor, key, jaring.ServiceID(in.ID)); err != nil {
		return nil, err
	}
	return s.getService(c, &in.ByID)
}
