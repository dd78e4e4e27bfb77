package store

import (
	"time"

	"jaring/internal/jaring"
)

// SetAwareMonth keeps how a programme stands in a month, whatever was kept of it before.
func (tx *Tx) SetAwareMonth(id jaring.AwareID, m jaring.AwareMonth) error {
	counted := int64(0)
	if m.Counted {
		counted = 1
	}
	return tx.queue(`INSERT INTO aware_month (aware_id, month, colour, protected, potential, need, officials, covered, dialogues, counted) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)
		ON CONFLICT (aware_id, month) DO UPDATE SET colour = excluded.colour, protected = excluded.protected, potential = excluded.potential, need = excluded.need,
			officials = excluded.officials, covered = excluded.covered, dialogues = excluded.dialogues, counted = excluded.counted`,
		string(id), int64(m.Month), string(m.Colour), int64(m.Protected), int64(m.Potential), int64(m.Need), int64(m.Officials), int64(m.Covered), int64(m.Dialogues), counted)
}

// FindAwareMonths gives the months of a programme from first on, in their order.
func (tx *Tx) FindAwareMonths(id jaring.AwareID, first jaring.Month) (out []jaring.AwareMonth, err error) {
	err = tx.each(`SELECT month, colour, protected, potential, need, officials, covered, dialogues, counted FROM aware_month WHERE aware_id = $1 AND month >= $2 ORDER BY month`,
		[]any{string(id), int64(first)}, func(r rows) error {
			var m jaring.AwareMonth
			var counted int64
			err := r.Scan(&m.Month, &m.Colour, &m.Protected, &m.Potential, &m.Need, &m.Officials, &m.Covered, &m.Dialogues, &counted)
			m.Counted = counted == 1
			out = append(out, m)
			return err
		})
	return out, err
}

// LatestAwareMonths gives the newest month of each programme of a list.
func (tx *Tx) LatestAwareMonths(ids []jaring.AwareID) (map[jaring.AwareID]jaring.AwareMonth, error) {
	out := map[jaring.AwareID]jaring.AwareMonth{}
	if len(ids) == 0 {
		return out, nil
	}
	err := tx.each(`SELECT aware_id, month, colour, protected, potential, need, officials, covered, dialogues FROM aware_month m WHERE aware_id IN (`+marks(1, len(ids))+`)
		AND month = (SELECT max(n.month) FROM aware_month n WHERE n.aware_id = m.aware_id)`, texts(ids), func(r rows) error {
		var id jaring.AwareID
		var m jaring.AwareMonth
		err := r.Scan(&id, &m.Month, &m.Colour, &m.Protected, &m.Potential, &m.Need, &m.Officials, &m.Covered, &m.Dialogues)
		out[id] = m
		return err
	})
	return out, err
}

// AddAwareDialogue takes a campaign into a programme; added is false for one that is in.
func (tx *Tx) AddAwareDialogue(id jaring.AwareID, campaign jaring.CampaignID, at time.Time) (added bool, err error) {
	n, err := tx.exec(`INSERT INTO aware_dialogue (aware_id, campaign_id, added_at) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING`, string(id), string(campaign), millis(at))
	return n == 1, err
}

// FindAwareDialogues gives the campaigns of a programme, the one that opens last first.
func (tx *Tx) FindAwareDialogues(id jaring.AwareID) ([]*CampaignRecord, error) {
	return tx.campaigns(`WHERE campaign_id IN (SELECT campaign_id FROM aware_dialogue WHERE aware_id = $1) ORDER BY opens_at DESC, campaign_id`, string(id))
}

// CountWorkplace counts the persons who work at a place by their standing.
func (tx *Tx) CountWorkplace(place jaring.PlaceID) (map[jaring.Standing]int64, error) {
	out := map[jaring.Standing]int64{}
	err := tx.each(`SELECT status, count(*) FROM worker WHERE workplace_id = $1 AND workplace_id <> '' GROUP BY status`, []any{string(place)}, func(r rows) error {
		var s jaring.Standing
		var n int64
		err := r.Scan(&s, &n)
		out[s] = n
		return err
	})
	return out, err
}
