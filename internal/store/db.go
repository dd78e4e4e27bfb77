package store

import (
	"context"
	"fmt"
	"strings"

	"jaring/internal/jaring"
)

// DB is an open database with its schema in place.
type DB struct {
	engine engine
	fault  func(stage string) error // tests only: makes the engine fail at a stage
}

// engine is what differs between SQLite and PostgreSQL: two real things stand
// behind it.
type engine interface {
	dialect() Dialect
	read(ctx context.Context, snapshot bool, f func(*Tx) error) error
	write(ctx context.Context, f func(*Tx) error) error
	bulk(ctx context.Context, f func(*Tx) error) error
	close() error
}

// Open opens "sqlite:PATH" or "postgres://…" and brings the schema up to date. It
// refuses an engine whose settings would lose an acknowledged write.
// Errors: store.url, store.unsafe_setting, and what the engine says.
func Open(ctx context.Context, url string) (*DB, error) {
	if err := migrateURL(ctx, url); err != nil {
		return nil, err
	}
	return openEngine(ctx, url)
}

// openEngine opens a database as it is.
func openEngine(ctx context.Context, url string) (*DB, error) {
	db := &DB{}
	var err error
	switch {
	case isPostgres(url):
		db.engine, err = openPostgres(ctx, url, db)
	case strings.HasPrefix(url, "sqlite:"):
		db.engine, err = openSQLite(ctx, strings.TrimPrefix(url, "sqlite:"), db)
	default:
		err = jaring.NewError(jaring.Invalid, "store.url", "url", redact(url))
	}
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return db, nil
}

func isPostgres(url string) bool {
	return strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://")
}

// redact keeps a password out of messages.
func redact(url string) string {
	if at := strings.LastIndexByte(url, '@'); at >= 0 {
		if scheme := strings.Index(url, "://"); scheme >= 0 && scheme < at {
			return url[:scheme+3] + "…" + url[at:]
		}
	}
	return url
}

// Close waits for writes under way and closes the database.
func (db *DB) Close() error { return db.engine.close() }

// Dialect says which engine this is.
func (db *DB) Dialect() Dialect { return db.engine.dialect() }

// Read runs f on a connection for reading; what writes is refused. f may run more than
// once. Each of its queries sees what is committed by then.
func (db *DB) Read(ctx context.Context, f func(*Tx) error) error {
	return decode(db.engine.read(ctx, false, f))
}

// Snapshot is Read in which all queries see one state of the database.
func (db *DB) Snapshot(ctx context.Context, f func(*Tx) error) error {
	return decode(db.engine.read(ctx, true, f))
}

// Write runs f in a transaction and returns when it is durable, or when nothing of
// it is. f may run more than once; see the package comment.
func (db *DB) Write(ctx context.Context, f func(*Tx) error) error {
	return decode(db.engine.write(ctx, f))
}

// Bulk is Write for long work on many rows: it does not share a group with others
// and, on SQLite, holds the writer for as long as f runs.
func (db *DB) Bulk(ctx context.Context, f func(*Tx) error) error {
	return decode(db.engine.bulk(ctx, f))
}
