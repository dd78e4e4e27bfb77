package document

import "math"

// The mark of Jaring, drawn on a square of 32: two cords each way, a person in the mesh.
const (
	markSide  = 32.0
	markCord  = 2.6
	markMesh  = 5.6
	markNear  = 10.5
	markFar   = 21.5
	markBegin = 3.5
	markEnd   = 28.5
)

// laut is the one colour of Jaring on paper; all text is black.
var laut = [3]int{0x0A, 0x53, 0x64}

// mark draws the mark with its top left at x, y. It stands on a corner.
func (p *page) mark(x, y, side float64) {
	scale := side / markSide
	p.pdf.SetDrawColor(laut[0], laut[1], laut[2])
	p.pdf.SetFillColor(laut[0], laut[1], laut[2])
	p.pdf.SetLineWidth(markCord * scale)
	p.pdf.SetLineCapStyle("round")
	p.pdf.TransformBegin()
	p.pdf.TransformRotate(-45, x+side/2, y+side/2)
	for _, at := range []float64{markNear, markFar} {
		p.pdf.Line(x+at*scale, y+markBegin*scale, x+at*scale, y+markEnd*scale)
		p.pdf.Line(x+markBegin*scale, y+at*scale, x+markEnd*scale, y+at*scale)
	}
	middle := (markSide - markMesh) / 2 * scale
	p.pdf.Rect(x+middle, y+middle, markMesh*scale, markMesh*scale, "F")
	p.pdf.TransformEnd()
	p.pdf.SetLineCapStyle("butt")
}

// Net draws the net of Jaring in the upper right corner of the first page, as on a certificate.
// It stands behind what is written later.
func (d *Doc) Net(side float64) {
	d.add(func(p *page) {
		const cords = 7
		p.pdf.SetDrawColor(laut[0], laut[1], laut[2])
		p.pdf.SetLineWidth(0.35)
		p.pdf.ClipRect(p.width-side, 0, side, side, false)
		p.pdf.SetAlpha(0.35, "Normal")
		step := side / cords
		for i := range 2*cords + 1 {
			at := float64(i) * step
			p.pdf.Line(p.width-side+at, 0, p.width-side+at-math.Min(at, side), math.Min(at, side))
			p.pdf.Line(p.width-at, 0, p.width-at+math.Min(at, side), math.Min(at, side))
		}
		p.pdf.SetAlpha(1, "Normal")
		p.pdf.ClipEnd()
	})
}
