package roster

import (
	"strings"
	"unicode"
)

// Kind says what a spreadsheet took a cell for.
type Kind uint8

// Kinds of cells. All cells of a CSV are Text.
const (
	Text    Kind = iota
	Number       // a number; long ones have lost digits
	Date         // a day, as ISO text
	Fault        // an error such as #REF!, which stands in Text
	Unknown      // a formula whose result the file does not hold
	Long         // a text too long for any field, cut
)

// Cell is one cell as it was read. Text has no white space around it.
type Cell struct {
	Text   string
	Kind   Kind
	Anchor int // of an empty cell in a merged block: the row whose cell is shown; 0 elsewhere
}

// Empty reports whether nothing stands in the cell.
func (c Cell) Empty() bool { return c.Text == "" && c.Kind != Unknown }

// Line is a row of a spreadsheet as it was read. Number is the spreadsheet's, from 1.
type Line struct {
	Number int
	Hidden bool
	Cells  []Cell
}

// Cell is the cell of column i, from 0; empty where the line is shorter.
func (l Line) Cell(i int) Cell {
	if i < 0 || i >= len(l.Cells) {
		return Cell{}
	}
	return l.Cells[i]
}

// filled is the number of cells in which something stands.
func (l Line) filled() (n int) {
	for _, c := range l.Cells {
		if !c.Empty() {
			n++
		}
	}
	return n
}

// Row is a line by the fields of the list.
type Row struct {
	Number int
	Hidden bool
	Cells  [fieldCount]Cell
}

// nothing are the ways in which people write that there is nothing to write.
var nothing = map[string]bool{"-": true, "--": true, "---": true, "–": true, "—": true, ".": true, "n/a": true, "tidak ada": true, "tdk ada": true,
	"nihil": true, "kosong": true, "none": true, "null": true, "belum ada": true}

// text is what stands in field f, empty where that says "nothing".
func (r *Row) text(f Field) string {
	s := r.Cells[f].Text
	if len(s) <= 9 && nothing[strings.ToLower(s)] {
		return ""
	}
	return s
}

// short is a text as a sentence may show it: not too long, without what a terminal would obey, and without a
// NIK, should one stand in the wrong column.
func short(s string) string {
	const most = 40
	for n := range s { // n is where a rune begins
		if n > most {
			s = s[:n] + "…"
			break
		}
	}
	digits := strings.Count(strings.Map(onlyDigits, s), "") - 1
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case digits >= mostDigits && unicode.IsDigit(r):
			return '•'
		}
		return r
	}, s)
}

// mostDigits is one more than a text may show: a village's code has ten.
const mostDigits = 11

// faults are the errors of spreadsheets, which a CSV holds as texts.
var faults = map[string]bool{"#N/A": true, "#REF!": true, "#VALUE!": true, "#NAME?": true, "#DIV/0!": true, "#NULL!": true, "#NUM!": true,
	"#SPILL!": true, "#CALC!": true, "#ERROR!": true}

func (c Cell) faulty() bool {
	return c.Kind == Fault || strings.HasPrefix(c.Text, "#") && faults[strings.ToUpper(c.Text)]
}
