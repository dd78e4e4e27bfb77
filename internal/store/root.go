package store

import (
	"fmt"
	"time"

	"jaring/internal/jaring"
)

// MerkleRoot seals the events of one hour.
type MerkleRoot struct {
	Hour      int64 // first millisecond UTC
	Events    int64
	Root      []byte
	KeyID     string
	Signature []byte
}

// idAt is the smallest UUIDv7 of a moment in milliseconds.
func idAt(ms int64) string {
	hex := fmt.Sprintf("%012x", ms)
	return hex[:8] + "-" + hex[8:] + "-0000-0000-000000000000"
}

// AddRoot inserts a root; the same again changes nothing.
func (tx *Tx) AddRoot(r MerkleRoot) error {
	return tx.queue(`INSERT INTO merkle_root (hour, events, root, key_id, signature) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		r.Hour, r.Events, r.Root, r.KeyID, r.Signature)
}

// EachRoot walks the roots in the order of hours.
func (tx *Tx) EachRoot(f func(MerkleRoot) error) error {
	return tx.each(`SELECT hour, events, root, key_id, signature FROM merkle_root ORDER BY hour`, nil, func(r rows) error {
		var m MerkleRoot
		if err := r.Scan(&m.Hour, &m.Events, &m.Root, &m.KeyID, &m.Signature); err != nil {
			return err
		}
		return f(m)
	})
}

// FirstUnsealed gives the first event after the last sealed hour, empty when there is none.
func (tx *Tx) FirstUnsealed(span time.Duration) (id jaring.EventID, err error) {
	var last int64
	if _, err = tx.one(`SELECT COALESCE(MAX(hour), 0) FROM merkle_root`, nil, &last); err != nil {
		return "", err
	}
	if last > 0 {
		last += span.Milliseconds()
	}
	_, err = tx.one(`SELECT event_id FROM event WHERE event_id >= $1 ORDER BY event_id LIMIT 1`, []any{idAt(last)}, &id)
	return id, err
}

// EventsOfHour gives the events whose ids were made in an hour, in the order of subjects and chains.
func (tx *Tx) EventsOfHour(hour int64, span time.Duration) ([]*jaring.Event, error) {
	return tx.events(`WHERE event_id >= $1 AND event_id < $2 ORDER BY subject_id, seq`, idAt(hour), idAt(hour+span.Milliseconds()))
}

// EachPending walks the events that are not in the counters yet.
func (tx *Tx) EachPending(f func(subject string, seq int64)) error {
	return tx.each(`SELECT subject_id, seq FROM event_pending`, nil, func(r rows) error {
		var subject string
		var seq int64
		err := r.Scan(&subject, &seq)
		f(subject, seq)
		return err
	})
}
