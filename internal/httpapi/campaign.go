package httpapi

import (
	"strconv"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type campaignRow struct {
	CampaignID jaring.CampaignID `json:"campaign_id"`
	Kind       string            `json:"kind" enum:"sweep,class,dialogue,jamboree,job_fair,handover,consultation,gathering"`
	Name       string            `json:"name"`
	OfficeID   jaring.OfficeID   `json:"office_id"`
	OfficeName string            `json:"office_name"`
	PlaceID    jaring.PlaceID    `json:"place_id"`
	PlaceName  string            `json:"place_name"`
	Area       string            `json:"area" doc:"dotted code of the village"`
	OpensAt    time.Time         `json:"opens_at"`
	ClosesAt   time.Time         `json:"closes_at"`
	SealsAt    time.Time         `json:"seals_at" doc:"what arrives later is not counted"`
	State      string            `json:"state" enum:"planned,open,paused,closed,sealed,cancelled"`
	BeganAt    time.Time         `json:"began_at,omitzero" doc:"as it really ran"`
	EndedAt    time.Time         `json:"ended_at,omitzero"`
	Members    int               `json:"members"`
	Registered int64             `json:"registered" doc:"of a sealed campaign as it was sealed"`
	Protected  int64             `json:"protected"`
	ParentID   jaring.CampaignID `json:"parent_id,omitempty"`
	Partner    jaring.PartnerID  `json:"organiser_partner,omitempty" doc:"who organises it, when not the office"`
	Regency    string            `json:"regency,omitempty" doc:"name, for the map"`
	District   string            `json:"district,omitempty"`
}

func (s *server) wireCampaign(r *app.CampaignRow) campaignRow {
	district := parentCode(r.Area)
	return campaignRow{CampaignID: r.ID, Kind: string(r.Kind), Name: r.Name, OfficeID: r.Office, OfficeName: r.OfficeName, PlaceID: r.Place, PlaceName: r.PlaceName,
		Area: r.Area, OpensAt: r.OpensAt, ClosesAt: r.ClosesAt, SealsAt: r.SealsAt, State: string(r.State), BeganAt: r.BeganAt, EndedAt: r.EndedAt,
		Members: r.Members, Registered: r.Registered, Protected: r.Protected, ParentID: r.Parent,
		Partner: r.Partner, District: s.areaName(district), Regency: s.areaName(parentCode(district))}
}

type campaignsIn struct {
	State  string `query:"state" enum:"planned,open,paused,closed,sealed,cancelled"`
	Kind   string `query:"kind" enum:"sweep,class,dialogue,jamboree,job_fair,handover,consultation,gathering"`
	Parent string `query:"parent" format:"uuid" doc:"the children of a campaign"`
	From   string `query:"from" format:"date" doc:"that run on this day or after it; with until"`
	Until  string `query:"until" format:"date" doc:"that run on this day or before it; with from"`
}

type campaignsOut struct {
	Body struct {
		Items []campaignRow `json:"items"`
	}
}

func (s *server) findCampaigns(c *call, in *campaignsIn) (*campaignsOut, error) {
	f := app.CampaignFilter{State: jaring.CampaignState(in.State), Kind: jaring.CampaignKind(in.Kind), Parent: jaring.CampaignID(in.Parent)}
	zone := app.Zone(c.actor.Zone)
	if from, err := time.ParseInLocation(time.DateOnly, in.From, zone); err == nil {
		f.Day = from
	}
	if until, err := time.ParseInLocation(time.DateOnly, in.Until, zone); err == nil {
		f.Until = until.AddDate(0, 0, 1)
	}
	rows, err := s.App.FindCampaigns(c, c.actor, f)
	if err != nil {
		return nil, err
	}
	out := &campaignsOut{}
	out.Body.Items = make([]campaignRow, len(rows))
	for i := range rows {
		out.Body.Items[i] = s.wireCampaign(&rows[i])
	}
	return out, nil
}

type campaignBody struct {
	Kind      string       `json:"kind" enum:"sweep,class,dialogue,jamboree,job_fair,handover,consultation,gathering"`
	Name      string       `json:"name"`
	OfficeID  string       `json:"office_id" format:"uuid"`
	PlaceID   string       `json:"place_id" format:"uuid"`
	OpensAt   time.Time    `json:"opens_at"`
	ClosesAt  time.Time    `json:"closes_at"`
	SealHours *int         `json:"seal_hours,omitempty" doc:"24 when it is not told"`
	Rewards   *int         `json:"rewards,omitempty" doc:"how many of the best; 3 when it is not told"`
	ParentID  string       `json:"parent_id,omitempty" format:"uuid"`
	Plan      campaignPlan `json:"plan,omitzero"`

	Partner *string        `json:"organiser_partner,omitempty" doc:"who organises it; the office when it is not told"`
	Budget  *jaring.Rupiah `json:"budget,omitempty"`
}

type campaignPlan struct {
	Programs []string `json:"programs,omitempty"`
	Goal     int      `json:"goal,omitempty" doc:"persons to register"`
	Note     string   `json:"note,omitempty"`

	Agenda []jaring.AgendaItem `json:"agenda,omitempty"`
}

func (b campaignBody) domain() jaring.CampaignForm {
	f := jaring.CampaignForm{Kind: jaring.CampaignKind(b.Kind), Name: b.Name, Office: jaring.OfficeID(b.OfficeID), Place: jaring.PlaceID(b.PlaceID), Parent: jaring.CampaignID(b.ParentID),
		OpensAt: b.OpensAt.UTC(), ClosesAt: b.ClosesAt.UTC(), SealHours: jaring.DefaultSealHours, Rewards: jaring.DefaultRewards, Plan: jaring.CampaignPlan(b.Plan)}
	if b.SealHours != nil {
		f.SealHours = *b.SealHours
	}
	if b.Rewards != nil {
		f.Rewards = *b.Rewards
	}
	if b.Partner != nil {
		f.Partner = jaring.PartnerID(*b.Partner)
	}
	if b.Budget != nil {
		f.Budget = *b.Budget
	}
	return f
}

type campaignAddedOut struct {
	Body struct {
		CampaignID jaring.CampaignID `json:"campaign_id"`
	}
}

// said reads the body of an act and its key.
func (s *server) said(c *call, in *Acting, body any) (jaring.OperationID, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return "", err
	}
	raw := in.RawBody
	if len(raw) == 0 {
		raw = []byte("{}")
	}
	return key, wire.Decode(raw, body)
}

func (s *server) planCampaign(c *call, in *Acting) (*campaignAddedOut, error) {
	var body campaignBody
	key, err := s.said(c, in, &body)
	if err != nil {
		return nil, err
	}
	out := &campaignAddedOut{}
	out.Body.CampaignID, err = s.App.PlanCampaign(c, c.actor, key, body.domain())
	return out, err
}

type campaignPage struct {
	campaignRow
	Version   int64          `json:"version"`
	Rewards   int            `json:"rewards"`
	SealHours int            `json:"seal_hours"`
	Budget    jaring.Rupiah  `json:"budget"`
	Plan      campaignPlan   `json:"plan"`
	Teams     []campaignTeam `json:"teams"`
	Pauses    []campaignSpan `json:"pauses"`
	Kiosks    []kioskItem    `json:"kiosks"`
	MayManage bool           `json:"may_manage"`
	MayJudge  bool           `json:"may_judge"`
}

type campaignTeam struct {
	TeamID  jaring.TeamID    `json:"team_id"`
	Name    string           `json:"name"`
	Lanes   []jaring.LaneID  `json:"lanes"`
	Members []campaignMember `json:"members"`
}

type campaignMember struct {
	AccountID        jaring.AccountID `json:"account_id"`
	Name             string           `json:"name"`
	OfficeName       string           `json:"office_name"`
	CertificateState string           `json:"certificate_state" enum:"valid,suspended,revoked,expired,not_begun,none"`
}

type campaignSpan struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to,omitzero"`
}

type campaignOut struct {
	ETag string `header:"ETag"`
	Body campaignPage
}

func (s *server) getCampaign(c *call, in *ByID) (*campaignOut, error) {
	return s.campaignPage(c, jaring.CampaignID(in.ID))
}

func (s *server) campaignPage(c *call, id jaring.CampaignID) (*campaignOut, error) {
	v, err := s.App.GetCampaign(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	out := &campaignOut{ETag: strconv.Quote(strconv.FormatInt(v.Version, 10))}
	out.Body = campaignPage{campaignRow: s.wireCampaign(&v.CampaignRow), Version: v.Version, Rewards: v.Rewards, Budget: v.Budget, SealHours: int(v.SealsAt.Sub(v.ClosesAt) / time.Hour),
		Plan: campaignPlan(v.Plan), Teams: []campaignTeam{}, Pauses: []campaignSpan{}, Kiosks: []kioskItem{}, MayManage: v.MayManage, MayJudge: v.MayJudge}
	for _, t := range v.Teams {
		team := campaignTeam{TeamID: t.ID, Name: t.Name, Lanes: append([]jaring.LaneID{}, t.Lanes...), Members: []campaignMember{}}
		for _, m := range t.People {
			state := string(m.Certificate)
			if state == "" {
				state = "none"
			}
			team.Members = append(team.Members, campaignMember{m.Account, m.Name, m.OfficeName, state})
		}
		out.Body.Teams = append(out.Body.Teams, team)
	}
	for _, p := range v.Pauses {
		out.Body.Pauses = append(out.Body.Pauses, campaignSpan(p))
	}
	for _, k := range v.Kiosks {
		out.Body.Kiosks = append(out.Body.Kiosks, kioskItem{app.KioskID(k), k.Name, k.Until, k.AddedAt})
	}
	return out, nil
}

type campaignChangeBody struct {
	Name      string       `json:"name"`
	OpensAt   time.Time    `json:"opens_at,omitzero"`
	ClosesAt  time.Time    `json:"closes_at"`
	SealHours *int         `json:"seal_hours,omitempty" doc:"stays when it is not told"`
	Rewards   *int         `json:"rewards,omitempty" doc:"stays when it is not told"`
	Plan      campaignPlan `json:"plan,omitzero"`

	Partner *string        `json:"organiser_partner,omitempty" doc:"stays when it is not told; empty for the office"`
	Budget  *jaring.Rupiah `json:"budget,omitempty" doc:"stays when it is not told"`
}

func (s *server) changeCampaign(c *call, in *actOn) (*campaignOut, error) {
	version, err := versionOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	var body campaignChangeBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	id := jaring.CampaignID(in.ID)
	now, err := s.App.GetCampaign(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	full := campaignBody{Name: body.Name, OpensAt: body.OpensAt, ClosesAt: body.ClosesAt, SealHours: body.SealHours, Rewards: body.Rewards, Plan: body.Plan, Partner: body.Partner, Budget: body.Budget}
	if partner := string(now.Partner); full.Partner == nil {
		full.Partner = &partner
	}
	if full.Budget == nil {
		full.Budget = &now.Budget
	}
	if hours := int(now.SealsAt.Sub(now.ClosesAt) / time.Hour); full.SealHours == nil {
		full.SealHours = &hours
	}
	if full.Rewards == nil {
		full.Rewards = &now.Rewards
	}
	if err := s.App.ChangeCampaign(c, c.actor, key, id, version, full.domain()); err != nil {
		return nil, err
	}
	return s.campaignPage(c, id)
}

type teamsBody struct {
	Teams []teamBody `json:"teams" maxItems:"50"`
}

type teamBody struct {
	TeamID  string             `json:"team_id,omitempty" format:"uuid"`
	Name    string             `json:"name"`
	Lanes   []jaring.LaneID    `json:"lanes,omitempty"`
	Members []jaring.AccountID `json:"members"`
}

func (s *server) setTeams(c *call, in *actOn) (*campaignOut, error) {
	version, err := versionOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	var body teamsBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	teams := make([]jaring.Team, len(body.Teams))
	for i, t := range body.Teams {
		teams[i] = jaring.Team{ID: jaring.TeamID(t.TeamID), Name: t.Name, Lanes: t.Lanes, Members: t.Members}
	}
	id := jaring.CampaignID(in.ID)
	if err := s.App.SetTeams(c, c.actor, key, id, version, teams); err != nil {
		return nil, err
	}
	return s.campaignPage(c, id)
}

type stateBody struct {
	To     string `json:"to" enum:"open,paused,closed,cancelled"`
	Reason string `json:"reason,omitempty" doc:"needed to cancel"`
}

func (s *server) moveCampaign(c *call, in *actOn) (*campaignOut, error) {
	var body stateBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	id := jaring.CampaignID(in.ID)
	if err := s.App.MoveCampaign(c, c.actor, key, id, jaring.CampaignState(body.To), body.Reason); err != nil {
		return nil, err
	}
	return s.campaignPage(c, id)
}
