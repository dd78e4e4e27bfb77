package store

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // goose speaks database/sql
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
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
	if err := migrate(ctx, db, dialect, sharedMigrations, "migrations", "schema_version"); err != nil {
		return err
	}
	if dialect != goose.DialectPostgres {
		return nil
	}
	return migrate(ctx, db, dialect, postgresMigrations, "migrations_postgres", "schema_version_postgres")
}

func openForMigration(url string) (*sql.DB, goose.Dialect, error) {
	if isPostgres(url) {
		db, err := sql.Open("pgx", url)
		return db, goose.DialectPostgres, err
	}
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		return sql.OpenDB(assertedDriver{sqliteDSN(path)}), goose.DialectSQLite3, nil
	}
	return nil, "", nil
}

func migrate(ctx context.Context, db *sql.DB, dialect goose.Dialect, files embed.FS, dir, table string) error {
	folder, err := fs.Sub(files, dir)
	if err != nil {
		return err
	}
	keeper, err := database.NewStore(dialect, table)
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectCustom, db, folder, goose.WithStore(keeper))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}
