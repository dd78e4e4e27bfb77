package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"modernc.org/sqlite"

	"jaring/internal/jaring"
)

// Group commit: requests hand their functions to one goroutine, which runs all that
// wait in one transaction and answers each after the commit. A group runs first
// without savepoints, which is what nearly always succeeds; when a function fails
// after it has written, the group is rolled back and run again with a savepoint
// around each, so that only the bad one is lost.

// maxGroup bounds how long a request can wait for its neighbours.
const maxGroup = 256

type writeJob struct {
	ctx  context.Context
	f    func(*Tx) error
	err  error
	done chan struct{}
}

func (s *sqliteDB) write(ctx context.Context, f func(*Tx) error) error {
	job := &writeJob{ctx: ctx, f: f, done: make(chan struct{})}
	select {
	case <-s.done:
		return errClosed()
	default:
	}
	select {
	case s.jobs <- job:
	case <-s.done:
		return errClosed()
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-job.done:
		return job.err
	case <-s.closed:
		// The loop ended; it may have answered this job as its last deed.
		select {
		case <-job.done:
			return job.err
		default:
			return errClosed()
		}
	}
}

func errClosed() error { return jaring.NewError(jaring.Unavailable, "error.unavailable") }

func (s *sqliteDB) writeLoop() {
	defer close(s.closed)
	for {
		select {
		case job := <-s.jobs:
			s.runGroup(s.gather(job))
		case <-s.done:
			for {
				select {
				case job := <-s.jobs:
					s.runGroup(s.gather(job))
				default:
					return
				}
			}
		}
	}
}

// gather takes whoever waits already; it never waits for more.
func (s *sqliteDB) gather(first *writeJob) []*writeJob {
	group := []*writeJob{first}
	for len(group) < maxGroup {
		select {
		case job := <-s.jobs:
			group = append(group, job)
		default:
			return group
		}
	}
	return group
}

func (s *sqliteDB) runGroup(group []*writeJob) {
	s.bulkMu.Lock()
	defer s.bulkMu.Unlock()
	err := s.tryGroup(group, false)
	if errors.Is(err, errNeighbour) {
		err = s.tryGroup(group, true)
	}
	for _, job := range group {
		if err != nil {
			job.err = err
		}
		close(job.done)
	}
}

// errNeighbour says that a function failed after writing, so the group as a whole
// cannot be committed.
var errNeighbour = errors.New("a neighbour in the group failed")

func (s *sqliteDB) tryGroup(group []*writeJob, savepoints bool) error {
	if err := s.begin(); err != nil {
		return err
	}
	for _, job := range group {
		if job.err = job.ctx.Err(); job.err != nil {
			continue // the caller left before its turn
		}
		if savepoints {
			if err := s.inSavepoint(job); err != nil {
				return errors.Join(err, s.rollback())
			}
			continue
		}
		tx := &Tx{conn: s.wconn, dialect: SQLite}
		job.err = run(tx, job.f)
		if job.err != nil && (tx.dirty || isSQLite(job.err)) {
			return errors.Join(errNeighbour, s.rollback())
		}
	}
	return s.commit()
}

// inSavepoint runs one function, a second time when another one has taken its place in a chain: it may
// have thought that place free before the transaction, and reads now.
func (s *sqliteDB) inSavepoint(job *writeJob) error {
	if _, err := s.wconn.exec("SAVEPOINT job"); err != nil {
		return err
	}
	for range 2 {
		job.err = run(&Tx{conn: s.wconn, dialect: SQLite}, job.f)
		if job.err == nil {
			break
		}
		if _, err := s.wconn.exec("ROLLBACK TO job"); err != nil {
			return err
		}
		if !isChainRace(job.err) {
			break
		}
	}
	_, err := s.wconn.exec("RELEASE job")
	return err
}

// run keeps a panic of one function from ending the writer for all.
func run(tx *Tx, f func(*Tx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			tx.dirty, err = true, jaring.InternalError(fmt.Errorf("panic in a write: %v", p))
		}
	}()
	return f(tx)
}

func (s *sqliteDB) begin() error {
	if err := s.db.fail("begin"); err != nil {
		return err
	}
	_, err := s.wconn.exec("BEGIN IMMEDIATE")
	return err
}

func (s *sqliteDB) commit() error {
	if err := s.db.fail("commit"); err != nil {
		return errors.Join(err, s.rollback())
	}
	if _, err := s.wconn.exec("COMMIT"); err != nil {
		return errors.Join(err, s.rollback())
	}
	return nil
}

// rollback ends the transaction. A full disk or a failed read has ended it already: then
// there is nothing left to do.
func (s *sqliteDB) rollback() error {
	_, err := s.wconn.exec("ROLLBACK")
	if err != nil && strings.Contains(err.Error(), "no transaction is active") {
		return nil
	}
	return err
}

// isSQLite tells an error of the engine from one of the trade. After one of the engine,
// even in reading, SQLite may have rolled all back by itself, and what another function
// of the group then wrote would be committed statement by statement.
func isSQLite(err error) bool {
	var lite *sqlite.Error
	return errors.As(err, &lite)
}

// bulk runs one long function alone, between groups.
func (s *sqliteDB) bulk(ctx context.Context, f func(*Tx) error) error {
	s.bulkMu.Lock()
	defer s.bulkMu.Unlock()
	select {
	case <-s.done:
		return errClosed()
	default:
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.begin(); err != nil {
		return err
	}
	if err := run(&Tx{conn: s.wconn, dialect: SQLite}, f); err != nil {
		return errors.Join(err, s.rollback())
	}
	return s.commit()
}
