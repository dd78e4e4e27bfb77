package store

import (
	"time"

	"jaring/internal/jaring"
)

// PartnerRecord is a partner's row.
type PartnerRecord struct {
	jaring.Partner
	ID       jaring.PartnerID
	NameFold string // for search
	Version  int64
	MadeBy   jaring.AccountID
	MadeAt   time.Time
}

// PartnerCursor is a place in the list of partners by name.
type PartnerCursor struct {
	NameFold string           `json:"n"`
	ID       jaring.PartnerID `json:"i"`
}

const partnerColumns = `partner_id, office_id, kind, name, name_fold, contact_name, contact_phone, agreement, from_day, until_day, note, version, made_by, made_at`

// AddPartner inserts a partner.
func (tx *Tx) AddPartner(p *PartnerRecord) error {
	return tx.queue(`INSERT INTO partner (`+partnerColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`,
		string(p.ID), string(p.Office), string(p.Kind), p.Name, p.NameFold, p.ContactName, p.ContactPhone, p.Agreement, p.From.String(), p.Until.String(), p.Note,
		p.Version, string(p.MadeBy), millis(p.MadeAt))
}

// UpdatePartner writes a partner whose Version is the one that was read; the stored one becomes one more.
// Error: partner.changed_meanwhile.
func (tx *Tx) UpdatePartner(p *PartnerRecord) error {
	n, err := tx.exec(`UPDATE partner SET kind = $2, name = $3, name_fold = $4, contact_name = $5, contact_phone = $6, agreement = $7, from_day = $8, until_day = $9,
		note = $10, version = version + 1 WHERE partner_id = $1 AND version = $11`,
		string(p.ID), string(p.Kind), p.Name, p.NameFold, p.ContactName, p.ContactPhone, p.Agreement, p.From.String(), p.Until.String(), p.Note, p.Version)
	if err == nil && n == 0 {
		err = jaring.NewError(jaring.Conflict, "partner.changed_meanwhile")
	}
	if err == nil {
		p.Version++
	}
	return err
}

func (tx *Tx) partners(where string, args ...any) (out []*PartnerRecord, err error) {
	err = tx.each(`SELECT `+partnerColumns+` FROM partner `+where, args, func(r rows) error {
		p := &PartnerRecord{}
		var from, until string
		var made int64
		if err := r.Scan(&p.ID, &p.Office, &p.Kind, &p.Name, &p.NameFold, &p.ContactName, &p.ContactPhone, &p.Agreement, &from, &until, &p.Note, &p.Version, &p.MadeBy, &made); err != nil {
			return err
		}
		p.MadeAt = moment(made)
		out = append(out, p)
		if err := p.From.UnmarshalText([]byte(from)); err != nil {
			return err
		}
		return p.Until.UnmarshalText([]byte(until))
	})
	return out, err
}

// GetPartner gives a partner. Error: partner.unknown.
func (tx *Tx) GetPartner(id jaring.PartnerID) (*PartnerRecord, error) {
	found, err := tx.partners(`WHERE partner_id = $1`, string(id))
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "partner.unknown")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// FindPartners gives partners of offices whose folded name holds q, of a kind or of any, by name, behind a place.
func (tx *Tx) FindPartners(offices []jaring.OfficeID, q string, kind jaring.PartnerKind, after PartnerCursor, limit int) ([]*PartnerRecord, error) {
	if after.ID == "" {
		after.ID = firstUUID
	}
	args := append([]any{"%" + likely.Replace(q) + "%", after.NameFold, string(after.ID), int64(limit), string(kind)}, texts(offices)...)
	return tx.partners(`WHERE name_fold LIKE $1 ESCAPE '\' AND ($5 = '' OR kind = $5) AND (name_fold, partner_id) > ($2, $3) AND office_id IN (`+marks(6, len(offices))+`)
		ORDER BY name_fold, partner_id LIMIT $4`, args...)
}

// PartnerFigures are what a partner organises, sends and pays.
type PartnerFigures struct {
	Campaigns int
	Leads     int
	Became    int // of the leads, registered
	Sponsors  int
}

// FindPartnerFigures gives the figures of partners.
func (tx *Tx) FindPartnerFigures(ids []jaring.PartnerID) (map[jaring.PartnerID]PartnerFigures, error) {
	out := map[jaring.PartnerID]PartnerFigures{}
	if len(ids) == 0 {
		return out, nil
	}
	count := func(text string, put func(f *PartnerFigures, state string, n int)) error {
		return tx.each(text, texts(ids), func(r rows) error {
			var id jaring.PartnerID
			var state string
			var n int
			err := r.Scan(&id, &state, &n)
			f := out[id]
			put(&f, state, n)
			out[id] = f
			return err
		})
	}
	err := count(`SELECT partner_id, state, count(*) FROM campaign WHERE partner_id IN (`+marks(1, len(ids))+`) GROUP BY partner_id, state`, func(f *PartnerFigures, _ string, n int) { f.Campaigns += n })
	if err == nil {
		err = count(`SELECT partner_id, '', count(*) FROM sponsor WHERE partner_id IN (`+marks(1, len(ids))+`) GROUP BY partner_id`, func(f *PartnerFigures, _ string, n int) { f.Sponsors = n })
	}
	if err == nil {
		err = count(`SELECT partner_id, state, count(*) FROM lead WHERE partner_id IN (`+marks(1, len(ids))+`) GROUP BY partner_id, state`, func(f *PartnerFigures, state string, n int) {
			if f.Leads += n; state == string(jaring.LeadIsRegistered) {
				f.Became += n
			}
		})
	}
	return out, err
}

// SetSponsorPartner says which partner a sponsor is; empty for none.
func (tx *Tx) SetSponsorPartner(sponsor string, partner jaring.PartnerID) error {
	return tx.queue(`UPDATE sponsor SET partner_id = $2 WHERE sponsor_id = $1`, sponsor, string(partner))
}

// FindSponsorsOf gives the sponsors that a partner is, by name.
func (tx *Tx) FindSponsorsOf(partner jaring.PartnerID) ([]*SponsorRecord, error) {
	return tx.sponsors(`WHERE partner_id = $1 ORDER BY name_fold, sponsor_id`, string(partner))
}
