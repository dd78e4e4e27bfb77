package jaring

import "bytes"

// Markers of JPEG (ITU-T T.81, table B.1).
const (
	jpegMark    = 0xFF
	jpegStart   = 0xD8
	jpegEnd     = 0xD9
	jpegScan    = 0xDA
	jpegApp0    = 0xE0 // how dense the picture is
	jpegApp15   = 0xEF
	jpegAdobe   = 0xEE // how its colours are written
	jpegComment = 0xFE
)

// CleanJPEG gives a picture without what a camera writes beside it: where and when it was
// taken, by which phone, a smaller copy. max is the most it may have, in bytes.
// Errors: photo.too_large, photo.not_jpeg.
func CleanJPEG(picture []byte, max int) ([]byte, error) {
	if len(picture) > max {
		return nil, NewError(Invalid, "photo.too_large", "max", max/1000)
	}
	bad := NewError(Invalid, "photo.not_jpeg")
	if len(picture) < 4 || picture[0] != jpegMark || picture[1] != jpegStart {
		return nil, bad
	}
	out := append(make([]byte, 0, len(picture)), picture[:2]...)
	for at := 2; ; {
		if at+4 > len(picture) || picture[at] != jpegMark {
			return nil, bad
		}
		mark := picture[at+1]
		if mark == jpegMark { // filling
			at++
			continue
		}
		end := at + 2 + int(picture[at+2])<<8 + int(picture[at+3])
		if mark < 0xC0 || mark == jpegStart || mark == jpegEnd || end < at+4 || end > len(picture) {
			return nil, bad
		}
		if mark == jpegScan { // the picture itself, and maybe a film behind it
			last := bytes.Index(picture[end:], []byte{jpegMark, jpegEnd})
			if last < 0 {
				return nil, bad
			}
			return append(out, picture[at:end+last+2]...), nil
		}
		if keepsPicture(mark) {
			out = append(out, picture[at:end]...)
		}
		at = end
	}
}

// keepsPicture tells a segment that the picture needs from one that tells about it.
func keepsPicture(mark byte) bool {
	if mark == jpegApp0 || mark == jpegAdobe {
		return true
	}
	return mark != jpegComment && (mark < jpegApp0 || mark > jpegApp15)
}
