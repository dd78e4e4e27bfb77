package store

import (
	"time"

	"jaring/internal/jaring"
)

// ReceiptRecord is cash that an agent took, and how far it has come.
type ReceiptRecord struct {
	ID           string // of the operation that told of it
	Worker       jaring.WorkerID
	Agent        jaring.AccountID
	Device       jaring.DeviceID
	Counter      int64
	CodeEnd      string
	Months       int
	FirstMonth   jaring.Month
	Amount       jaring.Rupiah
	TakenAt      time.Time
	TakenOn      jaring.Day
	ReceivedAt   time.Time
	State        jaring.ReceiptState
	PaidFrom     jaring.PaidFrom
	Nobody       bool   // Worker is only what the receipt says it is about
	TakeEntry    string // of the ledger, in the worker's chain; empty when the float paid
	Deposit      string
	DepositEntry string // by which the money came to the fund
	DepositedOn  jaring.Day
	Contribution jaring.ContributionID
}

const receiptColumns = `worker_id, receipt_id, agent_id, device_id, counter, code_end, months, first_month, amount, taken_at, taken_on, received_at,
	state, paid_from, nobody, take_entry, deposit_id, deposit_entry, deposited_on, contribution_id`

// AddReceipt inserts a receipt; nothing else is known of its code but the hash.
// Error: receipt.code_used.
func (tx *Tx) AddReceipt(r *ReceiptRecord, codeHash []byte) error {
	if err := tx.queue(`INSERT INTO receipt_index (code_hash, worker_id, receipt_id) VALUES ($1, $2, $3)`, codeHash, string(r.Worker), r.ID); err != nil {
		return err
	}
	return tx.putReceipt(r)
}

func (tx *Tx) putReceipt(r *ReceiptRecord) error {
	return tx.queue(`INSERT INTO receipt (`+receiptColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20)`,
		string(r.Worker), r.ID, string(r.Agent), string(r.Device), r.Counter, r.CodeEnd, int64(r.Months), int64(r.FirstMonth), int64(r.Amount),
		millis(r.TakenAt), r.TakenOn.String(), millis(r.ReceivedAt), string(r.State), string(r.PaidFrom), flag(r.Nobody), r.TakeEntry,
		r.Deposit, r.DepositEntry, r.DepositedOn.String(), string(r.Contribution))
}

// MoveReceipt gives a receipt to another worker, into whom its own was merged.
func (tx *Tx) MoveReceipt(r *ReceiptRecord, from jaring.WorkerID) error {
	if err := tx.queue(`DELETE FROM receipt WHERE worker_id = $1 AND receipt_id = $2`, string(from), r.ID); err != nil {
		return err
	}
	if err := tx.queue(`UPDATE receipt_index SET worker_id = $2 WHERE worker_id = $1 AND receipt_id = $3`, string(from), string(r.Worker), r.ID); err != nil {
		return err
	}
	return tx.putReceipt(r)
}

// UpdateReceipt writes how far a receipt has come. Error: worker.changed_meanwhile when it was not where
// it was thought to be.
func (tx *Tx) UpdateReceipt(r *ReceiptRecord, was jaring.ReceiptState) error {
	n, err := tx.exec(`UPDATE receipt SET state = $3, months = $4, first_month = $5, deposit_id = $6, deposit_entry = $7, deposited_on = $8, contribution_id = $9,
		paid_from = $11, take_entry = $12
		WHERE worker_id = $1 AND receipt_id = $2 AND state = $10`,
		string(r.Worker), r.ID, string(r.State), int64(r.Months), int64(r.FirstMonth), r.Deposit, r.DepositEntry, r.DepositedOn.String(), string(r.Contribution), string(was),
		string(r.PaidFrom), r.TakeEntry)
	if err == nil && n != 1 {
		err = jaring.NewError(jaring.Conflict, "worker.changed_meanwhile")
	}
	return err
}

func (tx *Tx) receipts(where string, args ...any) (out []*ReceiptRecord, err error) {
	err = tx.each(`SELECT `+receiptColumns+` FROM receipt `+where, args, func(r rows) error {
		c := &ReceiptRecord{}
		var first, taken, received, nobody int64
		var on, deposited string
		err := r.Scan(&c.Worker, &c.ID, &c.Agent, &c.Device, &c.Counter, &c.CodeEnd, &c.Months, &first, &c.Amount, &taken, &on, &received,
			&c.State, &c.PaidFrom, &nobody, &c.TakeEntry, &c.Deposit, &c.DepositEntry, &deposited, &c.Contribution)
		if err != nil {
			return err
		}
		c.FirstMonth, c.TakenAt, c.ReceivedAt, c.Nobody = jaring.Month(first), moment(taken), moment(received), nobody != 0
		out = append(out, c)
		if err := c.TakenOn.UnmarshalText([]byte(on)); err != nil {
			return err
		}
		return c.DepositedOn.UnmarshalText([]byte(deposited))
	})
	return out, err
}

// GetReceipt gives a receipt. Error: receipt.unknown.
func (tx *Tx) GetReceipt(id string) (*ReceiptRecord, error) {
	return oneReceipt(tx.receipts(`WHERE receipt_id = $1`, id))
}

// ReceiptOfCode gives the receipt of a code by its hash. Error: receipt.unknown.
func (tx *Tx) ReceiptOfCode(hash []byte) (*ReceiptRecord, error) {
	worker, id := jaring.WorkerID(firstUUID), firstUUID // of nothing: whoever guesses waits as long
	if _, err := tx.one(`SELECT worker_id, receipt_id FROM receipt_index WHERE code_hash = $1`, []any{hash}, &worker, &id); err != nil {
		return nil, err
	}
	return oneReceipt(tx.receipts(`WHERE worker_id = $1 AND receipt_id = $2`, string(worker), id))
}

func oneReceipt(found []*ReceiptRecord, err error) (*ReceiptRecord, error) {
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "receipt.unknown")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// FindReceiptsOf gives all receipts of a worker, the oldest first.
func (tx *Tx) FindReceiptsOf(worker jaring.WorkerID) ([]*ReceiptRecord, error) {
	return tx.receipts(`WHERE worker_id = $1 ORDER BY taken_at, receipt_id`, string(worker))
}

// FindOpenReceipts gives the receipts whose cash an agent holds, the oldest first.
func (tx *Tx) FindOpenReceipts(agent jaring.AccountID) ([]*ReceiptRecord, error) {
	return tx.receipts(`WHERE agent_id = $1 AND state = 'open' ORDER BY taken_at, receipt_id`, string(agent))
}

// FindAgentReceipts gives an agent's receipts, the newest first, behind one: all, those in his hands
// ("open"), or all others.
func (tx *Tx) FindAgentReceipts(agent jaring.AccountID, which, before string, limit int) ([]*ReceiptRecord, error) {
	if before == "" {
		before = lastUUID
	}
	return tx.receipts(`WHERE agent_id = $1 AND receipt_id < $2 AND ($3 = '' OR ($3 = 'open') = (state = 'open')) ORDER BY receipt_id DESC LIMIT $4`,
		string(agent), before, which, int64(limit))
}

// FindReceiptsOfDeposit gives the receipts that a deposit asks for, or that it brought, the oldest first.
func (tx *Tx) FindReceiptsOfDeposit(deposit string) ([]*ReceiptRecord, error) {
	return tx.receipts(`WHERE deposit_id = $1 AND deposit_id <> '' ORDER BY taken_at, receipt_id`, deposit)
}

// ReceiptsAfter gives receipts in the order of workers and ids, from the one behind.
func (tx *Tx) ReceiptsAfter(worker jaring.WorkerID, id string, limit int) ([]*ReceiptRecord, error) {
	if worker == "" {
		worker, id = firstUUID, firstUUID
	}
	return tx.receipts(`WHERE (worker_id, receipt_id) > ($1, $2) ORDER BY worker_id, receipt_id LIMIT $3`, string(worker), id, int64(limit))
}

// TakeCounter notes that a device used a number for a receipt; taken is the receipt that has it already.
func (tx *Tx) TakeCounter(device jaring.DeviceID, counter int64, receipt string) (taken string, err error) {
	n, err := tx.exec(`INSERT INTO receipt_counter (device_id, counter, receipt_id) VALUES ($1, $2, $3) ON CONFLICT (device_id, counter) DO NOTHING`,
		string(device), counter, receipt)
	if err != nil || n == 1 {
		return "", err
	}
	_, err = tx.one(`SELECT receipt_id FROM receipt_counter WHERE device_id = $1 AND counter = $2`, []any{string(device), counter}, &taken)
	return taken, err
}

// LastCounterBelow is the greatest number below one that a device has used; 0 for none.
func (tx *Tx) LastCounterBelow(device jaring.DeviceID, counter int64) (last int64, err error) {
	_, err = tx.one(`SELECT counter FROM receipt_counter WHERE device_id = $1 AND counter < $2 ORDER BY counter DESC LIMIT 1`, []any{string(device), counter}, &last)
	return last, err
}

// CountCounters is how many numbers from one to another a device has used.
func (tx *Tx) CountCounters(device jaring.DeviceID, from, to int64) (n int64, err error) {
	_, err = tx.one(`SELECT COUNT(*) FROM receipt_counter WHERE device_id = $1 AND counter >= $2 AND counter <= $3`, []any{string(device), from, to}, &n)
	return n, err
}
