package store

import (
	"encoding/json"
	"strconv"

	"jaring/internal/jaring"
)

// RosterRow is a judged row of a list.
type RosterRow struct {
	Row      int
	Verdict  jaring.Verdict
	Accepted bool
	Worker   jaring.WorkerID // who is in the book already; empty for nobody
	First    jaring.Month    // the months that the sponsor pays for
	Months   int
	Amount   jaring.Rupiah
	Sealed   []byte // what was read, under the list's key; nil for what cannot come along
	Cells    []byte // of a row with findings: as it was judged, under the list's key
}

// RosterFinding is what there is to say of a row.
type RosterFinding struct {
	Row      int
	Place    int
	Mendable bool
	jaring.Finding
	Suggested Suggested
}

// Suggested is what may stand in a cell instead: a value, or a sentence.
type Suggested struct {
	Value string      `json:"value,omitempty"`
	Key   string      `json:"key,omitempty"`
	Args  jaring.Args `json:"args,omitempty"`
}

type findingDetail struct {
	Args      jaring.Args `json:"args,omitempty"`
	Suggested *Suggested  `json:"suggested,omitempty"`
}

// ClearRoster forgets what was judged of a list.
func (tx *Tx) ClearRoster(id string) error {
	if err := tx.queue(`DELETE FROM roster_row WHERE roster_id = $1`, id); err != nil {
		return err
	}
	return tx.queue(`DELETE FROM roster_finding WHERE roster_id = $1`, id)
}

// AddRosterRows keeps judged rows with what there is to say of them, all in one go.
func (tx *Tx) AddRosterRows(id string, list []RosterRow, findings []RosterFinding) error {
	_, err := tx.copyIn("roster_row", []string{"roster_id", "row_no", "verdict", "accepted", "worker_id", "first_month", "months", "amount", "sealed", "cells"},
		eachOf(list, func(r *RosterRow) []any {
			return []any{id, int64(r.Row), int64(r.Verdict), bit(r.Accepted), string(r.Worker), int64(r.First), int64(r.Months), int64(r.Amount), r.Sealed, r.Cells}
		}))
	if err != nil {
		return err
	}
	_, err = tx.copyIn("roster_finding", []string{"roster_id", "row_no", "place", "verdict", "mendable", "code", "field", "detail"},
		eachOf(findings, func(f *RosterFinding) []any {
			d := findingDetail{Args: f.Args}
			if f.Suggested.Value != "" || f.Suggested.Key != "" {
				d.Suggested = &f.Suggested
			}
			return []any{id, int64(f.Row), int64(f.Place), int64(f.Verdict), bit(f.Mendable), f.Key, f.Field, jsonText(d)}
		}))
	return err
}

// eachOf hands out the arguments of rows one after the other, for copyIn.
func eachOf[T any](list []T, args func(*T) []any) func() ([]any, error) {
	i := 0
	return func() ([]any, error) {
		if i == len(list) {
			return nil, nil
		}
		i++
		return args(&list[i-1]), nil
	}
}

// RosterRows gives the accepted rows of a list behind a row, in order.
func (tx *Tx) RosterRows(id string, after, limit int) (out []RosterRow, err error) {
	err = tx.each(`SELECT row_no, verdict, worker_id, first_month, months, amount, sealed FROM roster_row
		WHERE roster_id = $1 AND row_no > $2 AND accepted = 1 ORDER BY row_no LIMIT $3`, []any{id, int64(after), int64(limit)}, func(r rows) error {
		row := RosterRow{Accepted: true}
		var first int64
		err := r.Scan(&row.Row, &row.Verdict, &row.Worker, &first, &row.Months, &row.Amount, &row.Sealed)
		row.First = jaring.Month(first)
		out = append(out, row)
		return err
	})
	return out, err
}

// DropRosterRows forgets what was read of a list once its people are in the book; what there was to say stays.
func (tx *Tx) DropRosterRows(id string) error {
	return tx.queue(`UPDATE roster_row SET sealed = NULL, cells = NULL WHERE roster_id = $1`, id)
}

// FindingQuery asks for findings of a list behind a place.
type FindingQuery struct {
	Verdict *jaring.Verdict // nil: all
	Code    string          // with Field; empty: all
	Field   string
	Row     int
	Place   int
	Limit   int
}

// FindRosterFindings gives findings of a list, in the order of their rows.
func (tx *Tx) FindRosterFindings(id string, q FindingQuery) (out []RosterFinding, err error) {
	args := []any{id, int64(q.Row), int64(q.Place), int64(q.Limit)}
	where := `WHERE roster_id = $1 AND (row_no, place) > ($2, $3)`
	if q.Verdict != nil {
		args = append(args, int64(*q.Verdict))
		where += ` AND verdict = $` + strconv.Itoa(len(args))
	}
	if q.Code != "" {
		args = append(args, q.Code, q.Field)
		where += ` AND code = $` + strconv.Itoa(len(args)-1) + ` AND field = $` + strconv.Itoa(len(args))
	}
	err = tx.each(`SELECT row_no, place, verdict, mendable, code, field, detail FROM roster_finding `+where+` ORDER BY row_no, place LIMIT $4`, args, func(r rows) error {
		f := RosterFinding{}
		var mendable int64
		var detail string
		if err := r.Scan(&f.Row, &f.Place, &f.Verdict, &mendable, &f.Key, &f.Field, &detail); err != nil {
			return err
		}
		f.Mendable = mendable != 0
		d := findingDetail{}
		if err := json.Unmarshal([]byte(detail), &d); err != nil {
			return err
		}
		if f.Args = d.Args; d.Suggested != nil {
			f.Suggested = *d.Suggested
		}
		out = append(out, f)
		return nil
	})
	return out, err
}
