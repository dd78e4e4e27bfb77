package backup

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// format is the version of the file's form.
const format = 1

// Header says what is in a backup.
type Header struct {
	Format int       `json:"format"`
	Schema []int64   `json:"schema"` // migrations that were done
	At     time.Time `json:"at"`     // the moment whose state it holds
	Engine string    `json:"engine"` // it was made of
	Demo   bool      `json:"demo"`
	Keys   []string  `json:"keys"` // ids without which it cannot be read
	Rows   int64     `json:"rows"`
	Bytes  int64     `json:"bytes"`  // of what stands behind the header
	SHA256 string    `json:"sha256"` // likewise
	Tables []Table   `json:"tables"`
}

// Table is a table in a backup.
type Table struct {
	store.Table
	Rows   int64  `json:"rows"`
	Digest string `json:"digest"` // the sum of the SHA-256 of its rows
}

// The first line has a fixed length, and is unfinished while the sum in it is all zeros.
const (
	magic     = "jaring-backup "
	firstLine = "%s%06d %s %010d\n"
	firstSize = len(magic) + 6 + 1 + 2*sha256.Size + 1 + 10 + 1
	keysRoom  = 8192 // for the ids of keys, which are known at the end
	maxHeader = 16 << 20
)

var unfinished = strings.Repeat("0", 2*sha256.Size)

// room is how long the second line may become.
func (h *Header) room() (int, error) {
	wide := *h
	wide.Rows, wide.Bytes, wide.SHA256, wide.Tables = -1<<63, -1<<63, unfinished, slices.Clone(h.Tables)
	for i := range wide.Tables {
		wide.Tables[i].Rows, wide.Tables[i].Digest = -1<<63, unfinished
	}
	text, err := json.Marshal(wide)
	return len(text) + keysRoom, err
}

// reserve writes what will become the header once everything is known.
func reserve(w io.Writer, room int) error {
	_, err := fmt.Fprintf(w, firstLine+"%s\n", magic, format, unfinished, room+1, strings.Repeat(" ", room))
	return err
}

// put writes the header into its room.
func (h *Header) put(f io.WriterAt, room int) error {
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if len(text) > room {
		return fmt.Errorf("the header of a backup has no room for %d keys", len(h.Keys))
	}
	line := append(append(text, bytes.Repeat([]byte(" "), room-len(text))...), '\n')
	sum := sha256.Sum256(line)
	_, err = f.WriteAt(fmt.Appendf(nil, firstLine+"%s", magic, format, hex.EncodeToString(sum[:]), len(line), line), 0)
	return err
}

// File is a backup that was opened to be restored. Its header is whole; what stands behind it is judged by Check.
type File struct {
	Header
	f     *os.File
	path  string
	begin int64 // of what stands behind the header
}

// Close closes the file.
func (f *File) Close() error { return f.f.Close() }

// Open reads the header of a backup. Errors: backup.missing, backup.foreign, backup.newer, backup.cut_off,
// backup.damaged.
func Open(path string) (*File, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, jaring.NewError(jaring.NotFound, "backup.missing", "path", path)
	}
	f := &File{f: in, path: path}
	if err := f.readHeader(); err != nil {
		in.Close()
		return nil, err
	}
	return f, nil
}

// wrong is an error about the file as a whole.
func (f *File) wrong(key string) error { return jaring.NewError(jaring.Invalid, key, "path", f.path) }

func (f *File) readHeader() error {
	info, err := f.f.Stat()
	if err != nil {
		return err
	}
	first := make([]byte, firstSize)
	n, err := io.ReadFull(f.f, first)
	switch {
	case err != nil && n < len(magic)+6, string(first[:len(magic)]) != magic:
		return f.wrong("backup.foreign")
	case newer(first):
		return f.wrong("backup.newer")
	case err != nil:
		return f.wrong("backup.cut_off")
	}
	sum, length, ok := parseFirst(first)
	switch {
	case !ok:
		return f.wrong("backup.damaged")
	case sum == unfinished, info.Size() < int64(firstSize)+length:
		return f.wrong("backup.cut_off")
	}
	line := make([]byte, length)
	if _, err := io.ReadFull(f.f, line); err != nil {
		return err
	}
	if is := sha256.Sum256(line); hex.EncodeToString(is[:]) != sum || json.Unmarshal(line, &f.Header) != nil {
		return f.wrong("backup.damaged")
	}
	f.begin = int64(firstSize) + length
	return f.fits(info.Size())
}

// newer tells a file whose form this program does not know yet.
func newer(first []byte) bool {
	v, err := strconv.Atoi(string(first[len(magic) : len(magic)+6]))
	return err == nil && v > format
}

func parseFirst(first []byte) (sum string, length int64, ok bool) {
	part := strings.Split(strings.TrimSuffix(string(first), "\n"), " ")
	if len(part) != 4 || first[len(first)-1] != '\n' || part[1] != fmt.Sprintf("%06d", format) {
		return "", 0, false
	}
	length, err := strconv.ParseInt(part[3], 10, 64)
	return part[2], length, err == nil && length > 0 && length <= maxHeader
}

// fits judges what the header says beside the file and this program.
func (f *File) fits(size int64) error {
	known := store.KnownVersions()
	switch {
	case slices.ContainsFunc(f.Schema, func(v int64) bool { return !slices.Contains(known, v) }):
		return f.wrong("backup.newer")
	case size < f.begin+f.Bytes:
		return f.wrong("backup.cut_off")
	case size > f.begin+f.Bytes:
		return f.wrong("backup.damaged")
	}
	return nil
}

// LackingKeys are the keys that the backup needs and has tells are not at hand.
func (h *Header) LackingKeys(has func(id string) bool) (ids []string) {
	for _, id := range h.Keys {
		if !has(id) {
			ids = append(ids, id)
		}
	}
	return ids
}
