package store

import "jaring/internal/jaring"

// AddCards lets codes of printed cards lead to their people; a card that is printed again has its code already.
func (tx *Tx) AddCards(hashes map[jaring.WorkerID][]byte) error {
	for worker, hash := range hashes {
		if err := tx.queue(`INSERT INTO card_index (code_hash, worker_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, hash, string(worker)); err != nil {
			return err
		}
	}
	return nil
}

// CardOf gives whose card has a code; empty for nobody's.
func (tx *Tx) CardOf(hash []byte) (worker jaring.WorkerID, err error) {
	_, err = tx.one(`SELECT worker_id FROM card_index WHERE code_hash = $1`, []any{hash}, &worker)
	return worker, err
}

// Handover is what a ceremony hands over.
type Handover struct {
	Campaign  jaring.CampaignID
	Sponsor   string
	Agreement string
}

// Recipient receives for all in a ceremony.
type Recipient struct {
	Worker  jaring.WorkerID
	Consent bool // the name may be printed
}

// PutHandover says what a ceremony hands over, and who receives it, in the place of what was said before.
func (tx *Tx) PutHandover(h Handover, people []Recipient) error {
	err := tx.queue(`INSERT INTO handover (campaign_id, sponsor_id, agreement_id) VALUES ($1, $2, $3)
		ON CONFLICT (campaign_id) DO UPDATE SET sponsor_id = excluded.sponsor_id, agreement_id = excluded.agreement_id`, string(h.Campaign), h.Sponsor, h.Agreement)
	if err != nil {
		return err
	}
	if err := tx.queue(`DELETE FROM handover_recipient WHERE campaign_id = $1`, string(h.Campaign)); err != nil {
		return err
	}
	for _, p := range people {
		err := tx.queue(`INSERT INTO handover_recipient (campaign_id, worker_id, consent) VALUES ($1, $2, $3)`, string(h.Campaign), string(p.Worker), bit(p.Consent))
		if err != nil {
			return err
		}
	}
	return nil
}

// GetHandover gives what a ceremony hands over, nil when nobody has said it.
func (tx *Tx) GetHandover(campaign jaring.CampaignID) (*Handover, []Recipient, error) {
	h := &Handover{Campaign: campaign}
	found, err := tx.one(`SELECT sponsor_id, agreement_id FROM handover WHERE campaign_id = $1`, []any{string(campaign)}, &h.Sponsor, &h.Agreement)
	if err != nil || !found {
		return nil, nil, err
	}
	var people []Recipient
	err = tx.each(`SELECT worker_id, consent FROM handover_recipient WHERE campaign_id = $1 ORDER BY worker_id`, []any{string(campaign)}, func(r rows) error {
		p := Recipient{}
		var consent int64
		err := r.Scan(&p.Worker, &consent)
		p.Consent = consent != 0
		people = append(people, p)
		return err
	})
	return h, people, err
}

// HandoversOf gives the ceremonies of an agreement.
func (tx *Tx) HandoversOf(agreement string) (ids []jaring.CampaignID, err error) {
	err = tx.each(`SELECT campaign_id FROM handover WHERE agreement_id = $1 ORDER BY campaign_id`, []any{agreement}, func(r rows) error {
		var id jaring.CampaignID
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}
