package jaring

import (
	"encoding/binary"
	"testing"
)

// Whatever a file is, judging it ends and reads nothing beyond it; a whole film is one that is not cut anywhere.
func FuzzJudgeMP4(f *testing.F) {
	box := func(name string, n int) []byte {
		return append(append(binary.BigEndian.AppendUint32(nil, uint32(8+n)), name...), make([]byte, n)...)
	}
	long := append(append([]byte{0, 0, 0, 1}, "mdat"...), 0, 0, 0, 0, 0, 0, 0, 18, 1, 2)
	whole := append(append(box("ftyp", 4), box("moov", 9)...), long...)
	f.Add(whole)
	f.Add(append(whole, box("free", 0)...))
	f.Add([]byte("\x00\x00\x00\x01mdat\xff\xff\xff\xff\xff\xff\xff\xff"))
	f.Add([]byte("\x00\x00\x00\x00ftyp"))
	f.Fuzz(func(t *testing.T, file []byte) {
		kind, err := KindOfMedia(file)
		if err == nil && kind == "" {
			t.Error("no kind")
		}
		if JudgeMP4(file) == nil && kind != MediaIsFilm && string(file[4:8]) == "ftyp" {
			t.Errorf("%s, %v", kind, err)
		}
	})
	if err := JudgeMP4(whole); err != nil {
		f.Error(err)
	}
	for n := range len(whole) - 1 {
		if JudgeMP4(whole[:n]) == nil {
			f.Errorf("the first %d of %d bytes are a whole film", n, len(whole))
		}
	}
}
