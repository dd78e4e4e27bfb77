package outreach

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	_ "image/png" // pictures that people send
	"math/bits"

	"jaring/internal/jaring"
)

// qualities are tried one after the other until a picture is light enough.
var qualities = []int{84, 76, 66, 54, 42}

// redraw draws a picture anew, as JPEG, no larger than a screen and without anything that was written beside it.
// How large it says it is is asked before a point of it is read: a small file can be a huge picture.
// Errors: media.too_large, media.too_wide, media.broken.
func redraw(file []byte) ([]byte, error) {
	if len(file) > jaring.MaxPictureSent {
		return nil, jaring.NewError(jaring.Invalid, "media.too_large", "max", jaring.MaxPictureSent>>20)
	}
	head, _, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || head.Width <= 0 || head.Height <= 0 {
		return nil, jaring.NewError(jaring.Invalid, "media.broken")
	}
	if over, n := bits.Mul64(uint64(head.Width), uint64(head.Height)); over > 0 || n > jaring.MaxPicturePixels {
		return nil, jaring.NewError(jaring.Invalid, "media.too_wide", "max", jaring.MaxPicturePixels/1_000_000)
	}
	picture, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, jaring.NewError(jaring.Invalid, "media.broken")
	}
	flat := fit(picture, jaring.PictureWidth, jaring.PictureHeight)
	for _, quality := range qualities {
		var out bytes.Buffer
		if err := jpeg.Encode(&out, flat, &jpeg.Options{Quality: quality}); err != nil {
			return nil, err
		}
		if out.Len() <= jaring.MaxPictureKept || quality == qualities[len(qualities)-1] {
			return out.Bytes(), nil
		}
	}
	return nil, nil
}

// fit draws a picture on white within a width and a height, each point the mean of those that it stands for.
func fit(from image.Image, width, height int) *image.RGBA {
	size := from.Bounds().Size()
	w, h := size.X, size.Y
	if w > width {
		w, h = width, max(1, size.Y*width/size.X)
	}
	if h > height {
		w, h = max(1, size.X*height/size.Y), height
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	line := image.NewRGBA(image.Rect(0, 0, size.X, 1))
	sums := make([]uint32, 3*w)
	for y := range h {
		clear(sums)
		top, end := y*size.Y/h, max((y+1)*size.Y/h, y*size.Y/h+1)
		for at := top; at < end; at++ {
			draw.Draw(line, line.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
			draw.Draw(line, line.Bounds(), from, from.Bounds().Min.Add(image.Pt(0, at)), draw.Over)
			addLine(sums, line.Pix, size.X, w)
		}
		for x := range w {
			n := uint32(max((x+1)*size.X/w-x*size.X/w, 1) * (end - top))
			out.SetRGBA(x, y, color.RGBA{uint8(sums[3*x] / n), uint8(sums[3*x+1] / n), uint8(sums[3*x+2] / n), 255})
		}
	}
	return out
}

// addLine adds the points of a line to the w points that stand for them.
func addLine(sums []uint32, pix []uint8, from, w int) {
	for x := range w {
		for at := x * from / w; at < max((x+1)*from/w, x*from/w+1); at++ {
			sums[3*x] += uint32(pix[4*at])
			sums[3*x+1] += uint32(pix[4*at+1])
			sums[3*x+2] += uint32(pix[4*at+2])
		}
	}
}
