package roster

import (
	"strings"

	"jaring/internal/jaring"
)

// HeadingLines is among how many of the first lines the heading is looked for.
const HeadingLines = 40

// Heading is where a list has its columns.
type Heading struct {
	First, Last int             // its lines, as the spreadsheet numbers them; equal when it has one
	columns     [fieldCount]int // index from 1; 0 where the list has no such column
	score       int
	twice       Field // a field that two columns claim
	other       int   // the second of them, from 1
}

// Score is how many fields the heading has; of several readings of a file the highest is right.
func (h *Heading) Score() int { return h.score }

// Column is the index from 0 of the column of f, −1 when there is none.
func (h *Heading) Column(f Field) int { return h.columns[f] - 1 }

// FindHeading looks for the heading among the first lines of a sheet. ok is false when there
// is nothing like one: fewer than two required columns.
func FindHeading(lines []Line) (best Heading, ok bool) {
	for i, line := range lines {
		h := headingOf(line, nil)
		if i+1 < len(lines) && lines[i+1].Number == line.Number+1 && looksLikeHeading(lines[i+1]) {
			if two := headingOf(line, &lines[i+1]); two.score > h.score {
				h = two
			}
		}
		if h.score > best.score {
			best = h
		}
	}
	required := 0
	for _, f := range Required {
		if best.columns[f] > 0 {
			required++
		}
	}
	return best, required >= 2
}

// looksLikeHeading refuses lines with long numbers, which are people.
func looksLikeHeading(line Line) bool {
	for _, c := range line.Cells {
		if c.Kind == Date || strings.Count(strings.Map(onlyDigits, c.Text), "") > 6 {
			return false
		}
	}
	return true
}

func onlyDigits(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// headingOf reads one line or two as a heading.
func headingOf(top Line, below *Line) Heading {
	h := Heading{First: top.Number, Last: top.Number}
	width := len(top.Cells)
	if below != nil {
		h.Last = below.Number
		width = max(width, len(below.Cells))
	}
	over := ""
	for i := range width {
		f := NoField
		text := top.Cell(i).Text
		if text != "" {
			over = text
		}
		switch {
		case below == nil || below.Cell(i).Text == "":
			f = MatchHeading(text)
		default:
			f = matchPair(over, below.Cell(i).Text)
		}
		h.add(f, i+1)
	}
	return h
}

func (h *Heading) add(f Field, column int) {
	switch {
	case f == NoField:
	case h.columns[f] > 0:
		if h.twice == NoField {
			h.twice, h.other = f, column
		}
	default:
		h.columns[f] = column
		h.score++
	}
}

// matchPair reads a heading of two lines: "Tempat/Tanggal Lahir" above "Tanggal", "Nama" above
// "Ibu", or a group such as "Identitas" above the heading itself.
func matchPair(top, below string) Field {
	if f := MatchHeading(top + " " + below); f != NoField {
		return f
	}
	words := strings.Fields(foldHeading(top))
	if len(words) > 0 {
		if f := MatchHeading(below + " " + words[len(words)-1]); f != NoField {
			return f
		}
	}
	return MatchHeading(below)
}

// Check is nil for a heading that can be used. Errors: roster.column_missing (args columns),
// roster.column_twice (args column, a, b).
func (h *Heading) Check(title func(Field) string) *jaring.Error {
	var missing []string
	for _, f := range Required {
		if h.columns[f] == 0 {
			missing = append(missing, title(f))
		}
	}
	if len(missing) > 0 {
		return jaring.NewError(jaring.Invalid, "roster.column_missing", "columns", strings.Join(missing, ", "), "row", h.Last)
	}
	if h.twice != NoField {
		return jaring.NewError(jaring.Invalid, "roster.column_twice", "column", title(h.twice), "a", ColumnName(h.columns[h.twice]), "b", ColumnName(h.other))
	}
	return nil
}

// ColumnName is how spreadsheets name the column of index n, from 1: A, Z, AA.
func ColumnName(n int) string {
	name := ""
	for ; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// Reading turns lines below a heading into rows.
type Reading struct {
	Heading
	held [fieldCount]Cell // what a merged block shows on
}

// Sort says what a line is.
type Sort uint8

// The sorts of lines below a heading.
const (
	Person Sort = iota // somebody's row
	Blank              // nothing stands in it, or what stands in every table: its heading again, numbers of columns
	Aside              // something, but nobody: a total, a signature, a title between
)

// Read sorts a line and gives its row.
func (r *Reading) Read(line Line) (row Row, sort Sort) {
	row = Row{Number: line.Number, Hidden: line.Hidden}
	for f := NIK; f < fieldCount; f++ {
		if c := r.columns[f]; c > 0 {
			row.Cells[f] = r.shown(f, line.Cell(c-1))
		}
	}
	return row, r.sort(&row, line)
}

// spread are the fields for which a merged block says the same of all its rows. A person's
// own data cannot be shared, so there it is a finding.
var spread = map[Field]bool{Village: true, District: true, Regency: true, Address: true, Occupation: true}

// shown gives an empty cell of a merged block what the block shows, where that makes sense.
func (r *Reading) shown(f Field, c Cell) Cell {
	if !spread[f] {
		return c
	}
	if c.Anchor > 0 && c.Empty() {
		return r.held[f]
	}
	r.held[f] = c
	return c
}

func (r *Reading) sort(row *Row, line Line) Sort {
	filled := line.filled()
	if filled == 0 || r.repeats(row) || numbering(line, filled) {
		return Blank
	}
	own := func(f Field) bool { return !line.Cell(r.columns[f] - 1).Empty() }
	known := 0
	for f := NIK; f < fieldCount; f++ {
		if own(f) {
			known++
		}
	}
	switch {
	case known == 0 && isCount(line): // a row that was numbered in advance
		return Blank
	case !own(NIK) && !own(BirthDate) && !own(Name), known <= 2 && (closing(row.Cells[NIK].Text) || !own(NIK) && closing(row.Cells[Name].Text)), known <= 2 && filled == known && unidentified(row):
		return Aside
	}
	return Person
}

// unidentified reports whether neither NIK nor birth date of a row holds a figure, as below a signature.
func unidentified(row *Row) bool {
	return !strings.ContainsAny(row.Cells[NIK].Text, "0123456789") && !strings.ContainsAny(row.Cells[BirthDate].Text, "0123456789")
}

// isCount reports whether all that stands in a line is a number of at most six digits.
func isCount(line Line) bool {
	for _, c := range line.Cells {
		if len(c.Text) > 6 || strings.Trim(c.Text, "0123456789.") != "" {
			return false
		}
	}
	return true
}

// repeats reports whether the line is the heading once more, as printed lists have it on each page.
func (r *Reading) repeats(row *Row) bool {
	if strings.ContainsAny(row.Cells[NIK].Text, "2345789") { // nearly every line; a heading may say "16 digit"
		return false
	}
	same := 0
	for f := NIK; f < fieldCount; f++ {
		if t := row.Cells[f].Text; t != "" && len(t) < 40 && MatchHeading(t) == f {
			same++
		}
	}
	return same >= 2
}

// numbering reports whether the line has the numbers of the columns: 1 2 3, or (1) (2) (3).
func numbering(line Line, filled int) bool {
	if filled < 3 {
		return false
	}
	last := 0
	for _, c := range line.Cells {
		if c.Empty() {
			continue
		}
		n := 0
		for _, r := range strings.Trim(c.Text, "() ") {
			if r < '0' || r > '9' || n > 1000 {
				return false
			}
			n = n*10 + int(r-'0')
		}
		if n != last+1 && last > 0 || n == 0 {
			return false
		}
		last = n
	}
	return true
}

// closing knows the words with which lists end, and with which their parts begin.
func closing(text string) bool {
	word, _, _ := strings.Cut(foldHeading(text), " ")
	switch word {
	case "jumlah", "total", "subtotal", "mengetahui", "ttd", "nip", "kepala", "camat", "lurah", "bupati", "catatan", "keterangan", "note", "approved",
		"desa", "kelurahan", "kecamatan", "kabupaten", "dusun", "rt", "rw":
		return true
	}
	return false
}
