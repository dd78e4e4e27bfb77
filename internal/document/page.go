package document

import (
	"fmt"

	"codeberg.org/go-pdf/fpdf"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// page is where the next block goes, in millimetres from the top left.
type page struct {
	doc           *Doc
	pdf           *fpdf.Fpdf
	number, pages int // this one, and all if that is known
	width, height float64
	y             float64
}

// counting tells the first of two rounds, which finds out how many pages there are: a code need not be made for it.
func (p *page) counting() bool { return p.pages == 0 }

// feet is the height of what stands below each page.
func (p *page) feet() float64 {
	if p.doc.paper.isSmall() {
		return p.high(faceNote) * float64(len(p.lines(faceNote, p.doc.free(), p.room())))
	}
	return 2*p.high(faceNote) + 2
}

func (p *page) left() float64  { return p.doc.paper.Margin }
func (p *page) right() float64 { return p.width - p.doc.paper.Margin }
func (p *page) room() float64  { return p.right() - p.left() }

// bottom is where the room for blocks ends.
func (p *page) bottom() float64 { return p.height - p.doc.paper.Margin - p.feet() - 1 }

// turn begins a page.
func (p *page) turn() {
	p.pdf.AddPage()
	p.number++
	p.y = p.doc.paper.Margin
	p.foot()
	if p.number == 1 && !p.doc.paper.isSmall() {
		p.mark(p.left(), p.y, 6)
		p.write(faceHeading, p.left()+8, p.y, "Jaring")
		p.y += 12
	}
}

// need turns the page when there is no room for so many millimetres; a block that is
// taller than a page begins where it is at the top of one.
func (p *page) need(mm float64) {
	if p.y+mm > p.bottom() && p.y > p.doc.paper.Margin {
		p.turn()
	}
}

// free is the line that says whose product this is not.
func (d *Doc) free() string { return i18n.Text(d.lang, "footer.free", nil) }

// foot writes when this was made, whose it is not, and which page it is.
func (p *page) foot() {
	if p.doc.paper.Height == 0 && p.pages == 0 {
		return // a roll whose end is not known yet
	}
	y := p.height - p.doc.paper.Margin - p.feet()
	if p.doc.paper.isSmall() {
		p.column(faceNote, p.left(), y, p.lines(faceNote, p.doc.free(), p.room()))
		return
	}
	p.rule(y, 0.2)
	y += 2
	p.write(faceNote, p.left(), y, i18n.Text(p.doc.lang, "document.made", jaring.Args{"time": p.doc.at}))
	p.writeRight(faceNote, p.right(), y, fmt.Sprintf("%d/%d", p.number, max(p.pages, p.number)))
	p.write(faceNote, p.left(), y+p.high(faceNote), p.doc.free())
}

// rule draws a line from margin to margin.
func (p *page) rule(y, thick float64) {
	p.pdf.SetLineWidth(thick)
	p.pdf.SetDrawColor(0, 0, 0)
	p.pdf.Line(p.left(), y, p.right(), y)
}
