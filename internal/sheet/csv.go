package sheet

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"jaring/internal/jaring"
	"jaring/internal/roster"
)

// csv is a text with a cell between each two separators. It is read as spreadsheets read it: a
// line counts also when it is empty, a line break between quotes is part of its cell, a quote
// within a text is a letter.
type csv struct {
	from      io.ReaderAt
	size      int64
	decode    encoding.Encoding // nil for UTF-8 and Windows-1252, which are told apart by cell
	skip      int64             // bytes before the text
	separator byte
	limits    Limits
}

func (c *csv) tabs() []tab { return []tab{{}} }

// openCSV finds out encoding and separator. Error: sheet.not_a_table for what is no text.
func openCSV(r io.ReaderAt, size int64, head []byte, o Options) (*csv, error) {
	c := &csv{from: r, size: size, limits: o.Limits}
	c.encoding(head)
	if c.decode == nil && isBinary(head) {
		return nil, jaring.NewError(jaring.Invalid, "sheet.not_a_table")
	}
	if line, ok := c.announced(); ok {
		c.separator = line
		return c, nil
	}
	best := -1
	for _, separator := range []byte{',', ';', '\t', '|'} {
		tried := *c
		tried.separator = separator
		lines, _ := peek(&tried, 0) // what is wrong with the lines, their reading says
		h, _ := roster.FindHeading(lines)
		if score := h.Score()*1000 + widest(lines); score > best {
			best, c.separator = score, separator
		}
	}
	return c, nil
}

func widest(lines []roster.Line) (n int) {
	for _, line := range lines {
		n = max(n, len(line.Cells))
	}
	return min(n, 999)
}

// encoding knows UTF-16 by its mark or by the zeros between Latin letters.
func (c *csv) encoding(head []byte) {
	odd, even := 0, 0
	for i := 0; i+1 < min(len(head), 512); i += 2 {
		if head[i] == 0 {
			even++
		}
		if head[i+1] == 0 {
			odd++
		}
	}
	half := min(len(head), 512) / 4
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		c.skip = 3
	case bytes.HasPrefix(head, []byte("\xff\xfe")), odd > half && even == 0:
		c.decode = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte("\xfe\xff")), even > half && odd == 0:
		c.decode = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
}

// isBinary knows by characters that no text has, or only by accident.
func isBinary(head []byte) bool {
	odd := 0
	for _, b := range head {
		if b == 0 {
			return true
		}
		if b < '\t' || b > '\r' && b < ' ' {
			odd++
		}
	}
	return odd*oddShare > len(head)
}

// oddShare is what part of a text control characters may be: one in so many.
const oddShare = 50

func (c *csv) reader() *bufio.Reader {
	var r io.Reader = io.NewSectionReader(c.from, c.skip, c.size-c.skip)
	if c.decode != nil {
		r = c.decode.NewDecoder().Reader(r)
	}
	return bufio.NewReaderSize(r, 1<<16)
}

// announced reads the separator of a first line "sep=;", which spreadsheets do not show.
func (c *csv) announced() (byte, bool) {
	head, _ := c.reader().Peek(8)
	if len(head) < 5 || !strings.EqualFold(string(head[:4]), "sep=") {
		return 0, false
	}
	return head[4], true
}

// lines reads all lines. Errors: sheet.quote_open (args row), sheet.too_wide (args max),
// sheet.damaged.
func (c *csv) lines(_ int, yield func(roster.Line) error) error {
	s := &scanner{in: c.reader(), separator: c.separator, limits: c.limits}
	if _, ok := c.announced(); ok {
		if _, err := s.in.ReadString('\n'); err != nil && !isEOF(err) {
			return damaged(err)
		}
	}
	for {
		line, err := s.next()
		if isEOF(err) {
			return nil
		}
		if err == nil && len(line.Cells) > 0 {
			err = yield(line)
		}
		if err != nil {
			return damaged(err)
		}
	}
}

// scanner parts a text into lines and cells.
type scanner struct {
	in        *bufio.Reader
	separator byte
	limits    Limits

	line  roster.Line
	text  []byte // all cells of the line, one after the other
	ends  []int
	long  []int // cells that were cut
	begun bool  // something of the line has been read
}

const (
	mostQuoted = 4 << 20 // bytes between quotes, and …
	mostBreaks = 200     // … line breaks: more is a quote that was never closed
)

// next gives the next line; io.EOF behind the last.
func (s *scanner) next() (roster.Line, error) {
	s.text, s.ends, s.long, s.begun = s.text[:0], s.ends[:0], s.long[:0], false
	for {
		last, err := s.field()
		if isEOF(err) && !s.begun {
			return roster.Line{}, io.EOF
		}
		if err != nil && !isEOF(err) {
			return roster.Line{}, err
		}
		if len(s.ends) > s.limits.Columns && len(s.text) > 0 {
			return roster.Line{}, jaring.NewError(jaring.Invalid, "sheet.too_wide", "max", s.limits.Columns)
		}
		if last || isEOF(err) {
			return s.finish(), nil
		}
	}
}

// field reads a cell and what parts it from the next; last is true at the end of the line.
func (s *scanner) field() (last bool, err error) {
	from := len(s.text)
	defer func() { s.ends = append(s.ends, len(s.text)) }()
	for {
		b, err := s.in.ReadByte()
		if err != nil {
			return true, err
		}
		s.begun = true
		switch {
		case b == s.separator:
			return false, nil
		case b == '\n':
			return true, nil
		case b == '\r':
			return true, s.lineFeed()
		case b == '"' && blank(s.text[from:]):
			s.text = s.text[:from]
			if err := s.quoted(from); err != nil {
				return true, err
			}
		default:
			s.put(from, b)
		}
	}
}

// lineFeed takes the second half of a line break.
func (s *scanner) lineFeed() error {
	if b, err := s.in.Peek(1); err == nil && b[0] == '\n' {
		_, _ = s.in.Discard(1)
	}
	return nil
}

func blank(b []byte) bool {
	for _, c := range b {
		if c != ' ' {
			return false
		}
	}
	return true
}

// put keeps a byte of a cell, as far as cells are kept.
func (s *scanner) put(from int, b byte) {
	if len(s.text)-from <= s.limits.Cell {
		s.text = append(s.text, b)
	} else if n := len(s.ends); len(s.long) == 0 || s.long[len(s.long)-1] != n {
		s.long = append(s.long, n)
	}
}

// quoted reads up to the closing quote: one before a separator, a line's end or the end of all. A
// quote elsewhere is a letter. Error: sheet.quote_open (args row).
func (s *scanner) quoted(from int) error {
	breaks := 0
	for n := 0; ; n++ {
		b, err := s.in.ReadByte()
		if isEOF(err) || n > mostQuoted || breaks > mostBreaks {
			return jaring.NewError(jaring.Invalid, "sheet.quote_open", "row", s.line.Number+1)
		}
		if err != nil {
			return err
		}
		if b == '"' {
			ahead, err := s.in.Peek(1)
			if err != nil || ahead[0] == s.separator || ahead[0] == '\n' || ahead[0] == '\r' {
				return nil
			}
			if ahead[0] == '"' {
				_, _ = s.in.Discard(1)
			}
		}
		if b == '\n' {
			breaks++
		}
		s.put(from, b)
	}
}

// finish makes the line of what was read.
func (s *scanner) finish() roster.Line {
	s.line.Number++
	s.line.Cells = s.line.Cells[:0]
	all, from, filled := string(s.text), 0, 0
	for i, end := range s.ends {
		cell := roster.Cell{Text: clean(legible(all[from:end]))}
		if len(s.long) > 0 && s.long[0] == i {
			s.long = s.long[1:]
			cell = longCell(legible(all[from:end]), min(end-from, s.limits.Cell))
		}
		from = end
		s.line.Cells = append(s.line.Cells, cell)
		if cell.Text != "" {
			filled = i + 1
		}
	}
	s.line.Cells = s.line.Cells[:filled]
	return s.line
}

// legible is a cell in UTF-8. A text that is none comes from Windows, cell by cell: lists are
// pasted together.
func legible(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	decoded, err := charmap.Windows1252.NewDecoder().String(s)
	if err != nil {
		return strings.ToValidUTF8(s, "\ufffd")
	}
	return decoded
}
