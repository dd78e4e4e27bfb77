package store

import (
	"time"

	"jaring/internal/jaring"
)

// BankCode is a virtual account or a QR code that a bank made for a payment code.
type BankCode struct {
	Code    string
	Bank    string
	Kind    string // va, qr
	Tries   int    // how many were made: each has an order of its own at the bank
	Amount  jaring.Rupiah
	Content string // the number, or what the QR code says; empty while the bank has not answered
	Expires time.Time

	State     string    // made, back, kept
	BackTries int       // how often the bank was asked to take it back
	BackAt    time.Time // when it is looked at next, or the bank has answered
	BackWhy   string    // key of what the bank said last; asked while it is being asked
}

// GetBankCode gives what a bank made for a code; nil for nothing.
func (tx *Tx) GetBankCode(code, bank, kind string) (*BankCode, error) {
	b := &BankCode{Code: code, Bank: bank, Kind: kind}
	var expires, back int64
	found, err := tx.one(`SELECT tries, amount, content, expires_at, state, back_tries, back_at, back_why FROM bank_code WHERE code = $1 AND bank = $2 AND kind = $3`, []any{code, bank, kind},
		&b.Tries, &b.Amount, &b.Content, &expires, &b.State, &b.BackTries, &back, &b.BackWhy)
	if err != nil || !found {
		return nil, err
	}
	b.Expires, b.BackAt = moment(expires), moment(back)
	return b, nil
}

// FindBankCodes gives codes of a kind that stand at banks and are to be looked at, those that waited longest first.
func (tx *Tx) FindBankCodes(kind string, at time.Time, limit int) (out []*BankCode, err error) {
	err = tx.each(`SELECT code, bank, kind, tries, amount, content, expires_at, state, back_tries, back_at, back_why FROM bank_code
		WHERE state = 'made' AND kind = $1 AND back_at <= $2 ORDER BY back_at, code LIMIT $3`, []any{kind, millis(at), int64(limit)}, func(r rows) error {
		b := &BankCode{}
		var expires, back int64
		err := r.Scan(&b.Code, &b.Bank, &b.Kind, &b.Tries, &b.Amount, &b.Content, &expires, &b.State, &b.BackTries, &back, &b.BackWhy)
		b.Expires, b.BackAt = moment(expires), moment(back)
		out = append(out, b)
		return err
	})
	return out, err
}

// MoveBankCode writes how far the taking back of a code has come, unless another was made in its place.
func (tx *Tx) MoveBankCode(b *BankCode) (moved bool, err error) {
	n, err := tx.exec(`UPDATE bank_code SET state = $5, back_tries = $6, back_at = $7, back_why = $8 WHERE code = $1 AND bank = $2 AND kind = $3 AND tries = $4 AND state = 'made'`,
		b.Code, b.Bank, b.Kind, int64(b.Tries), b.State, int64(b.BackTries), millis(b.BackAt), b.BackWhy)
	return n == 1, err
}

// PutBankCode keeps what a bank is asked for, or made, in the place of what it made before.
func (tx *Tx) PutBankCode(b *BankCode) error {
	return tx.queue(`INSERT INTO bank_code (code, bank, kind, tries, amount, content, expires_at) VALUES ($1,$2,$3,$4,$5,$6,$7)
		ON CONFLICT (code, bank, kind) DO UPDATE SET tries = excluded.tries, amount = excluded.amount, content = excluded.content, expires_at = excluded.expires_at,
		state = 'made', back_tries = 0, back_at = 0, back_why = ''`,
		b.Code, b.Bank, b.Kind, int64(b.Tries), int64(b.Amount), b.Content, millis(b.Expires))
}
