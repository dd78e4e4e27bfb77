package roster

import "strings"

// TypedRow is a row as somebody typed it instead of sending a file: texts by the names of fields as findings have them.
// Errors: those of NewMend.
func TypedRow(number int, said map[string]string) (Row, error) {
	row := Row{Number: number}
	for name, text := range said {
		f := fieldOf(name)
		if _, err := NewMend(map[string]string{name: text}); err != nil {
			return row, err
		}
		row.Cells[f] = Cell{Text: strings.TrimSpace(text)}
	}
	return row, nil
}

// Said are the cells of a row in which something stands, by the names of their fields.
func (r *Row) Said() map[string]string {
	out := map[string]string{}
	for f := NIK; f < fieldCount; f++ {
		if text := r.Cells[f].Text; text != "" {
			out[f.String()] = text
		}
	}
	return out
}
