package app

import (
	"bytes"
	"encoding/base64"
	"encoding/json"

	"jaring/internal/jaring"
)

// CloseCursor makes an opaque text of a place in a list.
func CloseCursor(place any) string {
	text, _ := json.Marshal(place)
	return base64.RawURLEncoding.EncodeToString(text)
}

// OpenCursor reads what CloseCursor made; place stays as it is for none.
// Error: cursor.malformed.
func OpenCursor(text string, place any) error {
	if text == "" {
		return nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(raw, place)
	}
	if err != nil || bytes.Contains(raw, []byte(`\u0000`)) { // no database keeps a NUL in a text
		return BadCursor()
	}
	return nil
}

func BadCursor() error { return jaring.NewError(jaring.Invalid, "cursor.malformed").At("cursor") }
