package store

import (
	"cmp"
	"slices"
	"time"

	"jaring/internal/jaring"
)

// OfficeRecord is an office of the fund.
type OfficeRecord struct {
	ID      jaring.OfficeID
	Parent  jaring.OfficeID // empty at the top
	Kind    string          // fund, region, branch, sub_branch
	Name    string
	Phone   string // +62…, or a short number; may be empty
	Zone    string // IANA name
	AddedAt time.Time
	Closed  jaring.Day // from which on it works no more; none while it does
}

// OfficeArea says that an office serves an area for a while.
type OfficeArea = jaring.OfficeArea

const officeColumns = `office_id, COALESCE(CAST(parent_id AS text), ''), kind, name, phone, zone, added_at, closed_day`

// AddOffice inserts an office below an existing one, or a top.
func (tx *Tx) AddOffice(o *OfficeRecord) error {
	var parent any
	if o.Parent != "" {
		parent = string(o.Parent)
	}
	return tx.queue(`INSERT INTO office (office_id, parent_id, kind, name, phone, zone, added_at) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
		string(o.ID), parent, o.Kind, o.Name, o.Phone, o.Zone, millis(o.AddedAt))
}

func (tx *Tx) offices(where string, args ...any) (out []*OfficeRecord, err error) {
	err = tx.each(`SELECT `+officeColumns+` FROM office `+where, args, func(r rows) error {
		o := &OfficeRecord{}
		var added int64
		var closed string
		if err := r.Scan(&o.ID, &o.Parent, &o.Kind, &o.Name, &o.Phone, &o.Zone, &added, &closed); err != nil {
			return err
		}
		o.AddedAt = moment(added)
		out = append(out, o)
		return o.Closed.UnmarshalText([]byte(closed))
	})
	return out, err
}

// GetOffice gives one office. Error: office.not_found.
func (tx *Tx) GetOffice(id jaring.OfficeID) (*OfficeRecord, error) {
	os, err := tx.offices(`WHERE office_id = $1`, string(id))
	if err == nil && len(os) == 0 {
		err = jaring.NewError(jaring.NotFound, "office.not_found")
	}
	if err != nil {
		return nil, err
	}
	return os[0], nil
}

// FindOffices gives all offices as a tree read from the top: each before those below
// it, neighbours by name. They are hundreds, never more.
func (tx *Tx) FindOffices() ([]*OfficeRecord, error) {
	all, err := tx.offices(``)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b *OfficeRecord) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	below := map[jaring.OfficeID][]*OfficeRecord{}
	for _, o := range all {
		below[o.Parent] = append(below[o.Parent], o)
	}
	out := make([]*OfficeRecord, 0, len(all))
	var walk func(parent jaring.OfficeID)
	walk = func(parent jaring.OfficeID) {
		for _, o := range below[parent] {
			out = append(out, o)
			walk(o.ID)
		}
	}
	walk("")
	return out, nil
}

// OfficePath gives the office and those above it, the office first. It is empty for
// an office that does not exist.
func (tx *Tx) OfficePath(id jaring.OfficeID) ([]jaring.OfficeID, error) {
	return tx.officeIDs(`WITH RECURSIVE path (office_id, parent_id, depth) AS (
			SELECT office_id, parent_id, 0 FROM office WHERE office_id = $1
			UNION ALL SELECT o.office_id, o.parent_id, p.depth + 1 FROM office o JOIN path p ON o.office_id = p.parent_id)
		SELECT office_id FROM path ORDER BY depth`, string(id))
}

// OfficeSubtree gives the office and all below it, the office first.
func (tx *Tx) OfficeSubtree(id jaring.OfficeID) ([]jaring.OfficeID, error) {
	return tx.officeIDs(`WITH RECURSIVE subtree (office_id, depth) AS (
			SELECT office_id, 0 FROM office WHERE office_id = $1
			UNION ALL SELECT o.office_id, s.depth + 1 FROM office o JOIN subtree s ON o.parent_id = s.office_id)
		SELECT office_id FROM subtree ORDER BY depth, office_id`, string(id))
}

func (tx *Tx) officeIDs(sql string, args ...any) (out []jaring.OfficeID, err error) {
	err = tx.each(sql, args, func(r rows) error {
		var id jaring.OfficeID
		err := r.Scan(&id)
		out = append(out, id)
		return err
	})
	return out, err
}

// AddOfficeArea says that an office serves an area from a day on.
func (tx *Tx) AddOfficeArea(a OfficeArea) error {
	return tx.queue(`INSERT INTO office_area (office_id, area, from_day, to_day) VALUES ($1,$2,$3,$4)`,
		string(a.Office), a.Area, a.From.String(), a.To.String())
}

// EndOfficeArea makes to the last day on which the office serves the area.
func (tx *Tx) EndOfficeArea(office jaring.OfficeID, area string, to jaring.Day) error {
	return tx.queue(`UPDATE office_area SET to_day = $3 WHERE office_id = $1 AND area = $2 AND to_day = ''`,
		string(office), area, to.String())
}

// AreasOf gives the dotted codes of the areas that any of the offices serves on a day.
func (tx *Tx) AreasOf(offices []jaring.OfficeID, on jaring.Day) (out []string, err error) {
	if len(offices) == 0 {
		return nil, nil
	}
	args := append([]any{on.String()}, texts(offices)...)
	err = tx.each(`SELECT DISTINCT area FROM office_area WHERE from_day <= $1 AND (to_day = '' OR to_day >= $1)
		AND office_id IN (`+marks(2, len(offices))+`) ORDER BY area`, args, func(r rows) error {
		var area string
		err := r.Scan(&area)
		out = append(out, area)
		return err
	})
	return out, err
}
