package sponsor

import (
	"container/list"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"sync"

	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// pieceSize is how much of a file one row keeps.
const pieceSize = 1 << 20

// spool is a file on its way in: piece by piece it is sealed and laid aside on disk, so that a large list needs no more
// memory than a small one. Nothing of it is readable there.
type spool struct {
	file  *os.File
	sizes []int // of the sealed pieces
	size  int64 // of the file
	sum   []byte
}

// spoolFile reads a file to its end. Errors: sheet.empty, sheet.too_large (args max), those of reading.
func spoolFile(key vault.PersonKey, in io.Reader, id string, version int64) (s *spool, err error) {
	s = &spool{}
	if s.file, err = os.CreateTemp("", "jaring-list-*"); err != nil {
		return nil, err
	}
	if err = s.fill(key, in, id, version); err == nil && s.size == 0 {
		err = jaring.NewError(jaring.Invalid, "sheet.empty")
	}
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

func (s *spool) fill(key vault.PersonKey, in io.Reader, id string, version int64) error {
	sum, part := sha256.New(), make([]byte, pieceSize)
	for {
		n, err := fillPart(in, part)
		if n > 0 {
			if s.size += int64(n); s.size > MaxRosterFile {
				return jaring.NewError(jaring.Invalid, "sheet.too_large", "max", MaxRosterFile>>20)
			}
			sum.Write(part[:n])
			sealed, err := key.Seal(part[:n], piecePurpose(id, version, len(s.sizes)))
			if err != nil {
				return err
			}
			if _, err := s.file.Write(sealed); err != nil {
				return err
			}
			s.sizes = append(s.sizes, len(sealed))
		}
		switch {
		case err == io.EOF:
			s.sum = sum.Sum(nil)
			return nil
		case err != nil:
			return err
		}
	}
}

// fillPart reads until part is full. Its error is io.EOF at the end of the file alone: a line that breaks in the middle
// is another one (io.ErrUnexpectedEOF), which io.ReadFull would not tell apart.
func fillPart(in io.Reader, part []byte) (n int, err error) {
	for n < len(part) && err == nil {
		var did int
		did, err = in.Read(part[n:])
		n += did
	}
	return n, err
}

// each hands out the sealed pieces in order, as often as a transaction is tried.
func (s *spool) each() func() ([]byte, error) {
	n, at := 0, int64(0)
	return func() ([]byte, error) {
		if n == len(s.sizes) {
			return nil, nil
		}
		sealed := make([]byte, s.sizes[n])
		_, err := s.file.ReadAt(sealed, at)
		at += int64(s.sizes[n])
		n++
		return sealed, err
	}
}

func (s *spool) close() error {
	return errors.Join(s.file.Close(), os.Remove(s.file.Name()))
}

// piecesKept is how many opened pieces of a file are kept while it is read.
const piecesKept = 4

// rosterBytes reads a list's file, piece by piece, from where it is kept.
type rosterBytes struct {
	ctx    context.Context
	app    *Sponsors
	roster *store.RosterRecord
	key    vault.PersonKey

	mu    sync.Mutex
	kept  map[int][]byte
	order *list.List // of kept pieces, the one longest unused in front
}

// rosterFile opens the file of a list. Error: roster.file_gone.
func (a *Sponsors) rosterFile(ctx context.Context, r *store.RosterRecord, key vault.PersonKey) (*io.SectionReader, error) {
	b := &rosterBytes{ctx: ctx, app: a, roster: r, key: key, kept: map[int][]byte{}, order: list.New()}
	if _, err := b.piece(0); err != nil {
		return nil, err
	}
	return io.NewSectionReader(b, 0, r.FileSize), nil
}

// ReadAt is io.ReaderAt.
func (b *rosterBytes) ReadAt(p []byte, off int64) (n int, err error) {
	for n < len(p) && off < b.roster.FileSize {
		part, err := b.piece(int(off / pieceSize))
		if err != nil {
			return n, err
		}
		begin := int(off % pieceSize)
		if begin >= len(part) {
			break
		}
		did := copy(p[n:], part[begin:])
		n, off = n+did, off+int64(did)
	}
	if n < len(p) {
		err = io.EOF
	}
	return n, err
}

func (b *rosterBytes) piece(n int) ([]byte, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if part, ok := b.kept[n]; ok {
		return part, nil
	}
	var part []byte
	err := b.app.DB.Read(b.ctx, func(tx *store.Tx) error {
		sealed, err := tx.RosterPiece(b.roster.ID, n)
		if err == nil && sealed == nil {
			err = jaring.NewError(jaring.NotFound, "roster.file_gone")
		}
		if err == nil {
			part, err = b.key.Open(sealed, piecePurpose(b.roster.ID, b.roster.Version, n))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if b.kept[n] = part; b.order.Len() == piecesKept {
		delete(b.kept, b.order.Remove(b.order.Front()).(int))
	}
	b.order.PushBack(n)
	return part, nil
}
