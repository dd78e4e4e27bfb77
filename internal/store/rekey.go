package store

import (
	"time"

	"jaring/internal/jaring"
)

// WorkerKeys is what of a person stands under keys that rotate.
type WorkerKeys struct {
	Worker      jaring.WorkerID
	PersonKey   []byte // wrapped; nil once erased
	PersonKeyID string
	NIKSealed   []byte
}

// FindWorkerKeys gives persons in the order of their ids, from the one behind after.
func (tx *Tx) FindWorkerKeys(after jaring.WorkerID, limit int) (out []WorkerKeys, err error) {
	if after == "" {
		after = firstUUID
	}
	err = tx.each(`SELECT worker_id, person_key, person_key_id, nik_sealed FROM worker WHERE worker_id > $1 ORDER BY worker_id LIMIT $2`,
		[]any{string(after), int64(limit)}, func(r rows) error {
			var w WorkerKeys
			err := r.Scan(&w.Worker, &w.PersonKey, &w.PersonKeyID, &w.NIKSealed)
			out = append(out, w)
			return err
		})
	return out, err
}

const firstUUID = "00000000-0000-0000-0000-000000000000"

// RehashNIK puts the row of a NIK under another hash. The row stays the same row, so an
// act that changes its owner at the same moment changes it before or after, never
// beside. It gives whether there was one. Error: worker.already_registered when the new
// hash is there already, which means that one NIK has two people.
func (tx *Tx) RehashNIK(old, fresh []byte, keyID string) (bool, error) {
	n, err := tx.exec(`UPDATE nik_index SET nik_hmac = $2, key_id = $3 WHERE nik_hmac = $1`, old, fresh, keyID)
	return n == 1, err
}

// RewrapPerson keeps a person's key under another data key, unless it was erased or
// rewrapped since it was read under the old one. It gives whether it did.
func (tx *Tx) RewrapPerson(id jaring.WorkerID, oldKeyID string, wrapped []byte, keyID string) (bool, error) {
	n, err := tx.exec(`UPDATE worker SET person_key = $3, person_key_id = $4 WHERE worker_id = $1 AND person_key_id = $2 AND person_key IS NOT NULL`,
		string(id), oldKeyID, wrapped, keyID)
	return n == 1, err
}

// ResealHeld keeps a held operation under another data key, unless it was applied or
// resealed since.
func (tx *Tx) ResealHeld(id jaring.OperationID, oldKeyID string, sealed []byte, keyID string) (bool, error) {
	n, err := tx.exec(`UPDATE held_operation SET sealed = $3, key_id = $4 WHERE operation_id = $1 AND key_id = $2`, string(id), oldKeyID, sealed, keyID)
	return n == 1, err
}

// CountUnderOther counts what stands under other keys than these: rows of the index,
// keys of persons, held operations.
func (tx *Tx) CountUnderOther(indexID, dataID string) (index, persons, held int64, err error) {
	if _, err = tx.one(`SELECT count(*) FROM nik_index WHERE key_id <> $1`, []any{indexID}, &index); err != nil {
		return
	}
	if _, err = tx.one(`SELECT count(*) FROM worker WHERE person_key_id <> $1 AND person_key IS NOT NULL`, []any{dataID}, &persons); err != nil {
		return
	}
	_, err = tx.one(`SELECT count(*) FROM held_operation WHERE key_id <> $1`, []any{dataID}, &held)
	return
}

// SwapSetting sets a value under a name if the one there is old; an absent one is ”.
func (tx *Tx) SwapSetting(name, old, value string) (bool, error) {
	if old == "" {
		n, err := tx.exec(`INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE setting.value = ''`, name, value)
		return n == 1, err
	}
	n, err := tx.exec(`UPDATE setting SET value = $3 WHERE name = $1 AND value = $2`, name, old, value)
	return n == 1, err
}

// FindLeases gives the names of leases that begin with prefix and last beyond now.
func (tx *Tx) FindLeases(prefix string, now time.Time) (names []string, err error) {
	err = tx.each(`SELECT name FROM lease WHERE name >= $1 AND name < $2 AND lease_until > $3 ORDER BY name`,
		[]any{prefix, prefix + "\U0010FFFF", millis(now)}, func(r rows) error {
			var name string
			err := r.Scan(&name)
			names = append(names, name)
			return err
		})
	return names, err
}

// DropLeases forgets leases that begin with prefix and ended before a moment.
func (tx *Tx) DropLeases(prefix string, before time.Time) error {
	return tx.queue(`DELETE FROM lease WHERE name >= $1 AND name < $2 AND lease_until < $3`, prefix, prefix+"\U0010FFFF", millis(before))
}
