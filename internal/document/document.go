package document

import (
	"bytes"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// Paper is a size of paper in millimetres. Height 0 is a roll: as long as what stands on it.
type Paper struct {
	Width, Height, Margin float64
}

// Papers in use.
var (
	A4          = Paper{Width: 210, Height: 297, Margin: 16}
	A4Landscape = Paper{Width: 297, Height: 210, Margin: 16}
	Card        = Paper{Width: 85.6, Height: 53.98, Margin: 4}
	Receipt     = Paper{Width: 80, Margin: 4}
)

// isSmall tells paper for a pocket, which has no head and no room to number its pages.
func (p Paper) isSmall() bool { return p.Width < 100 }

// Doc is a document on its way. It is for one goroutine.
type Doc struct {
	paper  Paper
	lang   i18n.Lang
	at     time.Time
	name   string
	blocks []func(*page)
}

// New begins a document in lang that is made at a time, which is shown in the zone it carries.
func New(paper Paper, lang i18n.Lang, at time.Time) *Doc {
	return &Doc{paper: paper, lang: lang, at: at}
}

// add puts a block below the last one.
func (d *Doc) add(block func(*page)) { d.blocks = append(d.blocks, block) }

// Say is the text of key in the document's language, with money as documents write it.
func (d *Doc) Say(key string, args jaring.Args) string {
	written := make(jaring.Args, len(args))
	for name, value := range args {
		if sum, ok := value.(jaring.Rupiah); ok {
			value = sum.String()
		}
		written[name] = value
	}
	return i18n.Text(d.lang, key, written)
}

// NewPage goes on at the top of a page.
func (d *Doc) NewPage() { d.add((*page).turn) }

// Space leaves so many millimetres free.
func (d *Doc) Space(mm float64) { d.add(func(p *page) { p.y += mm }) }

// Bytes is the finished PDF. Error: error.internal, for a QR code that is asked to hold more
// than one can.
func (d *Doc) Bytes() ([]byte, error) {
	first, err := d.set(0, d.paper.Height)
	if err != nil {
		return nil, jaring.InternalError(err)
	}
	height := d.paper.Height
	if height == 0 {
		height = first.y + first.feet() + d.paper.Margin
	}
	last, err := d.set(first.number, height)
	if err != nil {
		return nil, jaring.InternalError(err)
	}
	var out bytes.Buffer
	if err := last.pdf.Output(&out); err != nil {
		return nil, jaring.InternalError(err)
	}
	return out.Bytes(), nil
}

// longest is the length of a roll while it is not known how much stands on it.
const longest = 5000

// set sets all blocks on pages of a height, the number of which is known or 0.
func (d *Doc) set(pages int, height float64) (*page, error) {
	if height == 0 {
		height = longest
	}
	size := fpdf.SizeType{Wd: d.paper.Width, Ht: height}
	p := &page{doc: d, pages: pages, width: size.Wd, height: size.Ht,
		pdf: fpdf.NewCustom(&fpdf.InitType{OrientationStr: "P", UnitStr: "mm", Size: size})}
	p.pdf.SetCatalogSort(true)
	p.pdf.SetCreationDate(d.at)
	p.pdf.SetModificationDate(d.at)
	p.pdf.SetProducer("Jaring", true)
	p.pdf.SetTitle(written(d.name), true)
	p.pdf.SetLang(string(d.lang))
	p.pdf.SetAutoPageBreak(false, 0)
	p.pdf.AddUTF8FontFromBytes(family, regular, regularTTF)
	p.pdf.AddUTF8FontFromBytes(family, bold, boldTTF)
	p.turn()
	for _, block := range d.blocks {
		block(p)
	}
	return p, p.pdf.Error()
}
