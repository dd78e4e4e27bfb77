package store

import (
	"encoding/json"
	"time"

	"jaring/internal/jaring"
)

// SetTeams makes the teams and members of a campaign what they are told to be.
func (tx *Tx) SetTeams(id jaring.CampaignID, teams []jaring.Team) error {
	if err := tx.queue(`DELETE FROM campaign_member WHERE campaign_id = $1`, string(id)); err != nil {
		return err
	}
	if err := tx.queue(`DELETE FROM campaign_team WHERE campaign_id = $1`, string(id)); err != nil {
		return err
	}
	for i, t := range teams {
		lanes, err := json.Marshal(t.Lanes)
		if err != nil {
			return err
		}
		if err := tx.queue(`INSERT INTO campaign_team (campaign_id, team_id, name, lanes, ord) VALUES ($1,$2,$3,$4,$5)`,
			string(id), string(t.ID), t.Name, string(lanes), int64(i)); err != nil {
			return err
		}
		for _, m := range t.Members {
			if err := tx.queue(`INSERT INTO campaign_member (campaign_id, account_id, team_id) VALUES ($1,$2,$3)`, string(id), string(m), string(t.ID)); err != nil {
				return err
			}
		}
	}
	return nil
}

// FindTeams gives the teams of a campaign with their members.
func (tx *Tx) FindTeams(id jaring.CampaignID) (out []jaring.Team, err error) {
	at := map[jaring.TeamID]int{}
	err = tx.each(`SELECT team_id, name, lanes FROM campaign_team WHERE campaign_id = $1 ORDER BY ord, team_id`, []any{string(id)}, func(r rows) error {
		var t jaring.Team
		var lanes string
		if err := r.Scan(&t.ID, &t.Name, &lanes); err != nil {
			return err
		}
		at[t.ID] = len(out)
		err := json.Unmarshal([]byte(lanes), &t.Lanes)
		out = append(out, t)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = tx.each(`SELECT account_id, team_id FROM campaign_member WHERE campaign_id = $1 ORDER BY account_id`, []any{string(id)}, func(r rows) error {
		var account jaring.AccountID
		var team jaring.TeamID
		err := r.Scan(&account, &team)
		if i, ok := at[team]; ok {
			out[i].Members = append(out[i].Members, account)
		}
		return err
	})
	return out, err
}

// IsMember reports whether an account takes part in a campaign.
func (tx *Tx) IsMember(id jaring.CampaignID, account jaring.AccountID) (bool, error) {
	var one int64
	return tx.one(`SELECT 1 FROM campaign_member WHERE campaign_id = $1 AND account_id = $2`, []any{string(id), string(account)}, &one)
}

// MemberRecord is somebody who takes part in a campaign.
type MemberRecord struct {
	Account jaring.AccountID
	Name    string
	Office  jaring.OfficeID
	Team    jaring.TeamID
}

// FindMembers gives who takes part in a campaign, by name.
func (tx *Tx) FindMembers(id jaring.CampaignID) (out []MemberRecord, err error) {
	err = tx.each(`SELECT m.account_id, a.name, a.office_id, m.team_id FROM campaign_member m JOIN account a ON a.account_id = m.account_id
		WHERE m.campaign_id = $1 ORDER BY a.name, m.account_id`, []any{string(id)}, func(r rows) error {
		var m MemberRecord
		err := r.Scan(&m.Account, &m.Name, &m.Office, &m.Team)
		out = append(out, m)
		return err
	})
	return out, err
}

// HasMemberOf reports whether anybody of the offices takes part in a campaign.
func (tx *Tx) HasMemberOf(id jaring.CampaignID, offices []jaring.OfficeID) (bool, error) {
	var n int64
	args := append([]any{string(id)}, texts(offices)...)
	_, err := tx.one(`SELECT count(*) FROM campaign_member m JOIN account a ON a.account_id = m.account_id
		WHERE m.campaign_id = $1 AND a.office_id IN (`+marks(2, len(offices))+`)`, args, &n)
	return n > 0, err
}

// FindAccountsByID gives those of ids that there are.
func (tx *Tx) FindAccountsByID(ids []jaring.AccountID) ([]*AccountRecord, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return tx.accounts(`WHERE a.account_id IN (`+marks(1, len(ids))+`) ORDER BY a.account_id`, texts(ids)...)
}

// CampaignFigures are what the counters say of a campaign.
type CampaignFigures struct {
	Members    int
	Registered int64 // persons in the book whom it brought: all standings but merged, rejected, withdrawn and review
	Protected  int64
}

// FindCampaignFigures gives the figures of campaigns.
func (tx *Tx) FindCampaignFigures(ids []jaring.CampaignID) (map[jaring.CampaignID]CampaignFigures, error) {
	out := map[jaring.CampaignID]CampaignFigures{}
	err := tx.each(`SELECT value, measure, n FROM counter WHERE dimension = 'campaign' AND month = 0 AND value IN (`+marks(1, len(ids))+`)`, texts(ids), func(r rows) error {
		var id jaring.CampaignID
		var measure jaring.Measure
		var n int64
		err := r.Scan(&id, &measure, &n)
		f := out[id]
		for _, s := range jaring.Standings {
			if s.Counts() && measure == jaring.Gauge(s) {
				f.Registered += n
			}
		}
		if measure == jaring.Gauge(jaring.StandingProtected) {
			f.Protected += n
		}
		out[id] = f
		return err
	})
	if err != nil {
		return nil, err
	}
	err = tx.each(`SELECT campaign_id, count(*) FROM campaign_member WHERE campaign_id IN (`+marks(1, len(ids))+`) GROUP BY campaign_id`, texts(ids), func(r rows) error {
		var id jaring.CampaignID
		var n int
		err := r.Scan(&id, &n)
		f := out[id]
		f.Members = n
		out[id] = f
		return err
	})
	return out, err
}

// CountRegisteredSince counts those whom an agent registered since a moment and who are in the book.
func (tx *Tx) CountRegisteredSince(agent jaring.AccountID, since time.Time) (n int64, err error) {
	_, err = tx.one(`SELECT count(*) FROM worker WHERE agent_id = $1 AND registered_at >= $2 AND status IN ('waiting', 'paid', 'protected', 'grace', 'ended')`,
		[]any{string(agent), millis(since)}, &n)
	return n, err
}
