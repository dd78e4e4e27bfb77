package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// Rows are written as pgx writes them, in whatever pieces they are read.
func TestCopyRowsAreThoseOfPgx(t *testing.T) {
	types := []uint32{pgtype.UUIDOID, pgtype.TextOID, pgtype.ByteaOID, pgtype.Int8OID, pgtype.Int2OID, pgtype.TextOID, pgtype.ByteaOID, pgtype.UUIDOID}
	row := []any{"0190a3b4-c5d6-7e8f-9a0b-1c2d3e4f5061", "Siti “Aminah”", []byte{0, 1, 255}, int64(-7), int64(3), "", []byte(nil), nil}
	all, left := pgtype.NewMap(), 3000
	want := []byte(copyHead)
	for range left {
		want = binary.BigEndian.AppendUint16(want, uint16(len(row)))
		for i, v := range row {
			if id, ok := v.(string); ok && types[i] == pgtype.UUIDOID {
				var known pgtype.UUID
				if err := known.Scan(id); err != nil {
					t.Fatal(err)
				}
				v = known
			}
			text, err := all.Encode(types[i], pgx.BinaryFormatCode, v, nil)
			if err != nil {
				t.Fatal(err)
			}
			if b, ok := v.([]byte); v == nil || ok && b == nil {
				want = append(want, 0xff, 0xff, 0xff, 0xff)
				continue
			}
			want = append(binary.BigEndian.AppendUint32(want, uint32(len(text))), text...)
		}
	}
	want = append(want, 0xff, 0xff)
	in := newCopyRows(types, all, func() ([]any, error) {
		if left == 0 {
			return nil, nil
		}
		left--
		return row, nil
	})
	got, err := io.ReadAll(iotest.HalfReader(in))
	if err != nil || !bytes.Equal(got, want) || in.rows != 3000 {
		t.Fatalf("%d bytes of %d rows, want %d: %v", len(got), in.rows, len(want), err)
	}
}

// What is no value of its column, and what next says, ends the copy with an error.
func TestCopyRowsEndWithAnError(t *testing.T) {
	broken := errors.New("broken")
	for name, next := range map[string]func() ([]any, error){
		"no uuid":    func() ([]any, error) { return []any{"not one"}, nil },
		"too many":   func() ([]any, error) { return []any{"a", "b"}, nil },
		"the source": func() ([]any, error) { return nil, broken },
	} {
		in := newCopyRows([]uint32{pgtype.UUIDOID}, pgtype.NewMap(), next)
		if _, err := io.ReadAll(in); err == nil || in.err == nil {
			t.Errorf("%s: %v, %v", name, err, in.err)
		}
	}
}
