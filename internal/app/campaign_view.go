package app

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// CampaignRow is a campaign in a list.
type CampaignRow struct {
	*Campaign
	OfficeName string
	PlaceName  string
	Members    int
	Registered int64 // of a sealed one as it was sealed; else those in the book whom it brought
	Protected  int64
}

// CampaignView is a campaign's page.
type CampaignView struct {
	CampaignRow
	Teams     []TeamView
	Pauses    []jaring.Span
	Kiosks    []Kiosk
	MayManage bool
	MayJudge  bool
}

// TeamView is a team with its people.
type TeamView struct {
	jaring.Team
	People []MemberView
}

// MemberView is somebody in a team.
type MemberView struct {
	Account     jaring.AccountID
	Name        string
	OfficeName  string
	Certificate jaring.CertificateState // today; empty for none
}

// CampaignFilter asks for campaigns.
type CampaignFilter struct {
	State  jaring.CampaignState
	Kind   jaring.CampaignKind
	Parent jaring.CampaignID
	Day    time.Time // that run on the day which begins then
	Until  time.Time // with Day: that run between the two

	Partner jaring.PartnerID // that it organises
}

// FindCampaigns gives the campaigns that the actor may know of, the one that opens last first.
// Error: error.forbidden.
func (a *App) FindCampaigns(ctx context.Context, actor jaring.Actor, f CampaignFilter) (rows []CampaignRow, err error) {
	if err := actor.May(jaring.ActReadCampaign, jaring.Scope{}); err != nil {
		return nil, err
	}
	q := store.CampaignQuery{Offices: actor.Offices, State: f.State, Kind: f.Kind, Parent: f.Parent, Day: f.Day, Until: f.Until, Partner: f.Partner}
	if actor.Role == jaring.RoleAgent {
		q.Offices, q.Member = nil, actor.Account
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		rows = nil
		found, err := tx.FindCampaigns(q)
		if err != nil {
			return err
		}
		rows, err = rowsOf(tx, found)
		return err
	})
	for i := range rows {
		rows[i].OfficeName = a.offices.name(ctx, rows[i].Office, a.Now())
	}
	return rows, err
}

// SweepsToday gives the sweeps that run today or will, and those of today that wait for the evaluation.
// Who may know of none has none.
func (a *App) SweepsToday(ctx context.Context, actor jaring.Actor) ([]CampaignRow, error) {
	if !actor.Can(jaring.ActReadCampaign) {
		return nil, nil
	}
	y, m, d := a.Now().In(Zone(actor.Zone)).Date()
	rows, err := a.FindCampaigns(ctx, actor, CampaignFilter{Kind: jaring.KindSweep, Day: time.Date(y, m, d, 0, 0, 0, 0, Zone(actor.Zone))})
	return slices.DeleteFunc(rows, func(r CampaignRow) bool { return r.State.Over() }), err
}

// rowsOf puts the figures and places beside campaigns.
func rowsOf(tx *store.Tx, found []*Campaign) ([]CampaignRow, error) {
	rows := make([]CampaignRow, len(found))
	if len(found) == 0 {
		return rows, nil
	}
	ids := make([]jaring.CampaignID, len(found))
	for i, c := range found {
		ids[i] = c.ID
	}
	figures, err := tx.FindCampaignFigures(ids)
	if err != nil {
		return nil, err
	}
	places := map[jaring.PlaceID]string{}
	for i, c := range found {
		if _, known := places[c.Place]; !known {
			place, err := tx.GetPlace(c.Place)
			if err != nil {
				return nil, err
			}
			places[c.Place] = place.Name
		}
		f := figures[c.ID]
		rows[i] = CampaignRow{Campaign: c, PlaceName: places[c.Place], Members: f.Members, Registered: f.Registered, Protected: f.Protected}
		if err := rows[i].seal(); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// seal takes the figures of a sealed campaign from its frozen result.
func (r *CampaignRow) seal() error {
	if r.Result == "" {
		return nil
	}
	var frozen struct {
		Board struct{ Registered, Protected int64 }
	}
	if err := json.Unmarshal([]byte(r.Result), &frozen); err != nil {
		return jaring.InternalError(err)
	}
	r.Registered, r.Protected = frozen.Board.Registered, frozen.Board.Protected
	return nil
}

// GetCampaign gives a campaign's page. Errors: campaign.not_found, error.forbidden.
func (a *App) GetCampaign(ctx context.Context, actor jaring.Actor, id jaring.CampaignID) (*CampaignView, error) {
	c, err := a.CampaignFor(ctx, actor, jaring.ActReadCampaign, id)
	if err != nil {
		return nil, err
	}
	v := &CampaignView{MayManage: actor.May(jaring.ActManageCampaign, jaring.Scope{Office: c.Office}) == nil,
		MayJudge: actor.May(jaring.ActEvaluateCampaign, jaring.Scope{Office: c.Office}) == nil}
	var teams []jaring.Team
	var members []store.MemberRecord
	var certificates []*store.CertificateRecord
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		rows, err := rowsOf(tx, []*Campaign{c})
		if err != nil {
			return err
		}
		v.CampaignRow = rows[0]
		if v.Pauses, err = tx.FindPauses(id); err != nil {
			return err
		}
		if teams, err = tx.FindTeams(id); err != nil {
			return err
		}
		if members, err = tx.FindMembers(id); err != nil {
			return err
		}
		if v.MayManage {
			if v.Kiosks, err = tx.FindKiosks(id); err != nil {
				return err
			}
		}
		certificates, err = tx.FindCertificates(memberIDs(members))
		return err
	})
	if err != nil {
		return nil, err
	}
	v.OfficeName = a.offices.name(ctx, c.Office, a.Now())
	v.Teams = a.teamViews(ctx, teams, members, certificateStates(certificates, Today(actor, a.Now())))
	return v, nil
}

func memberIDs(members []store.MemberRecord) (ids []jaring.AccountID) {
	for _, m := range members {
		ids = append(ids, m.Account)
	}
	return ids
}

// certificateStates finds the best that the certificates of each account are on a day; the newest
// come first.
func certificateStates(all []*store.CertificateRecord, day jaring.Day) map[jaring.AccountID]jaring.CertificateState {
	out := map[jaring.AccountID]jaring.CertificateState{}
	for _, c := range all {
		state := jaring.CertificateStateOn(c.State, c.From, c.Until, day)
		if _, known := out[c.Account]; !known || state == jaring.CertificateValid {
			out[c.Account] = state
		}
	}
	return out
}

func (a *App) teamViews(ctx context.Context, teams []jaring.Team, members []store.MemberRecord, states map[jaring.AccountID]jaring.CertificateState) []TeamView {
	out := make([]TeamView, len(teams))
	at := map[jaring.TeamID]int{}
	for i, t := range teams {
		out[i].Team, at[t.ID] = t, i
	}
	for _, m := range members {
		if i, ok := at[m.Team]; ok {
			out[i].People = append(out[i].People, MemberView{m.Account, m.Name, a.offices.name(ctx, m.Office, a.Now()), states[m.Account]})
		}
	}
	return out
}
