package store

import (
	"jaring/internal/jaring"
)

// MembershipRecord is a membership with the quote it was entered by.
type MembershipRecord struct {
	jaring.Membership
	Quote QuoteRecord
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
		string(m.Worker), string(m.ID), string(m.Segment), m.Programs.String(), int64(m.Income), bit(m.LowestBand), string(m.Sector), string(m.Funding), string(m.State),
		int64(m.FirstMonth), int64(m.Months), millis(m.RegisteredAt), m.PaidOn.String(), millis(m.PaidAt), millis(m.ConfirmedAt), string(m.CoreState), m.CoreReason,
		string(m.Quote.ID), int64(m.Quote.Total), m.Quote.Version, m.Quote.Lines, m.Quote.Due.String())
}

// FindMemberships gives all memberships of a person, oldest first.
func (tx *Tx) FindMemberships(id jaring.WorkerID) (out []*MembershipRecord, err error) {
	err = tx.each(`SELECT `+membershipColumns+` FROM membership WHERE worker_id = $1 ORDER BY membership_id`, []any{string(id)}, func(r rows) error {
		m, err := scanMembership(r)
		out = append(out, m)
		return err
	})
	return out, err
}

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

// AddPayment opens what is to be paid for a membership, under a unique code.
func (tx *Tx) AddPayment(p jaring.Payment) error {
	err := tx.queue(`INSERT INTO payment (worker_id, membership_id, code, amount, state) VALUES ($1, $2, $3, $4, $5)`,
		string(p.Worker), string(p.Membership), p.Code, int64(p.Amount), p.State)
	if err != nil {
		return err
	}
	return tx.queue(`INSERT INTO payment_index (code, worker_id, membership_id) VALUES ($1, $2, $3)`, p.Code, string(p.Worker), string(p.Membership))
}

// GetPayment gives what is to be paid for a membership; found is false when nothing is.
func (tx *Tx) GetPayment(worker jaring.WorkerID, membership jaring.MembershipID) (p jaring.Payment, found bool, err error) {
	p.Worker, p.Membership = worker, membership
	settled := ""
	found, err = tx.one(`SELECT code, amount, state, channel, reference, settled_on FROM payment WHERE worker_id = $1 AND membership_id = $2`,
		[]any{string(worker), string(membership)}, &p.Code, &p.Amount, &p.State, &p.Channel, &p.Reference, &settled)
	if err != nil {
		return p, false, err
	}
	return p, found, p.SettledOn.UnmarshalText([]byte(settled))
}

// SettlePayment marks a waiting payment as settled. Error: payment.settled when it was already.
func (tx *Tx) SettlePayment(p jaring.Payment, at int64) error {
	n, err := tx.exec(`UPDATE payment SET state = 'settled', channel = $3, reference = $4, settled_on = $5, settled_at = $6
		WHERE worker_id = $1 AND membership_id = $2 AND state = 'waiting'`,
		string(p.Worker), string(p.Membership), p.Channel, p.Reference, p.SettledOn.String(), at)
	if err == nil && n == 0 {
		err = jaring.NewError(jaring.Conflict, "payment.settled")
	}
	return err
}

// CancelPayment closes a waiting payment of a record that does not stand.
func (tx *Tx) CancelPayment(worker jaring.WorkerID) error {
	return tx.queue(`UPDATE payment SET state = 'cancelled' WHERE worker_id = $1 AND state = 'waiting'`, string(worker))
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
