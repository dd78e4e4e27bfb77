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
}

// GetBankCode gives what a bank made for a code; nil for nothing.
func (tx *Tx) GetBankCode(code, bank, kind string) (*BankCode, error) {
	b := &BankCode{Code: code, Bank: bank, Kind: kind}
	var expires int64
	found, err := tx.one(`SELECT tries, amount, content, expires_at FROM bank_code WHERE code = $1 AND bank = $2 AND kind = $3`, []any{code, bank, kind},
		&b.Tries, &b.Amount, &b.Content, &expires)
	if err != nil || !found {
		return nil, err
	}
	b.Expires = moment(expires)
	return b, nil
}

// PutBankCode keeps what a bank is asked for, or made, in the place of what it made before.
func (tx *Tx) PutBankCode(b *BankCode) error {
	return tx.queue(`INSERT INTO bank_code (code, bank, kind, tries, amount, content, expires_at) VALUES ($1,$2,$3,$4,$5,$6,$7)
		ON CONFLICT (code, bank, kind) DO UPDATE SET tries = excluded.tries, amount = excluded.amount, content = excluded.content, expires_at = excluded.expires_at`,
		b.Code, b.Bank, b.Kind, int64(b.Tries), int64(b.Amount), b.Content, millis(b.Expires))
}
