package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"hash/fnv"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib" // goose speaks database/sql
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"

	"jaring/internal/jaring"
)

//go:embed migrations/*.sql
var sharedMigrations embed.FS

//go:embed migrations_postgres/*.sql
var postgresMigrations embed.FS

// migrateURL brings the schema of url up to date: the shared migrations, then on
// PostgreSQL those that only it knows.
func migrateURL(ctx context.Context, url string) error {
	db, dialect, err := openForMigration(url)
	if err != nil || db == nil {
		return err
	}
	defer db.Close()
	if dialect == goose.DialectPostgres {
		return migratePostgres(ctx, db)
	}
	for try := 1; ; try++ {
		err := migrate(ctx, db, dialect, sharedMigrations, "migrations", "schema_version")
		if err == nil || try == migrateTries {
			return err
		}
		select { // another process may be at it; look again how far it is
		case <-time.After(migrateWait):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// A broken migration is reported after all tries: about two seconds.
const (
	migrateTries = 20
	migrateWait  = 100 * time.Millisecond
)

// migratePostgres lets one of several servers that start at once do the work; the
// others wait and find nothing left to do.
func migratePostgres(ctx context.Context, db *sql.DB) (err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	var schema string
	if err := conn.QueryRowContext(ctx, `SELECT current_database() || '.' || current_schema()`).Scan(&schema); err != nil {
		return err
	}
	id := fnv.New64a()
	id.Write([]byte("jaring schema " + schema))
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockID(int64(id.Sum64()>>1)), lock.WithLockTimeout(1, 600))
	if err != nil {
		return err
	}
	if err := locker.SessionLock(ctx, conn); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, locker.SessionUnlock(context.WithoutCancel(ctx), conn)) }()
	if err := migrate(ctx, db, goose.DialectPostgres, sharedMigrations, "migrations", "schema_version"); err != nil {
		return err
	}
	if err := migrate(ctx, db, goose.DialectPostgres, postgresMigrations, "migrations_postgres", "schema_version_postgres"); err != nil {
		return err
	}
	return distribute(ctx, conn)
}

func openForMigration(url string) (*sql.DB, goose.Dialect, error) {
	if isPostgres(url) {
		config, err := pgx.ParseConfig(url)
		if err != nil {
			return nil, "", jaring.NewError(jaring.Invalid, "store.url", "url", redact(url))
		}
		return stdlib.OpenDB(*config, stdlib.OptionAfterConnect(assertPostgres)), goose.DialectPostgres, nil
	}
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		if err := ownFile(path); err != nil {
			return nil, "", err
		}
		return sql.OpenDB(assertedDriver{sqliteDSN(path)}), goose.DialectSQLite3, nil
	}
	return nil, "", nil
}

func migrate(ctx context.Context, db *sql.DB, dialect goose.Dialect, files fs.FS, dir, table string) error {
	provider, err := migrations(db, dialect, files, dir, table)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

func migrations(db *sql.DB, dialect goose.Dialect, files fs.FS, dir, table string) (*goose.Provider, error) {
	folder, err := fs.Sub(files, dir)
	if err != nil {
		return nil, err
	}
	keeper, err := database.NewStore(dialect, table)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectCustom, db, folder, goose.WithStore(keeper), goose.WithAllowOutofOrder(true))
}

// ownFile makes a database file that only its owner can read; the files that SQLite puts
// beside it are made alike. A file that is there stays as it is.
func ownFile(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}
