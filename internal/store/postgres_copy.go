package store

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// copyTypes remembers the types of a table's columns, by table: they are asked once and not for each COPY.
type copyTypes struct{ tables sync.Map }

// of gives the types of columns of a table, in their order.
func (t *copyTypes) of(ctx context.Context, c *pgx.Conn, table string, columns []string) ([]uint32, error) {
	found, known := t.tables.Load(table)
	if !known {
		d, err := c.PgConn().Prepare(ctx, "", "SELECT * FROM "+pgx.Identifier{table}.Sanitize()+" LIMIT 0", nil)
		if err != nil {
			return nil, err
		}
		types := map[string]uint32{}
		for _, f := range d.Fields {
			types[f.Name] = f.DataTypeOID
		}
		found, _ = t.tables.LoadOrStore(table, types)
	}
	types := make([]uint32, len(columns))
	for i, name := range columns {
		if types[i], known = found.(map[string]uint32)[name]; !known {
			return nil, fmt.Errorf("%s has no column %s", table, name)
		}
	}
	return types, nil
}

// copyRows is the binary form of rows as COPY reads it, made while it is read. What a list of people consists of is
// written here without a detour; the rest by pgx.
type copyRows struct {
	types []uint32
	next  func() ([]any, error)
	all   *pgtype.Map
	made  []byte // not read yet from at on
	at    int
	rows  int64
	ended bool
	err   error // of next, or of a value
}

// copyAhead is about how much is made before it is handed on, in bytes.
const copyAhead = 60_000

// copyHead stands before the first row: the signature, no flags, no extension.
const copyHead = "PGCOPY\n\377\r\n\000" + "\000\000\000\000" + "\000\000\000\000"

func newCopyRows(types []uint32, all *pgtype.Map, next func() ([]any, error)) *copyRows {
	return &copyRows{types: types, next: next, all: all, made: append(make([]byte, 0, copyAhead+4096), copyHead...)}
}

// Read is io.Reader.
func (r *copyRows) Read(p []byte) (int, error) {
	if r.at == len(r.made) {
		r.made, r.at = r.made[:0], 0
	}
	for r.err == nil && !r.ended && len(r.made) < copyAhead {
		r.err = r.row()
	}
	switch {
	case r.err != nil:
		return 0, r.err
	case r.at == len(r.made):
		return 0, io.EOF
	}
	n := copy(p, r.made[r.at:])
	r.at += n
	return n, nil
}

// row adds one row, or the end.
func (r *copyRows) row() error {
	values, err := r.next()
	if err != nil {
		return err
	}
	if values == nil {
		r.ended, r.made = true, append(r.made, 0xff, 0xff)
		return nil
	}
	if len(values) != len(r.types) {
		return fmt.Errorf("%d values for %d columns", len(values), len(r.types))
	}
	r.rows++
	r.made = binary.BigEndian.AppendUint16(r.made, uint16(len(values)))
	for i, v := range values {
		if r.made, err = r.value(r.made, r.types[i], v); err != nil {
			return err
		}
	}
	return nil
}

func (r *copyRows) value(to []byte, kind uint32, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return noValue(to), nil
	case string:
		switch kind {
		case pgtype.TextOID, pgtype.VarcharOID:
			return append(binary.BigEndian.AppendUint32(to, uint32(len(v))), v...), nil
		case pgtype.UUIDOID:
			if id, ok := uuidBytes(v); ok {
				return append(binary.BigEndian.AppendUint32(to, uint32(len(id))), id[:]...), nil
			}
		}
	case []byte:
		switch {
		case v == nil:
			return noValue(to), nil
		case kind == pgtype.ByteaOID:
			return append(binary.BigEndian.AppendUint32(to, uint32(len(v))), v...), nil
		}
	case int64:
		if kind == pgtype.Int8OID {
			return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(to, 8), uint64(v)), nil
		}
	}
	return r.other(to, kind, v)
}

func noValue(to []byte) []byte { return append(to, 0xff, 0xff, 0xff, 0xff) }

// other writes a value of a rarer kind.
func (r *copyRows) other(to []byte, kind uint32, v any) ([]byte, error) {
	at := len(to)
	out, err := r.all.Encode(kind, pgx.BinaryFormatCode, v, append(to, 0, 0, 0, 0))
	if err != nil {
		return to, err
	}
	if out == nil {
		return noValue(to), nil
	}
	binary.BigEndian.PutUint32(out[at:], uint32(len(out)-at-4))
	return out, nil
}

// uuidBytes reads the usual form of a UUID: 36 characters.
func uuidBytes(text string) (id [16]byte, ok bool) {
	if len(text) != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-' {
		return id, false
	}
	var digits [32]byte
	n := copy(digits[:], text[:8])
	n += copy(digits[n:], text[9:13])
	n += copy(digits[n:], text[14:18])
	n += copy(digits[n:], text[19:23])
	copy(digits[n:], text[24:])
	_, err := hex.Decode(id[:], digits[:])
	return id, err == nil
}
