package store

import "jaring/internal/jaring"

// PutCost writes a line of what a campaign costs, as it is now said.
func (tx *Tx) PutCost(c *jaring.Cost) error {
	return tx.queue(`INSERT INTO campaign_cost (campaign_id, cost_id, what, planned, spent) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (campaign_id, cost_id) DO UPDATE SET what = excluded.what, planned = excluded.planned, spent = excluded.spent`,
		string(c.Campaign), c.ID, c.What, int64(c.Planned), int64(c.Spent))
}

// RemoveCost takes a line away; gone is false when there was none.
func (tx *Tx) RemoveCost(campaign jaring.CampaignID, id string) (gone bool, err error) {
	n, err := tx.exec(`DELETE FROM campaign_cost WHERE campaign_id = $1 AND cost_id = $2`, string(campaign), id)
	return n == 1, err
}

// FindCosts gives what campaigns cost, in the order in which it was entered.
func (tx *Tx) FindCosts(campaigns []jaring.CampaignID) (out []jaring.Cost, err error) {
	err = tx.each(`SELECT campaign_id, cost_id, what, planned, spent FROM campaign_cost WHERE campaign_id IN (`+marks(1, len(campaigns))+`) ORDER BY cost_id`, texts(campaigns), func(r rows) error {
		var c jaring.Cost
		err := r.Scan(&c.Campaign, &c.ID, &c.What, &c.Planned, &c.Spent)
		out = append(out, c)
		return err
	})
	return out, err
}

// PutQuestion writes what was asked at a campaign, as it is now said.
func (tx *Tx) PutQuestion(q *jaring.Question) error {
	return tx.queue(`INSERT INTO campaign_question (campaign_id, question_id, kind, asked, answered) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (campaign_id, question_id) DO UPDATE SET kind = excluded.kind, asked = excluded.asked, answered = excluded.answered`,
		string(q.Campaign), q.ID, string(q.Kind), q.Asked, q.Answered)
}

// RemoveQuestion takes a question away; gone is false when there was none.
func (tx *Tx) RemoveQuestion(campaign jaring.CampaignID, id string) (gone bool, err error) {
	n, err := tx.exec(`DELETE FROM campaign_question WHERE campaign_id = $1 AND question_id = $2`, string(campaign), id)
	return n == 1, err
}

// FindQuestions gives what was asked at a campaign, in the order in which it was entered.
func (tx *Tx) FindQuestions(campaign jaring.CampaignID) (out []jaring.Question, err error) {
	err = tx.each(`SELECT campaign_id, question_id, kind, asked, answered FROM campaign_question WHERE campaign_id = $1 ORDER BY question_id`, []any{string(campaign)}, func(r rows) error {
		var q jaring.Question
		err := r.Scan(&q.Campaign, &q.ID, &q.Kind, &q.Asked, &q.Answered)
		out = append(out, q)
		return err
	})
	return out, err
}

// CountQuestions gives how many questions were asked at a campaign.
func (tx *Tx) CountQuestions(campaign jaring.CampaignID) (n int, err error) {
	_, err = tx.one(`SELECT count(*) FROM campaign_question WHERE campaign_id = $1`, []any{string(campaign)}, &n)
	return n, err
}

// FindCampaignStandings gives where those stand whom campaigns brought, together.
func (tx *Tx) FindCampaignStandings(campaigns []jaring.CampaignID) (map[jaring.Standing]int64, error) {
	gauges := map[jaring.Measure]jaring.Standing{}
	for _, s := range jaring.Standings {
		gauges[jaring.Gauge(s)] = s
	}
	out := map[jaring.Standing]int64{}
	err := tx.each(`SELECT measure, n FROM counter WHERE dimension = 'campaign' AND month = 0 AND value IN (`+marks(1, len(campaigns))+`)`, texts(campaigns), func(r rows) error {
		var measure jaring.Measure
		var n int64
		err := r.Scan(&measure, &n)
		if s, is := gauges[measure]; is {
			out[s] += n
		}
		return err
	})
	return out, err
}
