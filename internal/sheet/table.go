package sheet

import (
	"io"

	"github.com/xuri/excelize/v2"
)

// Page is one sheet of a file: a heading and rows of values, texts as texts.
type Page struct {
	Name string
	Head []string
	Rows [][]any
}

// WritePages writes sheets as XLSX. All cells are values: a text that begins like a formula stays a text.
func WritePages(w io.Writer, pages []Page) error {
	f := excelize.NewFile()
	defer f.Close()
	for i, p := range pages {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", p.Name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(p.Name); err != nil {
			return err
		}
		if err := writePage(f, p); err != nil {
			return err
		}
	}
	return f.Write(w)
}

func writePage(f *excelize.File, p Page) error {
	out, err := f.NewStreamWriter(p.Name)
	if err != nil {
		return err
	}
	const width = 22
	if err := out.SetColWidth(1, max(1, len(p.Head)), width); err != nil {
		return err
	}
	head := make([]any, len(p.Head))
	for i, h := range p.Head {
		head[i] = h
	}
	for i, row := range append([][]any{head}, p.Rows...) {
		if err := out.SetRow("A"+itoa(i+1), row); err != nil {
			return err
		}
	}
	return out.Flush()
}
