package roster

import "encoding/json"

// keptRow is a row's cells as they are kept; empty ones are left out.
type keptRow struct {
	Hidden bool            `json:"h,omitempty"`
	Cells  map[string]Cell `json:"c"`
}

// Keep is a row as text, to be kept sealed and judged once more.
func (r *Row) Keep() ([]byte, error) {
	k := keptRow{Hidden: r.Hidden, Cells: map[string]Cell{}}
	for f := NIK; f < fieldCount; f++ {
		if c := r.Cells[f]; c != (Cell{}) {
			k.Cells[f.String()] = c
		}
	}
	return json.Marshal(k)
}

// KeptRow reads what Keep wrote.
func KeptRow(number int, text []byte) (Row, error) {
	var k keptRow
	if err := json.Unmarshal(text, &k); err != nil {
		return Row{}, err
	}
	row := Row{Number: number, Hidden: k.Hidden}
	for name, c := range k.Cells {
		row.Cells[fieldOf(name)] = c
	}
	return row, nil
}

// keptMend is a mend as it is kept.
type keptMend struct {
	Cells    map[string]string `json:"c,omitempty"`
	LeftOut  bool              `json:"l,omitempty"`
	Accepted []string          `json:"a,omitempty"`
	Reason   string            `json:"r,omitempty"`
}

// Keep is a mend as text, to be kept sealed; who did it stands beside it.
func (m Mend) Keep() ([]byte, error) {
	k := keptMend{LeftOut: m.LeftOut, Accepted: m.Accepted, Reason: m.Reason, Cells: map[string]string{}}
	for f, text := range m.Cells {
		k.Cells[f.String()] = text
	}
	return json.Marshal(k)
}

// KeptMend reads what Keep wrote.
func KeptMend(text []byte) (Mend, error) {
	var k keptMend
	if err := json.Unmarshal(text, &k); err != nil {
		return Mend{}, err
	}
	m := Mend{LeftOut: k.LeftOut, Accepted: k.Accepted, Reason: k.Reason, Cells: map[Field]string{}}
	for name, cell := range k.Cells {
		m.Cells[fieldOf(name)] = cell
	}
	return m, nil
}
