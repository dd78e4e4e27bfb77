package backup

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Restore fills an empty database from the backup and brings its schema up to date. All rows come in one transaction,
// which ends with reading them back; a SQLite file that was made for it is removed again when something is wrong.
// has tells which keys are at hand. Errors: backup.keys_missing, backup.damaged, backup.not_empty, backup.differs,
// backup.no_room.
func (f *File) Restore(ctx context.Context, url string, has func(keyID string) bool) (err error) {
	if ids := f.LackingKeys(has); len(ids) > 0 {
		return jaring.NewError(jaring.Forbidden, "backup.keys_missing", "ids", strings.Join(ids, ", "))
	}
	if err := f.Check(ctx); err != nil {
		return err
	}
	undo := undoes(url)
	db, err := store.OpenAt(ctx, url, f.Schema)
	if err == nil {
		err = errors.Join(db.Bulk(ctx, func(tx *store.Tx) error { return f.fill(ctx, tx) }), db.Close())
	}
	if err == nil {
		db, err = store.Open(ctx, url) // what is newer than the backup
	}
	if err == nil {
		return db.Close()
	}
	undo()
	return f.inWords(url, err)
}

// inWords names what an operator can do something about.
func (f *File) inWords(url string, err error) error {
	var e *jaring.Error
	switch {
	case store.IsFull(err):
		place := "PostgreSQL"
		if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
			place = filepath.Dir(path)
		}
		return jaring.NewError(jaring.Unavailable, "backup.no_room", "path", place)
	case errors.As(err, &e) && e.Key == "store.not_fresh":
		return jaring.NewError(jaring.Conflict, "backup.not_empty")
	}
	return err
}

// undoes gives what removes a SQLite database that is not there yet.
func undoes(url string) func() {
	path, ok := strings.CutPrefix(url, "sqlite:")
	if _, err := os.Stat(path); !ok || !errors.Is(err, os.ErrNotExist) {
		return func() {}
	}
	return func() {
		for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
			os.Remove(path + suffix)
		}
	}
}

// Check reads the whole file and compares it with its sum. Errors: backup.cut_off, backup.damaged.
func (f *File) Check(ctx context.Context) error {
	hash := sha256.New()
	n, err := io.Copy(hash, &reading{ctx, io.NewSectionReader(f.f, f.begin, f.Bytes)})
	switch {
	case err != nil:
		return err
	case n < f.Bytes:
		return f.wrong("backup.cut_off")
	case hex.EncodeToString(hash.Sum(nil)) != f.SHA256:
		return f.wrong("backup.damaged")
	}
	return nil
}

// reading ends with its context.
type reading struct {
	ctx context.Context
	in  io.Reader
}

func (r *reading) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.in.Read(p)
}

// fill puts all rows into their tables and reads them back.
func (f *File) fill(ctx context.Context, tx *store.Tx) error {
	empty, err := tx.IsEmpty()
	if err != nil {
		return err
	}
	if !empty {
		return jaring.NewError(jaring.Conflict, "backup.not_empty")
	}
	tables := make([]store.Table, len(f.Tables))
	for i, t := range f.Tables {
		tables[i] = t.Table
	}
	lacked, err := tx.LackedTable(tables)
	if err != nil {
		return err
	}
	if lacked != "" {
		return differs(lacked)
	}
	packed, err := gzip.NewReader(bufio.NewReaderSize(&reading{ctx, io.NewSectionReader(f.f, f.begin, f.Bytes)}, 1<<16))
	if err != nil {
		return f.wrong("backup.damaged")
	}
	in := bufio.NewReaderSize(packed, 1<<16)
	err = tx.Filling(tables, func() error {
		for _, t := range f.Tables {
			if err := f.fillTable(ctx, tx, in, t); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return f.readBack(ctx, tx)
}

// differs tells that a table is not what the header says of it.
func differs(table string) error {
	return jaring.NewError(jaring.Invalid, "backup.differs", "table", table)
}

// fillTable fills one table.
func (f *File) fillTable(ctx context.Context, tx *store.Tx, in *bufio.Reader, t Table) error {
	var buf []byte
	values := make([]any, len(t.Columns))
	n, err := tx.FillTable(t.Table, func() ([]any, error) {
		row, err := readRow(in, buf)
		if err == nil && row == nil {
			return nil, nil
		}
		if err == nil {
			buf, err = row, parseRow(row, values)
		}
		if err != nil && ctx.Err() == nil {
			err = f.wrong("backup.damaged")
		}
		return values, err
	})
	if err == nil && n != t.Rows {
		err = differs(t.Name)
	}
	return err
}

// readBack compares what stands in the database now with the header.
func (f *File) readBack(ctx context.Context, tx *store.Tx) error {
	var buf []byte
	for _, t := range f.Tables {
		var d digest
		err := tx.EachRowOf(t.Table, func(values []any) (err error) {
			if d.rows&0xff == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			if buf, err = appendRow(buf[:0], values); err == nil {
				d.add(buf)
			}
			return err
		})
		if err != nil {
			return err
		}
		if d.rows != t.Rows || d.String() != t.Digest {
			return differs(t.Name)
		}
	}
	kind, err := tx.Setting(app.SettingDemo)
	if err == nil && (kind == app.DemoYes) != f.Demo {
		err = f.wrong("backup.damaged")
	}
	return err
}
