package area

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The table, before compression: the line "jaring areas 1", the number of areas
// and of the bytes of all names (uvarint each), per area the distance of its
// ten-digit key from the one before (uvarint), then the names, each with a
// newline. Keys and names stand apart because like compresses well with like.
const tableHead = "jaring areas 1\n"

// Encode writes areas in the form of the embedded table. They have to come in
// the order of their codes, each after the area around it.
func Encode(areas []Area) ([]byte, error) {
	var keys, names []byte
	last := key(0)
	seen := map[key]bool{}
	for _, a := range areas {
		k, ok := keyOf(a.Code)
		switch {
		case !ok:
			return nil, fmt.Errorf("code %q has not the official form", a.Code)
		case k <= last:
			return nil, fmt.Errorf("code %s is out of order", a.Code)
		case a.Name == "" || strings.TrimSpace(a.Name) != a.Name || strings.Contains(a.Name, "\n"):
			return nil, fmt.Errorf("code %s has an unusable name %q", a.Code, a.Name)
		case k.level() != Province && !seen[k.parent()]:
			return nil, fmt.Errorf("code %s stands without the area around it", a.Code)
		}
		keys = binary.AppendUvarint(keys, uint64(k-last))
		names = append(append(names, a.Name...), '\n')
		last, seen[k] = k, k.level() != Village
	}
	plain := []byte(tableHead)
	plain = binary.AppendUvarint(plain, uint64(len(areas)))
	plain = binary.AppendUvarint(plain, uint64(len(names)))
	plain = append(append(plain, keys...), names...)
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

var errTable = errors.New("not a table of areas")

func decode(packed []byte) (*Tree, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	var plain bytes.Buffer
	plain.Grow(2 << 20)
	if _, err := io.Copy(&plain, z); err != nil {
		return nil, err
	}
	rest, ok := bytes.CutPrefix(plain.Bytes(), []byte(tableHead))
	if !ok {
		return nil, errTable
	}
	count, rest := uvarint(rest)
	size, rest := uvarint(rest)
	if count > uint64(len(rest)) || size > uint64(len(rest)) {
		return nil, errTable
	}
	t := &Tree{keys: make([]key, count), levels: make([]Level, count), starts: make([]uint32, 1, count+1)}
	last := key(0)
	for i := range t.keys {
		var d uint64
		d, rest = uvarint(rest)
		last += key(d)
		t.keys[i], t.levels[i] = last, last.level()
		t.counts[t.levels[i]]++
	}
	if uint64(len(rest)) != size {
		return nil, errTable
	}
	t.names = string(rest)
	for i := range len(t.names) {
		if t.names[i] == '\n' {
			t.starts = append(t.starts, uint32(i+1))
		}
	}
	if len(t.starts) != len(t.keys)+1 {
		return nil, errTable
	}
	return t, nil
}

func uvarint(b []byte) (uint64, []byte) {
	v, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, nil
	}
	return v, b[n:]
}
