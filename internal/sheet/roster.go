package sheet

import (
	"errors"
	"io"
	"os"
	"strings"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/roster"
)

// Roster is a list of people in an opened file.
type Roster struct {
	Heading roster.Heading
	Sheet   string // its name; empty in a CSV
	book    book
	tab     int
}

// OpenRoster opens a file and finds the list in it. lang is the language in which errors name
// columns.
//
// Errors, all Invalid: those of the opening (sheet.empty, sheet.too_large, sheet.xls, sheet.password,
// sheet.pdf, sheet.html, sheet.picture, sheet.archive, sheet.ods, sheet.xlsb, sheet.document, sheet.not_a_table),
// of the reading (sheet.damaged, sheet.bomb, sheet.too_wide, sheet.quote_open) and of the choice:
// sheet.no_such_sheet (args name), sheet.several (args a, b), sheet.only_hidden (args name), roster.no_heading,
// roster.column_missing, roster.column_twice.
func OpenRoster(r io.ReaderAt, size int64, lang i18n.Lang, o Options) (*Roster, error) {
	b, err := open(r, size, o)
	if err != nil {
		return nil, err
	}
	list, err := choose(b, o.Sheet)
	if err != nil {
		return nil, err
	}
	title := func(f roster.Field) string { return Title(lang, f) }
	if err := list.Heading.Check(title); err != nil {
		return nil, err
	}
	return list, nil
}

// File is a list in a file on disk.
type File struct {
	*Roster
	file *os.File
}

// Close closes the file.
func (f *File) Close() error { return f.file.Close() }

// OpenFile is OpenRoster for a file on disk; whoever opens it closes it. Errors besides:
// sheet.no_file (args path).
func OpenFile(path string, lang i18n.Lang, o Options) (*File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, jaring.NewError(jaring.Invalid, "sheet.no_file", "path", path)
	}
	info, err := file.Stat()
	if err != nil || info.IsDir() {
		return nil, errors.Join(jaring.NewError(jaring.Invalid, "sheet.no_file", "path", path), file.Close())
	}
	list, err := OpenRoster(file, info.Size(), lang, o)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &File{list, file}, nil
}

// Title is the heading of a field as the template writes it.
func Title(lang i18n.Lang, f roster.Field) string {
	return i18n.Text(lang, "roster.field."+f.String(), nil)
}

// choose finds the sheet that holds a list: by name, or the one visible sheet with its heading.
func choose(b book, name string) (*Roster, error) {
	var found, hidden []*Roster
	for i, t := range b.tabs() {
		if name != "" && !strings.EqualFold(t.name, name) {
			continue
		}
		lines, err := peek(b, i)
		if err != nil {
			return nil, err
		}
		h, ok := roster.FindHeading(lines)
		switch list := (&Roster{Heading: h, Sheet: t.name, book: b, tab: i}); {
		case !ok:
		case t.hidden && name == "":
			hidden = append(hidden, list)
		default:
			found = append(found, list)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return nil, jaring.NewError(jaring.Invalid, "sheet.several", "a", found[0].Sheet, "b", found[1].Sheet)
	case len(hidden) > 0:
		return nil, jaring.NewError(jaring.Invalid, "sheet.only_hidden", "name", hidden[0].Sheet)
	case name != "" && !hasTab(b, name):
		return nil, jaring.NewError(jaring.Invalid, "sheet.no_such_sheet", "name", name)
	}
	return nil, jaring.NewError(jaring.Invalid, "roster.no_heading")
}

func hasTab(b book, name string) bool {
	for _, t := range b.tabs() {
		if strings.EqualFold(t.name, name) {
			return true
		}
	}
	return false
}

// longestHeading is how many bytes of a cell are looked at for a heading.
const longestHeading = 256

// peek reads the first lines of a sheet, to be kept.
func peek(b book, i int) (lines []roster.Line, err error) {
	err = b.lines(i, func(line roster.Line) error {
		line.Cells = append([]roster.Cell(nil), line.Cells...)
		for c := range line.Cells {
			text := line.Cells[c].Text
			line.Cells[c].Text = strings.Clone(text[:min(len(text), longestHeading)]) // lines of 8 MB are not kept for their headings
		}
		if lines = append(lines, line); len(lines) == roster.HeadingLines {
			return errStop
		}
		return nil
	})
	if errors.Is(err, errStop) {
		err = nil
	}
	return lines, err
}

// Each reads the list: person is called for each row, aside for each line below the heading that
// is nobody's (it may be nil). Lines are valid during the call only. Errors: those of either, of the
// reading, and roster.no_rows.
func (l *Roster) Each(person func(roster.Row) error, aside func(roster.Line) error) error {
	people := 0
	err := l.Lines(func(line roster.Line, row *roster.Row, sort roster.Sort) error {
		switch {
		case row == nil:
			return nil
		case sort == roster.Person:
			people++
			return person(*row)
		case sort == roster.Aside && aside != nil:
			return aside(line)
		}
		return nil
	})
	if err == nil && people == 0 {
		err = jaring.NewError(jaring.Invalid, "roster.no_rows")
	}
	return err
}

// blocks are the merged blocks of the list's sheet that go over several lines.
func (l *Roster) blocks() []block {
	x, ok := l.book.(*xlsx)
	if !ok {
		return nil
	}
	return x.blocks[x.sheets[l.tab].part]
}

// Lines reads every line that holds something; row is nil above and in the heading.
func (l *Roster) Lines(yield func(line roster.Line, row *roster.Row, sort roster.Sort) error) error {
	reading := roster.Reading{Heading: l.Heading}
	var row roster.Row
	var sort roster.Sort
	return l.book.lines(l.tab, func(line roster.Line) error {
		if line.Number <= l.Heading.Last {
			return yield(line, nil, roster.Blank)
		}
		row, sort = reading.Read(line)
		return yield(line, &row, sort)
	})
}
