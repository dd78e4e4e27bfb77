package store

// BillCode is a payment code that is no contribution's: of which kind the bill is, whose, and which.
type BillCode struct {
	Code  string
	Kind  string
	Owner string
	Bill  string
}

// AddBillCode keeps a code, in the transaction that makes its bill.
func (tx *Tx) AddBillCode(c BillCode) error {
	return tx.queue(`INSERT INTO bill_code (code, kind, owner_id, bill_id) VALUES ($1, $2, $3, $4)`, c.Code, c.Kind, c.Owner, c.Bill)
}

// BillOfCode gives what a code stands for; nil for no bill's.
func (tx *Tx) BillOfCode(code string) (*BillCode, error) {
	c := &BillCode{Code: code}
	found, err := tx.one(`SELECT kind, owner_id, bill_id FROM bill_code WHERE code = $1`, []any{code}, &c.Kind, &c.Owner, &c.Bill)
	if err != nil || !found {
		return nil, err
	}
	return c, nil
}
