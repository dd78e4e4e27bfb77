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

// Colours of the pictures on the screen of a hall.
var (
	dusk, leaf, sand, night = color.RGBA{18, 74, 92, 255}, color.RGBA{46, 139, 107, 255}, color.RGBA{243, 232, 208, 255}, color.RGBA{24, 40, 52, 255}
	sun, clay, paper        = color.RGBA{242, 178, 60, 255}, color.RGBA{201, 92, 62, 255}, color.RGBA{252, 250, 244, 255}
)

// slide is an empty picture as wide as a screen: a ground below, and above it a sky.
func slide(sky, ground color.RGBA) *image.RGBA {
	p := canvas(1280, 720, sky)
	fill(p, image.Rect(0, 560, 1280, 720), ground)
	return p
}

// helmet lies on a bench: work that is protected.
func helmet() []byte {
	p := slide(dusk, sand)
	ellipse(p, 640, 470, 290, 270, sun)
	fill(p, image.Rect(300, 470, 980, 760), sand)
	fill(p, image.Rect(280, 440, 1000, 500), sun)
	fill(p, image.Rect(600, 200, 680, 470), paper)
	fill(p, image.Rect(280, 500, 1000, 512), night)
	return written(p)
}

// books stand beside each other: children who stay at school.
func books() []byte {
	p := slide(sand, leaf)
	at := 330
	for i, c := range []color.RGBA{clay, dusk, sun, leaf, night, clay, dusk} {
		wide, high := 70+13*(i%3), 300+37*(i%4)
		fill(p, image.Rect(at, 560-high, at+wide, 560), c)
		fill(p, image.Rect(at+12, 560-high+30, at+wide-12, 560-high+52), paper)
		at += wide + 8
	}
	ellipse(p, 1040, 180, 90, 90, sun)
	return written(p)
}

// shop is open, with an awning and people before it who have no faces.
func shop() []byte {
	p := slide(color.RGBA{205, 228, 232, 255}, sand)
	fill(p, image.Rect(300, 250, 980, 600), paper)
	for i := range 8 {
		c := clay
		if i%2 == 1 {
			c = paper
		}
		fill(p, image.Rect(280+90*i, 180, 370+90*i, 280), c)
		ellipse(p, 325+90*i, 280, 45, 34, c)
	}
	fill(p, image.Rect(360, 340, 620, 520), dusk)
	fill(p, image.Rect(700, 340, 860, 600), night)
	for i, c := range []color.RGBA{leaf, sun, clay} {
		x := 430 + 150*i
		ellipse(p, x, 690, 62, 150, c)
		ellipse(p, x, 500, 44, 48, color.RGBA{168, 118, 84, 255})
	}
	return written(p)
}
