package store

import (
	"time"

	"jaring/internal/jaring"
)

// ReceiptLetter is what is said of a receipt on its way to the worker's phone. A code in it is sealed, and dropped
// with the row when there is nothing left to do.
type ReceiptLetter struct {
	Worker    jaring.WorkerID
	Receipt   string
	ID        string // of the letter
	Template  string
	Sealed    []byte
	KeyID     string
	NotBefore time.Time
	Failed    string
}

// AddReceiptLetter lets a letter wait for its sending, unless another one about the receipt does.
func (tx *Tx) AddReceiptLetter(l *ReceiptLetter) error {
	return tx.queue(`INSERT INTO receipt_letter (worker_id, receipt_id, letter_id, sealed, key_id, state, not_before, template) VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7)
		ON CONFLICT (worker_id, receipt_id) DO NOTHING`,
		string(l.Worker), l.Receipt, l.ID, l.Sealed, l.KeyID, millis(l.NotBefore), l.Template)
}

// FindWaitingReceiptLetters gives those that may go at a moment, the first due first.
func (tx *Tx) FindWaitingReceiptLetters(at time.Time, limit int) (out []*ReceiptLetter, err error) {
	err = tx.each(`SELECT worker_id, receipt_id, letter_id, sealed, key_id, not_before, failed, template FROM receipt_letter
		WHERE state = 'waiting' AND not_before <= $1 ORDER BY not_before, letter_id LIMIT $2`, []any{millis(at), int64(limit)}, func(r rows) error {
		l := &ReceiptLetter{}
		var before int64
		err := r.Scan(&l.Worker, &l.Receipt, &l.ID, &l.Sealed, &l.KeyID, &before, &l.Failed, &l.Template)
		l.NotBefore = moment(before)
		out = append(out, l)
		return err
	})
	return out, err
}

// MoveReceiptLetter writes what became of a letter, if it stands where it was thought to stand.
func (tx *Tx) MoveReceiptLetter(l *ReceiptLetter, was, is jaring.ReminderState, taken time.Time) (moved bool, err error) {
	n, err := tx.exec(`UPDATE receipt_letter SET state = $4, not_before = $5, taken_at = $6 WHERE worker_id = $1 AND receipt_id = $2 AND state = $3`,
		string(l.Worker), l.Receipt, string(was), string(is), millis(l.NotBefore), millis(taken))
	return n == 1, err
}

// DropReceiptLetter forgets a code that has gone, or never will.
func (tx *Tx) DropReceiptLetter(l *ReceiptLetter) error {
	return tx.queue(`DELETE FROM receipt_letter WHERE worker_id = $1 AND receipt_id = $2`, string(l.Worker), l.Receipt)
}

// LoseReceiptLetters forgets those that were taken before a moment and never heard of again: the process
// died, and they may have been sent.
func (tx *Tx) LoseReceiptLetters(before time.Time) (int64, error) {
	return tx.exec(`DELETE FROM receipt_letter WHERE state = 'under_way' AND taken_at < $1`, millis(before))
}
