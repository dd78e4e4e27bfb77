package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"modernc.org/sqlite"

	"jaring/internal/jaring"
)

// sqliteDB is SQLite: one connection writes, in groups; the others read.
type sqliteDB struct {
	db      *DB
	readers *sql.DB
	pool    chan *sqliteConn // reading connections with their prepared statements
	writer  *sql.DB
	wconn   *sqliteConn
	jobs    chan *writeJob
	bulkMu  sync.Mutex
	done    chan struct{}
	closed  chan struct{}
	once    sync.Once
}

// sqliteSettings are asserted on every connection; synchronous 2 is FULL: a commit
// returns only after its fsync.
var sqliteSettings = []struct{ pragma, want string }{
	{"journal_mode", "wal"},
	{"synchronous", "2"},
	{"foreign_keys", "1"},
}

func sqliteDSN(path string) string {
	return "file:" + escapePath(path) + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)" +
		"&_pragma=foreign_keys(1)&_pragma=wal_autocheckpoint(4000)&_pragma=cache_size(-16000)&_pragma=temp_store(memory)"
}

func escapePath(path string) string {
	return strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
}

// assertedDriver opens connections and refuses one whose settings are not safe.
type assertedDriver struct{ dsn string }

func (d assertedDriver) Driver() driver.Driver { return &sqlite.Driver{} }

func (d assertedDriver) Connect(context.Context) (driver.Conn, error) {
	c, err := (&sqlite.Driver{}).Open(d.dsn)
	if err != nil {
		return nil, err
	}
	for _, s := range sqliteSettings {
		got, err := pragma(c, s.pragma)
		if err != nil || got != s.want {
			c.Close()
			return nil, errors.Join(jaring.NewError(jaring.Internal, "store.unsafe_setting", "setting", s.pragma, "got", got, "want", s.want), err)
		}
	}
	return c, nil
}

func pragma(c driver.Conn, name string) (string, error) {
	st, err := c.Prepare("PRAGMA " + name)
	if err != nil {
		return "", err
	}
	defer st.Close()
	rs, err := st.(driver.StmtQueryContext).QueryContext(context.Background(), nil)
	if err != nil {
		return "", err
	}
	defer rs.Close()
	row := make([]driver.Value, 1)
	if err := rs.Next(row); err != nil {
		return "", err
	}
	return fmt.Sprint(row[0]), nil
}

func openSQLite(ctx context.Context, path string, db *DB) (*sqliteDB, error) {
	connector := assertedDriver{sqliteDSN(path)}
	s := &sqliteDB{
		db: db, readers: sql.OpenDB(connector), writer: sql.OpenDB(connector),
		jobs: make(chan *writeJob, 1024), done: make(chan struct{}), closed: make(chan struct{}),
	}
	n := max(4, runtime.NumCPU())
	s.pool = make(chan *sqliteConn, n)
	for range n {
		c, err := s.readers.Conn(ctx)
		if err != nil {
			return nil, err
		}
		if _, err := c.ExecContext(ctx, "PRAGMA query_only = 1"); err != nil {
			return nil, err
		}
		s.pool <- newSQLiteConn(c)
	}
	c, err := s.writer.Conn(ctx)
	if err != nil {
		return nil, err
	}
	s.wconn = newSQLiteConn(c)
	go s.writeLoop()
	return s, nil
}

func (s *sqliteDB) dialect() Dialect { return SQLite }

func (s *sqliteDB) read(ctx context.Context, snapshot bool, f func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-s.done:
		return errClosed()
	default:
	}
	select {
	case c := <-s.pool:
		defer func() { s.pool <- c }()
		if snapshot {
			return c.inSnapshot(ctx, f)
		}
		return run(&Tx{conn: c, dialect: SQLite, reading: true}, f)
	case <-s.done:
		return errClosed()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// close ends the writer, then waits for the readers. Every connection is given back
// first: sql.DB closes only what it holds, and the last one to go folds the log in.
func (s *sqliteDB) close() (err error) {
	s.once.Do(func() {
		close(s.done)
		<-s.closed
		for range cap(s.pool) {
			err = errors.Join(err, (<-s.pool).close())
		}
		s.bulkMu.Lock() // a bulk under way is a write under way
		defer s.bulkMu.Unlock()
		err = errors.Join(err, s.wconn.close(), s.readers.Close(), s.writer.Close())
	})
	<-s.closed
	return err
}
