package backup_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/backup"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// Every column of every table, from SQLite into PostgreSQL and back, to the last byte.
func TestBackup_GoesFromEitherEngineIntoEither(t *testing.T) {
	lite := jaringtest.SQLite(t)
	fill(t, lite, 4)
	first, a := write(t, lite)
	pg := restored(t, first, jaringtest.PostgresURL(t))
	second, b := write(t, pg)
	_, c := write(t, restored(t, second, jaringtest.SQLiteURL(t)))
	if a.Engine != "sqlite" || b.Engine != "postgres" || a.Rows < 400 || len(a.Tables) < 100 {
		t.Errorf("%d rows of %d tables, made of %s and %s", a.Rows, len(a.Tables), a.Engine, b.Engine)
	}
	if d := cmp.Diff(a.Tables, b.Tables); d != "" {
		t.Errorf("SQLite and PostgreSQL:\n%s", d)
	}
	if d := cmp.Diff(b.Tables, c.Tables); d != "" {
		t.Errorf("PostgreSQL and SQLite:\n%s", d)
	}
	if d := cmp.Diff([]string{"data-1", "data-2"}, a.Keys); d != "" {
		t.Errorf("keys:\n%s", d)
	}
	info, err := os.Stat(first)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	alone(t, filepath.Dir(first), "jaring.backup")
}

// probing does something each time it is asked whether it is over: in the middle of a backup, between its tables.
type probing struct {
	context.Context
	f func()
}

func (p probing) Err() error { p.f(); return nil }

func TestBackup_IsOneStateWhileOthersWrite(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		fill(t, db, 3)
		n := 0
		both := func() { // a row in a table that is read early and in one that is read late
			n++
			err := db.Write(t.Context(), func(tx *store.Tx) error {
				if err := tx.SetSetting("n."+strconv.Itoa(n), "1"); err != nil {
					return err
				}
				return tx.AddRoot(store.MerkleRoot{Hour: int64(n) * 3600, Root: []byte{1}, KeyID: "k", Signature: []byte{1}})
			})
			if err != nil {
				t.Error(err)
			}
		}
		both()
		path := filepath.Join(jaringtest.Folder(t), "jaring.backup")
		h, err := backup.Write(probing{t.Context(), both}, db, path, false, now)
		if err != nil || n < 10 {
			t.Fatal(err, n)
		}
		rows := map[string]int64{}
		for _, table := range h.Tables {
			rows[table.Name] = table.Rows
		}
		if rows["setting"] != rows["merkle_root"] || rows["setting"] > 8 || rows["office"] != 3 {
			t.Errorf("%d and %d rows while %d were written", rows["setting"], rows["merkle_root"], n)
		}
		restored(t, path, jaringtest.SQLiteURL(t))
	})
}

func TestBackup_OfAnOlderSchemaIsBroughtUpToDate(t *testing.T) {
	known := store.KnownVersions()
	old, err := store.OpenAt(t.Context(), jaringtest.SQLiteURL(t), known[:len(known)-1])
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	fill(t, old, 3)
	path, h := write(t, old)
	if len(h.Schema) != len(known)-1 {
		t.Fatal(h.Schema)
	}
	jaringtest.URLs(t, func(t *testing.T, url string) {
		_, again := write(t, restored(t, path, url))
		if d := cmp.Diff(known, again.Schema); d != "" || again.Rows < h.Rows {
			t.Errorf("%d rows of %d, schema:\n%s", again.Rows, h.Rows, d)
		}
	})
	full := jaringtest.SQLiteURL(t)
	jaringtest.Open(t, full)
	refused(t, "a database that is ahead", restore(t.Context(), path, full, anyKey), "backup.not_empty")
}

func TestRestore_TouchesOnlyAnEmptyDatabase(t *testing.T) {
	lite := jaringtest.SQLite(t)
	fill(t, lite, 2)
	path, _ := write(t, lite)
	jaringtest.URLs(t, func(t *testing.T, url string) {
		db := jaringtest.Open(t, url) // all tables, no row
		if err := restore(t.Context(), path, url, anyKey); err != nil {
			t.Fatal("into tables without rows:", err)
		}
		_, before := write(t, db)
		refused(t, "a second time", restore(t.Context(), path, url, anyKey), "backup.not_empty")
		if _, after := write(t, db); after.Rows != before.Rows {
			t.Error("changed by a restore that was refused")
		}
	})
	url := jaringtest.PostgresURL(t)
	jaringtest.PostgresExec(t, url, `CREATE TABLE others (n bigint PRIMARY KEY)`)
	refused(t, "somebody else's database", restore(t.Context(), path, url, anyKey), "backup.not_empty")
}

func TestRestore_AsksForTheKeysBeforeItWrites(t *testing.T) {
	lite := jaringtest.SQLite(t)
	fill(t, lite, 2)
	path, _ := write(t, lite)
	url := jaringtest.SQLiteURL(t)
	err := restore(t.Context(), path, url, func(id string) bool { return id == "data-1" })
	refused(t, "without a key", err, "backup.keys_missing")
	alone(t, filepath.Dir(strings.TrimPrefix(url, "sqlite:")))
}

// A write or a restore that is stopped at any place leaves nothing.
func TestBackup_StoppedInTheMiddleLeavesNothing(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		fill(t, db, 3)
		ctx, cancel := context.WithCancel(t.Context())
		left := 40
		stops := probing{ctx, func() {
			if left--; left == 0 {
				cancel()
			}
		}}
		dir := jaringtest.Folder(t)
		if _, err := backup.Write(stopping{stops, ctx}, db, filepath.Join(dir, "jaring.backup"), false, now); err == nil {
			t.Error("written")
		}
		alone(t, dir)
	})
	lite := jaringtest.SQLite(t)
	fill(t, lite, 3)
	path, _ := write(t, lite)
	jaringtest.URLs(t, func(t *testing.T, url string) {
		for _, asks := range []int{6, 60} { // before and behind the rows
			ctx, cancel := context.WithCancel(t.Context())
			stops := probing{ctx, func() {
				if asks--; asks == 0 {
					cancel()
				}
			}}
			if err := restore(stopping{stops, ctx}, path, url, anyKey); err == nil {
				t.Fatal("restored")
			}
		}
		restored(t, path, url) // the place is empty still
	})
}

// stopping asks the probe and then tells the truth.
type stopping struct {
	probing
	truth context.Context
}

func (s stopping) Err() error { s.f(); return s.truth.Err() }

func TestWrite_NeverOverAFileThatIsThere(t *testing.T) {
	db := jaringtest.SQLite(t)
	path, _ := write(t, db)
	_, err := backup.Write(t.Context(), db, path, false, now)
	refused(t, "a file that is there", err, "backup.exists")
	later, err := backup.Write(t.Context(), db, path, true, func() time.Time { return noon.Add(time.Hour) })
	if err != nil || !later.At.After(noon) {
		t.Error(err)
	}
	for _, place := range []string{filepath.Join(path, "below"), filepath.Join(filepath.Dir(path), "none", "x"), filepath.Dir(path)} {
		_, err = backup.Write(t.Context(), db, place, true, now)
		refused(t, place, err, "backup.unwritable")
	}
	alone(t, filepath.Dir(path), "jaring.backup")
}

func TestKeep_TheNewestAndNothingElse(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{backup.NameAt(noon), backup.NameAt(noon.AddDate(0, 0, 1)), backup.NameAt(noon.AddDate(0, 1, 0)), "mine.backup", "jaring-2026.backup"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	stale := filepath.Join(dir, backup.TempPrefix+"1")
	if err := os.MkdirAll(filepath.Join(stale, "deep"), 0o700); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := backup.Keep(dir, 2); err != nil {
			t.Fatal(err)
		}
	}
	if err := backup.Sweep(dir, time.Now()); err != nil {
		t.Fatal(err)
	}
	alone(t, dir, backup.TempPrefix+"1", "jaring-2026.backup", backup.NameAt(noon.AddDate(0, 0, 1)), backup.NameAt(noon.AddDate(0, 1, 0)), "mine.backup")
	if err := backup.Sweep(dir, time.Now().AddDate(0, 0, 2)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(stale); err == nil {
		t.Error("what was left under way stays for ever")
	}
}
