package outside

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
)

// Journal is what a simulator remembers beyond its own end: one JSON value a line, written before anybody hears of it.
type Journal struct{ f *os.File }

// OpenJournal opens the journal at path, made when there is none, and gives its lines so far. A last line that a crash
// cut off was never answered for, and is cut away.
func OpenJournal(path string) (j *Journal, lines []byte, err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, nil, err
	}
	raw, err := io.ReadAll(f)
	if err == nil {
		lines = raw[:bytes.LastIndexByte(raw, '\n')+1]
		err = f.Truncate(int64(len(lines)))
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekEnd)
	}
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return &Journal{f}, lines, nil
}

// Write adds a line. A nil journal forgets.
func (j *Journal) Write(v any) error {
	if j == nil {
		return nil
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = j.f.Write(append(raw, '\n'))
	return err
}

// Close ends the writing.
func (j *Journal) Close() error {
	if j == nil {
		return nil
	}
	return j.f.Close()
}
