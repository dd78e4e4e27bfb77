package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// book is a filled database that is measured on copies of itself, so that the figure and
// the raw engine begin with the very same pages.
type book struct {
	url      string // of a PostgreSQL server; empty for SQLite in a temporary folder
	dir      string
	name     string
	copies   []string
	ring     *vault.Ring
	agent    jaring.AccountID
	password string
}

// newBook fills a fresh database with n people.
func newBook(ctx context.Context, o Options) (*book, error) {
	dir, err := os.MkdirTemp("", "jaring-bench-")
	if err != nil {
		return nil, err
	}
	b := &book{url: o.URL, dir: dir, name: fmt.Sprintf("jaring_bench_%d", os.Getpid())}
	if b.ring, err = vault.NewRing("bench"); err != nil {
		return nil, err
	}
	if b.url != "" {
		if err := store.MakeDatabase(ctx, b.url, b.name, ""); err != nil {
			return nil, err
		}
	}
	s, err := b.open(ctx, b.address(b.name))
	if err != nil {
		return nil, errors.Join(err, b.remove(ctx))
	}
	if err := errors.Join(fill(ctx, s, o.Book, o.Log), s.close()); err != nil {
		return nil, errors.Join(err, b.remove(ctx))
	}
	return b, nil
}

func (b *book) engine() string {
	if b.url == "" {
		return "sqlite"
	}
	return "postgres"
}

// address of a database by its name.
func (b *book) address(name string) string {
	if b.url == "" {
		return "sqlite:" + filepath.Join(b.dir, name+".db")
	}
	return store.WithDatabase(b.url, name)
}

// copy makes a copy of the book and gives its name.
func (b *book) copy(ctx context.Context) (string, error) { return b.copyOf(ctx, b.name) }

// copyOf makes a copy of a database that nobody has open.
func (b *book) copyOf(ctx context.Context, from string) (string, error) {
	name := fmt.Sprintf("%s_%d", b.name, len(b.copies)+1)
	b.copies = append(b.copies, name)
	if b.url != "" {
		return name, store.MakeDatabase(ctx, b.url, name, from)
	}
	return name, copyFile(filepath.Join(b.dir, from+".db"), filepath.Join(b.dir, name+".db"))
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

func (b *book) remove(ctx context.Context) error {
	err := os.RemoveAll(b.dir)
	if b.url == "" {
		return err
	}
	for _, name := range append(b.copies, b.name) {
		err = errors.Join(err, store.DropDatabase(ctx, b.url, name))
	}
	return err
}

// onCopy opens a copy of the book, serves it, and runs f on it.
func (b *book) onCopy(ctx context.Context, f func(*site) (measured, error)) (measured, string, error) {
	name, err := b.copy(ctx)
	if err != nil {
		return measured{}, "", err
	}
	url := b.address(name)
	s, err := b.open(ctx, url)
	if err != nil {
		return measured{}, "", err
	}
	m, err := f(s)
	return m, url, errors.Join(err, s.close())
}

const fillGroup = 500

// fill registers the first n people in bulk and folds their events.
func fill(ctx context.Context, s *site, n int, log io.Writer) error {
	for first := 0; first < n; first += fillGroup {
		if err := fillSome(ctx, s, first, min(n, first+fillGroup)); err != nil {
			return err
		}
		if log != nil && (first+fillGroup)%100_000 == 0 {
			fmt.Fprintf(log, "%d people in the book\n", first+fillGroup)
		}
	}
	_, err := s.app.Fold(ctx)
	return err
}

func fillSome(ctx context.Context, s *site, first, last int) error {
	var steps []func(*store.Tx) error
	for i := first; i < last; i++ {
		p, err := s.app.Prepare(ctx, s.agent, registration(i))
		if err != nil {
			return err
		}
		steps = append(steps, p.Claim, p.Insert)
	}
	return s.db.Bulk(ctx, func(tx *store.Tx) error {
		for _, step := range steps {
			if err := step(tx); err != nil {
				return err
			}
		}
		return nil
	})
}

func registration(n int) jaring.Operation {
	return jaring.Operation{ID: jaring.OperationID(newID()), Kind: jaring.ActRegisterWorker, TakenAt: time.Now(), ClockTrust: true, Body: body(n)}
}

func isSQLite(url string) (path string, ok bool) { return strings.CutPrefix(url, "sqlite:") }
