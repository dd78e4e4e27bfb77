package backup_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jaring/internal/backup"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

var noon = time.Date(2026, time.November, 21, 5, 0, 0, 0, time.UTC)

func now() time.Time { return noon }

func anyKey(string) bool { return true }

// fill puts n rows into every table, each value of a kind that is hard on one engine or the other. Row i has the
// same id in all its columns, so every reference leads somewhere; an office lies under one that comes later.
func fill(t testing.TB, db *store.DB, n int) {
	t.Helper()
	err := db.Bulk(t.Context(), func(tx *store.Tx) error {
		tables, err := tx.Tables()
		if err != nil {
			return err
		}
		return tx.Filling(tables, func() error {
			for _, table := range tables {
				if err := fillTable(tx, table, n); err != nil {
					return fmt.Errorf("%s: %w", table.Name, err)
				}
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func fillTable(tx *store.Tx, table store.Table, n int) error {
	i := 0
	_, err := tx.FillTable(table, func() ([]any, error) {
		if i == n {
			return nil, nil
		}
		row := make([]any, len(table.Columns))
		for c, column := range table.Columns {
			row[c] = value(column, i, n)
		}
		i++
		return row, nil
	})
	return err
}

func value(c store.Column, i, n int) any {
	switch {
	case c.Name == "parent_id":
		return id(n - 1 - i)
	case c.Name == "person_key" && i == 0, c.Name == "prev_hash" && i == 0:
		return nil
	case strings.HasSuffix(c.Name, "key_id"):
		return []string{"data-1", "data-2", ""}[min(i, 2)]
	}
	switch c.Kind {
	case "uuid":
		return id(i)
	case "bigint":
		return []int64{-1 << 63, 1<<63 - 1, 0}[i%3] ^ int64(i/3)
	case "smallint":
		return int64(i % 2)
	case "bytea":
		if i < 3 {
			return [][]byte{{}, {0, 255}, []byte("'")}[i]
		}
		return slices.Concat([]byte{0xfe}, sliceOf(id(i)))
	}
	return []string{"", "Ny. “Siti” \t\\N\n'", "12345678901234567890"}[i%3] + strings.Repeat(strconv.Itoa(i), min(i/3, 1))
}

func id(i int) store.UUID {
	return store.UUID{1, 0x98, 0xb1, 0xc2, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, byte(i >> 8), byte(i)}
}

func sliceOf(u store.UUID) []byte { return u[:] }

func write(t testing.TB, db *store.DB) (path string, h *backup.Header) {
	t.Helper()
	path = filepath.Join(jaringtest.Folder(t), "jaring.backup")
	h, err := backup.Write(t.Context(), db, path, false, now)
	if err != nil {
		t.Fatal(err)
	}
	return path, h
}

func restore(ctx context.Context, path, url string, has func(string) bool) error {
	f, err := backup.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Restore(ctx, url, has)
}

func restored(t testing.TB, path, url string) *store.DB {
	t.Helper()
	if err := restore(t.Context(), path, url, anyKey); err != nil {
		t.Fatal(err)
	}
	return jaringtest.Open(t, url)
}

// refused asks for one of the keys.
func refused(t *testing.T, what string, err error, keys ...string) {
	t.Helper()
	var e *jaring.Error
	if !errors.As(err, &e) || !slices.Contains(keys, e.Key) {
		t.Errorf("%s: %v, want %v", what, err, keys)
	}
}

// alone asks that only these files are in a folder.
func alone(t *testing.T, dir string, names ...string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var is []string
	for _, f := range files {
		is = append(is, f.Name())
	}
	if !slices.Equal(is, names) {
		t.Errorf("%s holds %v, want %v", dir, is, names)
	}
}
