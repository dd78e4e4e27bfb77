package document

import (
	"fmt"
	"strconv"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
)

// quiet is the free room that a reader wants round a code, in modules.
const quiet = 4

// QR draws text as a code whose dark square is side millimetres wide, with words beside it.
// It corrects errors at level M: 15 of 100 code words may be lost to a crease or a thumb.
func (d *Doc) QR(text string, side float64, words ...string) {
	d.add(func(p *page) {
		code, err := qr.Encode(text, qr.M, qr.Auto)
		if err != nil {
			p.pdf.SetError(fmt.Errorf("document: a QR code of %d bytes: %w", len(text), err))
			return
		}
		module := side / float64(code.Bounds().Dx())
		whole := side + 2*quiet*module
		p.need(whole)
		p.code(code, p.left()+quiet*module, p.y+quiet*module, module)
		x, y := p.left()+whole+2, p.y+quiet*module
		for i, text := range words {
			f := faceText
			if i == 0 {
				f = faceStrong
			}
			y = p.column(f, x, y, p.lines(f, text, p.right()-x)) + 1
		}
		p.y = max(p.y+whole, y)
	})
}

// code draws the dark modules as squares, side by side as one.
func (p *page) code(code barcode.Barcode, x, y, module float64) {
	if p.counting() {
		return
	}
	path := append(make([]byte, 0, 16_000), "q 0 g\n"...)
	n := code.Bounds().Dx()
	for row := range n {
		for first := 0; first < n; first++ {
			last := first
			for last < n && dark(code, last, row) {
				last++
			}
			if last > first {
				for _, v := range [...]float64{x + float64(first)*module, p.height - y - float64(row)*module, float64(last-first) * module, -module} {
					path = append(strconv.AppendFloat(path, v*pointsPerMM, 'f', 3, 64), ' ')
				}
				path = append(path, "re\n"...)
				first = last
			}
		}
	}
	p.pdf.RawWriteStr(string(append(path, "f Q\n"...)))
}

func dark(code barcode.Barcode, x, y int) bool {
	r, _, _, _ := code.At(x, y).RGBA()
	return r == 0
}
