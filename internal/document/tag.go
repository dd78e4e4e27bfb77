package document

import (
	"fmt"
	"slices"
	"time"

	"github.com/boombuler/barcode/qr"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// Tag is a name tag. In class its code says who comes in; once its bearer is certified it
// leads to the page that says whether he is genuine, and proves it without a network.
type Tag struct {
	Name    string
	Office  string
	Badge   string // of the seat, as its code says it
	Number  string // of the certificate; empty in class
	Address string // that the code of a certified agent's tag says
}

// Sizes of name tags in millimetres: two beside each other on a sheet, to be cut out.
const (
	tagHigh = 52.0
	tagGap  = 4.0
	tagPad  = 4.0
	tagCode = 26.0
	tagWide = 43.0 // the code of a certificate: it says much, so it is larger
	tagMark = 6.0
)

// Tags are the name tags of a class on sheets to be cut.
func Tags(class string, from, to jaring.Day, tags []Tag, lang i18n.Lang, at time.Time) *Doc {
	d := New(A4, lang, at)
	d.Title(class)
	lead := "document.tags.lead"
	if slices.ContainsFunc(tags, func(t Tag) bool { return t.Address != "" }) {
		lead = "document.tags.certified"
	}
	d.Lead(d.Say(lead, jaring.Args{"from": from, "to": to, "n": len(tags)}))
	if len(tags) == 0 {
		d.Text(d.Say("document.tags.none", nil))
	}
	for i := 0; i < len(tags); i += 2 {
		row := tags[i:min(i+2, len(tags))]
		d.add(func(p *page) { p.tags(class, row) })
	}
	return d
}

// tags sets one row of name tags.
func (p *page) tags(class string, row []Tag) {
	p.need(tagHigh + tagGap)
	wide := (p.room() - tagGap) / 2
	for i, t := range row {
		p.tag(class, t, p.left()+float64(i)*(wide+tagGap), wide)
	}
	p.y += tagHigh + tagGap
}

// tag sets one name tag with its left at x.
func (p *page) tag(class string, t Tag, x, wide float64) {
	p.pdf.SetLineWidth(0.2)
	p.pdf.SetDrawColor(0, 0, 0)
	p.pdf.Rect(x, p.y, wide, tagHigh, "D")
	p.mark(x+tagPad, p.y+tagPad, tagMark)
	if t.Address != "" {
		p.certifiedTag(t, x, wide)
		return
	}
	name := x + tagPad + tagMark + 3
	top := p.column(faceTitle, name, p.y+tagPad-1, firstLines(p.lines(faceTitle, t.Name, x+wide-tagPad-name), 2))
	left, below := x+wide-tagPad-tagCode, p.y+tagHigh-tagPad-p.high(faceNote)
	p.tagQR(t.Badge, qr.M, left, below-tagCode, tagCode)
	p.write(faceNote, left, below, jaring.BadgeText(t.Badge))
	room := left - x - tagPad - 2
	p.column(faceStrong, x+tagPad, max(top+2, below-tagCode+2), firstLines(p.lines(faceStrong, t.Office, room), 3))
	p.write(faceNote, x+tagPad, below, firstLines(p.lines(faceNote, class, room), 1)[0])
}

// certifiedTag fills the name tag of somebody who holds a certificate.
func (p *page) certifiedTag(t Tag, x, wide float64) {
	left := x + wide - tagWide - tagPad/2
	p.tagQR(t.Address, qr.L, left, p.y+(tagHigh-tagWide)/2, tagWide)
	room := left - x - tagPad
	y := p.column(faceHeading, x+tagPad, p.y+tagPad+tagMark+2, firstLines(p.lines(faceHeading, t.Name, room), 3)) + 1
	p.column(faceText, x+tagPad, y, firstLines(p.lines(faceText, t.Office, room), 2))
	p.write(faceNote, x+tagPad, p.y+tagHigh-tagPad-p.high(faceNote), t.Number)
}

// tagQR draws a code with its free room in a square.
func (p *page) tagQR(text string, level qr.ErrorCorrectionLevel, x, y, side float64) {
	if p.counting() { // its square is as large whatever it says
		return
	}
	code, err := qr.Encode(text, level, qr.Auto)
	if err != nil {
		p.pdf.SetError(fmt.Errorf("document: a badge of %d bytes: %w", len(text), err))
		return
	}
	module := side / float64(code.Bounds().Dx()+2*quiet)
	p.code(code, x+quiet*module, y+quiet*module, module)
}

// firstLines are no more than n lines.
func firstLines(lines []string, n int) []string {
	if len(lines) == 0 {
		return []string{""}
	}
	return lines[:min(n, len(lines))]
}
