package backup

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

func keyOf(err error) string {
	var e *jaring.Error
	if errors.As(err, &e) {
		return e.Key
	}
	return ""
}

// small is a whole backup of a database with a few rows, as bytes, and where its body begins.
func small(t *testing.T) (whole []byte, begin int) {
	t.Helper()
	db := jaringtest.SQLite(t)
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		return errors.Join(tx.SetSetting("demo", "1"), tx.SetSetting("keys.digest", "digest-1"), tx.SetSetting("keys.in_use", "index-1 data-1"))
	})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(jaringtest.Folder(t), "small.backup")
	if _, err := Write(t.Context(), db, path, false, time.Now); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if want := []string{"data-1", "digest-1", "index-1"}; !slices.Equal(f.Keys, want) || !f.Demo {
		t.Errorf("%v, demo %v", f.Keys, f.Demo)
	}
	whole, err = os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return whole, int(f.begin)
}

// tryAt restores bytes into url.
func tryAt(t *testing.T, bytes []byte, url string) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tried.backup")
	if err := os.WriteFile(path, bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Restore(t.Context(), url, func(string) bool { return true })
}

func TestRestore_SaysWhatIsWrongWithAFileAndMakesNothing(t *testing.T) {
	whole, begin := small(t)
	url := jaringtest.SQLiteURL(t)
	refused := func(what string, bytes []byte, keys ...string) {
		t.Helper()
		if err := tryAt(t, bytes, url); !slices.Contains(keys, keyOf(err)) {
			t.Errorf("%s: %v, want %v", what, err, keys)
		}
		if _, err := os.Stat(strings.TrimPrefix(url, "sqlite:")); err == nil {
			t.Fatalf("%s: a database was made", what)
		}
	}
	for _, n := range []int{0, 5} {
		refused("cut off before it says what it is", whole[:n], "backup.foreign")
	}
	for _, n := range []int{len(magic) + 6, firstSize - 1, firstSize, begin / 2, begin, begin + 1, (begin + len(whole)) / 2, len(whole) - 1} {
		refused("cut off", whole[:n], "backup.cut_off")
	}
	for at := 0; at < len(whole); at += 1 + len(whole)/97 {
		bad := slices.Clone(whole)
		bad[at] ^= 1 << (at % 8)
		refused("a bit flipped", bad, "backup.foreign", "backup.newer", "backup.damaged", "backup.cut_off")
	}
	for _, at := range []int{begin, (begin + len(whole)) / 2, len(whole) - 1} {
		bad := slices.Clone(whole)
		bad[at] ^= 0x10
		refused("a bit of the rows flipped", bad, "backup.damaged")
	}
	refused("something behind it", append(slices.Clone(whole), 'x'), "backup.damaged")
	refused("an SQLite database", append([]byte("SQLite format 3\x00"), make([]byte, 4096)...), "backup.foreign")
	refused("the next form", []byte(strings.Replace(string(whole), magic+"000001", magic+"000002", 1)), "backup.newer")
	refused("as it was while it was written", slices.Concat(unfinishedHead(t, begin), whole[begin:]), "backup.cut_off")
	if err := tryAt(t, whole, url); err != nil {
		t.Error("the whole one:", err)
	}
}

func unfinishedHead(t *testing.T, begin int) []byte {
	t.Helper()
	var b strings.Builder
	if err := reserve(&b, begin-firstSize-1); err != nil {
		t.Fatal(err)
	}
	return []byte(b.String())
}

// A file whose sums are right and whose header says something else than its rows.
func TestRestore_OfAFileThatContradictsItselfIsUndone(t *testing.T) {
	whole, begin := small(t)
	lie := func(change func(h *Header) (body []byte)) []byte {
		path := filepath.Join(t.TempDir(), "lie.backup")
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		body := whole[begin:]
		if other := change(&f.Header); other != nil {
			sum := sha256.Sum256(other)
			body, f.Bytes, f.SHA256 = other, int64(len(other)), hex.EncodeToString(sum[:])
		}
		out, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer out.Close()
		if err := errors.Join(f.put(out, begin-firstSize-1), out.Truncate(int64(begin)), second(out.Seek(int64(begin), io.SeekStart)), second(out.Write(body))); err != nil {
			t.Fatal(err)
		}
		return second2(os.ReadFile(path))
	}
	setting := func(h *Header) *Table {
		return &h.Tables[slices.IndexFunc(h.Tables, func(t Table) bool { return t.Name == "setting" })]
	}
	lies := map[string]func(h *Header) []byte{
		"backup.differs rows":    func(h *Header) []byte { setting(h).Rows++; return nil },
		"backup.differs digest":  func(h *Header) []byte { setting(h).Digest = unfinished; return nil },
		"backup.differs columns": func(h *Header) []byte { setting(h).Columns[0].Name = "name; DROP TABLE worker"; return nil },
		"backup.differs name":    func(h *Header) []byte { setting(h).Name = "sqlite_schema"; return nil },
		"backup.damaged demo":    func(h *Header) []byte { h.Demo = false; return nil },
		"backup.damaged gzip":    func(*Header) []byte { return []byte("no gzip") },
		"backup.damaged short":   func(*Header) []byte { return packed(t, nil) },
		"backup.damaged row":     func(*Header) []byte { return packed(t, []byte{1, 99}) },
		"backup.newer":           func(h *Header) []byte { h.Schema = append(h.Schema, 99999); return nil },
	}
	for name, change := range lies {
		bad, want := lie(change), strings.Fields(name)[0]
		url := jaringtest.SQLiteURL(t)
		if err := tryAt(t, bad, url); keyOf(err) != want {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(strings.TrimPrefix(url, "sqlite:")); err == nil {
			t.Errorf("%s: a database was left", name)
		}
	}
	url := jaringtest.PostgresURL(t)
	for _, name := range []string{"backup.differs digest", "backup.damaged row"} {
		if err := tryAt(t, lie(lies[name]), url); keyOf(err) != strings.Fields(name)[0] {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := tryAt(t, whole, url); err != nil {
		t.Error("rows were left:", err)
	}
}

func packed(t *testing.T, rows []byte) []byte {
	t.Helper()
	var b strings.Builder
	w := gzip.NewWriter(&b)
	if err := errors.Join(second(w.Write(rows)), w.Close()); err != nil {
		t.Fatal(err)
	}
	return []byte(b.String())
}

func second2(b []byte, _ error) []byte { return b }

func TestWrite_AFullDiskIsSaidInWords(t *testing.T) {
	err := unwritable("/mnt/x", &os.PathError{Op: "write", Path: "/mnt/.x", Err: syscall.ENOSPC})
	if keyOf(err) != "backup.no_room" {
		t.Error(err)
	}
}

func TestRow_IsReadAsItWasWritten(t *testing.T) {
	kinds := rapid.OneOf(rapid.Just[any](nil), rapid.Map(rapid.Int64(), func(v int64) any { return v }), rapid.Map(rapid.String(), func(v string) any { return v }),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(v []byte) any { return append([]byte{}, v...) }),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 16, 16), func(v []byte) any { return store.UUID(v) }))
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(kinds, 1, 8).Draw(t, "values")
		row, err := appendRow(nil, values)
		if err != nil {
			t.Fatal(err)
		}
		got := make([]any, len(values))
		if err := parseRow(row, got); err != nil {
			t.Fatal(err)
		}
		again, _ := appendRow(nil, got)
		if string(again) != string(row) {
			t.Fatalf("%v became %v", values, got)
		}
		_ = parseRow(rapid.SliceOf(rapid.Byte()).Draw(t, "noise"), got) // says so, and does not panic
	})
}
