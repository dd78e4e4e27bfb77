package sheet

import (
	"bufio"
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"jaring/internal/jaring"
	"jaring/internal/roster"
)

// Most lines and columns that a sheet of a spreadsheet has.
const (
	mostLines   = 1 << 20
	mostColumns = 1 << 14
)

// lines reads sheet i. Errors: sheet.damaged, sheet.bomb, sheet.too_wide (args max).
func (x *xlsx) lines(i int, yield func(roster.Line) error) error {
	merged, err := x.merged(x.sheets[i].part)
	if err != nil {
		return err
	}
	r, err := x.parts.open(x.sheets[i].part)
	if err != nil {
		return err
	}
	defer r.Close()
	s := sheetReader{book: x, merged: merged, yield: yield}
	d := xml.NewDecoder(bufio.NewReaderSize(r, 1<<16))
	for {
		token, err := d.RawToken()
		switch {
		case isEOF(err) && s.whole:
			return nil
		case err != nil:
			return damaged(err)
		}
		if err := s.token(token); err != nil {
			return damaged(err)
		}
	}
}

// sheetReader makes lines of the tokens of a sheet.
type sheetReader struct {
	book   *xlsx
	merged []block
	yield  func(roster.Line) error

	whole  bool // all of the lines have been there
	inRow  bool
	inCell bool
	line   roster.Line
	column int // from 0
	cell   cellXML
}

// cellXML is a cell as it stands in the file.
type cellXML struct {
	kind    string
	style   int
	formula bool
	value   bool // it has one, though it may be empty
	reading bool // within it
	text    []byte
}

func (s *sheetReader) token(token xml.Token) error {
	switch e := token.(type) {
	case xml.StartElement:
		return s.start(e)
	case xml.EndElement:
		return s.end(e.Name.Local)
	case xml.CharData:
		if room := s.book.parts.limits.Cell + 1 - len(s.cell.text); s.cell.reading && room > 0 {
			s.cell.text = append(s.cell.text, e[:min(len(e), room)]...)
		}
	}
	return nil
}

func (s *sheetReader) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		return s.startRow(e)
	case "c":
		return s.startCell(e)
	case "f":
		s.cell.formula = true
	case "v", "t":
		s.cell.value, s.cell.reading = true, true
	}
	return nil
}

func (s *sheetReader) startRow(e xml.StartElement) error {
	n := s.line.Number + 1
	if r := attr(e, "r"); r != "" {
		given, err := strconv.Atoi(r)
		if err != nil || given < n || given > mostLines {
			return damaged(err)
		}
		n = given
	}
	s.line = roster.Line{Number: n, Hidden: truth(attr(e, "hidden")), Cells: s.line.Cells[:0]}
	if s.inRow {
		return damaged(nil)
	}
	s.column, s.inRow = -1, true
	return nil
}

func (s *sheetReader) startCell(e xml.StartElement) error {
	if s.inCell || !s.inRow {
		return damaged(nil)
	}
	s.inCell = true
	s.cell = cellXML{text: s.cell.text[:0]}
	s.column++
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "r":
			at, ok := columnOf(a.Value)
			if !ok || at < s.column {
				return damaged(nil)
			}
			s.column = at
		case "t":
			s.cell.kind = a.Value
		case "s":
			s.cell.style, _ = strconv.Atoi(a.Value)
		}
	}
	return nil
}

// columnOf is the index from 0 of the column of "AB12".
func columnOf(ref string) (int, bool) {
	n := 0
	for i := range len(ref) {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		if n = n*26 + int(c-'A') + 1; n > mostColumns {
			return 0, false
		}
	}
	return n - 1, n > 0
}

func (s *sheetReader) end(name string) error {
	switch name {
	case "v", "t":
		s.cell.reading = false
	case "c":
		return s.endCell()
	case "row":
		return s.endRow()
	case "sheetData":
		s.whole = true
	}
	return nil
}

func (s *sheetReader) endCell() error {
	if !s.inCell {
		return damaged(nil)
	}
	s.inCell = false
	c, ok := s.book.cell(&s.cell)
	if !ok {
		return damaged(nil)
	}
	if c.Empty() {
		return nil
	}
	if s.column >= s.book.parts.limits.Columns {
		return jaring.NewError(jaring.Invalid, "sheet.too_wide", "max", s.book.parts.limits.Columns)
	}
	for len(s.line.Cells) <= s.column {
		s.line.Cells = append(s.line.Cells, roster.Cell{})
	}
	s.line.Cells[s.column] = c
	return nil
}

func (s *sheetReader) endRow() error {
	if s.inCell || !s.inRow {
		return damaged(nil)
	}
	s.inRow = false
	for _, b := range s.merged {
		if s.line.Number > b.top && s.line.Number <= b.bottom {
			s.anchor(b)
		}
	}
	if len(s.line.Cells) == 0 {
		return nil
	}
	return s.yield(s.line)
}

// anchor marks the empty cells of a merged block. A line with nothing else stays empty.
func (s *sheetReader) anchor(b block) {
	for i := b.left; i <= b.right && i < len(s.line.Cells)+mostMerged && len(s.line.Cells) > 0; i++ {
		for len(s.line.Cells) <= i {
			s.line.Cells = append(s.line.Cells, roster.Cell{})
		}
		if s.line.Cells[i].Empty() {
			s.line.Cells[i].Anchor = b.top
		}
	}
}

// cell is what a cell shows; ok is false for one that points nowhere.
func (x *xlsx) cell(c *cellXML) (out roster.Cell, ok bool) {
	if c.formula && !c.value {
		return roster.Cell{Kind: roster.Unknown}, true
	}
	text := string(c.text)
	switch c.kind {
	case "s":
		if text == "" {
			return out, true
		}
		i, err := strconv.Atoi(text)
		if text, ok = x.texts.get(i); err != nil || !ok {
			return out, false
		}
		return x.asText(unescape(text)), true
	case "str", "inlineStr":
		return x.asText(unescape(text)), true
	case "b":
		return roster.Cell{Text: map[string]string{"1": "TRUE", "0": "FALSE"}[text]}, true
	case "e":
		return roster.Cell{Text: text, Kind: roster.Fault}, true
	case "d":
		day, _, _ := strings.Cut(text, "T")
		return roster.Cell{Text: day, Kind: roster.Date}, true
	}
	return x.number(clean(text), c.style), true
}

func (x *xlsx) asText(text string) roster.Cell {
	if len(text) > x.parts.limits.Cell {
		return longCell(text, x.parts.limits.Cell)
	}
	return roster.Cell{Text: clean(text)}
}

// longCell keeps the beginning of a text that is too long for anything.
func longCell(text string, most int) roster.Cell {
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return roster.Cell{Text: clean(text[:most]), Kind: roster.Long}
}

// exact is from where on a spreadsheet no longer counts every unit.
const exact = 1e15

// number is a number as the sheet shows it: as a day, or in full where no digit can be missing.
func (x *xlsx) number(text string, style int) roster.Cell {
	c := roster.Cell{Text: text, Kind: roster.Number}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(value) || math.IsInf(value, 0) {
		return c
	}
	if style >= 0 && style < len(x.isDate) && x.isDate[style] && value >= 0 && value < exact {
		if day := roster.Serial(int(value), x.from1904); day != 0 {
			return roster.Cell{Text: day.String(), Kind: roster.Date}
		}
	}
	if value == math.Trunc(value) && math.Abs(value) < exact {
		c.Text = strconv.FormatInt(int64(value), 10)
	}
	return c
}

// unescape writes out the _x000D_ by which the format keeps characters that XML cannot hold.
func unescape(s string) string {
	const form = len("_x000D_")
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if i+form <= len(s) && s[i] == '_' && s[i+1] == 'x' && s[i+form-1] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil && !utf16.IsSurrogate(rune(n)) {
				b.WriteRune(rune(n))
				i += form - 1
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
