package httpapi

import (
	"strconv"
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/sponsor"
)

type findSponsorsIn struct {
	Q      string `query:"q" maxLength:"100"`
	Cursor string `query:"cursor" maxLength:"400"`
}

type sponsorsOut struct {
	Body struct {
		Items      []sponsorItem `json:"items"`
		NextCursor string        `json:"next_cursor,omitempty"`
	}
}

type sponsorItem struct {
	SponsorID    string          `json:"sponsor_id"`
	Name         string          `json:"name"`
	OfficeID     jaring.OfficeID `json:"office_id"`
	OfficeName   string          `json:"office_name"`
	ContactName  string          `json:"contact_name"`
	ContactPhone string          `json:"contact_phone,omitempty"`
	Agreements   []agreementHead `json:"agreements" doc:"the newest first"`
	Money        *sponsorMoney   `json:"money,omitempty" doc:"of one sponsor alone"`
}

type sponsorMoney struct {
	Owed   jaring.Rupiah `json:"owed" doc:"on bills that wait"`
	Paid   jaring.Rupiah `json:"paid" doc:"that came, less what went back"`
	Credit jaring.Rupiah `json:"credit" doc:"paid for people who could not start"`
}

type agreementHead struct {
	AgreementID   string         `json:"agreement_id"`
	Kind          string         `json:"kind" enum:"apbd,province,apbdes,csr,gn_lingkaran,sertakan,private,union,association"`
	Number        string         `json:"number"`
	Decree        string         `json:"decree,omitempty"`
	State         string         `json:"state" enum:"draft,approved"`
	FirstMonth    jaring.Month   `json:"first_month"`
	LastMonth     jaring.Month   `json:"last_month"`
	Months        int            `json:"months"`
	Programs      []string       `json:"programs"`
	Funding       jaring.Funding `json:"funding" doc:"by which months are priced"`
	CeilingAmount jaring.Rupiah  `json:"ceiling_amount"`
	CeilingPeople int            `json:"ceiling_people"`
	UsedAmount    jaring.Rupiah  `json:"used_amount" doc:"by lists that are enrolled"`
	UsedPeople    int            `json:"used_people"`
}

func wireAgreement(a *sponsor.AgreementRow) agreementHead {
	return agreementHead{AgreementID: a.ID, Kind: string(a.Kind), Number: a.Number, Decree: a.Decree, State: a.State, FirstMonth: a.FirstMonth, LastMonth: a.LastMonth(), Months: a.Months,
		Programs: strings.Split(a.Programs.String(), "+"), Funding: a.Kind.Funding(), CeilingAmount: a.CeilingAmount, CeilingPeople: a.CeilingPeople, UsedAmount: a.UsedAmount, UsedPeople: a.UsedPeople}
}

func wireSponsor(r *sponsor.Row) sponsorItem {
	it := sponsorItem{r.ID, r.Name, r.Office, r.OfficeName, r.ContactName, r.ContactPhone, []agreementHead{}, nil}
	for _, a := range r.Agreements {
		it.Agreements = append(it.Agreements, wireAgreement(a))
	}
	return it
}

func (s *server) findSponsors(c *call, in *findSponsorsIn) (*sponsorsOut, error) {
	rows, next, err := s.App.FindSponsors(c, c.actor, in.Q, in.Cursor)
	if err != nil {
		return nil, err
	}
	out := &sponsorsOut{}
	out.Body.Items, out.Body.NextCursor = []sponsorItem{}, next
	for _, r := range rows {
		out.Body.Items = append(out.Body.Items, wireSponsor(r))
	}
	return out, nil
}

type sponsorBody struct {
	Name         string `json:"name"`
	ContactName  string `json:"contact_name"`
	ContactPhone string `json:"contact_phone,omitempty"`
	OfficeID     string `json:"office_id,omitempty" format:"uuid" doc:"one's own when left out"`
}

type sponsorOut struct{ Body sponsorItem }

func (s *server) addSponsor(c *call, in *Acting) (*sponsorOut, error) {
	var body sponsorBody
	key, err := s.said(c, in, &body)
	if err != nil {
		return nil, err
	}
	id, err := s.App.AddSponsor(c, c.actor, key, jaring.Sponsor{Office: jaring.OfficeID(body.OfficeID), Name: body.Name, ContactName: body.ContactName, ContactPhone: body.ContactPhone})
	if err != nil {
		return nil, err
	}
	return s.getSponsor(c, &ByID{id})
}

func (s *server) getSponsor(c *call, in *ByID) (*sponsorOut, error) {
	r, err := s.App.GetSponsor(c, c.actor, in.ID)
	if err != nil {
		return nil, err
	}
	out := &sponsorOut{wireSponsor(r)}
	out.Body.Money = &sponsorMoney{r.Money.Owed, r.Money.Paid, r.Money.Credit}
	return out, nil
}

type agreementBody struct {
	Kind          string        `json:"kind" enum:"apbd,province,apbdes,csr,gn_lingkaran,sertakan,private,union,association"`
	Number        string        `json:"number" doc:"of the agreement"`
	Decree        string        `json:"decree,omitempty" doc:"asked of public budgets"`
	FirstMonth    jaring.Month  `json:"first_month"`
	Months        int           `json:"months"`
	Programs      []string      `json:"programs"`
	CeilingAmount jaring.Rupiah `json:"ceiling_amount"`
	CeilingPeople int           `json:"ceiling_people"`
	Terms         jaring.Terms  `json:"terms,omitzero" doc:"what is asked of the people"`
}

// form is an agreement as it was entered. Error: program.unknown.
func (b *agreementBody) form() (jaring.Agreement, error) {
	programs, err := jaring.NewPrograms(b.Programs...)
	if err != nil {
		return jaring.Agreement{}, err
	}
	return jaring.Agreement{Kind: jaring.SponsorKind(b.Kind), Number: b.Number, Decree: b.Decree, FirstMonth: b.FirstMonth, Months: b.Months, Programs: programs,
		CeilingAmount: b.CeilingAmount, CeilingPeople: b.CeilingPeople, Terms: b.Terms}, nil
}

type agreementOut struct {
	ETag string `header:"ETag"`
	Body struct {
		agreementHead
		SponsorID   string        `json:"sponsor_id"`
		SponsorName string        `json:"sponsor_name"`
		OfficeName  string        `json:"office_name"`
		Version     int64         `json:"version"`
		Terms       jaring.Terms  `json:"terms"`
		MadeBy      []string      `json:"made_by" doc:"names of who wrote it since it was last approved"`
		ApprovedBy  string        `json:"approved_by,omitempty"`
		ApprovedAt  time.Time     `json:"approved_at,omitzero"`
		MayApprove  bool          `json:"may_approve"`
		WhyNot      string        `json:"why_not,omitempty" doc:"why the caller may not approve, in words"`
		LeftAmount  jaring.Rupiah `json:"left_amount"`
		LeftPeople  int           `json:"left_people"`
		Rosters     []rosterHead  `json:"rosters" doc:"the newest first"`
	}
}

// AgreementOf names an agreement of a sponsor.
type AgreementOf struct {
	ByID
	Agreement string `path:"agreement_id" format:"uuid"`
}

func (s *server) getAgreement(c *call, in *AgreementOf) (*agreementOut, error) {
	v, err := s.App.GetAgreement(c, c.actor, in.ID, strings.ToLower(in.Agreement))
	if err != nil {
		return nil, err
	}
	out := &agreementOut{ETag: strconv.Quote(strconv.FormatInt(v.Version, 10))}
	b := &out.Body
	b.agreementHead, b.SponsorID, b.SponsorName, b.OfficeName, b.Version = wireAgreement(v.AgreementRecord), v.Sponsor.ID, v.Sponsor.Name, v.OfficeName, v.Version
	b.Terms, b.MadeBy, b.ApprovedBy, b.ApprovedAt = v.Terms, v.HandNames, v.ApproverName, v.ApprovedAt
	b.LeftAmount, b.LeftPeople = v.CeilingAmount-v.UsedAmount, v.CeilingPeople-v.UsedPeople
	b.MayApprove = v.MayApprove == nil && v.State == "draft"
	if v.MayApprove != nil {
		b.WhyNot = problem(c.lang, "", v.MayApprove).Detail
	}
	b.Rosters = []rosterHead{}
	for _, r := range v.Rosters {
		b.Rosters = append(b.Rosters, wireRosterHead(r))
	}
	return out, nil
}

func (s *server) addAgreement(c *call, in *actOnOne) (*agreementOut, error) {
	var body agreementBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	form, err := body.form()
	if err != nil {
		return nil, err
	}
	id, err := s.App.AddAgreement(c, c.actor, key, in.ID, form)
	if err != nil {
		return nil, err
	}
	return s.getAgreement(c, &AgreementOf{in.ByID, id})
}

type actOnAgreement struct {
	AgreementOf
	Acting
	IfMatch string `header:"If-Match"`
}

func (s *server) changeAgreement(c *call, in *actOnAgreement) (*agreementOut, error) {
	version, err := versionOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	var body agreementBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	form, err := body.form()
	if err != nil {
		return nil, err
	}
	if err := s.App.ChangeAgreement(c, c.actor, key, in.ID, strings.ToLower(in.Agreement), version, form); err != nil {
		return nil, err
	}
	return s.getAgreement(c, &in.AgreementOf)
}

func (s *server) approveAgreement(c *call, in *actOnAgreement) (*agreementOut, error) {
	version, err := versionOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	key, err := s.said(c, &in.Acting, &emptyBody{})
	if err != nil {
		return nil, err
	}
	if err := s.App.ApproveAgreement(c, c.actor, key, in.ID, strings.ToLower(in.Agreement), version); err != nil {
		return nil, err
	}
	return s.getAgreement(c, &in.AgreementOf)
}
