package jaringtest

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"jaring/internal/store"
)

// A schema is made once in a process, by the migrations, and copied for each test: a copy
// takes a tenth of the time. Whoever opens an empty database himself still migrates it.

// Folder is a folder of the test's own, in memory where the machine offers that.
func Folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp(memory(), "jaring-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// sqliteSchema is a database file with the schema and nothing else.
var sqliteSchema = sync.OnceValues(func() (content []byte, err error) {
	dir, err := os.MkdirTemp(memory(), "jaring-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "schema.db")
	if err := migrated("sqlite:" + path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// sqliteReady names a file that has the schema.
func sqliteReady(t testing.TB) string {
	t.Helper()
	content, err := sqliteSchema()
	if err != nil {
		t.Fatal(err)
	}
	url := SQLiteURL(t)
	if err := os.WriteFile(strings.TrimPrefix(url, "sqlite:"), content, 0o600); err != nil {
		t.Fatal(err)
	}
	return url
}

// postgresReady names a database that has the schema. On a server that is not the tests'
// own it is a schema as before: one who lends a server need not let databases be made.
func postgresReady(t testing.TB) string {
	t.Helper()
	if os.Getenv("JARING_TEST_POSTGRES_URL") != "" {
		return PostgresURL(t)
	}
	cluster, err := sharedCluster()
	if err == nil {
		err = cluster.prepare()
	}
	if err != nil {
		t.Fatal(err)
	}
	return databaseOn(t, cluster.URL, " TEMPLATE "+schemaDatabase+" STRATEGY FILE_COPY")
}

const schemaDatabase = "jaring_schema"

// prepare makes the database that others are copied from, once.
func (c *Cluster) prepare() error {
	c.once.Do(func() { c.unready = c.migrateTemplate() })
	return c.unready
}

func (c *Cluster) migrateTemplate() error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, c.URL)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+schemaDatabase); err != nil {
		return err
	}
	address, err := inDatabase(c.URL, schemaDatabase)
	if err != nil {
		return err
	}
	return migrated(address)
}

// migrated opens a database and closes it: that brings its schema up to date.
func migrated(url string) error {
	db, err := store.Open(context.Background(), url)
	if err != nil {
		return err
	}
	return db.Close()
}

// databaseOn makes a database on a server and drops it when the test ends.
func databaseOn(t testing.TB, server, more string) string {
	t.Helper()
	name := "d_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	PostgresExec(t, server, "CREATE DATABASE "+name+more)
	t.Cleanup(func() { PostgresExec(t, server, "DROP DATABASE "+name+" WITH (FORCE)") })
	address, err := inDatabase(server, name)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// inDatabase is a server's URL with another database.
func inDatabase(server, name string) (string, error) {
	u, err := url.Parse(server)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}
