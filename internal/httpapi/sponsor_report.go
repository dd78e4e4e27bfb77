package httpapi

import (
	"bytes"
	"strings"

	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/document"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/sheet"
	"jaring/internal/sponsor"
)

type reportIn struct {
	ByID
	Agreement string `query:"agreement" maxLength:"36" doc:"that one alone; all of the sponsor when left out"`
	Month     string `query:"month" maxLength:"7" doc:"the present one when left out"`
}

// month is the month that is asked for, 0 for the present one. Error: month.malformed.
func (in *reportIn) month() (m jaring.Month, err error) {
	if in.Month != "" {
		err = m.UnmarshalText([]byte(in.Month))
	}
	return m, err
}

type reportOut struct{ Body sponsorReport }

// sponsorReport is what a sponsor's money has come to in a month, and what comes next.
type sponsorReport struct {
	SponsorID   string           `json:"sponsor_id"`
	SponsorName string           `json:"sponsor_name"`
	OfficeName  string           `json:"office_name"`
	AgreementID string           `json:"agreement_id,omitempty"`
	Number      string           `json:"agreement_number,omitempty"`
	Month       jaring.Month     `json:"month"`
	First       jaring.Month     `json:"first_month,omitzero" doc:"of what is paid for"`
	Last        jaring.Month     `json:"last_month,omitzero"`
	Paid        int              `json:"paid" doc:"people for whom the sponsor pays in the month"`
	Protected   int              `json:"protected" doc:"of them, today"`
	New         int              `json:"new" doc:"whose first month it is"`
	Left        int              `json:"left" doc:"who dropped out so far"`
	Replaced    int              `json:"replaced" doc:"of their places: taken again"`
	Deaths      int              `json:"deaths"`
	Places      int              `json:"places"`
	Budget      jaring.Rupiah    `json:"budget"`
	Used        jaring.Rupiah    `json:"used"`
	BudgetLeft  jaring.Rupiah    `json:"budget_left"`
	Credit      jaring.Rupiah    `json:"credit" doc:"given back, for whoever comes instead"`
	Twice       int              `json:"twice" doc:"people whom somebody else pays for"`
	Saved       jaring.Rupiah    `json:"saved" doc:"that was not paid twice"`
	Months      []reportMonth    `json:"months" doc:"every month that is paid for, those to come too"`
	Villages    []reportVillage  `json:"villages"`
	Lapse       int              `json:"lapse" doc:"people who are not protected any more when it ends"`
	Keep        []reportKeep     `json:"keep" doc:"what keeping them costs"`
	LapseFirst  []lapsingInWords `json:"lapse_first" doc:"the first hundred; the spreadsheet has all"`
}

type reportMonth struct {
	Month  jaring.Month  `json:"month"`
	People int           `json:"people"`
	Amount jaring.Rupiah `json:"amount"`
}

type reportVillage struct {
	Code      string `json:"code"`
	District  string `json:"district"`
	Name      string `json:"name"`
	Paid      int    `json:"paid"`
	Protected int    `json:"protected"`
	Ends      int    `json:"ends"`
}

type reportKeep struct {
	Months int           `json:"months"`
	Amount jaring.Rupiah `json:"amount"`
}

type lapsingInWords struct {
	WorkerID       jaring.WorkerID       `json:"worker_id"`
	RegistrationNo jaring.RegistrationNo `json:"registration_no"`
	Name           string                `json:"name"`
	Village        string                `json:"village"`
	Until          jaring.Month          `json:"until"`
}

const lapseShown = 100

func (s *server) readReport(c *call, in *reportIn) (*sponsor.Report, error) {
	month, err := in.month()
	if err != nil {
		return nil, err
	}
	return s.App.ReportSponsor(c, c.actor, in.ID, strings.ToLower(in.Agreement), month)
}

func (s *server) reportSponsor(c *call, in *reportIn) (*reportOut, error) {
	r, err := s.readReport(c, in)
	if err != nil {
		return nil, err
	}
	return &reportOut{s.wireReport(r)}, nil
}

func (s *server) wireReport(r *sponsor.Report) sponsorReport {
	out := sponsorReport{SponsorID: r.Sponsor.ID, SponsorName: r.Sponsor.Name, OfficeName: r.OfficeName, Month: r.Month, First: r.First, Last: r.Last, Paid: r.Paid, Protected: r.Protected,
		New: r.New, Left: r.Left, Replaced: r.Replaced, Deaths: r.Deaths, Places: r.Places, Budget: r.Budget, Used: r.Used, BudgetLeft: r.Budget - r.Used, Credit: r.Credit, Twice: r.Twice,
		Saved: r.Saved, Months: []reportMonth{}, Villages: []reportVillage{}, Lapse: len(r.Lapse), Keep: []reportKeep{}, LapseFirst: []lapsingInWords{}}
	if r.Pact != nil {
		out.AgreementID, out.Number = r.Pact.ID, r.Pact.Number
	}
	for _, m := range r.Months {
		out.Months = append(out.Months, reportMonth(m))
	}
	for _, v := range r.Village {
		district, name := s.placed(v.Code)
		out.Villages = append(out.Villages, reportVillage{v.Code, district, name, v.Paid, v.Protected, v.Ends})
	}
	for _, k := range r.Keep {
		out.Keep = append(out.Keep, reportKeep(k))
	}
	for _, l := range r.Lapse[:min(lapseShown, len(r.Lapse))] {
		out.LapseFirst = append(out.LapseFirst, lapsingInWords{l.Worker, l.RegistrationNo, l.Name, s.areaName(l.Village), l.Until})
	}
	return out
}

// placed is a village with its district; of a wider area its name alone.
func (s *server) placed(code string) (district, name string) {
	c := area.Code(code)
	if c.Level() != area.Village {
		return "", s.areaName(code)
	}
	d, _ := s.App.Areas.Parent(c)
	return d.Name, s.areaName(code)
}

// reportNamesOf are what a kept report is called.
var reportNamesOf = map[i18n.Lang]string{i18n.ID: "laporan-sponsor", i18n.EN: "sponsor-report"}

func (s *server) reportDocument(c *call, in *reportIn) (*documentOut, error) {
	r, err := s.readReport(c, in)
	if err != nil {
		return nil, err
	}
	return pdf(document.SponsorReport(s.sponsoredOf(r), c.lang, s.Now().In(app.Zone(c.actor.Zone))), reportNamesOf[c.lang])
}

func (s *server) sponsoredOf(r *sponsor.Report) document.Sponsored {
	out := document.Sponsored{Sponsor: r.Sponsor.Name, Office: r.OfficeName, Month: r.Month, First: r.First, Last: r.Last, Paid: r.Paid, Protected: r.Protected, New: r.New, Left: r.Left,
		Replaced: r.Replaced, Deaths: r.Deaths, Budget: r.Budget, Used: r.Used, Credit: r.Credit, Twice: r.Twice, Saved: r.Saved, Lapse: len(r.Lapse)}
	if r.Pact != nil {
		out.Number = r.Pact.Number
	}
	for _, m := range r.Months {
		out.Months = append(out.Months, document.SponsoredMonth(m))
	}
	for _, v := range r.Village {
		district, name := s.placed(v.Code)
		out.Villages = append(out.Villages, document.SponsoredVillage{District: district, Name: name, Paid: v.Paid, Protected: v.Protected, Ends: v.Ends})
	}
	for _, k := range r.Keep {
		out.Keep = append(out.Keep, document.SponsoredKeep(k))
	}
	return out
}

// reportSheet is the report as a spreadsheet: months, villages, and everybody whose cover ends.
func (s *server) reportSheet(c *call, in *reportIn) (*documentOut, error) {
	r, err := s.readReport(c, in)
	if err != nil {
		return nil, err
	}
	say := func(key string) string { return i18n.Text(c.lang, "document.sponsor."+key, nil) }
	months := sheet.Page{Name: say("month"), Head: []string{say("month"), say("people"), say("amount")}}
	for _, m := range r.Months {
		months.Rows = append(months.Rows, []any{m.Month.String(), m.People, int64(m.Amount)})
	}
	villages := sheet.Page{Name: say("sheet.villages"), Head: []string{say("district"), say("village"), say("people"), say("protected"), say("lapses")}}
	for _, v := range r.Village {
		district, name := s.placed(v.Code)
		villages.Rows = append(villages.Rows, []any{district, name, v.Paid, v.Protected, v.Ends})
	}
	ends := sheet.Page{Name: say("lapses"), Head: []string{say("sheet.number"), say("sheet.name"), say("district"), say("village"), say("sheet.until")}}
	for _, l := range r.Lapse {
		district, name := s.placed(l.Village)
		ends.Rows = append(ends.Rows, []any{string(l.RegistrationNo), l.Name, district, name, l.Until.String()})
	}
	var out bytes.Buffer
	if err := sheet.WritePages(&out, []sheet.Page{months, villages, ends}); err != nil {
		return nil, err
	}
	return &documentOut{xlsxType, `attachment; filename="` + reportNamesOf[c.lang] + `.xlsx"`, out.Bytes()}, nil
}
