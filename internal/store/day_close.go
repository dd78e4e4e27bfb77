package store

import (
	"time"

	"jaring/internal/jaring"
)

// DayClose is a day of an office's book that somebody closed: the figures as they were, signed.
type DayClose struct {
	Office    jaring.OfficeID
	Day       jaring.Day
	By        jaring.AccountID
	At        time.Time
	Figures   string // JSON, as it was signed
	Hash      []byte
	Signature []byte
	KeyID     string
}

// AddDayClose keeps a close; added is false when the day was closed already.
func (tx *Tx) AddDayClose(d *DayClose) (added bool, err error) {
	n, err := tx.exec(`INSERT INTO day_close (office_id, day, closed_by, closed_at, figures, hash, signature, key_id) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)
		ON CONFLICT DO NOTHING`, string(d.Office), d.Day.String(), string(d.By), millis(d.At), d.Figures, d.Hash, d.Signature, d.KeyID)
	return n == 1, err
}

func (tx *Tx) dayCloses(where string, args ...any) (out []*DayClose, err error) {
	err = tx.each(`SELECT office_id, day, closed_by, closed_at, figures, hash, signature, key_id FROM day_close `+where, args, func(r rows) error {
		d := &DayClose{}
		var day string
		var at int64
		if err := r.Scan(&d.Office, &day, &d.By, &at, &d.Figures, &d.Hash, &d.Signature, &d.KeyID); err != nil {
			return err
		}
		d.At = moment(at)
		out = append(out, d)
		return d.Day.UnmarshalText([]byte(day))
	})
	return out, err
}

// GetDayClose gives the close of a day; nil while it is open.
func (tx *Tx) GetDayClose(office jaring.OfficeID, day jaring.Day) (*DayClose, error) {
	found, err := tx.dayCloses(`WHERE office_id = $1 AND day = $2`, string(office), day.String())
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// FindDayCloses gives all closes, in the order of offices and days.
func (tx *Tx) FindDayCloses() ([]*DayClose, error) { return tx.dayCloses(`ORDER BY office_id, day`) }
