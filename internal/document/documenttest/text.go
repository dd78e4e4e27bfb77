// Package documenttest reads PDF files back, for tests.
package documenttest

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"
)

var (
	pdfStream = regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`)
	pdfText   = regexp.MustCompile(`(?s)\(((?:\\.|[^\\)])*)\) Tj`)
	pdfEscape = strings.NewReplacer(`\\`, `\`, `\(`, `(`, `\)`, `)`, `\r`, "\r")
)

// Text is every line of text of a PDF that package document wrote, in the order in which it
// was written. It reads no other PDF.
func Text(t testing.TB, file []byte) []string {
	t.Helper()
	var lines []string
	for _, stream := range pdfStream.FindAllSubmatch(file, -1) {
		r, err := zlib.NewReader(bytes.NewReader(stream[1]))
		if err != nil {
			continue // not a page
		}
		page, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range pdfText.FindAllSubmatch(page, -1) {
			lines = append(lines, utf16Text(pdfEscape.Replace(string(text[1]))))
		}
	}
	if len(lines) == 0 {
		t.Error("the PDF says nothing")
	}
	return lines
}

func utf16Text(raw string) string {
	units := make([]uint16, 0, len(raw)/2)
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(units))
}
