package store

import (
	"bytes"
	"slices"

	"jaring/internal/jaring"
)

// mostClaims is how many NIKs wait before they are written: some 25 MB.
const mostClaims = 200_000

// ManyClaims asks for the NIKs of many new people of one transaction. Hashes come in no order, and each would touch a
// page of its own; many at once, in their order, fill page after page.
type ManyClaims struct {
	tx   *Tx
	rows []manyClaim
}

type manyClaim struct {
	hash   [32]byte
	key    string
	worker jaring.WorkerID
}

// ClaimMany begins to ask for many NIKs; Done ends it.
func (tx *Tx) ClaimMany() *ManyClaims { return &ManyClaims{tx: tx} }

// Add asks for a NIK that nobody has: the caller has looked. Error: worker.already_registered, of this or of an earlier one.
func (m *ManyClaims) Add(c NIKClaim) error {
	m.rows = append(m.rows, manyClaim{[32]byte(c.Hashes[0]), c.KeyID, c.Worker})
	if len(m.rows) < mostClaims {
		return nil
	}
	return m.Done()
}

// Done writes what waits. Error: worker.already_registered.
func (m *ManyClaims) Done() error {
	slices.SortFunc(m.rows, func(a, b manyClaim) int { return bytes.Compare(a.hash[:], b.hash[:]) })
	_, err := m.tx.copyIn("nik_index", columns(`nik_hmac, key_id, worker_id`), eachOf(m.rows, func(c *manyClaim) []any {
		return []any{c.hash[:], c.key, string(c.worker)}
	}))
	m.rows = m.rows[:0]
	return err
}
