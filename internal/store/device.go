package store

import (
	"time"

	"jaring/internal/jaring"
)

// DeviceRecord is a phone whose key signs batches for an account.
type DeviceRecord struct {
	ID         jaring.DeviceID
	Account    jaring.AccountID
	Name       string
	PublicKey  []byte // SPKI, P-256
	EnrolledAt time.Time
	RevokedAt  time.Time // zero while it may sign
}

const deviceColumns = `device_id, account_id, name, public_key, enrolled_at, revoked_at`

// AddDevice inserts a device.
func (tx *Tx) AddDevice(d *DeviceRecord) error {
	return tx.queue(`INSERT INTO device (`+deviceColumns+`) VALUES ($1,$2,$3,$4,$5,$6)`,
		string(d.ID), string(d.Account), d.Name, d.PublicKey, millis(d.EnrolledAt), millis(d.RevokedAt))
}

func (tx *Tx) devices(where string, args ...any) (out []*DeviceRecord, err error) {
	err = tx.each(`SELECT `+deviceColumns+` FROM device `+where, args, func(r rows) error {
		d := &DeviceRecord{}
		var enrolled, revoked int64
		err := r.Scan(&d.ID, &d.Account, &d.Name, &d.PublicKey, &enrolled, &revoked)
		d.EnrolledAt, d.RevokedAt = moment(enrolled), moment(revoked)
		out = append(out, d)
		return err
	})
	return out, err
}

// GetDevice gives one device, revoked or not. Error: device.unknown.
func (tx *Tx) GetDevice(id jaring.DeviceID) (*DeviceRecord, error) {
	ds, err := tx.devices(`WHERE device_id = $1`, string(id))
	if err == nil && len(ds) == 0 {
		err = jaring.NewError(jaring.Unauthenticated, "device.unknown")
	}
	if err != nil {
		return nil, err
	}
	return ds[0], nil
}

// FindDevices gives the devices of an account, the newest first.
func (tx *Tx) FindDevices(account jaring.AccountID) ([]*DeviceRecord, error) {
	return tx.devices(`WHERE account_id = $1 ORDER BY device_id DESC`, string(account))
}

// RevokeDevice ends a device's right to sign; changed is false when it had none.
func (tx *Tx) RevokeDevice(id jaring.DeviceID, at time.Time) (changed bool, err error) {
	n, err := tx.exec(`UPDATE device SET revoked_at = $2 WHERE device_id = $1 AND revoked_at = 0`, string(id), millis(at))
	return n == 1, err
}
