package store

import (
	"time"

	"jaring/internal/jaring"
)

// ClassRecord is a class of agents with its quotas.
type ClassRecord struct {
	jaring.Class
	ID      jaring.ClassID
	State   jaring.ClassState
	Version int64
	AddedAt time.Time
	Seats   int // of all quotas
	Taken   int
	Passed  int
}

// AddClass inserts a class with its quotas.
func (tx *Tx) AddClass(c *ClassRecord) error {
	if err := tx.queue(`INSERT INTO agent_class (class_id, office_id, name, from_day, to_day, place_id, pass_mark, state, version, added_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`, string(c.ID), string(c.Office), c.Name, c.From.String(), c.To.String(), string(c.Place),
		int64(c.PassMark), string(c.State), c.Version, millis(c.AddedAt)); err != nil {
		return err
	}
	for _, q := range c.Quotas {
		if err := tx.queue(`INSERT INTO class_quota (class_id, office_id, seats) VALUES ($1,$2,$3)`, string(c.ID), string(q.Office), int64(q.Seats)); err != nil {
			return err
		}
	}
	return nil
}

const classColumns = `c.class_id, c.office_id, c.name, c.from_day, c.to_day, c.place_id, c.pass_mark, c.state, c.version, c.added_at,
	(SELECT CAST(COALESCE(sum(q.seats), 0) AS bigint) FROM class_quota q WHERE q.class_id = c.class_id),
	(SELECT count(*) FROM class_seat s WHERE s.class_id = c.class_id),
	(SELECT count(*) FROM class_seat s WHERE s.class_id = c.class_id AND s.result = 'passed')`

func (tx *Tx) classes(where string, args ...any) (out []*ClassRecord, err error) {
	err = tx.each(`SELECT `+classColumns+` FROM agent_class c `+where, args, func(r rows) error {
		c := &ClassRecord{}
		var from, to string
		var added int64
		if err := r.Scan(&c.ID, &c.Office, &c.Name, &from, &to, &c.Place, &c.PassMark, &c.State, &c.Version, &added, &c.Seats, &c.Taken, &c.Passed); err != nil {
			return err
		}
		c.AddedAt = moment(added)
		out = append(out, c)
		return days(&c.From, from, &c.To, to)
	})
	return out, err
}

// GetClass gives one class with its quotas. Error: class.not_found.
func (tx *Tx) GetClass(id jaring.ClassID) (*ClassRecord, error) {
	cs, err := tx.classes(`WHERE c.class_id = $1`, string(id))
	if err == nil && len(cs) == 0 {
		err = jaring.NewError(jaring.NotFound, "class.not_found")
	}
	if err != nil {
		return nil, err
	}
	c := cs[0]
	err = tx.each(`SELECT q.office_id, q.seats FROM class_quota q JOIN office o ON o.office_id = q.office_id WHERE q.class_id = $1
		ORDER BY q.seats DESC, o.name, q.office_id`, []any{string(id)}, func(r rows) error {
		var q jaring.Quota
		err := r.Scan(&q.Office, &q.Seats)
		c.Quotas = append(c.Quotas, q)
		return err
	})
	return c, err
}

// FindClasses gives the classes of offices, and those in which they have seats, the latest
// first, behind a class's first day and id.
func (tx *Tx) FindClasses(offices []jaring.OfficeID, before jaring.Day, beforeID jaring.ClassID, limit int) ([]*ClassRecord, error) {
	if len(offices) == 0 {
		return nil, nil
	}
	day := before.String()
	if beforeID == "" {
		day, beforeID = "9999-99-99", lastUUID
	}
	args := append([]any{day, string(beforeID), int64(limit)}, texts(offices)...)
	n := len(offices)
	return tx.classes(`WHERE (c.from_day, c.class_id) < ($1, $2) AND (c.office_id IN (`+marks(4, n)+`)
		OR EXISTS (SELECT 1 FROM class_quota q WHERE q.class_id = c.class_id AND q.office_id IN (`+marks(4, n)+`)))
		ORDER BY c.from_day DESC, c.class_id DESC LIMIT $3`, args...)
}

// TouchClass counts up the version of a class: acts that touch one class queue up here, so
// that each sees what the one before it did. Error: class.not_found.
func (tx *Tx) TouchClass(id jaring.ClassID) error {
	n, err := tx.exec(`UPDATE agent_class SET version = version + 1 WHERE class_id = $1`, string(id))
	if err == nil && n == 0 {
		err = jaring.NewError(jaring.NotFound, "class.not_found")
	}
	return err
}

// CloseClass closes a class; who was not judged has failed.
func (tx *Tx) CloseClass(id jaring.ClassID) error {
	if err := tx.queue(`UPDATE agent_class SET state = 'closed' WHERE class_id = $1`, string(id)); err != nil {
		return err
	}
	return tx.queue(`UPDATE class_seat SET result = 'failed' WHERE class_id = $1 AND result = ''`, string(id))
}

// CountSeats counts the taken seats of a class by the office whose quota they are of.
func (tx *Tx) CountSeats(id jaring.ClassID) (map[jaring.OfficeID]int, error) {
	out := map[jaring.OfficeID]int{}
	err := tx.each(`SELECT office_id, count(*) FROM class_seat WHERE class_id = $1 GROUP BY office_id`, []any{string(id)}, func(r rows) error {
		var o jaring.OfficeID
		var n int
		err := r.Scan(&o, &n)
		out[o] = n
		return err
	})
	return out, err
}
