package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"

	"jaring/internal/jaring"
)

// schemaTable lists the migrations that were done; what only PostgreSQL knows has a table that is named after it.
const schemaTable = "schema_version"

// KnownVersions are the migrations that this program knows, in their order.
func KnownVersions() (out []int64) {
	files, err := sharedMigrations.ReadDir("migrations")
	if err != nil {
		return nil // they are part of the program
	}
	for _, f := range files {
		if v, err := goose.NumericComponent(f.Name()); err == nil {
			out = append(out, v)
		}
	}
	slices.Sort(out)
	return out
}

// SchemaVersions are the migrations that were done on this database, in their order.
func (tx *Tx) SchemaVersions() (out []int64, err error) {
	err = tx.each(`SELECT DISTINCT version_id FROM schema_version WHERE version_id > 0 ORDER BY version_id`, nil, func(r rows) error {
		var v int64
		err := r.Scan(&v)
		out = append(out, v)
		return err
	})
	return out, err
}

// OpenAt opens a fresh database with its schema as it was after these migrations and no others. Error:
// store.not_fresh where other migrations were done already, or tables stand that are not ours.
func OpenAt(ctx context.Context, url string, versions []int64) (*DB, error) {
	if err := migrateTo(ctx, url, versions); err != nil {
		return nil, decode(err)
	}
	return openEngine(ctx, url)
}

func migrateTo(ctx context.Context, url string, versions []int64) error {
	db, dialect, err := openForMigration(url)
	switch {
	case err != nil:
		return err
	case db == nil:
		return jaring.NewError(jaring.Invalid, "store.url", "url", redact(url))
	}
	defer db.Close()
	done, err := doneOn(ctx, db, dialect)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(done, func(v int64) bool { return !slices.Contains(versions, v) }) {
		return jaring.NewError(jaring.Conflict, "store.not_fresh")
	}
	provider, err := migrations(db, dialect, sharedMigrations, "migrations", schemaTable)
	if err != nil {
		return err
	}
	for _, v := range versions {
		if slices.Contains(done, v) {
			continue
		}
		if _, err := provider.ApplyVersion(ctx, v, true); err != nil {
			return fmt.Errorf("migration %d: %w", v, err)
		}
	}
	if dialect == goose.DialectPostgres {
		return migrate(ctx, db, dialect, postgresMigrations, "migrations_postgres", "schema_version_postgres")
	}
	return nil
}

// doneOn gives the migrations that were done; none where no table stands at all.
func doneOn(ctx context.Context, db *sql.DB, dialect goose.Dialect) ([]int64, error) {
	ask := `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
	if dialect == goose.DialectPostgres {
		ask = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`
	}
	tables, err := column[string](ctx, db, ask)
	switch {
	case err != nil || len(tables) == 0:
		return nil, err
	case !slices.Contains(tables, schemaTable):
		return nil, jaring.NewError(jaring.Conflict, "store.not_fresh")
	}
	return column[int64](ctx, db, `SELECT DISTINCT version_id FROM schema_version WHERE version_id > 0`)
}

func column[T any](ctx context.Context, db *sql.DB, sql string) (out []T, err error) {
	rs, err := db.QueryContext(ctx, sql)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rs.Close()) }()
	for rs.Next() {
		var v T
		if err := rs.Scan(&v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rs.Err()
}

// IsFull tells that an error came from a disk without room.
func IsFull(err error) bool {
	var pg *pgconn.PgError
	var lite *sqlite.Error
	return errors.As(err, &pg) && pg.Code == "53100" || errors.As(err, &lite) && lite.Code()&0xff == sqliteFull
}
