package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math/rand/v2"
)

// Pictures are drawn, so that nobody is in them.

// portrait is a head and shoulders, as on a badge.
func portrait(r *rand.Rand) []byte {
	p := canvas(240, 300, hue(r, 150))
	cloth, skin, hair := hue(r, 40), color.RGBA{uint8(150 + r.IntN(60)), uint8(105 + r.IntN(40)), uint8(75 + r.IntN(30)), 255}, color.RGBA{32, 28, 30, 255}
	ellipse(p, 120, 300, 100, 95, cloth)
	ellipse(p, 120, 118, 66, 74, hair)
	ellipse(p, 120, 132, 54, 66, skin)
	return written(p)
}

// specimen is a card of which only the frame and grey bars can be seen.
func specimen(r *rand.Rand) []byte {
	p := canvas(480, 300, hue(r, 170))
	bar := color.RGBA{120, 130, 140, 255}
	for i := range 7 {
		fill(p, image.Rect(30, 40+i*32, 200+r.IntN(100), 54+i*32), bar)
	}
	fill(p, image.Rect(340, 70, 450, 220), color.RGBA{90, 100, 110, 255})
	return written(p)
}

// hue is a colour whose channels lie between least and least+80.
func hue(r *rand.Rand, least int) color.RGBA {
	c := func() uint8 { return uint8(least + r.IntN(80)) }
	return color.RGBA{c(), c(), c(), 255}
}

func canvas(w, h int, c color.Color) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	fill(p, p.Bounds(), c)
	return p
}

func fill(p *image.RGBA, where image.Rectangle, c color.Color) {
	draw.Draw(p, where, image.NewUniform(c), image.Point{}, draw.Src)
}

// ellipse fills an ellipse around (x, y).
func ellipse(p *image.RGBA, x, y, rx, ry int, c color.Color) {
	for dy := -ry; dy <= ry; dy++ {
		for dx := -rx; dx <= rx; dx++ {
			if dx*dx*ry*ry+dy*dy*rx*rx <= rx*rx*ry*ry {
				p.Set(x+dx, y+dy, c)
			}
		}
	}
}

// written is a picture as JPEG, without a camera's notes.
func written(p image.Image) []byte {
	var out bytes.Buffer
	_ = jpeg.Encode(&out, p, &jpeg.Options{Quality: 70}) // into memory: nothing to fail
	return out.Bytes()
}
