package httpapi

import (
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type findKitIn struct {
	State  string `query:"state" maxLength:"20"`
	Office string `query:"office" maxLength:"36"`
	Cursor string `query:"cursor" maxLength:"400"`
}

type kitOut struct {
	Body struct {
		Items      []kitItem `json:"items"`
		NextCursor string    `json:"next_cursor,omitempty"`
	}
}

type kitItem struct {
	KitID     jaring.KitID     `json:"kit_id"`
	Kind      string           `json:"kind" enum:"name_tag,jacket,backpack"`
	Serial    string           `json:"serial"`
	OfficeID  jaring.OfficeID  `json:"office_id"`
	State     string           `json:"state" enum:"in_store,handed_out,lost,worn_out"`
	AccountID jaring.AccountID `json:"account_id,omitempty"`
	AgentName string           `json:"agent_name,omitempty"`
	Since     time.Time        `json:"since"`
	Note      string           `json:"note,omitempty"`
}

func wireKit(k app.KitItem) kitItem {
	return kitItem{k.ID, string(k.Kind), k.Serial, k.Office, string(k.State), k.Account, k.AgentName, k.Since, k.Note}
}

func (s *server) findKit(c *call, in *findKitIn) (*kitOut, error) {
	office, err := officeAsked(in.Office)
	if err != nil {
		return nil, err
	}
	items, next, err := s.App.FindKit(c, c.actor, jaring.KitState(in.State), office, in.Cursor)
	if err != nil {
		return nil, err
	}
	out := &kitOut{}
	out.Body.Items, out.Body.NextCursor = []kitItem{}, next
	for _, k := range items {
		out.Body.Items = append(out.Body.Items, wireKit(k))
	}
	return out, nil
}

type kitBody struct {
	Kind     string   `json:"kind" enum:"name_tag,jacket,backpack"`
	Serials  []string `json:"serials"`
	OfficeID string   `json:"office_id" format:"uuid"`
}

type kitAddedOut struct {
	Body struct {
		Added int `json:"added"`
	}
}

func (s *server) addKit(c *call, in *Acting) (*kitAddedOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body kitBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	out := &kitAddedOut{}
	out.Body.Added = len(body.Serials)
	return out, s.App.AddKit(c, c.actor, key, jaring.KitKind(body.Kind), body.Serials, jaring.OfficeID(body.OfficeID))
}

type oneKitOut struct {
	Body kitItem
}

func (s *server) oneKit(c *call, id string) (*oneKitOut, error) {
	k, err := s.App.GetKit(c, c.actor, jaring.KitID(id))
	if err != nil {
		return nil, err
	}
	return &oneKitOut{wireKit(k)}, nil
}

type handingOutBody struct {
	AccountID string `json:"account_id" format:"uuid"`
}

func (s *server) handOutKit(c *call, in *actOnOne) (*oneKitOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body handingOutBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	if err := s.App.HandOutKit(c, c.actor, key, jaring.KitID(in.ID), jaring.AccountID(body.AccountID)); err != nil {
		return nil, err
	}
	return s.oneKit(c, in.ID)
}

type kitReturnBody struct {
	State string `json:"state" enum:"in_store,lost,worn_out"`
	Note  string `json:"note,omitempty"`
}

func (s *server) returnKit(c *call, in *actOnOne) (*oneKitOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body kitReturnBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	if err := s.App.ReturnKit(c, c.actor, key, jaring.KitID(in.ID), jaring.KitState(body.State), body.Note); err != nil {
		return nil, err
	}
	return s.oneKit(c, in.ID)
}
