package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// rowWriter writes rows below a heading. flush ends the file.
type rowWriter interface {
	write(row []column) error
	flush() error
}

func newRows(out io.Writer, what, format string) rowWriter {
	switch format {
	case "csv":
		return &csvRows{out: csv.NewWriter(out)}
	case "xlsx":
		return &sheetRows{out: out, name: what}
	}
	return jsonRows{out}
}

type csvRows struct {
	out    *csv.Writer
	headed bool
}

func (w *csvRows) write(row []column) error {
	names, cells := make([]string, len(row)), make([]string, len(row))
	for i, c := range row {
		names[i] = c.name
		switch v := c.value.(type) {
		case string:
			cells[i] = harmless(v)
		case json.RawMessage:
			cells[i] = harmless(string(v))
		default:
			cells[i] = fmt.Sprint(v)
		}
	}
	if !w.headed {
		w.headed = true
		if err := w.out.Write(names); err != nil {
			return err
		}
	}
	return w.out.Write(cells)
}

func (w *csvRows) flush() error {
	w.out.Flush()
	return w.out.Error()
}

// harmless keeps a spreadsheet from taking a text that somebody typed for a formula
// (OWASP: CSV Injection).
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// jsonRows writes one object a line, its columns in their order.
type jsonRows struct{ out io.Writer }

func (w jsonRows) write(row []column) error {
	var b strings.Builder
	for i, c := range row {
		value, err := json.Marshal(c.value)
		if err != nil {
			return err
		}
		b.WriteString(map[bool]string{true: "{", false: ","}[i == 0])
		fmt.Fprintf(&b, "%q:%s", c.name, value)
	}
	_, err := io.WriteString(w.out, b.String()+"}\n")
	return err
}

func (w jsonRows) flush() error { return nil }

// sheetRows writes a workbook of one sheet. Its texts are texts for every spreadsheet, so none is a formula.
type sheetRows struct {
	out  io.Writer
	name string
	book *excelize.File
	rows *excelize.StreamWriter
	n    int
}

func (w *sheetRows) write(row []column) error {
	names, cells := make([]any, len(row)), make([]any, len(row))
	for i, c := range row {
		names[i], cells[i] = c.name, c.value
		if raw, is := c.value.(json.RawMessage); is {
			cells[i] = string(raw)
		}
	}
	if w.book == nil {
		if err := w.begin(names); err != nil {
			return err
		}
	}
	w.n++
	return w.rows.SetRow(fmt.Sprintf("A%d", w.n), cells)
}

func (w *sheetRows) begin(names []any) (err error) {
	w.book = excelize.NewFile()
	if err := w.book.SetSheetName("Sheet1", w.name); err != nil {
		return err
	}
	if w.rows, err = w.book.NewStreamWriter(w.name); err != nil || names == nil {
		return err
	}
	w.n = 1
	return w.rows.SetRow("A1", names)
}

func (w *sheetRows) flush() error {
	if w.book == nil {
		if err := w.begin(nil); err != nil {
			return err
		}
	}
	defer w.book.Close()
	if err := w.rows.Flush(); err != nil {
		return err
	}
	_, err := w.book.WriteTo(w.out)
	return err
}
