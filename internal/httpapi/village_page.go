package httpapi

import (
	"time"

	"jaring/internal/auth"
	"jaring/internal/document"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type villageOut struct {
	ETag string `header:"ETag"`
	Body struct {
		villageItem
		Version    int64                `json:"version"`
		Note       string               `json:"note,omitempty"`
		Source     jaring.Potential     `json:"potential_of" doc:"the denominator, with its source and day"`
		Criteria   jaring.AwareCriteria `json:"criteria"`
		Default    bool                 `json:"criteria_are_default" doc:"Jaring's own: the fund's are not public"`
		Steps      []villageStep        `json:"steps" doc:"those that stand, in order"`
		History    []villageStep        `json:"history" doc:"all that was written about steps, corrections too"`
		Next       jaring.AwareStep     `json:"next,omitempty"`
		Missing    string               `json:"missing,omitempty" doc:"why the next step cannot be taken, in words"`
		Reasons    []reasonItem         `json:"reasons"`
		Held       int                  `json:"held" doc:"months in a row in which coverage held"`
		Months     []villageMonth       `json:"months" doc:"the oldest first, this one last"`
		Forecast   *villageForecast     `json:"forecast,omitempty" doc:"left out while too few months are known"`
		Registered int                  `json:"officials_registered"`
		EmployerID jaring.EmployerID    `json:"employer_id,omitempty"`
		Officials  []villageOfficial    `json:"people" doc:"officials by name"`
		Dialogues  []villageDialogue    `json:"dialogues" doc:"the newest first"`
		Path       string               `json:"path" doc:"of the public page"`
		MayManage  bool                 `json:"may_manage"`
		Month      jaring.Month         `json:"month"`
	}
}

type villageStep struct {
	Step      jaring.AwareStep `json:"step"`
	Day       jaring.Day       `json:"day" format:"date"`
	Reference string           `json:"reference,omitempty"`
	Note      string           `json:"note,omitempty"`
	Back      bool             `json:"back,omitempty"`
	Reason    string           `json:"reason,omitempty"`
	By        string           `json:"by,omitempty" doc:"left out when Jaring's calendar took it"`
	At        time.Time        `json:"at,omitzero"`
}

type villageMonth struct {
	Month     jaring.Month       `json:"month"`
	Colour    jaring.AwareColour `json:"colour"`
	Protected int                `json:"protected"`
	Fewer     bool               `json:"fewer,omitempty" doc:"fewer than that: small numbers are not told to everybody"`
	Need      int                `json:"need"`
	Counted   bool               `json:"counted,omitempty" doc:"after the month, from what was paid for it"`
}

type villageForecast struct {
	Pace     int64        `json:"pace" doc:"thousandths of a person a month"`
	PaceLow  int64        `json:"pace_low"`
	PaceHigh int64        `json:"pace_high"`
	Loss     jaring.Month `json:"loss,omitzero" doc:"in which coverage is expected below its threshold; left out when that is not in sight"`
	LossFrom jaring.Month `json:"loss_from,omitzero"`
	LossTo   jaring.Month `json:"loss_to,omitzero" doc:"left out when it may not come at all"`
	At       jaring.Month `json:"at"`
	Expected int64        `json:"expected" doc:"protected people at the end of that month"`
	Low      int64        `json:"low"`
	High     int64        `json:"high"`
}

type villageOfficial struct {
	WorkerID jaring.WorkerID `json:"worker_id"`
	Name     string          `json:"name"`
	Position string          `json:"position"`
	Standing string          `json:"standing"`
}

type villageDialogue struct {
	CampaignID jaring.CampaignID `json:"campaign_id"`
	Name       string            `json:"name"`
	State      string            `json:"state"`
	OpensAt    time.Time         `json:"opens_at"`
	Came       int               `json:"came"`
	Questions  int               `json:"questions"`
	Held       bool              `json:"held"`
}

// villagePath is where the public page of a programme lies.
func villagePath(token string) string { return "/desa/" + token }

func (s *server) getVillage(c *call, in *ByID) (*villageOut, error) {
	v, err := s.App.GetAware(c, c.actor, jaring.AwareID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &villageOut{ETag: etagOf(v.Version)}
	b := &out.Body
	b.villageItem, b.Version, b.Note, b.Source, b.Criteria, b.Default = wireVillage(&v.AwareRow), v.Version, v.Note, v.Potential, v.Criteria, v.OwnCriteria
	b.Colour = v.Verdict.Colour
	b.Steps, b.History = wireTaken(v.Road, v.By), wireTaken(v.Lines, v.By)
	if n := len(v.Road); n < len(jaring.AwareSteps) {
		b.Next = jaring.AwareSteps[n]
	}
	if v.Missing != nil {
		b.Missing = problem(c.lang, "", v.Missing).Detail
	}
	b.Reasons, b.Held, b.Month, b.Registered, b.EmployerID = wireReasons(c.lang, v.Verdict.Reasons), v.Verdict.Held, v.Verdict.Month, v.Facts.Registered, v.Employer
	b.Months = []villageMonth{}
	for _, m := range append(v.Past, v.Verdict.AwareMonth) {
		b.Months = append(b.Months, villageMonth{Month: m.Month, Colour: m.Colour, Protected: m.Protected, Need: m.Need, Counted: m.Counted})
	}
	b.Forecast, b.Officials, b.Dialogues = wireForecast(v.Forecast), wireOfficials(v.Officials), wireDialogues(v.Dialogues)
	b.Path, b.MayManage = villagePath(v.Token), v.MayManage
	return out, nil
}

func wireTaken(lines []jaring.AwareTaken, by map[jaring.AccountID]string) []villageStep {
	out := []villageStep{}
	for _, l := range lines {
		out = append(out, villageStep{l.Step, l.Day, l.Reference, l.Note, l.Back, l.Why, by[l.By], l.At})
	}
	return out
}

func wireForecast(f *outreach.AwareForecast) *villageForecast {
	if f == nil {
		return nil
	}
	return &villageForecast{Pace: f.Pace.Mid, PaceLow: f.Pace.Low, PaceHigh: f.Pace.High, Loss: f.Loss.Expected, LossFrom: f.Loss.Earliest, LossTo: f.Loss.Latest,
		At: f.At, Expected: f.Next.Mid, Low: f.Next.Low, High: f.Next.High}
}

func wireOfficials(people []outreach.AwareOfficial) []villageOfficial {
	out := []villageOfficial{}
	for _, p := range people {
		out = append(out, villageOfficial{p.Worker.ID, p.Worker.Name, p.Position, string(p.Worker.Standing)})
	}
	return out
}

func wireDialogues(all []outreach.AwareDialogue) []villageDialogue {
	out := []villageDialogue{}
	for _, d := range all {
		out = append(out, villageDialogue{d.ID, d.Name, string(d.State), d.OpensAt, d.Came, d.Questions, d.Held})
	}
	return out
}

// VillageToken is the address of a public page.
type VillageToken struct {
	Token string `path:"token" maxLength:"64"`
}

type publicVillageOut struct {
	Body struct {
		Kind       string               `json:"kind" enum:"village,market"`
		Name       string               `json:"name"`
		District   string               `json:"district"`
		Regency    string               `json:"regency"`
		OfficeName string               `json:"office_name"`
		Step       jaring.AwareStep     `json:"step"`
		Colour     jaring.AwareColour   `json:"colour" enum:"building,green,amber,red"`
		Reasons    []reasonItem         `json:"reasons" doc:"without figures: those stand beside, as far as they may be told"`
		Protected  int                  `json:"protected"`
		Fewer      bool                 `json:"fewer" doc:"fewer than that: small numbers are not told"`
		Potential  jaring.Potential     `json:"potential"`
		Need       int                  `json:"need"`
		Officials  string               `json:"officials" enum:"all,some,none,unknown" doc:"whether they are protected as the criteria ask"`
		Dialogues  int                  `json:"dialogues"`
		Steps      []villageStep        `json:"steps"`
		Months     []villageMonth       `json:"months"`
		Held       int                  `json:"held"`
		Criteria   jaring.AwareCriteria `json:"criteria"`
		Today      jaring.Day           `json:"today" format:"date"`
		SmallCount int                  `json:"small_count"`
		FundName   string               `json:"fund_name"`
	}
}

// publicVillage is what the code on a board opens: numbers, and of few people none.
func (s *server) publicVillage(c *call, in *VillageToken) (*publicVillageOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicLook, c.remote); err != nil {
		return nil, err
	}
	v, err := s.App.PublicAware(c, in.Token)
	if err != nil {
		return nil, err
	}
	out := &publicVillageOut{}
	b := &out.Body
	b.Kind, b.Name, b.District, b.Regency, b.OfficeName, b.Step, b.Colour = string(v.Kind), v.Name, v.District.Name, v.Regency.Name, v.OfficeName, v.Step, v.Verdict.Colour
	b.Reasons = []reasonItem{}
	for _, r := range v.Verdict.Reasons {
		b.Reasons = append(b.Reasons, reasonItem{r.Key, i18n.Text(c.lang, "public."+r.Key, nil)})
	}
	b.Protected, b.Fewer = jaring.PublicCount(v.Verdict.Protected)
	b.Potential, b.Need, b.Dialogues, b.Held, b.Criteria, b.Today, b.SmallCount, b.FundName = v.Potential, v.Verdict.Need, v.Held, v.Verdict.Held, v.Criteria, v.Today, jaring.SmallCount, s.Fund
	b.Officials = officialsWord(v)
	b.Steps, b.Months = []villageStep{}, []villageMonth{}
	for _, l := range v.Road {
		b.Steps = append(b.Steps, villageStep{Step: l.Step, Day: l.Day, Reference: l.Reference})
	}
	for _, m := range append(v.Past, v.Verdict.AwareMonth) {
		it := villageMonth{Month: m.Month, Colour: m.Colour, Need: m.Need}
		it.Protected, it.Fewer = jaring.PublicCount(m.Protected)
		b.Months = append(b.Months, it)
	}
	return out, nil
}

// officialsWord says of the officials what names none of them.
func officialsWord(v *outreach.AwarePublic) string {
	m := v.Verdict.AwareMonth
	switch {
	case m.Officials == 0:
		return "unknown"
	case m.Covered >= jaring.Needed(m.Officials, v.Criteria.OfficialsPercent):
		return "all"
	case m.Covered == 0:
		return "none"
	}
	return "some"
}

type villageBoardIn struct {
	ByID
	Paper string `query:"paper" enum:"a4,a3" default:"a4"`
}

// boardNames are what a kept board is called.
var boardNames = map[i18n.Lang]string{i18n.ID: "papan-desa-sadar", i18n.EN: "aware-village-board"}

func (s *server) villageBoard(c *call, in *villageBoardIn) (*documentOut, error) {
	v, err := s.App.GetAware(c, c.actor, jaring.AwareID(in.ID))
	if err != nil {
		return nil, err
	}
	b := document.Board{Kind: string(v.Kind), Name: v.Name, District: v.District.Name, Regency: v.Regency.Name, Criteria: v.Criteria, Default: v.OwnCriteria, Address: s.address(c.request) + villagePath(v.Token)}
	for _, step := range v.Road {
		b.Steps = append(b.Steps, document.BoardStep{Step: step.Step, Day: step.Day, Reference: step.Reference})
	}
	paper := document.A4
	if in.Paper == "a3" {
		paper = document.A3
	}
	return pdf(document.VillageBoard(b, paper, c.lang, s.Now()), boardNames[c.lang])
}
