package jaring

import (
	"bytes"
	"encoding/binary"
)

// MediaID is a UUIDv7.
type MediaID string

// MediaKind tells a picture from a film.
type MediaKind string

// Kinds of media of a hall.
const (
	MediaIsPicture MediaKind = "picture" // JPEG, drawn anew by us
	MediaIsFilm    MediaKind = "film"    // MP4, as it came
)

// Bounds of media. What a loop carries has to fit through the network of a hall once, and then on one screen.
const (
	MaxPictureSent   = 12 << 20   // bytes of a picture as it is sent
	MaxPicturePixels = 40_000_000 // as it is sent
	MaxPictureKept   = 600_000    // bytes of a picture as it is kept
	PictureWidth     = 1920       // pixels of the screen; a larger picture is made smaller
	PictureHeight    = 1080
	MaxFilm          = 30 << 20 // bytes
	MaxMediaSent     = MaxFilm
	MaxHallMedia     = MaxSlides
	MaxHallBytes     = 150 << 20 // of all media of one hall
)

// KindOfMedia tells by its first bytes what a file is, whatever it is called. Errors: field.required, media.kind_unknown.
func KindOfMedia(file []byte) (MediaKind, error) {
	switch {
	case len(file) == 0:
		return "", NewError(Invalid, "field.required")
	case bytes.HasPrefix(file, []byte{jpegMark, jpegStart, jpegMark}), bytes.HasPrefix(file, []byte("\x89PNG\r\n\x1a\n")):
		return MediaIsPicture, nil
	case len(file) > 8 && string(file[4:8]) == "ftyp":
		return MediaIsFilm, nil
	}
	return "", NewError(Invalid, "media.kind_unknown")
}

// JudgeMP4 tells whether a file is a whole MP4 (ISO/IEC 14496-12): boxes one after the other up to its end, among
// them the list of what is shown and what is shown. A part of a file is refused. Errors: media.too_large, media.broken.
func JudgeMP4(file []byte) error {
	if len(file) > MaxFilm {
		return NewError(Invalid, "media.too_large", "max", MaxFilm>>20)
	}
	broken := NewError(Invalid, "media.broken")
	seen := map[string]bool{}
	for at := 0; at < len(file); {
		rest := file[at:]
		if len(rest) < 8 {
			return broken
		}
		size, head := uint64(binary.BigEndian.Uint32(rest)), uint64(8)
		switch size {
		case 0: // up to the end
			size = uint64(len(rest))
		case 1: // its length stands behind the name
			if len(rest) < 16 {
				return broken
			}
			size, head = binary.BigEndian.Uint64(rest[8:]), 16
		}
		if size < head || size > uint64(len(rest)) {
			return broken
		}
		seen[string(rest[4:8])] = true
		at += int(size)
	}
	if !seen["ftyp"] || !seen["moov"] || !seen["mdat"] {
		return broken
	}
	return nil
}
