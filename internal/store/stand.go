package store

import (
	"encoding/json"
	"time"

	"jaring/internal/jaring"
)

// StandRecord is a stand's row.
type StandRecord struct {
	jaring.Stand
	Ord      int // by the first figure in its number
	NameFold string
	Visitors int // participants who have its stamp; in lists
	People   int // participants who belong to it; in lists
	Leads    int // people who were met at it; in lists
}

const standColumns = `campaign_id, stand_id, number, ord, name, name_fold, kind, owner, contact_name, contact_phone, team, minors, about, public, products, added_at`

// PutStand adds a stand or writes it anew.
func (tx *Tx) PutStand(s *StandRecord) error {
	return tx.queue(`INSERT INTO stand (`+standColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)
		ON CONFLICT (campaign_id, stand_id) DO UPDATE SET number = excluded.number, ord = excluded.ord, name = excluded.name, name_fold = excluded.name_fold, kind = excluded.kind,
			owner = excluded.owner, contact_name = excluded.contact_name, contact_phone = excluded.contact_phone, team = excluded.team, minors = excluded.minors,
			about = excluded.about, public = excluded.public, products = excluded.products`,
		string(s.Campaign), string(s.ID), s.Number, int64(s.Ord), s.Name, s.NameFold, string(s.Kind), s.Owner, s.ContactName, s.ContactPhone, int64(s.Team), bit(s.Minors),
		s.About, bit(s.Public), jsonText(s.Products), millis(s.AddedAt))
}

func (s *StandRecord) scan(r rows, more ...any) error {
	var minors, public, added int64
	var products string
	dest := append([]any{&s.Campaign, &s.ID, &s.Number, &s.Ord, &s.Name, &s.NameFold, &s.Kind, &s.Owner, &s.ContactName, &s.ContactPhone, &s.Team, &minors, &s.About, &public, &products, &added}, more...)
	if err := r.Scan(dest...); err != nil {
		return err
	}
	s.Minors, s.Public, s.AddedAt = minors != 0, public != 0, moment(added)
	return json.Unmarshal([]byte(products), &s.Products)
}

// GetStand gives one stand. Error: stand.not_found.
func (tx *Tx) GetStand(campaign jaring.CampaignID, id jaring.StandID) (s *StandRecord, err error) {
	err = tx.each(`SELECT `+standColumns+` FROM stand WHERE campaign_id = $1 AND stand_id = $2`, []any{string(campaign), string(id)}, func(r rows) error {
		s = &StandRecord{}
		return s.scan(r)
	})
	if err == nil && s == nil {
		err = jaring.NewError(jaring.NotFound, "stand.not_found")
	}
	return s, err
}

// FindStands gives the stands of an event whose name or owner holds a folded text, in the order of their
// numbers, with how many stamps they have given.
func (tx *Tx) FindStands(id jaring.CampaignID, text string) (out []*StandRecord, err error) {
	err = tx.each(`SELECT `+standColumns+`, (SELECT COUNT(*) FROM stamp k WHERE k.campaign_id = s.campaign_id AND k.stand_id = s.stand_id)
		FROM stand s WHERE s.campaign_id = $1 AND s.name_fold LIKE $2 ESCAPE '!' ORDER BY s.ord, s.number, s.stand_id`, []any{string(id), "%" + likeEscape(text) + "%"}, func(r rows) error {
		s := &StandRecord{}
		var visitors int64
		err := s.scan(r, &visitors)
		s.Visitors = int(visitors)
		out = append(out, s)
		return err
	})
	return out, err
}

// CountAtStands fills in how many people belong to stands of an event, and how many were met there.
func (tx *Tx) CountAtStands(id jaring.CampaignID, stands []*StandRecord) error {
	count := func(statement string, put func(*StandRecord, int)) error {
		return tx.each(statement, []any{string(id)}, func(r rows) error {
			var stand jaring.StandID
			var n int64
			err := r.Scan(&stand, &n)
			for _, s := range stands {
				if s.ID == stand {
					put(s, int(n))
				}
			}
			return err
		})
	}
	err := count(`SELECT stand_id, COUNT(*) FROM participant WHERE campaign_id = $1 AND stand_id <> '' AND cancelled_at = 0 GROUP BY stand_id`, func(s *StandRecord, n int) { s.People = n })
	if err != nil {
		return err
	}
	return count(`SELECT stand_id, COUNT(*) FROM lead WHERE campaign_id = $1 AND stand_id <> '' GROUP BY stand_id`, func(s *StandRecord, n int) { s.Leads = n })
}

// PutStandPhoto keeps the photo of a product.
func (tx *Tx) PutStandPhoto(campaign jaring.CampaignID, stand jaring.StandID, product string, picture []byte) error {
	return tx.queue(`INSERT INTO stand_photo (campaign_id, stand_id, product_id, picture) VALUES ($1,$2,$3,$4)
		ON CONFLICT (campaign_id, stand_id, product_id) DO UPDATE SET picture = excluded.picture`, string(campaign), string(stand), product, picture)
}

// GetStandPhoto gives the photo of a product. Error: photo.not_found.
func (tx *Tx) GetStandPhoto(campaign jaring.CampaignID, stand jaring.StandID, product string) (picture []byte, err error) {
	found, err := tx.one(`SELECT picture FROM stand_photo WHERE campaign_id = $1 AND stand_id = $2 AND product_id = $3`, []any{string(campaign), string(stand), product}, &picture)
	if err == nil && !found {
		err = jaring.NewError(jaring.NotFound, "photo.not_found")
	}
	return picture, err
}

// StampRow is that a participant was at a stand.
type StampRow struct {
	Campaign    jaring.CampaignID
	Participant jaring.ParticipantID
	Stand       jaring.StandID
	Operation   jaring.OperationID
	Agent       jaring.AccountID
	TakenAt     time.Time
}

// AddStamp notes a stamp; fresh is false when the participant has the stamp of that stand already.
func (tx *Tx) AddStamp(s StampRow) (fresh bool, err error) {
	n, err := tx.exec(`INSERT INTO stamp (campaign_id, participant_id, stand_id, operation_id, agent_id, taken_at) VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT DO NOTHING`,
		string(s.Campaign), string(s.Participant), string(s.Stand), string(s.Operation), string(s.Agent), millis(s.TakenAt))
	return n > 0, err
}

// CountStamps counts the stamps of a participant.
func (tx *Tx) CountStamps(campaign jaring.CampaignID, id jaring.ParticipantID) (n int, err error) {
	_, err = tx.one(`SELECT COUNT(*) FROM stamp WHERE campaign_id = $1 AND participant_id = $2`, []any{string(campaign), string(id)}, &n)
	return n, err
}

// RallyCount is how far the stamp rally of an event is.
type RallyCount struct {
	Stamps, Walkers, Winners, Prizes int
}

// CountRally counts stamps, who has any, who has enough of them, and prizes handed out.
func (tx *Tx) CountRally(id jaring.CampaignID, enough int) (c RallyCount, err error) {
	err = tx.each(`SELECT COUNT(*) FROM stamp WHERE campaign_id = $1 GROUP BY participant_id`, []any{string(id)}, func(r rows) error {
		var n int
		err := r.Scan(&n)
		c.Stamps, c.Walkers = c.Stamps+n, c.Walkers+1
		if enough > 0 && n >= enough {
			c.Winners++
		}
		return err
	})
	if err == nil {
		_, err = tx.one(`SELECT COUNT(*) FROM participant WHERE campaign_id = $1 AND prize_at > 0`, []any{string(id)}, &c.Prizes)
	}
	return c, err
}
