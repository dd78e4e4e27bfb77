package store

import (
	"encoding/json"
	"time"

	"jaring/internal/jaring"
)

// ServiceRecord is a service desk's row.
type ServiceRecord struct {
	jaring.ServiceDesk
	ID       jaring.ServiceID
	NameFold string // for search
	Codes    int    // how often its codes were made anew
	Version  int64
	MadeBy   jaring.AccountID
	MadeAt   time.Time
}

const serviceColumns = `service_id, office_id, partner_id, name, name_fold, place, area, opens, topics, by_phone, closed, codes, version, made_by, made_at`

// AddService inserts a service desk.
func (tx *Tx) AddService(s *ServiceRecord) error {
	return tx.queue(`INSERT INTO service_desk (`+serviceColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)`,
		string(s.ID), string(s.Office), string(s.Partner), s.Name, s.NameFold, s.Place, s.Area, jsonText(s.Opens), jsonText(s.Topics), bit(s.ByPhone), bit(s.Closed),
		int64(s.Codes), s.Version, string(s.MadeBy), millis(s.MadeAt))
}

// UpdateService writes a desk whose Version is the one that was read; the stored one becomes one more.
// Error: service.changed_meanwhile.
func (tx *Tx) UpdateService(s *ServiceRecord) error {
	n, err := tx.exec(`UPDATE service_desk SET partner_id = $2, name = $3, name_fold = $4, place = $5, area = $6, opens = $7, topics = $8, by_phone = $9, closed = $10, codes = $11,
		version = version + 1 WHERE service_id = $1 AND version = $12`,
		string(s.ID), string(s.Partner), s.Name, s.NameFold, s.Place, s.Area, jsonText(s.Opens), jsonText(s.Topics), bit(s.ByPhone), bit(s.Closed), int64(s.Codes), s.Version)
	if err == nil && n == 0 {
		err = jaring.NewError(jaring.Conflict, "service.changed_meanwhile")
	}
	if err == nil {
		s.Version++
	}
	return err
}

func (tx *Tx) services(where string, args ...any) (out []*ServiceRecord, err error) {
	err = tx.each(`SELECT `+serviceColumns+` FROM service_desk `+where, args, func(r rows) error {
		s := &ServiceRecord{}
		var opens, topics string
		var byPhone, closed, made int64
		if err := r.Scan(&s.ID, &s.Office, &s.Partner, &s.Name, &s.NameFold, &s.Place, &s.Area, &opens, &topics, &byPhone, &closed, &s.Codes, &s.Version, &s.MadeBy, &made); err != nil {
			return err
		}
		s.ByPhone, s.Closed, s.MadeAt = byPhone != 0, closed != 0, moment(made)
		out = append(out, s)
		if err := json.Unmarshal([]byte(opens), &s.Opens); err != nil {
			return err
		}
		return json.Unmarshal([]byte(topics), &s.Topics)
	})
	return out, err
}

// GetService gives a service desk. Error: service.unknown.
func (tx *Tx) GetService(id jaring.ServiceID) (*ServiceRecord, error) {
	found, err := tx.services(`WHERE service_id = $1`, string(id))
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "service.unknown")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// FindServices gives the desks of offices, those that are open first, by name.
func (tx *Tx) FindServices(offices []jaring.OfficeID, limit int) ([]*ServiceRecord, error) {
	args := append([]any{int64(limit)}, texts(offices)...)
	return tx.services(`WHERE office_id IN (`+marks(2, len(offices))+`) ORDER BY closed, name_fold, service_id LIMIT $1`, args...)
}

// Kinds of codes of a service desk.
const (
	ServiceEntry  = "desk"
	ServiceScreen = "screen"
	ServiceTurn   = "turn"
)

// ServiceCode is where a code leads.
type ServiceCode struct {
	Service jaring.ServiceID
	Kind    string
	Day     jaring.Day // of a number
	Topic   jaring.ServiceTopic
	Number  int
}

// AddServiceCode lets a code lead somewhere.
func (tx *Tx) AddServiceCode(hash []byte, c ServiceCode) error {
	return tx.queue(`INSERT INTO service_code (code_hash, service_id, kind, day, topic, number) VALUES ($1,$2,$3,$4,$5,$6)`,
		hash, string(c.Service), c.Kind, c.Day.String(), string(c.Topic), int64(c.Number))
}

// RemoveServiceCode lets a code lead nowhere.
func (tx *Tx) RemoveServiceCode(hash []byte) error {
	return tx.queue(`DELETE FROM service_code WHERE code_hash = $1`, hash)
}

// GetServiceCode gives where the code of a hash leads. Error: service.code_unknown.
func (tx *Tx) GetServiceCode(hash []byte) (c ServiceCode, err error) {
	var day string
	found, err := tx.one(`SELECT service_id, kind, day, topic, number FROM service_code WHERE code_hash = $1`, []any{hash}, &c.Service, &c.Kind, &day, &c.Topic, &c.Number)
	if err == nil && !found {
		err = jaring.NewError(jaring.NotFound, "service.code_unknown")
	}
	if err == nil {
		err = c.Day.UnmarshalText([]byte(day))
	}
	return c, err
}

// ForgetTurns takes away the codes and the counting of numbers of days before one; the numbers stay.
func (tx *Tx) ForgetTurns(before jaring.Day) (n int64, err error) {
	if _, err = tx.exec(`DELETE FROM number_block WHERE kind LIKE 'service-%' AND year > 10000 AND year < $1`, int64(before)); err != nil {
		return 0, err
	}
	return tx.exec(`DELETE FROM service_code WHERE day <> '' AND day < $1`, before.String())
}
