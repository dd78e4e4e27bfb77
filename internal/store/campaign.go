package store

import (
	"encoding/json"
	"time"

	"jaring/internal/jaring"
)

// CampaignRecord is a campaign with the result that it was sealed with.
type CampaignRecord struct {
	jaring.Campaign
	Result string // JSON; empty until sealed
}

const campaignColumns = `campaign_id, parent_id, kind, name, office_id, place_id, area, opens_at, closes_at, seals_at, state, began_at, ended_at, rewards, plan, result, version, added_at, partner_id, budget`

// AddCampaign inserts a campaign.
func (tx *Tx) AddCampaign(c *CampaignRecord) error {
	plan, err := json.Marshal(c.Plan)
	if err != nil {
		return err
	}
	return tx.queue(`INSERT INTO campaign (`+campaignColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20)`,
		string(c.ID), string(c.Parent), string(c.Kind), c.Name, string(c.Office), string(c.Place), c.Area, millis(c.OpensAt), millis(c.ClosesAt), millis(c.SealsAt),
		string(c.State), millis(c.BeganAt), millis(c.EndedAt), int64(c.Rewards), string(plan), c.Result, c.Version, millis(c.AddedAt), string(c.Partner), int64(c.Budget))
}

// UpdateCampaign writes a campaign whose Version is one above the one that was read.
// Error: campaign.changed_meanwhile when somebody else was first.
func (tx *Tx) UpdateCampaign(c *CampaignRecord) error {
	plan, err := json.Marshal(c.Plan)
	if err != nil {
		return err
	}
	n, err := tx.exec(`UPDATE campaign SET name = $3, opens_at = $4, closes_at = $5, seals_at = $6, state = $7, began_at = $8, ended_at = $9, rewards = $10, plan = $11,
		result = $12, version = $2, partner_id = $14, budget = $15 WHERE campaign_id = $1 AND version = $13`,
		string(c.ID), c.Version, c.Name, millis(c.OpensAt), millis(c.ClosesAt), millis(c.SealsAt), string(c.State), millis(c.BeganAt), millis(c.EndedAt),
		int64(c.Rewards), string(plan), c.Result, c.Version-1, string(c.Partner), int64(c.Budget))
	if err == nil && n == 0 {
		err = jaring.NewError(jaring.Conflict, "campaign.changed_meanwhile")
	}
	return err
}

func (tx *Tx) campaigns(where string, args ...any) (out []*CampaignRecord, err error) {
	err = tx.each(`SELECT `+campaignColumns+` FROM campaign `+where, args, func(r rows) error {
		c := &CampaignRecord{}
		var opens, closes, seals, began, ended, added int64
		var plan string
		if err := r.Scan(&c.ID, &c.Parent, &c.Kind, &c.Name, &c.Office, &c.Place, &c.Area, &opens, &closes, &seals, &c.State, &began, &ended,
			&c.Rewards, &plan, &c.Result, &c.Version, &added, &c.Partner, &c.Budget); err != nil {
			return err
		}
		c.OpensAt, c.ClosesAt, c.SealsAt = moment(opens), moment(closes), moment(seals)
		c.BeganAt, c.EndedAt, c.AddedAt = moment(began), moment(ended), moment(added)
		out = append(out, c)
		return json.Unmarshal([]byte(plan), &c.Plan)
	})
	return out, err
}

// GetCampaign gives one campaign. Error: campaign.not_found.
func (tx *Tx) GetCampaign(id jaring.CampaignID) (*CampaignRecord, error) {
	cs, err := tx.campaigns(`WHERE campaign_id = $1`, string(id))
	if err == nil && len(cs) == 0 {
		err = jaring.NewError(jaring.NotFound, "campaign.not_found")
	}
	if err != nil {
		return nil, err
	}
	return cs[0], nil
}

// CampaignQuery asks for campaigns.
type CampaignQuery struct {
	Offices []jaring.OfficeID // of one of them, or with somebody of them in it; none: of any
	Member  jaring.AccountID  // in which the account takes part; empty: whoever does
	Parent  jaring.CampaignID // children of
	State   jaring.CampaignState
	Kind    jaring.CampaignKind
	Partner jaring.PartnerID
	Day     time.Time // that run on the day which begins then; zero: any
	Until   time.Time // with Day: that run between the two
}

// maxCampaigns bounds a list; a branch has some dozens in a year.
const maxCampaigns = 200

// FindCampaigns gives campaigns, the one that opens last first.
func (tx *Tx) FindCampaigns(q CampaignQuery) ([]*CampaignRecord, error) {
	args := []any{string(q.State), string(q.Kind), string(q.Parent), int64(maxCampaigns)}
	where := `WHERE ($1 = '' OR state = $1) AND ($2 = '' OR kind = $2) AND ($3 = '' OR parent_id = $3)`
	if q.Member != "" {
		args = append(args, string(q.Member))
		where += ` AND campaign_id IN (SELECT campaign_id FROM campaign_member WHERE account_id = ` + marks(len(args), 1) + `)`
	}
	if n := len(q.Offices); n > 0 {
		where += ` AND (office_id IN (` + marks(len(args)+1, n) + `) OR campaign_id IN (SELECT m.campaign_id FROM campaign_member m
			JOIN account a ON a.account_id = m.account_id WHERE a.office_id IN (` + marks(len(args)+1, n) + `)))`
		args = append(args, texts(q.Offices)...)
	}
	if !q.Day.IsZero() {
		if q.Until.IsZero() {
			q.Until = q.Day.AddDate(0, 0, 1)
		}
		where += ` AND opens_at < ` + marks(len(args)+1, 1) + ` AND closes_at >= ` + marks(len(args)+2, 1)
		args = append(args, millis(q.Until), millis(q.Day))
	}
	if q.Partner != "" {
		where += ` AND partner_id = ` + marks(len(args)+1, 1)
		args = append(args, string(q.Partner))
	}
	return tx.campaigns(where+` ORDER BY opens_at DESC, campaign_id LIMIT $4`, args...)
}

// CampaignsAfter gives campaigns in the order of their ids, behind one.
func (tx *Tx) CampaignsAfter(id jaring.CampaignID, limit int) ([]*CampaignRecord, error) {
	if id == "" {
		id = firstUUID
	}
	return tx.campaigns(`WHERE campaign_id > $1 ORDER BY campaign_id LIMIT $2`, string(id), int64(limit))
}

// FindCampaignsDue gives campaigns whose time has come by the calendar alone: those that run
// beyond their end, and those to be sealed because their seal lies before sealed.
func (tx *Tx) FindCampaignsDue(now, sealed time.Time) ([]*CampaignRecord, error) {
	return tx.campaigns(`WHERE state IN ('open', 'paused') AND closes_at <= $1 OR state = 'closed' AND seals_at <= $2 ORDER BY closes_at, campaign_id`,
		millis(now), millis(sealed))
}

// FindPauses gives the pauses of a campaign in order; the last may last.
func (tx *Tx) FindPauses(id jaring.CampaignID) (out []jaring.Span, err error) {
	err = tx.each(`SELECT from_at, to_at FROM campaign_pause WHERE campaign_id = $1 ORDER BY from_at`, []any{string(id)}, func(r rows) error {
		var from, to int64
		err := r.Scan(&from, &to)
		out = append(out, jaring.Span{From: moment(from), To: moment(to)})
		return err
	})
	return out, err
}

// AddPause begins a pause.
func (tx *Tx) AddPause(id jaring.CampaignID, from time.Time) error {
	return tx.queue(`INSERT INTO campaign_pause (campaign_id, from_at) VALUES ($1, $2) ON CONFLICT (campaign_id, from_at) DO UPDATE SET to_at = 0`, string(id), millis(from))
}

// EndPause ends the pause that lasts.
func (tx *Tx) EndPause(id jaring.CampaignID, to time.Time) error {
	return tx.queue(`UPDATE campaign_pause SET to_at = $2 WHERE campaign_id = $1 AND to_at = 0`, string(id), millis(to))
}
