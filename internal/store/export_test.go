package store

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing/fstest"
	"time"
)

// What the tests of this room reach beside its public face.

// Exec runs one statement.
func (tx *Tx) Exec(sql string, args ...any) (int64, error) { return tx.exec(sql, args...) }

// Queue runs one statement, which may travel later.
func (tx *Tx) Queue(sql string, args ...any) error { return tx.queue(sql, args...) }

// One scans a single row.
func (tx *Tx) One(sql string, args []any, dest ...any) (bool, error) {
	return tx.one(sql, args, dest...)
}

// EachRow scans every row.
func (tx *Tx) EachRow(sql string, args []any, scan func(scan func(dest ...any) error) error) error {
	return tx.each(sql, args, func(r rows) error { return scan(r.Scan) })
}

// CopyIn copies rows into a table.
func (tx *Tx) CopyIn(table string, columns []string, rows [][]any) (int64, error) {
	return tx.copyIn(table, columns, func() ([]any, error) {
		if len(rows) == 0 {
			return nil, nil
		}
		row := rows[0]
		rows = rows[1:]
		return row, nil
	})
}

// SetFault makes the engine fail at a stage: begin, commit, committed.
func (db *DB) SetFault(f func(stage string) error) { db.fault = f }

// ShardKey is the class of every table.
var ShardKey = shardKey

// Placement lets tests class tables of their own.
type Placement = placement

// Place makes a placement.
func Place(table, class, key, with string) Placement {
	return placement{table: table, class: classOf(class), key: key, with: with}
}

func classOf(name string) class { return class(name) }

// Parts gives what a placement says.
func (p placement) Parts() (table, class, key, with string) {
	return p.table, string(p.class), p.key, p.with
}

// PlaceTables places tables on Citus.
var PlaceTables = placeTables

// SetPatience bounds one try of a write to PostgreSQL.
func (db *DB) SetPatience(d time.Duration) { db.engine.(*postgresDB).patience = d }

// ConnectSQLite opens one connection by its data source name, as Open does for each.
func ConnectSQLite(dsn string) error {
	c, err := assertedDriver{dsn}.Connect(context.Background())
	if err != nil {
		return err
	}
	return c.Close()
}

// SQLiteDSN is the data source name of a file.
var SQLiteDSN = sqliteDSN

// OpenBefore opens url with the schema as it was before the shared migration of a number.
func OpenBefore(ctx context.Context, url, number string) (*DB, error) {
	older := fstest.MapFS{}
	err := fs.WalkDir(sharedMigrations, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() >= number {
			return err
		}
		text, err := fs.ReadFile(sharedMigrations, path)
		older[path] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		return nil, err
	}
	pool, dialect, err := openForMigration(url)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(migrate(ctx, pool, dialect, older, "migrations", "schema_version"), pool.Close()); err != nil {
		return nil, err
	}
	db := &DB{}
	if isPostgres(url) {
		db.engine, err = openPostgres(ctx, url, db)
	} else {
		db.engine, err = openSQLite(ctx, strings.TrimPrefix(url, "sqlite:"), db)
	}
	return db, err
}
