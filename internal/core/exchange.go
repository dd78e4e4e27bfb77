package core

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"jaring/internal/jaring"
)

// What both sides of a file exchange do: a file counts only when its sidecar
// FILE.sha256 stands beside it, and the sidecar is written last.

const (
	sidecar   = ".sha256"
	extension = ".jsonl"
	filePerm  = 0o640 // the transfer program reads through its group
	dirPerm   = 0o750
	maxOfName = 1000 // files of one second
)

// errNotReady: the file or its sidecar is not there (yet).
var errNotReady = errors.New("not ready")

// dropped is a file that has arrived whole.
type dropped struct {
	name string
	sum  string // SHA-256 in hex
}

// dropLines writes values to a new file dir/prefix-YYYYMMDD-HHMMSS-NNN.jsonl.
func dropLines[T any](dir, prefix string, at time.Time, values []T, encode func(T) ([]byte, error)) error {
	stem := prefix + "-" + at.UTC().Format("20060102-150405")
	for n := 1; n < maxOfName; n++ {
		err := dropNamed(dir, fmt.Sprintf("%s-%03d%s", stem, n, extension), values, encode)
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return fmt.Errorf("%s: %d files in one second", stem, maxOfName)
}

// dropNamed is dropLines under a given name. File and sidecar are written under hidden
// names, then the file gets its name, then the sidecar. A crash leaves a hidden name,
// by which sweep knows what nobody may read. Error: fs.ErrExist when name is taken.
func dropNamed[T any](dir, name string, values []T, encode func(T) ([]byte, error)) error {
	data, vouch := filepath.Join(dir, "."+name), filepath.Join(dir, "."+name+sidecar)
	if taken(dir, name) {
		return fs.ErrExist
	}
	hash := sha256.New()
	err := writeNew(data, func(w io.Writer) error { return writeLines(io.MultiWriter(w, hash), values, encode) })
	if errors.Is(err, fs.ErrExist) {
		return err // somebody else's, leave it
	}
	if err == nil {
		line := hex.EncodeToString(hash.Sum(nil)) + "  " + name + "\n" // as sha256sum writes it
		err = writeNew(vouch, func(w io.Writer) error { _, err := io.WriteString(w, line); return err })
	}
	if err == nil {
		err = os.Rename(data, filepath.Join(dir, name))
	}
	if err == nil {
		err = os.Rename(vouch, filepath.Join(dir, name+sidecar))
	}
	if err != nil {
		return errors.Join(err, sweepOne(dir, "."+name))
	}
	return syncDir(dir)
}

// writeNew makes the file at path durable, and refuses to touch one that is there.
func writeNew(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, filePerm)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Sync(), f.Close())
}

// syncDir makes the names in dir durable.
func syncDir(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// sweep removes what a crash left of our own writing in dir before the moment before:
// nobody reads it, and it may hold NIK.
func sweep(dir, prefix string, before time.Time) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !strings.HasPrefix(e.Name(), "."+prefix+"-") || info.ModTime().After(before) {
			continue
		}
		if err := sweepOne(dir, strings.TrimSuffix(e.Name(), sidecar)); err != nil {
			return err
		}
	}
	return nil
}

// sweepOne removes a hidden file with its hidden sidecar. Where the sidecar is still
// hidden, the file may have got its name already, but nobody vouches for it.
func sweepOne(dir, hidden string) error {
	paths := []string{filepath.Join(dir, hidden), filepath.Join(dir, hidden+sidecar)}
	if _, err := os.Lstat(paths[1]); err == nil {
		paths = slices.Insert(paths, 0, filepath.Join(dir, strings.TrimPrefix(hidden, ".")))
	}
	for _, path := range paths {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// taken reports whether name stands in dir or was moved to its done.
func taken(dir, name string) bool {
	for _, place := range []string{dir, filepath.Join(dir, doneDir)} {
		if _, err := os.Lstat(filepath.Join(place, name)); err == nil {
			return true
		}
	}
	return false
}

// arrivals are the names in dir that begin with prefix and have a sidecar, oldest name
// first. Links and folders are none of ours.
func arrivals(dir, prefix string) ([]string, error) {
	entries, err := os.ReadDir(dir) // sorted by name
	if err != nil {
		return nil, err
	}
	present := map[string]bool{}
	for _, e := range entries {
		present[e.Name()] = e.Type().IsRegular()
	}
	var names []string
	for _, e := range entries {
		name := e.Name()
		if present[name] && present[name+sidecar] && strings.HasPrefix(name, prefix+"-") && strings.HasSuffix(name, extension) {
			names = append(names, name)
		}
	}
	return names, nil
}

// readDropped reads the file whole after its sidecar has vouched for it. Errors:
// errNotReady; core.file_checksum, core.file_too_large, core.file_line for a damaged
// file; others when the disk fails.
func readDropped[T any](dir, name string, decode decoder[T]) ([]T, dropped, error) {
	d := dropped{name: name}
	want, err := vouched(filepath.Join(dir, name+sidecar))
	if err != nil {
		return nil, d, notReady(err)
	}
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return nil, d, notReady(err)
	}
	defer f.Close()
	hash := sha256.New()
	n, err := io.Copy(hash, io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, d, err
	}
	if n > maxFile {
		return nil, d, jaring.NewError(jaring.Invalid, "core.file_too_large", "name", name, "max", maxFile>>20)
	}
	d.sum = hex.EncodeToString(hash.Sum(nil))
	if !strings.EqualFold(want, d.sum) {
		return nil, d, jaring.NewError(jaring.Invalid, "core.file_checksum", "name", name)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, d, err
	}
	values, err := readLines(io.LimitReader(f, n), decode)
	var fault *lineFault
	if errors.As(err, &fault) {
		return nil, d, jaring.NewError(jaring.Invalid, "core.file_line", "name", name, "n", fault.line, "field", fault.field)
	}
	return values, d, err
}

// vouched is the sum that the sidecar at path states.
func vouched(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var line [2 * sha256.Size]byte
	n, err := io.ReadFull(f, line[:])
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return string(line[:n]), err
}

func notReady(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return errNotReady
	}
	return err
}

// putAway moves a file and its sidecar from dir to the folder to in it. When another
// file of that name lies there, it gets a number: nothing is overwritten.
func putAway(dir, name, to string) (string, error) {
	target := filepath.Join(dir, to)
	if err := os.MkdirAll(target, dirPerm); err != nil {
		return "", err
	}
	free := name
	for n := 2; ; n++ {
		if _, err := os.Lstat(filepath.Join(target, free)); errors.Is(err, fs.ErrNotExist) {
			break
		}
		free = numbered(name, n)
	}
	if err := os.Rename(filepath.Join(dir, name), filepath.Join(target, free)); err != nil {
		return "", err
	}
	err := os.Rename(filepath.Join(dir, name+sidecar), filepath.Join(target, free+sidecar))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return filepath.Join(target, free), err
}

func numbered(name string, n int) string {
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, extension), n, extension)
}
