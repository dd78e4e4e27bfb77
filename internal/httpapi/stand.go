package httpapi

import (
	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type standRow struct {
	StandID      jaring.StandID `json:"stand_id"`
	Number       string         `json:"number"`
	Name         string         `json:"name"`
	Kind         string         `json:"kind" enum:"umkm,bank,office,school,other"`
	Owner        string         `json:"owner,omitempty"`
	ContactName  string         `json:"contact_name,omitempty" doc:"of a team of minors a teacher"`
	ContactPhone string         `json:"contact_phone,omitempty"`
	Team         int            `json:"team" doc:"people, not named"`
	Minors       bool           `json:"minors"`
	About        string         `json:"about,omitempty"`
	Public       bool           `json:"public"`
	Products     []standProduct `json:"products"`
	Visitors     int            `json:"visitors" doc:"participants who have its stamp"`
	People       int            `json:"people" doc:"on the list, who belong to it"`
	Leads        int            `json:"leads" doc:"people who were met at it"`
	Code         string         `json:"code,omitempty" doc:"on its sign; for those who manage the event"`
	Path         string         `json:"page,omitempty" doc:"of its page"`
}

type standProduct struct {
	ProductID string        `json:"product_id"`
	Name      string        `json:"name"`
	Price     jaring.Rupiah `json:"price,omitempty"`
	About     string        `json:"about,omitempty"`
	Photo     bool          `json:"photo"`
}

func wireProducts(products []jaring.Product) []standProduct {
	out := make([]standProduct, len(products))
	for i, p := range products {
		out[i] = standProduct{p.ID, p.Name, p.Price, p.About, p.Photo}
	}
	return out
}

func wireStand(v outreach.StandView) standRow {
	row := standRow{StandID: v.ID, Number: v.Number, Name: v.Name, Kind: string(v.Kind), Owner: v.Owner, ContactName: v.ContactName, ContactPhone: v.ContactPhone, Team: v.Team, Minors: v.Minors,
		About: v.About, Public: v.Public, Products: wireProducts(v.Products), Visitors: v.Visitors, People: v.People, Leads: v.Leads, Code: v.Code.Text()}
	if v.Code != "" {
		row.Path = standPath(v.Code)
	}
	return row
}

func standPath(code jaring.TicketCode) string { return "/stan/" + string(code) }

type standsIn struct {
	ByID
	Q string `query:"q" maxLength:"100" doc:"part of a number, a name or an owner"`
}

type standsOut struct {
	Body struct {
		Items []standRow `json:"items"`
	}
}

func (s *server) findStands(c *call, in *standsIn) (*standsOut, error) {
	return s.standList(c, jaring.CampaignID(in.ID), in.Q)
}

func (s *server) standList(c *call, id jaring.CampaignID, q string) (*standsOut, error) {
	found, err := s.App.FindStands(c, c.actor, id, q)
	if err != nil {
		return nil, err
	}
	out := &standsOut{}
	out.Body.Items = make([]standRow, len(found))
	for i, v := range found {
		out.Body.Items[i] = wireStand(v)
	}
	return out, nil
}

type standBody struct {
	StandID      string        `json:"stand_id,omitempty" doc:"of a stand that is written anew"`
	Number       string        `json:"number"`
	Name         string        `json:"name"`
	Kind         string        `json:"kind" enum:"umkm,bank,office,school,other"`
	Owner        string        `json:"owner,omitempty"`
	ContactName  string        `json:"contact_name,omitempty" doc:"of a team of minors a teacher"`
	ContactPhone string        `json:"contact_phone,omitempty"`
	Team         int           `json:"team,omitempty"`
	Minors       bool          `json:"minors,omitempty"`
	About        string        `json:"about,omitempty"`
	Public       bool          `json:"public,omitempty" doc:"its page and photos are anybody's to see"`
	Products     []productBody `json:"products,omitempty"`
}

type productBody struct {
	ProductID string        `json:"product_id,omitempty" doc:"of a product that stays"`
	Name      string        `json:"name"`
	Price     jaring.Rupiah `json:"price,omitempty"`
	About     string        `json:"about,omitempty"`
	JPEG      []byte        `json:"jpeg,omitempty" doc:"base64, at most 150 kB; stays when it is not told"`
}

func (s *server) setStand(c *call, in *actOn) (*standsOut, error) {
	var body standBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	id := jaring.CampaignID(in.ID)
	f := outreach.StandForm{Stand: jaring.Stand{ID: jaring.StandID(body.StandID), Number: body.Number, Name: body.Name, Kind: jaring.StandKind(body.Kind), Owner: body.Owner,
		ContactName: body.ContactName, ContactPhone: body.ContactPhone, Team: body.Team, Minors: body.Minors, About: body.About, Public: body.Public}, Photos: map[int][]byte{}}
	for i, p := range body.Products {
		f.Products = append(f.Products, jaring.Product{ID: p.ProductID, Name: p.Name, Price: p.Price, About: p.About})
		if len(p.JPEG) > 0 {
			f.Photos[i] = p.JPEG
		}
	}
	if _, err := s.App.SetStand(c, c.actor, key, id, f); err != nil {
		return nil, err
	}
	return s.standList(c, id, "")
}
