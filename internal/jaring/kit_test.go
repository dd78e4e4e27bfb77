package jaring

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"strings"
	"testing"
)

func TestNewKit(t *testing.T) {
	kept, err := NewKit(Jacket, someOffice, []string{" J-1 ", "J-2"})
	if err != nil || !slices.Equal(kept, []string{"J-1", "J-2"}) {
		t.Errorf("%q %v", kept, err)
	}
	_, err = NewKit("hat", "x", []string{"", "J-1", "J-1", strings.Repeat("x", 41)})
	want := []string{"kind kit.kind_unknown", "office_id office.not_found", "serials/0 field.required", "serials/2 kit.serial_twice", "serials/3 field.too_long"}
	if got := keysOf(err); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for _, serials := range [][]string{nil, make([]string, 501)} {
		if _, err := NewKit(Jacket, someOffice, serials); KeyOf(err) != "number.range" {
			t.Error(err)
		}
	}
}

func TestKitReturn(t *testing.T) {
	for _, c := range []struct {
		was, to KitState
		want    string
	}{
		{KitIsHanded, KitInStore, ""}, {KitIsHanded, KitIsLost, ""}, {KitIsHanded, KitIsWornOut, ""}, {KitIsLost, KitInStore, ""},
		{KitInStore, KitIsLost, "kit.not_handed_out"}, {KitIsWornOut, KitInStore, "kit.not_handed_out"}, {KitIsHanded, KitIsHanded, "kit.state_unknown"}, {KitIsHanded, "", "kit.state_unknown"},
	} {
		if got := KeyOf(c.was.Return(c.to)); got != c.want {
			t.Errorf("%s to %s: %q, want %q", c.was, c.to, got, c.want)
		}
	}
	if KeyOf(KitState("x").Known()) != "kit.state_unknown" || KitState("").Known() != nil {
		t.Error("states that a list is asked for")
	}
}

func TestNewTerritory(t *testing.T) {
	known := func(code string) bool { return code == "15.71.04.1002" }
	if err := NewTerritory([]string{"15.71.04.1002"}, []PlaceID{PlaceID(someOffice)}, known); err != nil {
		t.Error(err)
	}
	err := NewTerritory([]string{"15.71.04.1002", "15"}, []PlaceID{"x"}, known)
	if got := keysOf(err); !slices.Equal(got, []string{"villages/1 village.unknown", "places/0 id.malformed"}) {
		t.Errorf("%q", got)
	}
	if KeyOf(NewTerritory(make([]string, 201), nil, known)) != "number.range" || KeyOf(NewTerritory(nil, make([]PlaceID, 201), known)) != "number.range" {
		t.Error("a territory without end")
	}
}

// photo is a picture with what a camera writes beside it.
func photo(t testing.TB) (plain, spoken []byte) {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 24, 24))
	m.Set(5, 5, color.RGBA{200, 30, 30, 255})
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	plain = b.Bytes()
	exif := append([]byte{0xFF, 0xE1, 0, 20}, []byte("Exif\x00\x00GPS 1.61 S  ")...)
	comment := append([]byte{0xFF, 0xFE, 0, 10}, []byte("HP Rahma")...)
	spoken = slices.Concat(plain[:2], exif, comment, plain[2:], []byte("and a film behind it"))
	return plain, spoken
}

func TestCleanJPEG(t *testing.T) {
	plain, spoken := photo(t)
	clean, err := CleanJPEG(spoken, 60_000)
	if err != nil || !bytes.Equal(clean, plain) {
		t.Errorf("%d bytes of %d, want %d: %v", len(clean), len(spoken), len(plain), err)
	}
	if _, err := jpeg.Decode(bytes.NewReader(clean)); err != nil {
		t.Error(err)
	}
	if _, err := CleanJPEG(spoken, 100); KeyOf(err) != "photo.too_large" {
		t.Error(err)
	}
	for n := range plain { // cut anywhere it is no picture
		if _, err := CleanJPEG(plain[:n], 60_000); KeyOf(err) != "photo.not_jpeg" {
			t.Fatalf("%d bytes: %v", n, err)
		}
	}
	for _, bad := range []string{"GIF89a", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff\xe1\x00\x00\xff\xd9", "\xff\xd8\xff\xd9"} {
		if _, err := CleanJPEG([]byte(bad), 60_000); KeyOf(err) != "photo.not_jpeg" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// FuzzCleanJPEG: what comes out is clean: doing it again changes nothing.
func FuzzCleanJPEG(f *testing.F) {
	plain, spoken := photo(f)
	f.Add(plain)
	f.Add(spoken)
	f.Add([]byte("\xff\xd8\xff\xff\xe1\x00\x02\xff\xda\x00\x02\xff\xd9"))
	f.Fuzz(func(t *testing.T, picture []byte) {
		clean, err := CleanJPEG(picture, 1<<20)
		if err != nil {
			return
		}
		again, err := CleanJPEG(clean, 1<<20)
		if err != nil || !bytes.Equal(again, clean) || len(clean) > len(picture) {
			t.Errorf("%x becomes %x, then %x: %v", picture, clean, again, err)
		}
	})
}
