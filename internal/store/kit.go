package store

import (
	"time"

	"jaring/internal/jaring"
)

// KitRecord is a thing with a serial number that agents wear or carry.
type KitRecord struct {
	ID      jaring.KitID
	Kind    jaring.KitKind
	Serial  string
	Office  jaring.OfficeID
	State   jaring.KitState
	Account jaring.AccountID // who has it
	Since   time.Time
	Note    string
}

// AddKit inserts a thing. Error: kit.serial_taken.
func (tx *Tx) AddKit(k *KitRecord) error {
	return tx.queue(`INSERT INTO kit_item (kit_id, kind, serial, office_id, state, since) VALUES ($1,$2,$3,$4,$5,$6)`,
		string(k.ID), string(k.Kind), k.Serial, string(k.Office), string(k.State), millis(k.Since))
}

func (tx *Tx) kits(where string, args ...any) (out []*KitRecord, err error) {
	err = tx.each(`SELECT k.kit_id, k.kind, k.serial, k.office_id, k.state, k.account_id, k.since, k.note FROM kit_item k `+where, args, func(r rows) error {
		k := &KitRecord{}
		var since int64
		err := r.Scan(&k.ID, &k.Kind, &k.Serial, &k.Office, &k.State, &k.Account, &since, &k.Note)
		k.Since = moment(since)
		out = append(out, k)
		return err
	})
	return out, err
}

// GetKit gives one thing. Error: kit.not_found.
func (tx *Tx) GetKit(id jaring.KitID) (*KitRecord, error) {
	ks, err := tx.kits(`WHERE k.kit_id = $1`, string(id))
	if err == nil && len(ks) == 0 {
		err = jaring.NewError(jaring.NotFound, "kit.not_found")
	}
	if err != nil {
		return nil, err
	}
	return ks[0], nil
}

// FindKit gives a page of the things of offices by kind and serial number, behind one of them.
func (tx *Tx) FindKit(offices []jaring.OfficeID, state jaring.KitState, after KitCursor, limit int) ([]*KitRecord, error) {
	if len(offices) == 0 {
		return nil, nil
	}
	args := append([]any{string(state), string(after.Kind), after.Serial, int64(limit)}, texts(offices)...)
	return tx.kits(`WHERE ($1 = '' OR k.state = $1) AND (k.kind, k.serial) > ($2, $3) AND k.office_id IN (`+marks(5, len(offices))+`)
		ORDER BY k.kind, k.serial LIMIT $4`, args...)
}

// KitCursor is a place in the order of things.
type KitCursor struct {
	Kind   jaring.KitKind
	Serial string
}

// FindKitOf gives what agents have.
func (tx *Tx) FindKitOf(accounts []jaring.AccountID) ([]*KitRecord, error) {
	if len(accounts) == 0 {
		return nil, nil
	}
	return tx.kits(`WHERE k.account_id IN (`+marks(1, len(accounts))+`) AND k.state = 'handed_out' ORDER BY k.kind, k.serial`, texts(accounts)...)
}

// TakenSerials gives those of serials that things of a kind have already.
func (tx *Tx) TakenSerials(kind jaring.KitKind, serials []string) (map[string]bool, error) {
	out := map[string]bool{}
	err := tx.each(`SELECT serial FROM kit_item WHERE kind = $1 AND serial IN (`+marks(2, len(serials))+`)`,
		append([]any{string(kind)}, anys(serials)...), func(r rows) error {
			var s string
			err := r.Scan(&s)
			out[s] = true
			return err
		})
	return out, err
}

// MoveKit brings a thing from one state to another and to or from somebody; changed is
// false when it is in another state by now.
func (tx *Tx) MoveKit(k *KitRecord, was jaring.KitState) (changed bool, err error) {
	n, err := tx.exec(`UPDATE kit_item SET state = $3, account_id = $4, since = $5, note = $6 WHERE kit_id = $1 AND state = $2`,
		string(k.ID), string(was), string(k.State), string(k.Account), millis(k.Since), k.Note)
	return n == 1, err
}
