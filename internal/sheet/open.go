package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf16"

	"jaring/internal/jaring"
	"jaring/internal/roster"
)

// Limits bound what a file may cost.
type Limits struct {
	File     int64 // bytes as sent
	Packed   int64 // the same of an XLSX, which unpacks to ten times as much
	Unpacked int64 // bytes of one part once unpacked
	Ratio    int64 // unpacked to packed, where more than RatioFrom is unpacked
	Strings  int64 // bytes of shared texts
	Parts    int   // files within the zip
	Columns  int   // columns that hold something
	Cell     int   // bytes of a cell that are kept
}

// DefaultLimits let a million rows through and no bomb.
func DefaultLimits() Limits {
	return Limits{File: 512 << 20, Packed: 160 << 20, Unpacked: 1 << 30, Ratio: 200, Strings: 256 << 20, Parts: 5000, Columns: 2000, Cell: 4096}
}

// ratioFrom is how much may be unpacked before the proportion is looked at.
const ratioFrom = 16 << 20

// Options are how to read a file.
type Options struct {
	Limits Limits // zero for DefaultLimits
	Sheet  string // the sheet by name; empty: the one that holds a list
}

// tab is one sheet of a file.
type tab struct {
	name   string
	hidden bool
	part   string // within the zip
}

// book is an opened file.
type book interface {
	tabs() []tab
	// lines calls yield for each line of sheet i that holds something, in order, until it gives an error.
	lines(i int, yield func(roster.Line) error) error
}

// errStop ends a reading early.
var errStop = errors.New("enough")

// open looks at what a file really is. Errors: sheet.empty, sheet.too_large (args max) and those
// of refuse, openXLSX and openCSV.
func open(r io.ReaderAt, size int64, o Options) (book, error) {
	if o.Limits == (Limits{}) {
		o.Limits = DefaultLimits()
	}
	if size > o.Limits.File {
		return nil, jaring.NewError(jaring.Invalid, "sheet.too_large", "max", o.Limits.File>>20)
	}
	head := make([]byte, min(size, 1<<16))
	if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), head); err != nil {
		return nil, &jaring.Error{Code: jaring.Invalid, Key: "sheet.damaged", Err: err}
	}
	if len(bytes.Trim(head, " \t\r\n\xef\xbb\xbf\xff\xfe\x00")) == 0 {
		return nil, jaring.NewError(jaring.Invalid, "sheet.empty")
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		return openZip(r, size, o)
	}
	if key := otherKind(head); key != "" {
		return nil, jaring.NewError(jaring.Invalid, key)
	}
	return openCSV(r, size, head, o)
}

// magic are the beginnings of files that are no list, with the sentence that says what to do.
var magic = []struct{ head, key string }{
	{"%PDF", "sheet.pdf"}, {"\x89PNG", "sheet.picture"}, {"\xff\xd8\xff", "sheet.picture"}, {"GIF8", "sheet.picture"},
	{"Rar!", "sheet.archive"}, {"7z\xbc\xaf", "sheet.archive"}, {"\x1f\x8b", "sheet.archive"}, {"{\\rtf", "sheet.document"},
	{"SQLite format", "sheet.not_a_table"}, {"MZ", "sheet.not_a_table"}, {"\x7fELF", "sheet.not_a_table"}, {"ID;P", "sheet.xls"},
}

// otherKind is the key of the refusal of a file that is neither zip nor text; empty for text.
func otherKind(head []byte) string {
	if bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")) {
		if bytes.Contains(head, utf16le("EncryptedPackage")) {
			return "sheet.password"
		}
		return "sheet.xls"
	}
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m.head)) {
			return m.key
		}
	}
	text := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"))
	switch {
	case bytes.HasPrefix(text, []byte("<")):
		return "sheet.html"
	case bytes.HasPrefix(text, []byte("{")), bytes.HasPrefix(text, []byte("[{")):
		return "sheet.not_a_table"
	}
	return ""
}

func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// openZip tells an XLSX from the other files that are zips. Errors: sheet.too_large (args max), sheet.damaged, sheet.bomb,
// sheet.xlsb, sheet.ods, sheet.document, sheet.archive.
func openZip(r io.ReaderAt, size int64, o Options) (book, error) {
	if size > o.Limits.Packed {
		return nil, jaring.NewError(jaring.Invalid, "sheet.too_large", "max", o.Limits.Packed>>20)
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, &jaring.Error{Code: jaring.Invalid, Key: "sheet.damaged", Err: err}
	}
	if len(z.File) > o.Limits.Parts {
		return nil, jaring.NewError(jaring.Invalid, "sheet.bomb")
	}
	p := &parts{byName: map[string]*zip.File{}, limits: o.Limits}
	for _, f := range z.File {
		name := partName(f.Name)
		if p.byName[name] != nil {
			return nil, jaring.NewError(jaring.Invalid, "sheet.damaged")
		}
		p.byName[name] = f
	}
	switch {
	case p.byName["xl/workbook.bin"] != nil:
		return nil, jaring.NewError(jaring.Invalid, "sheet.xlsb")
	case p.byName["content.xml"] != nil:
		return nil, jaring.NewError(jaring.Invalid, "sheet.ods")
	case p.byName["word/document.xml"] != nil, p.byName["ppt/presentation.xml"] != nil:
		return nil, jaring.NewError(jaring.Invalid, "sheet.document")
	case p.byName["[content_types].xml"] == nil && p.byName["xl/workbook.xml"] == nil:
		return nil, jaring.NewError(jaring.Invalid, "sheet.archive")
	}
	return openXLSX(p)
}

// partName is how parts are compared: programs differ in case and slashes.
func partName(name string) string {
	return strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(name, `\`, "/")), "/")
}

// parts are the files within a zip.
type parts struct {
	byName map[string]*zip.File
	limits Limits
}

// open unpacks a part within the limits. Error: sheet.damaged.
func (p *parts) open(name string) (io.ReadCloser, error) {
	f := p.byName[partName(name)]
	if f == nil {
		return nil, damaged(nil)
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged(err)
	}
	return &gauge{ReadCloser: r, packed: int64(f.CompressedSize64), limits: p.limits}, nil
}

// gauge stops the unpacking of a bomb. Error: sheet.bomb.
type gauge struct {
	io.ReadCloser
	packed, unpacked int64
	limits           Limits
}

func (g *gauge) Read(b []byte) (int, error) {
	n, err := g.ReadCloser.Read(b)
	g.unpacked += int64(n)
	if g.unpacked > g.limits.Unpacked || g.unpacked > ratioFrom && g.unpacked > g.limits.Ratio*max(1, g.packed) {
		return 0, jaring.NewError(jaring.Invalid, "sheet.bomb")
	}
	return n, err
}

// damaged is err as a sentence for whoever sent the file; an error of ours passes.
func damaged(err error) error {
	var e *jaring.Error
	if errors.As(err, &e) {
		return e
	}
	if errors.Is(err, errStop) {
		return err
	}
	return &jaring.Error{Code: jaring.Invalid, Key: "sheet.damaged", Err: err}
}

// invisible are the characters that stand around a text and mean nothing.
const invisible = " \t\r\n\v\f\u00a0\u200b\u200c\u200d\u200e\u200f\u2007\u202f\u2060\ufeff"

// clean takes off what spreadsheets and web pages put around a text: white space that cannot be seen,
// the apostrophe and the ="…" by which a number is marked as text.
func clean(s string) string {
	s = strings.Trim(s, invisible)
	if len(s) > 1 && s[0] == '\'' && (s[1] >= '0' && s[1] <= '9' || s[1] == '+') {
		return s[1:]
	}
	if inner, ok := strings.CutPrefix(s, `="`); ok && strings.HasSuffix(inner, `"`) {
		return strings.Trim(strings.TrimSuffix(inner, `"`), invisible)
	}
	return s
}
