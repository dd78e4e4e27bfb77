package core

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
)

// The most bytes of one line and of one file that is read.
const (
	maxLine = 64 << 10
	maxFile = 512 << 20
)

// lineFault says where a text of JSON lines cannot be read, and never what stands there.
type lineFault struct {
	line  int // from 1
	field string
}

func (f *lineFault) Error() string { return "line " + strconv.Itoa(f.line) + ": " + f.field }

// readLines reads one value from each line of r; empty lines are passed over. The
// error is a *lineFault, or r's own.
func readLines[T any](r io.Reader, decode decoder[T]) ([]T, error) {
	var values []T
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 4096), maxLine)
	n := 0
	for lines.Scan() {
		n++
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		v, fault := decode(line)
		if fault != "" {
			return nil, &lineFault{n, fault}
		}
		values = append(values, v)
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, &lineFault{n + 1, "line_length"}
	} else if err != nil {
		return nil, err
	}
	return values, nil
}

// writeLines writes one line for each of values.
func writeLines[T any](w io.Writer, values []T, encode func(T) ([]byte, error)) error {
	buffered := bufio.NewWriter(w)
	for _, v := range values {
		raw, err := encode(v)
		if err != nil {
			return err
		}
		_, _ = buffered.Write(append(raw, '\n')) // Flush tells
	}
	return buffered.Flush()
}
