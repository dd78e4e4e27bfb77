package store

import (
	"time"

	"jaring/internal/jaring"
)

// RosterMend is what somebody wrote beside a row of a list.
type RosterMend struct {
	Row    int
	Sealed []byte // under the list's key
	By     jaring.AccountID
	At     time.Time
}

// PutRosterMends keeps mends in the place of those before of the same rows.
func (tx *Tx) PutRosterMends(id string, list []RosterMend) error {
	for i := range list {
		if err := tx.DropRosterMend(id, list[i].Row); err != nil {
			return err
		}
	}
	_, err := tx.copyIn("roster_mend", []string{"roster_id", "row_no", "sealed", "made_by", "made_at"}, eachOf(list, func(m *RosterMend) []any {
		return []any{id, int64(m.Row), m.Sealed, string(m.By), millis(m.At)}
	}))
	return err
}

// DropRosterMend forgets what stands beside a row.
func (tx *Tx) DropRosterMend(id string, row int) error {
	return tx.queue(`DELETE FROM roster_mend WHERE roster_id = $1 AND row_no = $2`, id, int64(row))
}

// DropRosterMends forgets all that stands beside the rows of a list.
func (tx *Tx) DropRosterMends(id string) error {
	return tx.queue(`DELETE FROM roster_mend WHERE roster_id = $1`, id)
}

// MendedRows tells which rows of a list are mended, from one row to another.
func (tx *Tx) MendedRows(id string, from, to int) (map[int]bool, error) {
	out := map[int]bool{}
	err := tx.each(`SELECT row_no FROM roster_mend WHERE roster_id = $1 AND row_no BETWEEN $2 AND $3`, []any{id, int64(from), int64(to)}, func(r rows) error {
		var row int
		err := r.Scan(&row)
		out[row] = true
		return err
	})
	return out, err
}

// RosterMends gives all that stands beside the rows of a list.
func (tx *Tx) RosterMends(id string) (out []RosterMend, err error) {
	err = tx.each(`SELECT row_no, sealed, made_by, made_at FROM roster_mend WHERE roster_id = $1 ORDER BY row_no`, []any{id}, func(r rows) error {
		m := RosterMend{}
		var at int64
		err := r.Scan(&m.Row, &m.Sealed, &m.By, &at)
		m.At = moment(at)
		out = append(out, m)
		return err
	})
	return out, err
}

// RosterCells gives the sealed cells of rows of a list, from one row to another.
func (tx *Tx) RosterCells(id string, from, to int) (map[int][]byte, error) {
	out := map[int][]byte{}
	err := tx.each(`SELECT row_no, cells FROM roster_row WHERE roster_id = $1 AND row_no BETWEEN $2 AND $3 AND cells IS NOT NULL`, []any{id, int64(from), int64(to)}, func(r rows) error {
		var row int
		var sealed []byte
		err := r.Scan(&row, &sealed)
		out[row] = sealed
		return err
	})
	return out, err
}
