package store

import (
	"encoding/json"
	"time"

	"jaring/internal/jaring"
)

// HeldOperation waits for an earlier one; its body is sealed under a data key.
type HeldOperation struct {
	jaring.Operation
	Account jaring.AccountID
	Digest  []byte
	KeyID   string
	Sealed  []byte
	Waiting jaring.OperationID // the one it waits for
}

const heldColumns = `operation_id, after_id, kind, digest, account_id, device_id, seq, base_version, after_ids, taken_at, received_at, key_id, sealed, trusted, said_at`

// AddHeld keeps an operation until the one it names arrives. Keeping it again says which one it waits
// for now.
func (tx *Tx) AddHeld(h *HeldOperation) error {
	after, err := json.Marshal(h.After)
	if err != nil {
		return err
	}
	return tx.queue(`INSERT INTO held_operation (`+heldColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)
		ON CONFLICT (operation_id) DO UPDATE SET after_id = excluded.after_id`,
		string(h.ID), string(h.Waiting), string(h.Kind), h.Digest, string(h.Account), string(h.Device), h.Seq, h.BaseVersion, string(after),
		millis(h.TakenAt), millis(h.ReceivedAt), h.KeyID, h.Sealed, bit(h.ClockTrust), millis(h.SaidAt))
}

// FindHeldAfter gives the operations that wait for one of ids.
func (tx *Tx) FindHeldAfter(ids []jaring.OperationID) ([]*HeldOperation, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return tx.held(`WHERE given_up_at = 0 AND after_id IN (`+marks(1, len(ids))+`) ORDER BY seq`, texts(ids)...)
}

// FindHeld gives those of ids that are held.
func (tx *Tx) FindHeld(ids []jaring.OperationID) ([]*HeldOperation, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return tx.held(`WHERE operation_id IN (`+marks(1, len(ids))+`)`, texts(ids)...)
}

// FindHeldBefore gives operations that have been waiting since before t.
func (tx *Tx) FindHeldBefore(t time.Time, limit int) ([]*HeldOperation, error) {
	return tx.held(`WHERE received_at < $1 AND given_up_at = 0 ORDER BY received_at LIMIT $2`, millis(t), int64(limit))
}

// EachHeld walks all held operations, for re-keying.
func (tx *Tx) EachHeld(f func(*HeldOperation) error) error {
	held, err := tx.held(`ORDER BY operation_id`)
	for _, h := range held {
		if err == nil {
			err = f(h)
		}
	}
	return err
}

// DropHeld forgets an operation that has been applied.
func (tx *Tx) DropHeld(id jaring.OperationID) error {
	return tx.queue(`DELETE FROM held_operation WHERE operation_id = $1`, string(id))
}

func (tx *Tx) held(where string, args ...any) (out []*HeldOperation, err error) {
	err = tx.each(`SELECT `+heldColumns+` FROM held_operation `+where, args, func(r rows) error {
		h := &HeldOperation{}
		var after string
		var taken, received, trusted, said int64
		if err := r.Scan(&h.ID, &h.Waiting, &h.Kind, &h.Digest, &h.Account, &h.Device, &h.Seq, &h.BaseVersion, &after, &taken, &received, &h.KeyID, &h.Sealed, &trusted, &said); err != nil {
			return err
		}
		h.TakenAt, h.SaidAt, h.ReceivedAt, h.ClockTrust = moment(taken), moment(said), moment(received), trusted != 0
		out = append(out, h)
		return json.Unmarshal([]byte(after), &h.After)
	})
	return out, err
}

// GiveUpHeld marks an operation that nothing will follow any more; what it said stays.
func (tx *Tx) GiveUpHeld(id jaring.OperationID, at time.Time) error {
	return tx.queue(`UPDATE held_operation SET given_up_at = $2 WHERE operation_id = $1`, string(id), millis(at))
}
