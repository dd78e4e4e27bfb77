package store

import (
	"time"

	"jaring/internal/jaring"
)

// KioskRecord is a screen in a hall that shows one board and nothing else. Its token is not kept.
type KioskRecord struct {
	Hash     []byte // SHA-256 of the token
	Campaign jaring.CampaignID
	Name     string
	AddedAt  time.Time
	AddedBy  jaring.AccountID
	Until    time.Time
	Loops    bool // shows the loop of a hall; told when it is opened
}

const kioskColumns = `token_hash, campaign_id, name, added_at, added_by, until_at`

// AddKiosk lets a token show a board.
func (tx *Tx) AddKiosk(k *KioskRecord) error {
	return tx.queue(`INSERT INTO kiosk (`+kioskColumns+`) VALUES ($1,$2,$3,$4,$5,$6)`,
		k.Hash, string(k.Campaign), k.Name, millis(k.AddedAt), string(k.AddedBy), millis(k.Until))
}

func (tx *Tx) kiosks(where string, args ...any) (out []*KioskRecord, err error) {
	err = tx.each(`SELECT `+kioskColumns+` FROM kiosk `+where, args, func(r rows) error {
		k := &KioskRecord{}
		var added, until int64
		err := r.Scan(&k.Hash, &k.Campaign, &k.Name, &added, &k.AddedBy, &until)
		k.AddedAt, k.Until = moment(added), moment(until)
		out = append(out, k)
		return err
	})
	return out, err
}

// FindKiosks gives the screens of a campaign that were not revoked, the oldest first.
func (tx *Tx) FindKiosks(id jaring.CampaignID) ([]*KioskRecord, error) {
	return tx.kiosks(`WHERE campaign_id = $1 AND revoked_at = 0 ORDER BY added_at, name`, string(id))
}

// GetKiosk gives the screen of a token that was not revoked. Error: kiosk.unknown.
func (tx *Tx) GetKiosk(hash []byte) (*KioskRecord, error) {
	ks, err := tx.kiosks(`WHERE token_hash = $1 AND revoked_at = 0`, hash)
	if err == nil && len(ks) == 0 {
		err = jaring.NewError(jaring.Forbidden, "kiosk.unknown")
	}
	if err != nil {
		return nil, err
	}
	return ks[0], nil
}

// RevokeKiosk makes a token show nothing any more.
func (tx *Tx) RevokeKiosk(hash []byte, at time.Time) error {
	return tx.queue(`UPDATE kiosk SET revoked_at = $2 WHERE token_hash = $1`, hash, millis(at))
}
