package document

import "strings"

// face is what a line looks like, by its part in the document.
type face int

const (
	faceBig face = iota
	faceTitle
	faceLead
	faceHeading
	faceText
	faceStrong
	faceNote
	faceHead // of a table
)

// shape is a size in points, a weight, and the height of a line as a multiple of the size.
type shape struct {
	size   float64
	weight string
	line   float64
}

// The faces on a sheet, and on paper for a pocket.
var (
	onSheet = [...]shape{faceBig: {36, bold, 1.15}, faceTitle: {19, bold, 1.2}, faceLead: {12, regular, 1.45}, faceHeading: {12.5, bold, 1.3},
		faceText: {10, regular, 1.5}, faceStrong: {10, bold, 1.5}, faceNote: {8, regular, 1.45}, faceHead: {8, bold, 1.45}}
	onPocket = [...]shape{faceBig: {16, bold, 1.15}, faceTitle: {12, bold, 1.2}, faceLead: {9.5, regular, 1.4}, faceHeading: {10, bold, 1.3},
		faceText: {8.5, regular, 1.4}, faceStrong: {8.5, bold, 1.4}, faceNote: {6, regular, 1.35}, faceHead: {6.5, bold, 1.35}}
)

const (
	pointsPerMM = 72 / 25.4
	capHeight   = 0.7 // of Plus Jakarta Sans, as a part of the size
)

// take makes f the face of what is measured or written next.
func (p *page) take(f face) shape {
	s := onSheet[f]
	if p.doc.paper.isSmall() {
		s = onPocket[f]
	}
	p.pdf.SetFont(family, s.weight, s.size)
	return s
}

// high is the height of a line in millimetres.
func (p *page) high(f face) float64 {
	s := p.take(f)
	return s.size * s.line / pointsPerMM
}

// wide is the width of text in millimetres.
func (p *page) wide(f face, text string) float64 {
	p.take(f)
	return p.pdf.GetStringWidth(written(text))
}

// write puts a line of text with its left at x and its top at y.
func (p *page) write(f face, x, y float64, text string) {
	capital := p.take(f).size * capHeight / pointsPerMM
	p.pdf.Text(x, y+(p.high(f)+capital)/2, written(text))
}

// writeRight is write with the right of the line at x.
func (p *page) writeRight(f face, x, y float64, text string) {
	p.write(f, x-p.wide(f, text), y, text)
}

// column writes lines below each other and gives where the last one ends.
func (p *page) column(f face, x, y float64, lines []string) float64 {
	for _, line := range lines {
		p.write(f, x, y, line)
		y += p.high(f)
	}
	return y
}

// lines breaks text at spaces so that no line is wider than room, and a word where it alone is
// wider. A new line in text is one here.
func (p *page) lines(f face, text string, room float64) (lines []string) {
	for _, part := range strings.Split(text, "\n") {
		line := ""
		for _, word := range strings.Fields(written(part)) {
			longer := strings.TrimLeft(line+" "+word, " ")
			if line != "" && p.wide(f, longer) > room {
				lines, longer = append(lines, line), word
			}
			for p.wide(f, longer) > room && len([]rune(longer)) > 1 {
				head := p.head(f, longer, room)
				lines, longer = append(lines, head), longer[len(head):]
			}
			line = longer
		}
		lines = append(lines, line)
	}
	return lines
}

// head is the longest beginning of a word that fits; one letter always does.
func (p *page) head(f face, word string, room float64) string {
	end := 0
	for i, r := range word {
		next := i + len(string(r))
		if end > 0 && p.wide(f, word[:next]) > room {
			break
		}
		end = next
	}
	return word[:end]
}
