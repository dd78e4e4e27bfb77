package document

import (
	"fmt"
	"time"

	"github.com/boombuler/barcode/qr"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// Tag is a name tag of a class: its code says who comes in.
type Tag struct {
	Name   string
	Office string
	Badge  string // as its code says it
}

// Sizes of name tags in millimetres: two beside each other on a sheet, to be cut out.
const (
	tagHigh = 52.0
	tagGap  = 4.0
	tagPad  = 4.0
	tagCode = 26.0
	tagMark = 6.0
)

// Tags are the name tags of a class on sheets to be cut.
func Tags(class string, from, to jaring.Day, tags []Tag, lang i18n.Lang, at time.Time) *Doc {
	d := New(A4, lang, at)
	d.Title(class)
	d.Lead(d.Say("document.tags.lead", jaring.Args{"from": from, "to": to, "n": len(tags)}))
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
	code, err := qr.Encode(t.Badge, qr.M, qr.Auto)
	if err != nil {
		p.pdf.SetError(fmt.Errorf("document: a badge of %d bytes: %w", len(t.Badge), err))
		return
	}
	p.mark(x+tagPad, p.y+tagPad, tagMark)
	name := x + tagPad + tagMark + 3
	top := p.column(faceTitle, name, p.y+tagPad-1, firstLines(p.lines(faceTitle, t.Name, x+wide-tagPad-name), 2))
	module := tagCode / float64(code.Bounds().Dx()+2*quiet)
	left, below := x+wide-tagPad-tagCode, p.y+tagHigh-tagPad-p.high(faceNote)
	p.code(code, left+quiet*module, below-tagCode+quiet*module, module)
	p.write(faceNote, left, below, jaring.BadgeText(t.Badge))
	room := left - x - tagPad - 2
	p.column(faceStrong, x+tagPad, max(top+2, below-tagCode+2), firstLines(p.lines(faceStrong, t.Office, room), 3))
	p.write(faceNote, x+tagPad, below, firstLines(p.lines(faceNote, class, room), 1)[0])
}

// firstLines are no more than n lines.
func firstLines(lines []string, n int) []string {
	if len(lines) == 0 {
		return []string{""}
	}
	return lines[:min(n, len(lines))]
}
