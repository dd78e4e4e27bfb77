package store

import "time"

// TakeLease gives owner the named lease until the given moment, unless somebody else
// holds it still. It saves double work; it does not guard correctness.
func (tx *Tx) TakeLease(name, owner string, now, until time.Time) (bool, error) {
	n, err := tx.exec(`INSERT INTO lease (name, owner, lease_until) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, lease_until = excluded.lease_until
		WHERE lease.owner = excluded.owner OR lease.lease_until < $4`, name, owner, millis(until), millis(now))
	return n == 1, err
}
