package jaringtest

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
)

// JPEG is a small picture, another one for each n.
func JPEG(n int) []byte {
	picture := image.NewGray(image.Rect(0, 0, 16, 16))
	for i := range picture.Pix {
		picture.SetGray(i%16, i/16, color.Gray{Y: uint8(i*n + n)})
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, nil); err != nil {
		panic(err) // only where no memory can be had
	}
	return out.Bytes()
}

// WithSegment is a picture with one more segment at its beginning, such as a camera writes: mark
// 0xE1 holds EXIF.
func WithSegment(picture []byte, mark byte, text string) []byte {
	head := []byte{0xFF, mark, byte((len(text) + 2) >> 8), byte(len(text) + 2)}
	return bytes.Join([][]byte{picture[:2], head, []byte(text), picture[2:]}, nil)
}
