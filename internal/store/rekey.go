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

// NIKRows gives the owners of those of the hashes that are somebody's, by hash.
func (tx *Tx) NIKRows(hashes [][]byte) (map[string]jaring.WorkerID, error) {
	owners := map[string]jaring.WorkerID{}
	if len(hashes) == 0 {
		return owners, nil
	}
	err := tx.each(`SELECT nik_hmac, worker_id FROM nik_index WHERE nik_hmac IN (`+marks(1, len(hashes))+`)`, anys(hashes), func(r rows) error {
		var hash []byte
		var owner jaring.WorkerID
		err := r.Scan(&hash, &owner)
		owners[string(hash)] = owner
		return err
	})
	return owners, err
}

// AddNIKRow puts a NIK under one more hash, unless that is somebody's already.
func (tx *Tx) AddNIKRow(hash []byte, keyID string, owner jaring.WorkerID) error {
	return tx.queue(`INSERT INTO nik_index (nik_hmac, key_id, worker_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, hash, keyID, string(owner))
}

// TakeNIKRow removes the row of a hash and gives whose it was and under which key, after
// acts on it that are under way; empty when there is none.
func (tx *Tx) TakeNIKRow(hash []byte) (owner jaring.WorkerID, keyID string, err error) {
	_, err = tx.one(`DELETE FROM nik_index WHERE nik_hmac = $1 RETURNING worker_id, key_id`, []any{hash}, &owner, &keyID)
	return owner, keyID, err
}

// DropNIKRow removes the row of a hash if it is owner's.
func (tx *Tx) DropNIKRow(hash []byte, owner jaring.WorkerID) error {
	return tx.queue(`DELETE FROM nik_index WHERE nik_hmac = $1 AND worker_id = $2`, hash, string(owner))
}

// LeadNIKRow makes the row of a hash lead to somebody else.
func (tx *Tx) LeadNIKRow(hash []byte, owner jaring.WorkerID) error {
	return tx.queue(`UPDATE nik_index SET worker_id = $2 WHERE nik_hmac = $1`, hash, string(owner))
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
