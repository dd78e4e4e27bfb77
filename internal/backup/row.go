package backup

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/bits"

	"jaring/internal/store"
)

// What stands before each value.
const (
	tagNull  byte = iota
	tagInt        // zigzag varint
	tagText       // length and bytes
	tagBytes      // likewise
	tagUUID       // 16 bytes
)

// appendRow writes the values of a row.
func appendRow(to []byte, values []any) ([]byte, error) {
	for _, v := range values {
		switch v := v.(type) {
		case nil:
			to = append(to, tagNull)
		case int64:
			to = binary.AppendVarint(append(to, tagInt), v)
		case string:
			to = append(binary.AppendUvarint(append(to, tagText), uint64(len(v))), v...)
		case []byte:
			to = append(binary.AppendUvarint(append(to, tagBytes), uint64(len(v))), v...)
		case store.UUID:
			to = append(append(to, tagUUID), v[:]...)
		default:
			return nil, fmt.Errorf("a value of type %T", v)
		}
	}
	return to, nil
}

var errRow = errors.New("a row that is none")

// parseRow reads n values. They keep nothing of row.
func parseRow(row []byte, values []any) error {
	for i := range values {
		if len(row) == 0 {
			return errRow
		}
		tag := row[0]
		row = row[1:]
		switch tag {
		case tagNull:
			values[i] = nil
		case tagInt:
			v, n := binary.Varint(row)
			if n <= 0 {
				return errRow
			}
			values[i], row = v, row[n:]
		case tagText, tagBytes:
			size, n := binary.Uvarint(row)
			if n <= 0 || size > uint64(len(row)-n) {
				return errRow
			}
			part := row[n : n+int(size)]
			if values[i] = string(part); tag == tagBytes {
				values[i] = append([]byte{}, part...)
			}
			row = row[n+int(size):]
		case tagUUID:
			if len(row) < 16 {
				return errRow
			}
			values[i], row = store.UUID(row[:16]), row[16:]
		default:
			return errRow
		}
	}
	if len(row) > 0 {
		return errRow
	}
	return nil
}

// maxRow is more than any row holds: a photo or a part of a film is far below.
const maxRow = 1 << 30

// readRow reads the next row into buf, which grows as needed; nil at the end of a table.
func readRow(in *bufio.Reader, buf []byte) ([]byte, error) {
	size, err := binary.ReadUvarint(in)
	if err != nil || size == 0 {
		return nil, err
	}
	if size > maxRow {
		return nil, errRow
	}
	if uint64(cap(buf)) < size {
		buf = make([]byte, size)
	}
	_, err = io.ReadFull(in, buf[:size])
	return buf[:size], err
}

// digest is the sum of the SHA-256 of rows, as a number of 256 bits: in whatever order they come, it is the same.
type digest struct {
	sum  [4]uint64 // the lowest first
	rows int64
}

func (d *digest) add(row []byte) {
	one := sha256.Sum256(row)
	carry := uint64(0)
	for i := range d.sum {
		d.sum[i], carry = bits.Add64(d.sum[i], binary.BigEndian.Uint64(one[24-8*i:]), carry)
	}
	d.rows++
}

func (d *digest) String() string {
	var out []byte
	for i := range d.sum {
		out = binary.BigEndian.AppendUint64(out, d.sum[3-i])
	}
	return hex.EncodeToString(out)
}
