package store

import (
	"jaring/internal/jaring"
)

// PaymentRecord is a contribution with the quote it was asked by; the quote of the first one
// stands with its membership.
type PaymentRecord struct {
	jaring.Payment
	Quote QuoteRecord
}

const paymentColumns = `worker_id, contribution_id, membership_id, code, state, programs, first_month, months, total, credit, amount,
	channel, reference, settled_on, settled_at, confirmed_at, entry_seq, quote_id, quote_version, quote_lines, due_day, holds_until`

// AddPayment opens the first contribution of a membership that was added before, under a unique
// code. Its months are those of the membership.
func (tx *Tx) AddPayment(p jaring.Payment) error {
	err := tx.queue(`INSERT INTO payment (worker_id, contribution_id, membership_id, code, state, programs, first_month, months, total, amount)
		SELECT worker_id, membership_id, membership_id, CAST($3 AS text), CAST($4 AS text), programs, first_month, months, quote_total, CAST($5 AS bigint)
		FROM membership WHERE worker_id = $1 AND membership_id = $2`,
		string(p.Worker), string(p.Membership), p.Code, p.State, int64(p.Amount))
	if err != nil {
		return err
	}
	return tx.addPaymentCode(p)
}

func (tx *Tx) addPaymentCode(p jaring.Payment) error {
	return tx.queue(`INSERT INTO payment_index (code, worker_id, membership_id) VALUES ($1, $2, $3)`, p.Code, string(p.Worker), string(p.Membership))
}

// AddContribution opens a further contribution of a membership. newCode tells that its code is not
// that of a contribution before it.
func (tx *Tx) AddContribution(p *PaymentRecord, newCode bool) error {
	err := tx.queue(`INSERT INTO payment (`+paymentColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22)`,
		paymentArgs(p)...)
	if err != nil || !newCode {
		return err
	}
	return tx.addPaymentCode(p.Payment)
}

func scanPayment(r rows) (*PaymentRecord, error) {
	p := &PaymentRecord{}
	var programs, settled, due, holds string
	var first, at, confirmed int64
	err := r.Scan(&p.Worker, &p.ID, &p.Membership, &p.Code, &p.State, &programs, &first, &p.Months, &p.Total, &p.Credit, &p.Amount,
		&p.Channel, &p.Reference, &settled, &at, &confirmed, &p.Entry, &p.Quote.ID, &p.Quote.Version, &p.Quote.Lines, &due, &holds)
	if err != nil {
		return nil, err
	}
	p.FirstMonth, p.SettledAt, p.ConfirmedAt = jaring.Month(first), moment(at), moment(confirmed)
	if p.Programs, err = jaring.ParsePrograms(programs); err != nil {
		return nil, err
	}
	if err := p.SettledOn.UnmarshalText([]byte(settled)); err != nil {
		return nil, err
	}
	if err := p.Holds.UnmarshalText([]byte(holds)); err != nil {
		return nil, err
	}
	err = p.Due.UnmarshalText([]byte(due))
	p.Quote.Total, p.Quote.Due = p.Total, p.Due
	return p, err
}

func (tx *Tx) payments(where string, args ...any) (out []*PaymentRecord, err error) {
	err = tx.each(`SELECT `+paymentColumns+` FROM payment `+where, args, func(r rows) error {
		p, err := scanPayment(r)
		out = append(out, p)
		return err
	})
	return out, err
}

// FindPayments gives all contributions of a person in the order of their months.
func (tx *Tx) FindPayments(worker jaring.WorkerID) ([]*PaymentRecord, error) {
	return tx.payments(ofWorker, string(worker))
}

const (
	ofWorker   = `WHERE worker_id = $1 ORDER BY first_month, contribution_id`
	paymentsOf = `SELECT ` + paymentColumns + ` FROM payment ` + ofWorker
)

// GetPayment gives the first contribution of a membership; found is false when there is none.
func (tx *Tx) GetPayment(worker jaring.WorkerID, membership jaring.MembershipID) (p jaring.Payment, found bool, err error) {
	ps, err := tx.payments(`WHERE worker_id = $1 AND contribution_id = $2`, string(worker), string(membership))
	if err != nil || len(ps) == 0 {
		return p, false, err
	}
	return ps[0].Payment, true, nil
}

// PaymentOfCode gives whose payment code it is; empty for nobody's.
func (tx *Tx) PaymentOfCode(code string) (worker jaring.WorkerID, err error) {
	_, err = tx.one(workerOfCode, []any{code}, &worker)
	return worker, err
}

const workerOfCode = `SELECT worker_id FROM payment_index WHERE code = $1`

// UpdatePayment writes how far a contribution has come, and which months and sums it has left.
func (tx *Tx) UpdatePayment(p jaring.Payment) error {
	return tx.queue(`UPDATE payment SET state = $3, months = $4, total = $5, credit = $6, amount = $7, channel = $8, reference = $9,
		settled_on = $10, settled_at = $11, confirmed_at = $12, entry_seq = $13 WHERE worker_id = $1 AND contribution_id = $2`,
		string(p.Worker), string(p.ID), p.State, int64(p.Months), int64(p.Total), int64(p.Credit), int64(p.Amount), p.Channel, p.Reference,
		p.SettledOn.String(), millis(p.SettledAt), millis(p.ConfirmedAt), p.Entry)
}

// CancelPayment closes the waiting contributions of a record that does not stand.
func (tx *Tx) CancelPayment(worker jaring.WorkerID) error {
	return tx.queue(`UPDATE payment SET state = 'cancelled' WHERE worker_id = $1 AND state = 'waiting'`, string(worker))
}

// PaymentsAfter gives what is or was to be paid in the order of persons and contributions,
// from the one behind.
func (tx *Tx) PaymentsAfter(worker jaring.WorkerID, contribution jaring.ContributionID, limit int) (out []jaring.Payment, err error) {
	if worker == "" {
		worker, contribution = firstUUID, firstUUID
	}
	found, err := tx.payments(`WHERE (worker_id, contribution_id) > ($1, $2) ORDER BY worker_id, contribution_id LIMIT $3`,
		string(worker), string(contribution), int64(limit))
	for _, p := range found {
		out = append(out, p.Payment)
	}
	return out, err
}
