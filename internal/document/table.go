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
// strong letters, such as a sum. A row keeps together. A cell's text below its first new line is
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
	cells := make([]string, len(g.columns))
	for i, c := range g.columns {
		cells[i] = c.Head
	}
	// The head never stands alone at the foot of a page.
	g.need(2*g.high(faceHead) + 3*g.high(faceText) + 4*cellPad)
	g.put(cells, faceHead)
	g.rule(g.y, 0.5)
}

// row writes cells, on the next page below a new head when there is no room here.
func (g *grid) row(cells []string, f face) {
	page := g.number
	if tall := g.tall(cells, f); g.y+tall > g.bottom() && tall < g.bottom()-g.doc.paper.Margin {
		g.turn()
	}
	if g.number != page {
		g.head()
	}
	g.put(cells, f)
	g.page.rule(g.y, 0.1)
}

// broken are the lines of cell n of a row: those in its face, and the small ones below.
func (g *grid) broken(cells []string, n int, f face) (lines, small []string) {
	if n >= len(cells) {
		return nil, nil
	}
	text, below, more := strings.Cut(cells[n], "\n")
	lines = g.lines(f, text, g.wide[n])
	if more {
		small = g.lines(faceNote, below, g.wide[n])
	}
	return lines, small
}

// tall is the height of a row.
func (g *grid) tall(cells []string, f face) (most float64) {
	for n := range g.columns {
		lines, small := g.broken(cells, n, f)
		most = max(most, float64(len(lines))*g.high(f)+float64(len(small))*g.high(faceNote))
	}
	return most + 2*cellPad
}

// put writes a row at y and moves below it.
func (g *grid) put(cells []string, f face) {
	ends := g.y
	for n, c := range g.columns {
		lines, small := g.broken(cells, n, f)
		y := g.y + cellPad
		for i, line := range append(lines, small...) {
			at := f
			if i >= len(lines) {
				at = faceNote
			}
			if c.Number {
				g.writeRight(at, g.x[n]+g.wide[n], y, line)
			} else {
				g.write(at, g.x[n], y, line)
			}
			y += g.high(at)
		}
		ends = max(ends, y+cellPad)
	}
	g.y = ends
}
