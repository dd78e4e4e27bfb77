package httpapi

import (
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type findAgentsIn struct {
	Office string `query:"office" maxLength:"36"`
	Q      string `query:"q" maxLength:"120"`
	Cursor string `query:"cursor" maxLength:"400"`
}

type agentsOut struct {
	Body struct {
		Items      []agentRow `json:"items"`
		NextCursor string     `json:"next_cursor,omitempty"`
	}
}

// agentHead is what lists and pages say of an agent.
type agentHead struct {
	AccountID   jaring.AccountID  `json:"account_id"`
	Name        string            `json:"name"`
	OfficeID    jaring.OfficeID   `json:"office_id"`
	OfficeName  string            `json:"office_name"`
	Certificate *agentCertificate `json:"certificate,omitempty"`
	Registered  int64             `json:"registered" doc:"persons in the book whom the agent registered"`
	Protected   int64             `json:"protected" doc:"of these, confirmed and covered today"`
}

type agentRow struct {
	agentHead
	Territory []string `json:"territory"`
	Kit       int      `json:"kit"`
}

type agentCertificate struct {
	Number string         `json:"number"`
	State  string         `json:"state" enum:"valid,suspended,revoked,expired,not_begun"`
	From   jaring.Day     `json:"from" format:"date"`
	Until  jaring.Day     `json:"until" format:"date"`
	Powers []jaring.Power `json:"powers"`
}

func wireCertificate(r *app.CertificateRecord, day jaring.Day) agentCertificate {
	return agentCertificate{r.Number, string(jaring.CertificateStateOn(r.State, r.From, r.Until, day)), r.From, r.Until, r.Powers}
}

func agentHeadOf(r *app.AgentRow) agentHead {
	head := agentHead{AccountID: r.Account.ID, Name: r.Account.Name, OfficeID: r.Account.Office, OfficeName: r.OfficeName, Registered: r.Registered, Protected: r.Protected}
	if held := r.Certificate; held != nil {
		head.Certificate = &agentCertificate{held.Number, string(r.StateToday), held.From, held.Until, held.Powers}
	}
	return head
}

func (s *server) findAgents(c *call, in *findAgentsIn) (*agentsOut, error) {
	office, err := officeAsked(in.Office)
	if err != nil {
		return nil, err
	}
	rows, next, err := s.App.FindAgents(c, c.actor, office, in.Q, in.Cursor)
	if err != nil {
		return nil, err
	}
	out := &agentsOut{}
	out.Body.Items, out.Body.NextCursor = []agentRow{}, next
	for i := range rows {
		row := agentRow{agentHead: agentHeadOf(&rows[i]), Territory: []string{}, Kit: rows[i].Kit}
		for _, t := range rows[i].Territory {
			row.Territory = append(row.Territory, t.Label)
		}
		out.Body.Items = append(out.Body.Items, row)
	}
	return out, nil
}

type agentOut struct {
	Body agentPage
}

type agentPage struct {
	agentHead
	Login        string          `json:"login"`
	Phone        string          `json:"phone,omitempty"`
	HasPhoto     bool            `json:"has_photo"`
	Certificates []heldBefore    `json:"certificates"`
	Kit          []heldKit       `json:"kit"`
	Territory    []territoryPart `json:"territory"`
	Class        *classOfAgent   `json:"class,omitempty"`
}

type heldBefore struct {
	agentCertificate
	Reason  string    `json:"reason,omitempty"`
	StateAt time.Time `json:"state_at"`
}

type heldKit struct {
	KitID  jaring.KitID `json:"kit_id"`
	Kind   string       `json:"kind" enum:"name_tag,jacket,backpack"`
	Serial string       `json:"serial"`
	Since  time.Time    `json:"since"`
}

type territoryPart struct {
	Kind  string     `json:"kind" enum:"village,place"`
	Value string     `json:"value"`
	Label string     `json:"label"`
	From  jaring.Day `json:"from" format:"date"`
}

type classOfAgent struct {
	ClassID jaring.ClassID `json:"class_id"`
	Name    string         `json:"name"`
}

func (s *server) getAgent(c *call, in *ByID) (*agentOut, error) { return s.agentPage(c, in.ID) }

func (s *server) agentPage(c *call, id string) (*agentOut, error) {
	v, err := s.App.GetAgent(c, c.actor, jaring.AccountID(id))
	if err != nil {
		return nil, err
	}
	page := agentPage{agentHead: agentHeadOf(&v.AgentRow), Login: v.Account.Login, Phone: v.Phone, HasPhoto: v.HasPhoto,
		Certificates: []heldBefore{}, Kit: []heldKit{}, Territory: []territoryPart{}}
	for _, held := range v.Certificates {
		page.Certificates = append(page.Certificates, heldBefore{wireCertificate(held, v.Today), held.Reason, held.StateAt})
	}
	for _, k := range v.Things {
		page.Kit = append(page.Kit, heldKit{k.ID, string(k.Kind), k.Serial, k.Since})
	}
	for _, t := range v.Territory {
		page.Territory = append(page.Territory, territoryPart{string(t.Kind), t.Value, t.Label, t.From})
	}
	if v.Class != nil {
		page.Class = &classOfAgent{v.Class.ID, v.Class.Name}
	}
	return &agentOut{page}, nil
}

// Picture is a picture in the body of a request.
type Picture struct {
	RawBody []byte `contentType:"image/jpeg"`
}

type setPhotoIn struct {
	ByID
	Picture
}

func (s *server) setAgentPhoto(c *call, in *setPhotoIn) (*nothing, error) {
	return nil, s.App.SetAgentPhoto(c, c.actor, jaring.AccountID(in.ID), in.RawBody)
}

type territoryBody struct {
	Villages []string `json:"villages" doc:"dotted codes"`
	Places   []string `json:"places"`
}

type assignIn struct {
	ByID
	RawBody []byte
}

func (s *server) assignTerritory(c *call, in *assignIn) (*agentOut, error) {
	var body territoryBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	places := make([]jaring.PlaceID, len(body.Places))
	for i, p := range body.Places {
		places[i] = jaring.PlaceID(p)
	}
	if err := s.App.AssignTerritory(c, c.actor, jaring.AccountID(in.ID), body.Villages, places); err != nil {
		return nil, err
	}
	return s.agentPage(c, in.ID)
}
