package httpapi

import (
	"strconv"
	"strings"

	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type partnerItem struct {
	PartnerID    jaring.PartnerID `json:"partner_id"`
	Kind         string           `json:"kind" enum:"association,union,tripartite,labour_office,bank,school,company,community,government"`
	Name         string           `json:"name"`
	OfficeID     jaring.OfficeID  `json:"office_id"`
	OfficeName   string           `json:"office_name"`
	ContactName  string           `json:"contact_name"`
	ContactPhone string           `json:"contact_phone,omitempty"`
	Agreement    string           `json:"agreement,omitempty" doc:"number of what was agreed"`
	From         jaring.Day       `json:"from,omitzero" format:"date"`
	Until        jaring.Day       `json:"until,omitzero" format:"date"`
	Agreed       bool             `json:"agreed" doc:"an agreement holds today"`
	Campaigns    int              `json:"campaigns" doc:"that it organises"`
	Leads        int              `json:"leads" doc:"that it sent"`
	Became       int              `json:"became" doc:"of them, registered"`
	Sponsors     int              `json:"sponsors" doc:"that it is"`
}

func wirePartner(r *outreach.PartnerRow) partnerItem {
	return partnerItem{r.ID, string(r.Kind), r.Name, r.Office, r.OfficeName, r.ContactName, r.ContactPhone, r.Agreement, r.From, r.Until, r.Agreed, r.Campaigns, r.Leads, r.Became, r.Sponsors}
}

type findPartnersIn struct {
	Q      string `query:"q" maxLength:"100"`
	Kind   string `query:"kind" enum:"association,union,tripartite,labour_office,bank,school,company,community,government"`
	Cursor string `query:"cursor" maxLength:"400"`
}

type partnersOut struct {
	Body struct {
		Items      []partnerItem `json:"items" doc:"by name"`
		NextCursor string        `json:"next_cursor,omitempty"`
	}
}

func (s *server) findPartners(c *call, in *findPartnersIn) (*partnersOut, error) {
	rows, next, err := s.App.FindPartners(c, c.actor, in.Q, jaring.PartnerKind(in.Kind), in.Cursor)
	if err != nil {
		return nil, err
	}
	out := &partnersOut{}
	out.Body.Items, out.Body.NextCursor = []partnerItem{}, next
	for _, r := range rows {
		out.Body.Items = append(out.Body.Items, wirePartner(r))
	}
	return out, nil
}

type partnerBody struct {
	Kind         string     `json:"kind" enum:"association,union,tripartite,labour_office,bank,school,company,community,government"`
	Name         string     `json:"name"`
	ContactName  string     `json:"contact_name"`
	ContactPhone string     `json:"contact_phone,omitempty"`
	Agreement    string     `json:"agreement,omitempty" doc:"number of what was agreed"`
	From         jaring.Day `json:"from,omitzero" format:"date"`
	Until        jaring.Day `json:"until,omitzero" format:"date"`
	Note         string     `json:"note,omitempty"`
	OfficeID     string     `json:"office_id,omitempty" format:"uuid" doc:"one's own when left out"`
}

func (b *partnerBody) form() jaring.Partner {
	return jaring.Partner{Office: jaring.OfficeID(b.OfficeID), Kind: jaring.PartnerKind(b.Kind), Name: b.Name, ContactName: b.ContactName, ContactPhone: b.ContactPhone, Agreement: b.Agreement,
		From: b.From, Until: b.Until, Note: b.Note}
}

type partnerOut struct {
	ETag string `header:"ETag"`
	Body struct {
		partnerItem
		Note      string         `json:"note,omitempty"`
		Version   int64          `json:"version"`
		Organises []campaignRow  `json:"organises" doc:"the one that opens last first"`
		Pays      []partnerPayer `json:"pays" doc:"sponsors that it is"`
		MayManage bool           `json:"may_manage"`
	}
}

type partnerPayer struct {
	SponsorID string `json:"sponsor_id"`
	Name      string `json:"name"`
}

func (s *server) getPartner(c *call, in *ByID) (*partnerOut, error) {
	v, err := s.App.GetPartner(c, c.actor, jaring.PartnerID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &partnerOut{ETag: strconv.Quote(strconv.FormatInt(v.Version, 10))}
	b := &out.Body
	b.partnerItem, b.Note, b.Version, b.MayManage, b.Organises, b.Pays = wirePartner(&v.PartnerRow), v.Note, v.Version, v.MayManage, []campaignRow{}, []partnerPayer{}
	for i := range v.Organises {
		b.Organises = append(b.Organises, s.wireCampaign(&v.Organises[i]))
	}
	for _, p := range v.Pays {
		b.Pays = append(b.Pays, partnerPayer{p.ID, p.Name})
	}
	return out, nil
}

func (s *server) addPartner(c *call, in *Acting) (*partnerOut, error) {
	var body partnerBody
	key, err := s.said(c, in, &body)
	if err != nil {
		return nil, err
	}
	id, err := s.App.AddPartner(c, c.actor, key, body.form())
	if err != nil {
		return nil, err
	}
	return s.getPartner(c, &ByID{string(id)})
}

func (s *server) changePartner(c *call, in *actOn) (*partnerOut, error) {
	version, err := versionOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	var body partnerBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	if err := s.App.ChangePartner(c, c.actor, key, jaring.PartnerID(in.ID), version, body.form()); err != nil {
		return nil, err
	}
	return s.getPartner(c, &in.ByID)
}

type partnerPaysBody struct {
	SponsorID string `json:"sponsor_id" format:"uuid"`
	Pays      bool   `json:"pays" doc:"false to take it back"`
}

func (s *server) setPartnerPays(c *call, in *actOnOne) (*partnerOut, error) {
	var body partnerPaysBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	if err := s.App.SetPays(c, c.actor, key, jaring.PartnerID(in.ID), strings.ToLower(body.SponsorID), body.Pays); err != nil {
		return nil, err
	}
	return s.getPartner(c, &in.ByID)
}
