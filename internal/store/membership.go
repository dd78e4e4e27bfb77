package store

import (
	"jaring/internal/jaring"
)

// MembershipRecord is a membership with the quote it was entered by and the contributions
// that it was asked for since, in the order of their months.
type MembershipRecord struct {
	jaring.Membership
	Quote    QuoteRecord
	Payments []*PaymentRecord // read by FindMemberships alone
}

// QuoteRecord is what was asked and by which rules; the price is explained again
// from the rules of that version.
type QuoteRecord struct {
	ID      jaring.QuoteID
	Total   jaring.Rupiah
	Version string
	Lines   string // JSON of what each month and programme cost
	Due     jaring.Day
}

const membershipColumns = `worker_id, membership_id, segment, programs, income, lowest_band, sector, funding, state, first_month, months,
	registered_at, paid_on, paid_at, confirmed_at, core_state, core_reason, quote_id, quote_total, quote_version, quote_lines, due_day`

// AddMembership inserts a membership with its quote.
func (tx *Tx) AddMembership(m *MembershipRecord) error {
	return tx.queue(`INSERT INTO membership (`+membershipColumns+`) VALUES
		($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22)`,
		membershipArgs(m)...)
}

// FindMemberships gives all memberships of a person with their contributions, oldest first.
func (tx *Tx) FindMemberships(id jaring.WorkerID) (out []*MembershipRecord, err error) {
	err = tx.each(membershipsOf, []any{string(id)}, func(r rows) error {
		m, err := scanMembership(r)
		out = append(out, m)
		return err
	})
	if err != nil {
		return nil, err
	}
	payments, err := tx.FindPayments(id)
	withPayments(out, payments)
	return out, err
}

const membershipsOf = `SELECT ` + membershipColumns + ` FROM membership WHERE worker_id = $1 ORDER BY membership_id`

func scanMembership(r rows) (*MembershipRecord, error) {
	m := &MembershipRecord{}
	var programs, paidOn, due string
	var lowest, first, registered, paid, confirmed int64
	err := r.Scan(&m.Worker, &m.ID, &m.Segment, &programs, &m.Income, &lowest, &m.Sector, &m.Funding, &m.State, &first, &m.Months,
		&registered, &paidOn, &paid, &confirmed, &m.CoreState, &m.CoreReason, &m.Quote.ID, &m.Quote.Total, &m.Quote.Version, &m.Quote.Lines, &due)
	if err != nil {
		return nil, err
	}
	m.LowestBand, m.FirstMonth = lowest != 0, jaring.Month(first)
	m.RegisteredAt, m.PaidAt, m.ConfirmedAt = moment(registered), moment(paid), moment(confirmed)
	if m.Programs, err = jaring.ParsePrograms(programs); err != nil {
		return nil, err
	}
	if err := m.PaidOn.UnmarshalText([]byte(paidOn)); err != nil {
		return nil, err
	}
	return m, m.Quote.Due.UnmarshalText([]byte(due))
}

// UpdateMembership writes how far a membership has come.
func (tx *Tx) UpdateMembership(m *MembershipRecord) error {
	return tx.queue(`UPDATE membership SET state = $3, paid_on = $4, paid_at = $5, confirmed_at = $6, core_state = $7, core_reason = $8
		WHERE worker_id = $1 AND membership_id = $2`,
		string(m.Worker), string(m.ID), string(m.State), m.PaidOn.String(), millis(m.PaidAt), millis(m.ConfirmedAt), string(m.CoreState), m.CoreReason)
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
