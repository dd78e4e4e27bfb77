package core

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"jaring/internal/jaring"
)

// Folders of an exchange, seen from Jaring.
const (
	outDir     = "out"
	inDir      = "in"
	doneDir    = "done"
	damagedDir = "damaged"
)

const (
	enrolmentFile = "ENR"
	endingFile    = "END"
	answerFile    = "ACK"
	statementFile = "STM"

	perFile  = 10_000           // messages
	orphaned = 10 * time.Minute // no write takes that long
)

// Files is the port to a core that exchanges files in two folders:
//
//	out/ENR-YYYYMMDD-HHMMSS-NNN.jsonl  from us (UTC), taken away by the core
//	out/END-YYYYMMDD-HHMMSS-NNN.jsonl  covers that end earlier
//	in/ACK-*.jsonl                     answers
//	in/STM-YYYYMMDD.jsonl              the statement of a day
//
// Each file counts only with FILE.sha256 beside it. What was read goes to in/done,
// what is damaged to in/damaged with a sentence beside it. One Jaring at a time uses
// a folder.
type Files struct {
	dir  string
	opts FilesOptions
	mu   sync.Mutex
}

// FilesOptions may all be left out.
type FilesOptions struct {
	// Damaged hears of each damaged file (core.file_checksum, core.file_line,
	// core.file_too_large) and gives the sentence that is written beside it.
	Damaged func(why *jaring.Error) (said string)
	Now     func() time.Time
}

// NewFiles opens the exchange in folder and makes its parts. Error: core.folder.
func NewFiles(folder string, o FilesOptions) (*Files, error) {
	if o.Damaged == nil {
		o.Damaged = func(why *jaring.Error) string { return why.Error() }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if err := makeExchange(folder); err != nil {
		return nil, err
	}
	return &Files{dir: folder, opts: o}, nil
}

func makeExchange(folder string) error {
	for _, part := range []string{outDir, inDir, filepath.Join(inDir, doneDir), filepath.Join(inDir, damagedDir)} {
		if err := os.MkdirAll(filepath.Join(folder, part), dirPerm); err != nil {
			return folderError(err)
		}
	}
	return nil
}

// folderError is for a disk that fails: nothing was done, another try may do.
func folderError(cause error) error {
	return &jaring.Error{Code: jaring.Unavailable, Key: "core.folder", Err: cause}
}

// Send writes es to out, durably. A message that is sent again stands in two files;
// the core takes it once.
func (x *Files) Send(ctx context.Context, es []Enrolment) error {
	if err := checkAll(es); err != nil {
		return err
	}
	return dropAll(ctx, x, enrolmentFile, es, encodeEnrolment)
}

func dropAll[T any](ctx context.Context, x *Files, prefix string, es []T, encode func(T) ([]byte, error)) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	out := filepath.Join(x.dir, outDir)
	if err := sweep(out, prefix, x.opts.Now().Add(-orphaned)); err != nil {
		return folderError(err)
	}
	for len(es) > 0 {
		if err := ctx.Err(); err != nil {
			return unavailable(err)
		}
		n := min(perFile, len(es))
		if err := dropLines(out, prefix, x.opts.Now(), es[:n], encode); err != nil {
			return folderError(err)
		}
		es = es[n:]
	}
	return nil
}

// Answers gives the answers of one file. The cursor names the file that was given
// last, with its sum; only when it comes back is that file put away, so a crash
// before the caller has kept its answers loses none.
func (x *Files) Answers(ctx context.Context, cursor string) ([]Answer, string, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	in := filepath.Join(x.dir, inDir)
	if err := x.settle(in, cursor); err != nil {
		return nil, cursor, folderError(err)
	}
	waiting, err := arrivals(in, answerFile)
	if err != nil {
		return nil, cursor, folderError(err)
	}
	for _, name := range waiting {
		if err := ctx.Err(); err != nil {
			return nil, cursor, unavailable(err)
		}
		answers, d, err := readDropped(in, name, decodeAnswer)
		switch {
		case errors.Is(err, errNotReady):
		case err != nil:
			if err := x.damaged(in, name, err); err != nil {
				return nil, cursor, err
			}
		case len(answers) == 0:
			if _, err := putAway(in, name, doneDir); err != nil {
				return nil, cursor, folderError(err)
			}
		default:
			return answers, d.name + "@" + d.sum, nil
		}
	}
	return nil, cursor, nil
}

// settle puts the file of cursor away, if it is still there and still the same.
func (x *Files) settle(in, cursor string) error {
	name, sum, ok := strings.Cut(cursor, "@")
	if !ok || name != filepath.Base(name) || !strings.HasPrefix(name, answerFile+"-") {
		return nil
	}
	f, err := os.Open(filepath.Join(in, name))
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	hash := sha256.New()
	_, err = io.Copy(hash, io.LimitReader(f, maxFile+1))
	if err = errors.Join(err, f.Close()); err != nil || hex.EncodeToString(hash.Sum(nil)) != sum {
		return err
	}
	_, err = putAway(in, name, doneDir)
	return err
}

// damaged puts a file that cannot be read out of the way and says why, once. Failures
// of the disk go back to the caller, and the file stays.
func (x *Files) damaged(in, name string, cause error) error {
	var why *jaring.Error
	if !errors.As(cause, &why) {
		return folderError(cause)
	}
	path, err := putAway(in, name, damagedDir)
	if err != nil {
		return folderError(err)
	}
	if err := os.WriteFile(path+".txt", []byte(x.opts.Damaged(why)+"\n"), filePerm); err != nil {
		return folderError(err)
	}
	return nil
}

// Statement reads the statement of day, from in, or again from in/done.
func (x *Files) Statement(ctx context.Context, day jaring.Day) ([]StatementRow, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, unavailable(err)
	}
	in, name := filepath.Join(x.dir, inDir), statementName(day)
	rows, _, err := readDropped(in, name, decodeStatementRow)
	var why *jaring.Error
	switch {
	case err == nil:
		if _, err := putAway(in, name, doneDir); err != nil {
			return nil, folderError(err)
		}
	case errors.Is(err, errNotReady):
		done := filepath.Join(in, doneDir)
		if rows, _, err = readDropped(done, latest(done, name), decodeStatementRow); err != nil {
			return nil, statementMissing(day)
		}
	case errors.As(err, &why):
		if err := x.damaged(in, name, err); err != nil {
			return nil, err
		}
		return nil, why
	default:
		return nil, folderError(err)
	}
	sortRows(rows)
	return rows, nil
}

// latest is the last of the files that putAway has given the name in dir.
func latest(dir, name string) string {
	found := name
	for n := 2; ; n++ {
		next := numbered(name, n)
		if _, err := os.Lstat(filepath.Join(dir, next)); err != nil {
			return found
		}
		found = next
	}
}

func statementName(day jaring.Day) string {
	return statementFile + "-" + strings.ReplaceAll(day.String(), "-", "") + extension
}

func statementMissing(day jaring.Day) error {
	return jaring.NewError(jaring.NotFound, "core.statement_missing", "day", day)
}
