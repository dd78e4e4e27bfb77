package store

import (
	"encoding/json"
	"time"

	"jaring/internal/jaring"
)

// SponsorRecord is a sponsor's row.
type SponsorRecord struct {
	jaring.Sponsor
	ID       string
	NameFold string
	MadeBy   jaring.AccountID
	MadeAt   time.Time
}

// SponsorCursor is a place in a list of sponsors by name.
type SponsorCursor struct {
	NameFold string
	ID       string
}

const sponsorColumns = `sponsor_id, office_id, name, name_fold, contact_name, contact_phone, made_by, made_at`

// AddSponsor inserts a sponsor.
func (tx *Tx) AddSponsor(s *SponsorRecord) error {
	return tx.queue(`INSERT INTO sponsor (`+sponsorColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
		s.ID, string(s.Office), s.Name, s.NameFold, s.ContactName, s.ContactPhone, string(s.MadeBy), millis(s.MadeAt))
}

func (tx *Tx) sponsors(where string, args ...any) (out []*SponsorRecord, err error) {
	err = tx.each(`SELECT `+sponsorColumns+` FROM sponsor `+where, args, func(r rows) error {
		s := &SponsorRecord{}
		var made int64
		err := r.Scan(&s.ID, &s.Office, &s.Name, &s.NameFold, &s.ContactName, &s.ContactPhone, &s.MadeBy, &made)
		s.MadeAt = moment(made)
		out = append(out, s)
		return err
	})
	return out, err
}

// GetSponsor gives a sponsor. Error: sponsor.unknown.
func (tx *Tx) GetSponsor(id string) (*SponsorRecord, error) {
	found, err := tx.sponsors(`WHERE sponsor_id = $1`, id)
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "sponsor.unknown")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// GetSponsors gives those of ids that exist.
func (tx *Tx) GetSponsors(ids []string) ([]*SponsorRecord, error) {
	return tx.sponsors(`WHERE sponsor_id IN (`+marks(1, len(ids))+`)`, anys(ids)...)
}

// FindSponsors gives sponsors of the offices whose folded name holds q, by name, behind a place.
func (tx *Tx) FindSponsors(offices []jaring.OfficeID, q string, after SponsorCursor, limit int) ([]*SponsorRecord, error) {
	if after.ID == "" {
		after.ID = firstUUID
	}
	args := append([]any{"%" + likely.Replace(q) + "%", after.NameFold, after.ID, int64(limit)}, texts(offices)...)
	return tx.sponsors(`WHERE name_fold LIKE $1 ESCAPE '\' AND (name_fold, sponsor_id) > ($2, $3) AND office_id IN (`+marks(5, len(offices))+`)
		ORDER BY name_fold, sponsor_id LIMIT $4`, args...)
}

// AgreementRecord is an agreement's row.
type AgreementRecord struct {
	jaring.Agreement
	Sponsor    string
	ID         string
	Version    int64
	State      string // draft, approved
	Hands      []jaring.AccountID
	MadeAt     time.Time
	ApprovedBy jaring.AccountID
	ApprovedAt time.Time
	UsedAmount jaring.Rupiah
	UsedPeople int
}

const agreementColumns = `sponsor_id, agreement_id, version, state, kind, number, decree, first_month, months, programs, ceiling_amount, ceiling_people,
	terms, hands, made_at, approved_by, approved_at, used_amount, used_people`

// jsonText is a column that holds JSON of the store's own.
func jsonText(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

// AddAgreement inserts an agreement.
func (tx *Tx) AddAgreement(a *AgreementRecord) error {
	return tx.queue(`INSERT INTO agreement (`+agreementColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19)`,
		a.Sponsor, a.ID, a.Version, a.State, string(a.Kind), a.Number, a.Decree, int64(a.FirstMonth), int64(a.Months), a.Programs.String(), int64(a.CeilingAmount),
		int64(a.CeilingPeople), jsonText(a.Terms), jsonText(a.Hands), millis(a.MadeAt), string(a.ApprovedBy), millis(a.ApprovedAt), int64(a.UsedAmount), int64(a.UsedPeople))
}

// UpdateAgreement writes what an agreement says, if nobody changed it since version a.Version; the stored one
// becomes a.Version+1. What is used stays. Error: agreement.changed_meanwhile.
func (tx *Tx) UpdateAgreement(a *AgreementRecord) error {
	n, err := tx.exec(`UPDATE agreement SET version = version + 1, state = $4, kind = $5, number = $6, decree = $7, first_month = $8, months = $9, programs = $10,
		ceiling_amount = $11, ceiling_people = $12, terms = $13, hands = $14, approved_by = $15, approved_at = $16
		WHERE sponsor_id = $1 AND agreement_id = $2 AND version = $3`,
		a.Sponsor, a.ID, a.Version, a.State, string(a.Kind), a.Number, a.Decree, int64(a.FirstMonth), int64(a.Months), a.Programs.String(), int64(a.CeilingAmount),
		int64(a.CeilingPeople), jsonText(a.Terms), jsonText(a.Hands), string(a.ApprovedBy), millis(a.ApprovedAt))
	if err == nil && n == 0 {
		err = jaring.NewError(jaring.Conflict, "agreement.changed_meanwhile")
	}
	if err == nil {
		a.Version++
	}
	return err
}

// UseAgreement takes people and rupiah of an approved agreement's ceilings, or gives them back; done is false
// when they are not there, or the agreement is not the version that was approved.
func (tx *Tx) UseAgreement(sponsor, id string, version int64, people int, amount jaring.Rupiah) (done bool, err error) {
	n, err := tx.exec(`UPDATE agreement SET used_people = used_people + $4, used_amount = used_amount + $5
		WHERE sponsor_id = $1 AND agreement_id = $2 AND version = $3 AND state = 'approved' AND used_people + $4 <= ceiling_people AND used_amount + $5 <= ceiling_amount`,
		sponsor, id, version, int64(people), int64(amount))
	return n == 1, err
}

// GiveBack returns what an agreement has not used after all.
func (tx *Tx) GiveBack(sponsor, id string, people int, amount jaring.Rupiah) error {
	return tx.queue(`UPDATE agreement SET used_people = used_people - $3, used_amount = used_amount - $4 WHERE sponsor_id = $1 AND agreement_id = $2`,
		sponsor, id, int64(people), int64(amount))
}

func (tx *Tx) agreements(where string, args ...any) (out []*AgreementRecord, err error) {
	err = tx.each(`SELECT `+agreementColumns+` FROM agreement `+where, args, func(r rows) error {
		a := &AgreementRecord{}
		var programs, terms, hands string
		var first, made, approved int64
		err := r.Scan(&a.Sponsor, &a.ID, &a.Version, &a.State, &a.Kind, &a.Number, &a.Decree, &first, &a.Months, &programs, &a.CeilingAmount, &a.CeilingPeople,
			&terms, &hands, &made, &a.ApprovedBy, &approved, &a.UsedAmount, &a.UsedPeople)
		if err != nil {
			return err
		}
		a.FirstMonth, a.MadeAt, a.ApprovedAt = jaring.Month(first), moment(made), moment(approved)
		if a.Programs, err = jaring.ParsePrograms(programs); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(terms), &a.Terms); err != nil {
			return err
		}
		out = append(out, a)
		return json.Unmarshal([]byte(hands), &a.Hands)
	})
	return out, err
}

// FindAgreements gives the agreements of a sponsor, the newest first.
func (tx *Tx) FindAgreements(sponsor string) ([]*AgreementRecord, error) {
	return tx.agreements(`WHERE sponsor_id = $1 ORDER BY agreement_id DESC`, sponsor)
}

// GetAgreement gives an agreement. Error: agreement.unknown.
func (tx *Tx) GetAgreement(sponsor, id string) (*AgreementRecord, error) {
	found, err := tx.agreements(`WHERE sponsor_id = $1 AND agreement_id = $2`, sponsor, id)
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "agreement.unknown")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// PhoneKeysOf gives the keys of the phones that were ever enrolled by an account.
func (tx *Tx) PhoneKeysOf(account jaring.AccountID) (keys []string, err error) {
	err = tx.each(`SELECT public_key FROM device WHERE account_id = $1`, []any{string(account)}, func(r rows) error {
		var key []byte
		err := r.Scan(&key)
		keys = append(keys, string(key))
		return err
	})
	return keys, err
}
