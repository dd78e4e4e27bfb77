package jaring_test

import (
	"bytes"
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

func TestNewPhoto_RefusesTheCamerasNotes(t *testing.T) {
	plain := jaringtest.JPEG(1)
	for name, c := range map[string]struct {
		picture []byte
		key     string
	}{
		"a picture":            {plain, ""},
		"EXIF":                 {jaringtest.WithSegment(plain, 0xE1, "Exif\x00\x00…"), "photo.has_exif"},
		"XMP":                  {jaringtest.WithSegment(plain, 0xE1, "http://ns.adobe.com/xap/1.0/\x00"), "photo.has_exif"},
		"EXIF behind another":  {jaringtest.WithSegment(jaringtest.WithSegment(plain, 0xE1, "Exif"), 0xE0, "JFIF"), "photo.has_exif"},
		"colours":              {jaringtest.WithSegment(plain, 0xE2, "ICC_PROFILE"), ""},
		"a film behind it":     {append(bytes.Clone(plain), "ftyp"...), ""},
		"nothing":              {nil, "photo.not_jpeg"},
		"another kind of file": {[]byte("%PDF-1.7 …"), "photo.not_jpeg"},
		"half of it":           {plain[:len(plain)/2], "photo.not_jpeg"},
		"only its beginning":   {plain[:2], "photo.not_jpeg"},
		"too much":             {append(bytes.Clone(plain), make([]byte, jaring.MaxPhoto)...), "photo.too_large"},
	} {
		clean, err := jaring.NewPhoto(c.picture)
		if jaring.KeyOf(err) != c.key || err == nil && !bytes.Equal(clean, plain) {
			t.Errorf("%s: %v, %d bytes of %d", name, err, len(clean), len(plain))
		}
	}
}

// Whatever comes is refused or has no notes in it.
func FuzzNewPhoto(f *testing.F) {
	plain := jaringtest.JPEG(1)
	f.Add(plain)
	f.Add(jaringtest.WithSegment(plain, 0xE1, "Exif"))
	f.Add(jaringtest.WithSegment(plain, 0xFE, "ulasan"))
	f.Add([]byte{0xFF, 0xD8, 0xFF, 0xFF, 0xFF, 0xD9})
	f.Fuzz(func(t *testing.T, picture []byte) {
		clean, err := jaring.NewPhoto(picture)
		if err != nil {
			if jaring.CodeOf(err) != jaring.Invalid {
				t.Errorf("broke: %v", err)
			}
			return
		}
		if again, err := jaring.NewPhoto(clean); err != nil || !bytes.Equal(again, clean) || len(clean) > len(picture) {
			t.Errorf("what was kept is not kept again: %v", err)
		}
	})
}
