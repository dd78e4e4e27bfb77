package store

// TakeNumbers allots the next n numbers of a kind in a year and gives the first of
// them. Numbers of a block that a server never used stay unused.
func (tx *Tx) TakeNumbers(kind string, year int, n int64) (first int64, err error) {
	var next int64
	_, err = tx.one(`INSERT INTO number_block (kind, year, next) VALUES ($1, $2, $3)
		ON CONFLICT (kind, year) DO UPDATE SET next = number_block.next + excluded.next RETURNING next`, []any{kind, int64(year), n}, &next)
	return next - n, err
}
