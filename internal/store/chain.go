package store

// lockChain makes acts on one subject queue up at the first event of its chain, so that
// each reads the head that the one before it left. Without it all but one of them would
// find their place taken and start anew. SQLite has one writer and needs nothing.
func (tx *Tx) lockChain(subject string) error {
	if tx.dialect != Postgres {
		return nil
	}
	return tx.queue(`SELECT 1 FROM event WHERE subject_id = $1 AND seq = 1 FOR UPDATE`, subject)
}
