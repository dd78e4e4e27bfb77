package httpapi

import (
	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type officesOut struct {
	Body struct {
		Items []officeItem `json:"items"`
	}
}

type officeItem struct {
	OfficeID jaring.OfficeID `json:"office_id"`
	ParentID jaring.OfficeID `json:"parent_id,omitempty"`
	Name     string          `json:"name"`
	Phone    string          `json:"phone,omitempty"`
	Kind     string          `json:"kind" enum:"fund,region,branch,sub_branch"`
	Zone     string          `json:"zone"`
	Areas    []officeArea    `json:"areas" doc:"served today"`
	Accounts int             `json:"accounts" doc:"that can log in, agents among them"`
	Agents   int             `json:"agents"`
	Closed   jaring.Day      `json:"closed_from,omitzero" format:"date"`
}

type officeArea struct {
	Code  string     `json:"code" doc:"dotted; empty is the whole country"`
	Label string     `json:"label"`
	From  jaring.Day `json:"from" format:"date"`
	To    jaring.Day `json:"to,omitzero" format:"date" doc:"last day"`
}

func officeAreas(areas []app.ServedArea) []officeArea {
	out := make([]officeArea, len(areas))
	for i, a := range areas {
		out[i] = officeArea{a.Area, a.Label, a.From, a.To}
	}
	return out
}

func newOfficeItem(o app.OfficeRow) officeItem {
	return officeItem{o.ID, o.Parent, o.Name, o.Phone, o.Kind, o.Zone, officeAreas(o.Areas), o.Accounts, o.Agents, o.Closed}
}

func (s *server) findOffices(c *call, _ *nothing) (*officesOut, error) {
	offices, err := s.App.FindOffices(c, c.actor)
	if err != nil {
		return nil, err
	}
	out := &officesOut{}
	out.Body.Items = make([]officeItem, len(offices))
	for i, o := range offices {
		out.Body.Items[i] = newOfficeItem(o)
	}
	return out, nil
}

type officeOut struct {
	Body struct {
		officeItem
		Dated   []datedArea   `json:"dated_areas" doc:"past, of today and coming, the earliest first"`
		History []historyItem `json:"history" doc:"the newest first"`
		Today   jaring.Day    `json:"today" format:"date" doc:"at the office"`
	}
}

type datedArea struct {
	officeArea
	When string `json:"when" enum:"past,now,coming"`
}

func (s *server) getOffice(c *call, in *ByID) (*officeOut, error) {
	v, err := s.App.GetOffice(c, c.actor, jaring.OfficeID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &officeOut{}
	b := &out.Body
	b.officeItem, b.Today = newOfficeItem(v.OfficeRow), v.Today
	b.Dated = make([]datedArea, len(v.Dated))
	for i, a := range officeAreas(v.Dated) {
		b.Dated[i] = datedArea{a, whenServed(v.Dated[i], v.Today)}
	}
	b.History = historyItems(c.lang, v.History, false)
	return out, nil
}

func whenServed(a app.ServedArea, today jaring.Day) string {
	switch {
	case a.On(today):
		return "now"
	case a.From > today:
		return "coming"
	}
	return "past"
}

type officeBody struct {
	ParentID string   `json:"parent_id" format:"uuid"`
	Kind     string   `json:"kind" enum:"region,branch,sub_branch"`
	Name     string   `json:"name"`
	Phone    string   `json:"phone,omitempty" doc:"mobile, fixed or short"`
	Zone     string   `json:"zone" enum:"Asia/Jakarta,Asia/Pontianak,Asia/Makassar,Asia/Jayapura"`
	Areas    []string `json:"areas,omitempty" doc:"dotted codes of any level, served from today on"`
}

func (s *server) addOffice(c *call, in *Acting) (*officeOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var b officeBody
	if err := wire.Decode(in.RawBody, &b); err != nil {
		return nil, err
	}
	id, err := s.App.AddOffice(c, c.actor, key, jaring.OfficeForm{Parent: jaring.OfficeID(b.ParentID), Kind: b.Kind, Name: b.Name, Phone: b.Phone, Zone: b.Zone, Areas: b.Areas})
	if err != nil {
		return nil, err
	}
	return s.officeNow(c, id)
}

// officeNow is an office after an act on it. Who was known when the call came in may not
// reach a new office yet.
func (s *server) officeNow(c *call, id jaring.OfficeID) (*officeOut, error) {
	c.actor.Offices = append(c.actor.Offices[:len(c.actor.Offices):len(c.actor.Offices)], id)
	return s.getOffice(c, &ByID{string(id)})
}

type officeAreasBody struct {
	Areas []string   `json:"areas" doc:"dotted codes of any level: all that the office serves from that day on"`
	From  jaring.Day `json:"from" format:"date"`
}

func (s *server) setOfficeAreas(c *call, in *actOnOne) (*officeOut, error) {
	var b officeAreasBody
	return s.onOffice(c, in, &b, func(key jaring.OperationID, id jaring.OfficeID) error {
		return s.App.SetOfficeAreas(c, c.actor, key, id, b.Areas, b.From)
	})
}

type officeNameBody struct {
	Name string `json:"name"`
}

func (s *server) renameOffice(c *call, in *actOnOne) (*officeOut, error) {
	var b officeNameBody
	return s.onOffice(c, in, &b, func(key jaring.OperationID, id jaring.OfficeID) error {
		return s.App.RenameOffice(c, c.actor, key, id, b.Name)
	})
}

type officePhoneBody struct {
	Phone string `json:"phone" doc:"mobile, fixed or short; empty: none"`
}

func (s *server) setOfficePhone(c *call, in *actOnOne) (*officeOut, error) {
	var b officePhoneBody
	return s.onOffice(c, in, &b, func(key jaring.OperationID, id jaring.OfficeID) error {
		return s.App.SetOfficePhone(c, c.actor, key, id, b.Phone)
	})
}

func (s *server) closeOffice(c *call, in *actOnOne) (*officeOut, error) {
	return s.onOffice(c, in, &emptyBody{}, func(key jaring.OperationID, id jaring.OfficeID) error {
		return s.App.CloseOffice(c, c.actor, key, id)
	})
}

// onOffice reads the body of an act on an office, does it and gives the office's page.
func (s *server) onOffice(c *call, in *actOnOne, body any, act func(jaring.OperationID, jaring.OfficeID) error) (*officeOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	if err := wire.Decode(in.RawBody, body); err != nil {
		return nil, err
	}
	if err := act(key, jaring.OfficeID(in.ID)); err != nil {
		return nil, err
	}
	return s.officeNow(c, jaring.OfficeID(in.ID))
}
