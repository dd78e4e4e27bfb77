package backup

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// TempPrefix begins the names of files and folders that are under way.
const TempPrefix = ".jaring-backup-"

// Write writes all of a database into a file while others read and write it. The file, which only its owner can read,
// has its name once it is whole and on the disk. Errors: backup.exists unless over, backup.no_room,
// backup.unwritable, and those of the store.
func Write(ctx context.Context, db *store.DB, path string, over bool, now func() time.Time) (h *Header, err error) {
	if err := free(path, over); err != nil {
		return nil, err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), TempPrefix+"*")
	if err != nil {
		return nil, unwritable(path, err)
	}
	defer func() {
		if err != nil {
			os.Remove(temp.Name())
		}
	}()
	defer temp.Close()
	err = db.Snapshot(ctx, func(tx *store.Tx) error { // perhaps more than once
		h = &Header{Format: format, At: now().UTC().Truncate(time.Millisecond), Engine: string(db.Dialect())}
		return unwritable(path, (&writer{ctx: ctx, tx: tx, f: temp, Header: h}).write())
	})
	if err != nil {
		return nil, err
	}
	return h, settle(temp, path, over)
}

// settle gives the file its name.
func settle(temp *os.File, path string, over bool) error {
	if err := errors.Join(temp.Sync(), temp.Close()); err != nil {
		return unwritable(path, err)
	}
	if err := free(path, over); err != nil { // it took its time
		return err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return unwritable(path, err)
	}
	return unwritable(path, syncFolder(filepath.Dir(path)))
}

func free(path string, over bool) error {
	if _, err := os.Lstat(path); err == nil && !over {
		return jaring.NewError(jaring.Conflict, "backup.exists", "path", path)
	}
	return nil
}

// unwritable tells in words what the disk said. Within a snapshot it must: what a disk says looks like a broken
// connection to whoever repeats transactions.
func unwritable(path string, err error) error {
	var said *os.PathError
	var link *os.LinkError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return jaring.NewError(jaring.Unavailable, "backup.no_room", "path", filepath.Dir(path))
	case errors.As(err, &said), errors.As(err, &link):
		return jaring.NewError(jaring.Invalid, "backup.unwritable", "path", path)
	}
	return err
}

// writer writes one backup.
type writer struct {
	*Header
	ctx  context.Context
	tx   *store.Tx
	f    *os.File
	keys map[string]bool
	out  *bufio.Writer
	row  []byte
}

func (w *writer) write() error {
	if err := w.begin(); err != nil {
		return err
	}
	room, err := w.room()
	if err != nil {
		return err
	}
	if err := errors.Join(w.f.Truncate(0), second(w.f.Seek(0, io.SeekStart)), reserve(w.f, room)); err != nil {
		return err
	}
	sum := &summed{to: w.f, hash: sha256.New()}
	packed, err := gzip.NewWriterLevel(sum, gzip.BestSpeed)
	if err != nil {
		return err
	}
	w.out = bufio.NewWriterSize(packed, 1<<16)
	for i := range w.Tables {
		if err := w.table(&w.Tables[i]); err != nil {
			return err
		}
	}
	if err := errors.Join(w.out.Flush(), packed.Close()); err != nil {
		return err
	}
	w.Bytes, w.SHA256, w.Keys = sum.n, hex.EncodeToString(sum.hash.Sum(nil)), w.keyIDs()
	return w.put(w.f, room)
}

func second[T any](_ T, err error) error { return err }

// begin reads what the header says before any row.
func (w *writer) begin() (err error) {
	if w.Schema, err = w.tx.SchemaVersions(); err != nil {
		return err
	}
	tables, err := w.tx.Tables()
	if err != nil {
		return err
	}
	for _, t := range tables {
		w.Tables = append(w.Tables, Table{Table: t})
	}
	kind, err := w.tx.Setting(app.SettingDemo)
	if err != nil {
		return err
	}
	digest, err := w.tx.Setting(app.SettingDigest)
	if err != nil {
		return err
	}
	inUse, err := w.tx.Setting(app.SettingInUse)
	w.Demo, w.keys = kind == app.DemoYes, map[string]bool{}
	for _, id := range append(strings.Fields(inUse), digest) {
		w.keys[id] = true
	}
	return err
}

func (w *writer) table(t *Table) error {
	var d digest
	named := keyColumns(t.Table)
	err := w.tx.EachRowOf(t.Table, func(values []any) (err error) {
		if d.rows&0xff == 0 && w.ctx.Err() != nil {
			return w.ctx.Err()
		}
		for _, i := range named {
			if id, ok := values[i].(string); ok {
				w.keys[id] = true
			}
		}
		if w.row, err = appendRow(w.row[:0], values); err != nil {
			return err
		}
		d.add(w.row)
		return w.frame(w.row)
	})
	if err != nil {
		return err
	}
	t.Rows, t.Digest = d.rows, d.String()
	w.Rows += d.rows
	return w.frame(nil)
}

// frame writes one row, or for nil the end of a table.
func (w *writer) frame(row []byte) error {
	var size [binary.MaxVarintLen64]byte
	if _, err := w.out.Write(size[:binary.PutUvarint(size[:], uint64(len(row)))]); err != nil {
		return err
	}
	_, err := w.out.Write(row)
	return err
}

// keyColumns are the columns that name the key of what stands beside them.
func keyColumns(t store.Table) (at []int) {
	for i, c := range t.Columns {
		if c.Name == "key_id" || strings.HasSuffix(c.Name, "_key_id") {
			at = append(at, i)
		}
	}
	return at
}

func (w *writer) keyIDs() (ids []string) {
	for id := range w.keys {
		if id != "" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// summed sums what is written.
type summed struct {
	to   io.Writer
	hash hash.Hash
	n    int64
}

func (s *summed) Write(p []byte) (int, error) {
	n, err := s.to.Write(p)
	s.hash.Write(p[:n])
	s.n += int64(n)
	return n, err
}
