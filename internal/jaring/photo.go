package jaring

// PhotoKind is what a photo shows.
type PhotoKind string

// Kinds of photos that an agent takes.
const (
	PhotoKTP   PhotoKind = "ktp"   // the identity card
	PhotoStall PhotoKind = "stall" // the place of work
)

// PhotoKinds lists all kinds.
var PhotoKinds = []PhotoKind{PhotoKTP, PhotoStall}

// Bounds of photos. Own rule: phones are on slow lines, and one person needs few.
const (
	MaxPhoto  = 150_000 // bytes
	MaxPhotos = 6       // of a person
)

// NewPhoto judges a picture and gives it without what is not picture. One in which the
// camera's notes still stand is refused: whoever took it would not know what it tells.
// Errors: photo.too_large, photo.not_jpeg, photo.has_exif.
func NewPhoto(picture []byte) ([]byte, error) {
	clean, err := CleanJPEG(picture, MaxPhoto)
	if err != nil {
		return nil, err
	}
	if hasNotes(picture) {
		return nil, NewError(Invalid, "photo.has_exif")
	}
	return clean, nil
}

const jpegApp1 = 0xE1 // EXIF and XMP: where, when and by which phone

// hasNotes looks for the camera's notes in a picture that CleanJPEG could read.
func hasNotes(picture []byte) bool {
	for at := 2; at+4 <= len(picture); {
		switch mark := picture[at+1]; mark {
		case jpegMark:
			at++
		case jpegApp1:
			return true
		case jpegScan:
			return false
		default:
			at += 2 + int(picture[at+2])<<8 + int(picture[at+3])
		}
	}
	return false
}
