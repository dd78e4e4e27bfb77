package document

import "strings"

// Pair is a name and its value.
type Pair struct{ Name, Value string }

// pairNames is the part of the width that the names of Pairs take.
const pairNames = 0.36

// Pairs are names with their values, one a line, each value in strong letters.
func (d *Doc) Pairs(pairs ...Pair) {
	d.add(func(p *page) {
		for _, pair := range pairs {
			split := p.room() * pairNames
			names := p.lines(faceText, pair.Name, split-2)
			values := p.lines(faceStrong, pair.Value, p.room()-split)
			p.need(float64(max(len(names), len(values))) * p.high(faceText))
			ends := p.column(faceText, p.left(), p.y, names)
			p.y = max(ends, p.column(faceStrong, p.left()+split, p.y, values))
		}
		p.y += 3
	})
}

// Column is one of a table. Wide is its part of the width, compared with the other columns.
type Column struct {
	Head   string
	Wide   float64
	Number bool // stands at the right: its cells are figures
}

// Table has a head that is repeated where it goes on over a page, and may have a last row in
// strong letters, such as a sum. A row keeps together where a page can hold it. A cell's text below its first new line is
// small: a source below an article.
type Table struct {
	Columns []Column
	Rows    [][]string
	Sum     []string
}

// tableGap is the free room between columns in millimetres.
const tableGap = 3

// Table writes t. Cells without a column are left out; a column without a cell stays empty.
func (d *Doc) Table(t Table) {
	d.add(func(p *page) {
		b := p.newGrid(t.Columns)
		b.head()
		for _, row := range t.Rows {
			b.row(row, faceText)
		}
		if t.Sum != nil {
			b.row(t.Sum, faceStrong)
			p.rule(p.y, 0.5)
		}
		p.y += 4
	})
}

// grid is a table on its page: where each column begins, and its width.
type grid struct {
	*page
	columns []Column
	x, wide []float64
}

func (p *page) newGrid(columns []Column) *grid {
	g := &grid{page: p, columns: columns}
	all := 0.0
	for _, c := range columns {
		all += c.Wide
	}
	free := p.room() - tableGap*float64(len(columns)-1)
	x := p.left()
	for _, c := range columns {
		w := free * c.Wide / all
		g.x, g.wide = append(g.x, x), append(g.wide, w)
		x += w + tableGap
	}
	return g
}

// cellPad is the free room above and below the text of a cell in millimetres.
const cellPad = 1.1

func (g *grid) head() {
	names := make([]string, len(g.columns))
	for i, c := range g.columns {
		names[i] = c.Head
	}
	// The head never stands alone at the foot of a page.
	g.need(2*g.high(faceHead) + 3*g.high(faceText) + 4*cellPad)
	g.put(g.cells(names, faceHead))
	g.rule(g.y, 0.5)
}

// row writes cells, on the next page below a new head when there is no room here. A row that is
// taller than a page goes on over pages.
func (g *grid) row(texts []string, f face) {
	cells, page := g.cells(texts, f), g.number
	if tall := g.tall(cells); g.y+tall > g.bottom() && tall < g.bottom()-g.doc.paper.Margin {
		g.turn()
	}
	for more := true; more; {
		if g.number != page {
			page = g.number
			g.head()
		}
		var now [][]line
		if now, cells, more = g.fit(cells); more {
			g.put(now)
			g.turn()
			continue
		}
		g.put(now)
	}
	g.page.rule(g.y, 0.1)
}

// line is one of a cell.
type line struct {
	text string
	face face
}

// cells breaks the texts of a row into lines.
func (g *grid) cells(texts []string, f face) [][]line {
	cells := make([][]line, len(g.columns))
	for n := range min(len(texts), len(g.columns)) {
		text, below, more := strings.Cut(texts[n], "\n")
		for _, part := range g.lines(f, text, g.wide[n]) {
			cells[n] = append(cells[n], line{part, f})
		}
		if !more {
			continue
		}
		for _, part := range g.lines(faceNote, below, g.wide[n]) {
			cells[n] = append(cells[n], line{part, faceNote})
		}
	}
	return cells
}

// tall is the height of a row.
func (g *grid) tall(cells [][]line) (most float64) {
	for _, cell := range cells {
		sum := 0.0
		for _, l := range cell {
			sum += g.high(l.face)
		}
		most = max(most, sum)
	}
	return most + 2*cellPad
}

// fit parts a row into what has room on this page and what has not; one line always has.
func (g *grid) fit(cells [][]line) (now, rest [][]line, more bool) {
	now, rest = make([][]line, len(cells)), make([][]line, len(cells))
	for n, cell := range cells {
		end, y := 0, g.y+2*cellPad
		for end < len(cell) && (end == 0 || y+g.high(cell[end].face) <= g.bottom()) {
			y += g.high(cell[end].face)
			end++
		}
		now[n], rest[n] = cell[:end], cell[end:]
		more = more || end < len(cell)
	}
	return now, rest, more
}

// put writes a row at y and moves below it.
func (g *grid) put(cells [][]line) {
	ends := g.y
	for n, cell := range cells {
		y := g.y + cellPad
		for _, l := range cell {
			if g.columns[n].Number {
				g.writeRight(l.face, g.x[n]+g.wide[n], y, l.text)
			} else {
				g.write(l.face, g.x[n], y, l.text)
			}
			y += g.high(l.face)
		}
		ends = max(ends, y+cellPad)
	}
	g.y = ends
}
