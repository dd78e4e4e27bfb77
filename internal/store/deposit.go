package store

import (
	"time"

	"jaring/internal/jaring"
)

// DepositRecord is money that an agent brings, or is to bring.
type DepositRecord struct {
	ID        string
	Agent     jaring.AccountID
	Office    jaring.OfficeID // where it was made
	Kind      string          // receipts, float
	Code      string
	Amount    jaring.Rupiah
	Receipts  int
	MadeAt    time.Time
	State     string // waiting, settled, cancelled
	Paid      jaring.Rupiah
	PaidOn    jaring.Day
	Channel   string
	Reference string
}

const depositColumns = `agent_id, deposit_id, office_id, kind, code, amount, receipts, made_at, state, paid, paid_on, channel, reference`

// AddDeposit inserts a deposit that waits.
func (tx *Tx) AddDeposit(d *DepositRecord) error {
	return tx.queue(`INSERT INTO deposit (`+depositColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
		string(d.Agent), d.ID, string(d.Office), d.Kind, d.Code, int64(d.Amount), int64(d.Receipts), millis(d.MadeAt), d.State,
		int64(d.Paid), d.PaidOn.String(), d.Channel, d.Reference)
}

// CloseDeposit writes what became of a deposit that waits. Error: worker.changed_meanwhile when it does not.
func (tx *Tx) CloseDeposit(d *DepositRecord) error {
	n, err := tx.exec(`UPDATE deposit SET state = $3, paid = $4, paid_on = $5, channel = $6, reference = $7, receipts = $8
		WHERE agent_id = $1 AND deposit_id = $2 AND state = 'waiting'`,
		string(d.Agent), d.ID, d.State, int64(d.Paid), d.PaidOn.String(), d.Channel, d.Reference, int64(d.Receipts))
	if err == nil && n != 1 {
		err = jaring.NewError(jaring.Conflict, "worker.changed_meanwhile")
	}
	return err
}

func (tx *Tx) deposits(where string, args ...any) (out []*DepositRecord, err error) {
	err = tx.each(`SELECT `+depositColumns+` FROM deposit `+where, args, func(r rows) error {
		d := &DepositRecord{}
		var made int64
		var on string
		err := r.Scan(&d.Agent, &d.ID, &d.Office, &d.Kind, &d.Code, &d.Amount, &d.Receipts, &made, &d.State, &d.Paid, &on, &d.Channel, &d.Reference)
		if err != nil {
			return err
		}
		d.MadeAt = moment(made)
		out = append(out, d)
		return d.PaidOn.UnmarshalText([]byte(on))
	})
	return out, err
}

// GetDeposit gives a deposit. Error: deposit.unknown.
func (tx *Tx) GetDeposit(id string) (*DepositRecord, error) {
	found, err := tx.deposits(`WHERE deposit_id = $1`, id)
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "deposit.unknown")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// FindDeposits gives an agent's deposits, the newest first.
func (tx *Tx) FindDeposits(agent jaring.AccountID, limit int) ([]*DepositRecord, error) {
	return tx.deposits(`WHERE agent_id = $1 ORDER BY deposit_id DESC LIMIT $2`, string(agent), int64(limit))
}
