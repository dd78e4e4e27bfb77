package store

import (
	"encoding/json"
	"math"
	"time"

	"jaring/internal/jaring"
)

// DepartureRecord is somebody who drops out of a sponsor's list, and who takes the place.
type DepartureRecord struct {
	jaring.Leave
	Sponsor      string
	ID           string
	Agreement    string
	Roster       string
	Contribution jaring.ContributionID
	Months       int           // that are left
	Freed        jaring.Rupiah // what they cost
	State        string        // proposed, left, cancelled
	Hands        []jaring.AccountID
	MadeAt       time.Time
	ApprovedBy   jaring.AccountID
	ApprovedAt   time.Time
	Heir         Heir
}

// Heir is who takes a place.
type Heir struct {
	State    string // proposed, filled; empty for nobody yet
	Sealed   []byte
	Worker   jaring.WorkerID
	First    jaring.Month
	Months   int
	Amount   jaring.Rupiah
	FilledBy jaring.AccountID
	FilledAt time.Time
}

const departureColumns = `sponsor_id, departure_id, agreement_id, roster_id, person_id, contribution_id, why, note, from_month, months, freed, state, hands, made_at,
	approved_by, approved_at, heir_state, heir_sealed, heir_id, heir_month, heir_months, heir_amount, filled_by, filled_at`

func departureArgs(d *DepartureRecord) []any {
	h := &d.Heir
	return []any{d.Sponsor, d.ID, d.Agreement, d.Roster, string(d.Worker), string(d.Contribution), string(d.Why), d.Note, int64(d.From), int64(d.Months), int64(d.Freed), d.State,
		jsonText(d.Hands), millis(d.MadeAt), string(d.ApprovedBy), millis(d.ApprovedAt), h.State, h.Sealed, string(h.Worker), int64(h.First), int64(h.Months), int64(h.Amount),
		string(h.FilledBy), millis(h.FilledAt)}
}

// AddDeparture inserts somebody who drops out.
func (tx *Tx) AddDeparture(d *DepartureRecord) error {
	return tx.queue(`INSERT INTO departure (`+departureColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24)`, departureArgs(d)...)
}

// UpdateDeparture writes how far it has come, as long as it stands as it did; done is false when somebody was quicker.
func (tx *Tx) UpdateDeparture(d *DepartureRecord, was, heirWas string) (done bool, err error) {
	h := &d.Heir
	n, err := tx.exec(`UPDATE departure SET state = $5, hands = $6, approved_by = $7, approved_at = $8, heir_state = $9, heir_sealed = $10, heir_id = $11, heir_month = $12,
		heir_months = $13, heir_amount = $14, filled_by = $15, filled_at = $16 WHERE sponsor_id = $1 AND departure_id = $2 AND state = $3 AND heir_state = $4`,
		d.Sponsor, d.ID, was, heirWas, d.State, jsonText(d.Hands), string(d.ApprovedBy), millis(d.ApprovedAt), h.State, h.Sealed, string(h.Worker), int64(h.First),
		int64(h.Months), int64(h.Amount), string(h.FilledBy), millis(h.FilledAt))
	return n == 1, err
}

// FindDepartures gives who dropped out under an agreement, the newest first.
func (tx *Tx) FindDepartures(sponsor, agreement string) (out []*DepartureRecord, err error) {
	err = tx.each(`SELECT `+departureColumns+` FROM departure WHERE sponsor_id = $1 AND agreement_id = $2 ORDER BY departure_id DESC`, []any{sponsor, agreement}, func(r rows) error {
		d := &DepartureRecord{}
		h := &d.Heir
		var hands string
		var from, made, approved, heirFirst, filled int64
		err := r.Scan(&d.Sponsor, &d.ID, &d.Agreement, &d.Roster, &d.Worker, &d.Contribution, &d.Why, &d.Note, &from, &d.Months, &d.Freed, &d.State, &hands, &made,
			&d.ApprovedBy, &approved, &h.State, &h.Sealed, &h.Worker, &heirFirst, &h.Months, &h.Amount, &h.FilledBy, &filled)
		if err != nil {
			return err
		}
		d.From, d.MadeAt, d.ApprovedAt, h.First, h.FilledAt = jaring.Month(from), moment(made), moment(approved), jaring.Month(heirFirst), moment(filled)
		out = append(out, d)
		return json.Unmarshal([]byte(hands), &d.Hands)
	})
	return out, err
}

// ShortenSponsorship writes the months that a sponsor still pays of somebody who leaves.
func (tx *Tx) ShortenSponsorship(s *Sponsorship) error {
	return tx.queue(`UPDATE sponsorship SET months = $3, amount = $4, price = $5 WHERE worker_id = $1 AND contribution_id = $2`,
		string(s.Worker), string(s.Contribution), int64(s.Months), int64(s.Amount), s.Price)
}

// KeepTold notes of how many months the core was told, where fewer are paid from now on.
func (tx *Tx) KeepTold(worker jaring.WorkerID, contribution jaring.ContributionID, months int) error {
	return tx.queue(`UPDATE core_message SET told_months = $3 WHERE worker_id = $1 AND membership_id = $2 AND told_months = 0 AND state IN ('sent', 'acknowledged')`,
		string(worker), string(contribution), int64(months))
}

// ShortenPayment writes the months that stay of a contribution that was booked anew.
func (tx *Tx) ShortenPayment(p *PaymentRecord) error {
	if err := tx.UpdatePayment(p.Payment); err != nil {
		return err
	}
	if p.Quote.Lines == "" {
		return nil
	}
	return tx.queue(`UPDATE payment SET quote_lines = $3 WHERE worker_id = $1 AND contribution_id = $2`, string(p.Worker), string(p.ID), p.Quote.Lines)
}

// SponsoredPerson is somebody for whom a sponsor pays under an agreement.
type SponsoredPerson struct {
	Sponsorship
	RegistrationNo jaring.RegistrationNo
	Name           string
	Area           string
	Standing       jaring.Standing
	PaidTo         jaring.Month // the last month that is paid by anybody
	BirthDate      jaring.Day
}

// PersonQuery asks for the people of lists: q is part of a folded name, or a registration number.
type PersonQuery struct {
	Rosters []string
	Q       string
	After   jaring.WorkerID
	Limit   int
}

// FindSponsored gives the people of lists behind one of them, in the order of their ids; without a limit all.
func (tx *Tx) FindSponsored(q PersonQuery) (out []SponsoredPerson, err error) {
	if len(q.Rosters) == 0 {
		return nil, nil
	}
	if q.After == "" {
		q.After = firstUUID
	}
	if q.Limit == 0 {
		q.Limit = math.MaxInt32
	}
	args := append([]any{string(q.After), "%" + likely.Replace(q.Q) + "%", q.Q, int64(q.Limit)}, anys(q.Rosters)...)
	err = tx.each(`SELECT s.worker_id, s.contribution_id, s.membership_id, s.roster_id, s.row_no, s.sponsor_id, s.first_month, s.months, s.amount, s.state, s.why,
		w.registration_no, w.name, w.area, w.status, w.paid_to, w.birth_date FROM sponsorship s JOIN worker w ON w.worker_id = s.worker_id
		WHERE s.worker_id > $1 AND (w.name_fold LIKE $2 ESCAPE '\' OR w.registration_no = $3) AND s.roster_id IN (`+marks(5, len(q.Rosters))+`) ORDER BY s.worker_id LIMIT $4`, args, func(r rows) error {
		p := SponsoredPerson{}
		var first int64
		var birth string
		err := r.Scan(&p.Worker, &p.Contribution, &p.Membership, &p.Roster, &p.Row, &p.Sponsor, &first, &p.Months, &p.Amount, &p.State, &p.Why,
			&p.RegistrationNo, &p.Name, &p.Area, &p.Standing, &p.PaidTo, &birth)
		if err != nil {
			return err
		}
		p.First = jaring.Month(first)
		err = p.BirthDate.UnmarshalText([]byte(birth))
		out = append(out, p)
		return err
	})
	return out, err
}
