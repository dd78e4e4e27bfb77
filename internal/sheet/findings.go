package sheet

import (
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/roster"
)

// WriteFindings writes the list once more as XLSX, each cell where it was, with a column of findings
// behind the last one, colours by verdict and a note on each cell that has a finding. All cells are
// values; a text that begins like a formula is marked as text (OWASP: CSV Injection). What is corrected
// there can be sent again. book may be nil; see Listening. It gives the sum of the judging. Errors: those of
// Check and of writing, sheet.too_many_rows (args max).
func WriteFindings(w io.Writer, l *Roster, j *roster.Judge, book Book, lang i18n.Lang) (roster.Sum, error) {
	kept := Kept{Each: func(tell func(roster.Finding) error) error { return l.Listen(j, Listening{Tell: tell, Book: book}) }}
	err := WriteKept(w, l, kept, lang)
	return j.Sum(), err
}

// Kept is what is said of a list already: its findings, and what was mended beside its rows.
type Kept struct {
	Each  func(tell func(roster.Finding) error) error
	Mends map[int]roster.Mend
}

// WriteKept is WriteFindings for a list that is judged: cells are written as they were mended, in a column of their
// own where the file has none. Errors: those of Each and of writing, sheet.too_many_rows (args max).
func WriteKept(w io.Writer, l *Roster, kept Kept, lang i18n.Lang) error {
	out := findingsFile{list: l, lang: lang, byRow: map[int][]roster.Finding{}, mends: kept.Mends, file: excelize.NewFile(), sheet: "Daftar"}
	defer out.file.Close()
	err := kept.Each(func(f roster.Finding) error {
		out.byRow[f.Row] = append(out.byRow[f.Row], f)
		return nil
	})
	if err != nil {
		return err
	}
	for _, step := range []func() error{out.measure, out.name, out.paint, out.notes, out.write} {
		if err := step(); err != nil {
			return err
		}
	}
	return out.file.Write(w)
}

// findingsFile is the file on its way out.
type findingsFile struct {
	list   *Roster
	lang   i18n.Lang
	byRow  map[int][]roster.Finding
	mends  map[int]roster.Mend
	added  []roster.Field // mended ones that the file has no column for, before the findings
	file   *excelize.File
	sheet  string
	column int // of the findings, from 1
	styles map[string]int
	stream *excelize.StreamWriter
}

// measure finds the column behind the last, or the one that an earlier check wrote.
func (o *findingsFile) measure() error {
	err := o.list.Lines(func(line roster.Line, _ *roster.Row, _ roster.Sort) error {
		if line.Number > mostLines {
			return jaring.NewError(jaring.Invalid, "sheet.too_many_rows", "max", mostLines)
		}
		width := len(line.Cells)
		for i, c := range line.Cells {
			if isFindings(c.Text) && line.Number <= o.list.Heading.Last {
				width = i
			}
		}
		o.column = max(o.column, width+1)
		return nil
	})
	for _, m := range o.mends {
		for f, text := range m.Cells {
			if text != "" && o.list.Heading.Column(f) < 0 && !slices.Contains(o.added, f) {
				o.added = append(o.added, f)
			}
		}
	}
	slices.Sort(o.added)
	o.column += len(o.added)
	return err
}

// place is the column of a field, from 0; ok is false where it has none.
func (o *findingsFile) place(f roster.Field) (at int, ok bool) {
	if at = o.list.Heading.Column(f); at >= 0 {
		return at, true
	}
	i := slices.Index(o.added, f)
	return o.column - 1 - len(o.added) + i, i >= 0
}

// mend puts what was mended beside a row into its cells, and above them the headings that the file did not have.
func (o *findingsFile) mend(out []any, number int) {
	if number == o.list.Heading.Last {
		for _, f := range o.added {
			at, _ := o.place(f)
			out[at] = excelize.Cell{StyleID: o.styles["head"], Value: Title(o.lang, f)}
		}
	}
	if number <= o.list.Heading.Last {
		return
	}
	for f, text := range o.mends[number].Cells {
		if at, ok := o.place(f); ok {
			out[at] = excelize.Cell{StyleID: o.styles[""], Value: harmless(text)}
		}
	}
}

// isFindings knows the heading of the findings in each language.
func isFindings(text string) bool {
	for _, lang := range i18n.Langs {
		if text == i18n.Text(lang, "roster.findings.column", nil) {
			return true
		}
	}
	return false
}

func (o *findingsFile) name() error {
	if o.list.Sheet != "" && o.file.SetSheetName("Sheet1", o.list.Sheet) == nil {
		o.sheet = o.list.Sheet
		return nil
	}
	return o.file.SetSheetName("Sheet1", o.sheet)
}

// fills are the colours of what a finding asks, background and text; the words say it too.
var fills = map[string][2]string{"mend": {"FFEDC2", "694200"}, "reject": {"FBE3DC", "8A2313"}, "hold": {"E5E8F6", "3D4778"}, "confirm": {"E5E8F6", "3D4778"}, "warn": {"E5E8F6", "3D4778"}}

// asText keeps a spreadsheet from making a number or a formula of what is typed into the cell.
const asText = 49

func (o *findingsFile) paint() error {
	o.styles = map[string]int{}
	named := map[string]*excelize.Style{"": {NumFmt: asText}, "head": {NumFmt: asText, Font: &excelize.Font{Bold: true}}}
	for name, c := range fills {
		named[name] = &excelize.Style{NumFmt: asText, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{c[0]}}, Font: &excelize.Font{Color: c[1]}}
		said := *named[name]
		said.Alignment = &excelize.Alignment{WrapText: true, Vertical: "top"}
		named[name+".said"] = &said
	}
	for name, style := range named {
		id, err := o.file.NewStyle(style)
		if err != nil {
			return err
		}
		o.styles[name] = id
	}
	return nil
}

// mostNotes is how many rows get notes; with more of them spreadsheets open it for minutes.
const mostNotes = 1000

// notes puts a note on each cell with findings. They must stand in the file before the lines are streamed.
func (o *findingsFile) notes() error {
	for i, row := range slices.Sorted(maps.Keys(o.byRow)) {
		byColumn := map[int][]string{}
		for _, f := range o.byRow[row] {
			byColumn[o.columnOf(f)] = append(byColumn[o.columnOf(f)], o.say(f))
		}
		if i == mostNotes {
			byColumn = map[int][]string{o.column: {i18n.Text(o.lang, "roster.findings.many", nil)}}
		}
		for column, texts := range byColumn {
			note := excelize.Comment{Author: "Jaring", Cell: roster.ColumnName(column) + itoa(row), Text: strings.Join(texts, "\n"), Width: 320, Height: 90}
			if err := o.file.AddComment(o.sheet, note); err != nil {
				return err
			}
		}
		if i == mostNotes {
			break
		}
	}
	return nil
}

// columnOf is the column that a finding is about, from 1: its field's, else the findings' own.
func (o *findingsFile) columnOf(f roster.Finding) int {
	for field := roster.NIK; field.String() != ""; field++ {
		if at, ok := o.place(field); field.String() == f.Field && ok {
			return at + 1
		}
	}
	return o.column
}

func (o *findingsFile) say(f roster.Finding) string {
	said := Say(o.lang, f)
	text := said.Word(o.lang) + ": " + said.Message
	if said.Field != "" {
		text = said.Word(o.lang) + ", " + i18n.Text(o.lang, "roster.field."+said.Field, nil) + ": " + said.Message
	}
	if said.Suggestion != "" && !strings.Contains(said.Message, said.Suggestion) {
		text += " → " + asListed(said.Suggestion)
	}
	return text
}

// asListed is a suggestion as lists write it: days the other way round.
func asListed(text string) string {
	if _, err := jaring.ParseDay(text); err == nil && len(text) == len("2006-01-02") {
		return text[len("2006-01-"):] + text[len("2006"):len("2006-01-")] + text[:len("2006")]
	}
	return text
}

// write streams the lines.
func (o *findingsFile) write() (err error) {
	if o.stream, err = o.file.NewStreamWriter(o.sheet); err != nil {
		return err
	}
	const usual, wide = 18, 70
	if err := o.stream.SetColWidth(1, o.column, usual); err != nil {
		return err
	}
	if err := o.stream.SetColWidth(o.column, o.column, wide); err != nil {
		return err
	}
	err = o.list.Lines(func(line roster.Line, _ *roster.Row, _ roster.Sort) error {
		return o.stream.SetRow("A"+itoa(line.Number), o.cells(line), excelize.RowOpts{Hidden: line.Hidden})
	})
	if err != nil {
		return err
	}
	for _, b := range o.list.blocks() {
		if err := o.stream.MergeCell(roster.ColumnName(b.left+1)+itoa(b.top), roster.ColumnName(b.right+1)+itoa(b.bottom)); err != nil {
			return err
		}
	}
	return o.stream.Flush()
}

// cells are the cells of a line as they go out.
func (o *findingsFile) cells(line roster.Line) []any {
	out := make([]any, o.column)
	heading := line.Number <= o.list.Heading.Last
	for i := range min(len(line.Cells), o.column-1-len(o.added)) {
		style := o.styles[""]
		if heading {
			style = o.styles["head"]
		}
		out[i] = excelize.Cell{StyleID: style, Value: value(line.Cells[i], i == o.list.Heading.Column(roster.NIK))}
	}
	if heading && line.Number == o.list.Heading.Last {
		out[o.column-1] = excelize.Cell{StyleID: o.styles["head"], Value: i18n.Text(o.lang, "roster.findings.column", nil)}
	}
	o.mend(out, line.Number)
	o.mark(out, o.byRow[line.Number], heading)
	return out
}

// mark colours what findings are about and writes them behind.
func (o *findingsFile) mark(out []any, findings []roster.Finding, heading bool) {
	var texts []string
	worst, worstName := jaring.Pass, ""
	for _, f := range findings {
		texts = append(texts, o.say(f))
		name := Say(o.lang, f).kind()
		if f.Verdict == jaring.Pass {
			name = "warn"
		}
		if f.Verdict > worst || worstName == "" || name == "reject" {
			worst, worstName = f.Verdict, name
		}
		if at := o.columnOf(f) - 1; at < o.column-1 && !heading {
			var was any
			if c, ok := out[at].(excelize.Cell); ok {
				was = c.Value
			}
			out[at] = excelize.Cell{StyleID: o.styles[name], Value: was}
		}
	}
	if len(texts) == 0 {
		return
	}
	text := strings.Join(texts, "\n")
	if heading {
		text = i18n.Text(o.lang, "roster.findings.column", nil) // the note has the rest; the heading must stay one
	}
	out[o.column-1] = excelize.Cell{StyleID: o.styles[worstName+".said"], Value: harmless(text)}
}

// value is a cell as a plain value: a number that is exact as a number, all else as text. What was lost
// stays to be seen: a NIK that was a number keeps its exponent, or the text would pass for a NIK, and a
// formula without a result becomes an error.
func value(c roster.Cell, isNIK bool) any {
	const exactDigits = 15
	switch n, err := strconv.ParseFloat(c.Text, 64); {
	case c.Kind == roster.Unknown:
		return "#N/A"
	case c.Kind == roster.Date && len(c.Text) == len("2006-01-02"):
		return c.Text[8:] + "-" + c.Text[5:7] + "-" + c.Text[:4]
	case c.Kind == roster.Number && isNIK && err == nil:
		return strings.ToUpper(strconv.FormatFloat(n, 'e', exactDigits-1, 64))
	case c.Kind == roster.Number && len(c.Text) < exactDigits && c.Text != "" && strings.Trim(c.Text, "0123456789") == "":
		return int(n)
	}
	return harmless(c.Text)
}

// harmless keeps a text from being taken for a formula, now or when the file is saved as CSV, and
// leaves out characters that the format cannot hold. A telephone number with its + is left as it is.
func harmless(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, text)
	if len(text) > 1 && strings.ContainsRune("=+-@\t\n", rune(text[0])) && strings.Trim(text[1:], "0123456789 -") != "" {
		return "'" + text
	}
	return text
}
