package payment

import (
	"image"
	"image/color"
)

// quietModules is the white border around a code: four modules, as the standard asks.
const quietModules = 4

// framed is a picture with a white border.
type framed struct {
	image.Image
	border int
}

// Bounds are those of the picture and its border.
func (f framed) Bounds() image.Rectangle {
	b := f.Image.Bounds()
	return image.Rect(0, 0, b.Dx()+2*f.border, b.Dy()+2*f.border)
}

// At is white in the border.
func (f framed) At(x, y int) color.Color {
	p := image.Pt(x-f.border, y-f.border).Add(f.Image.Bounds().Min)
	if !p.In(f.Image.Bounds()) {
		return color.Gray16{0xFFFF}
	}
	return f.Image.At(p.X, p.Y)
}

// ColorModel is grey.
func (f framed) ColorModel() color.Model { return color.Gray16Model }
