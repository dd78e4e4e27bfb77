package jaringtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"jaring/internal/store"
)

// Databases runs f as one subtest per engine, each on a fresh database with its
// schema in place: SQLite and PostgreSQL always, Citus when JARING_TEST_CITUS_URL
// names one.
func Databases(t *testing.T, f func(t *testing.T, db *store.DB)) {
	t.Helper()
	engines(t, sqliteReady, postgresReady, func(t *testing.T, url string) { f(t, Open(t, url)) })
}

// URLs is Databases for tests that open the database themselves: nothing is in it yet.
func URLs(t *testing.T, f func(t *testing.T, url string)) {
	t.Helper()
	engines(t, SQLiteURL, PostgresURL, f)
}

func engines(t *testing.T, sqlite, postgres func(testing.TB) string, f func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, sqlite(t)) })
	t.Run("postgres", func(t *testing.T) { f(t, postgres(t)) })
	if server := os.Getenv("JARING_TEST_CITUS_URL"); server != "" {
		t.Run("citus", func(t *testing.T) { f(t, schemaOn(t, server)) })
	}
}

// SQLite is a fresh SQLite database, closed when the test ends.
func SQLite(t testing.TB) *store.DB { return Open(t, sqliteReady(t)) }

// Postgres is a fresh database in PostgreSQL, dropped when the test ends.
func Postgres(t testing.TB) *store.DB { return Open(t, postgresReady(t)) }

// Open opens url and closes it when the test ends.
func Open(t testing.TB, url string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return db
}

// SQLiteURL names a file that does not exist yet, in the test's own folder.
func SQLiteURL(t testing.TB) string {
	return "sqlite:" + filepath.Join(Folder(t), "jaring.db")
}

// PostgresURL names a schema of the test's own, with nothing in it.
func PostgresURL(t testing.TB) string {
	t.Helper()
	return schemaOn(t, PostgresServer(t))
}

// PostgresServer names the server of the tests itself, for a test that needs what is
// not in a schema: a database of its own, the catalogue, another session's end.
func PostgresServer(t testing.TB) string {
	t.Helper()
	if server := os.Getenv("JARING_TEST_POSTGRES_URL"); server != "" {
		return server
	}
	cluster, err := sharedCluster()
	if err != nil {
		t.Fatal(err)
	}
	return cluster.URL
}

// schemaOn makes a schema on a server and drops it when the test ends.
func schemaOn(t testing.TB, server string) string {
	t.Helper()
	name := "t_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	PostgresExec(t, server, "CREATE SCHEMA "+name)
	t.Cleanup(func() { PostgresExec(t, server, "SET lock_timeout = '20s'", "DROP SCHEMA "+name+" CASCADE") })
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	return With(t, server, "options", strings.TrimSpace(u.Query().Get("options")+" -c search_path="+name))
}

// spaced writes a query in which a space is no plus: PostgreSQL takes that for itself.
func spaced(q url.Values) string { return strings.ReplaceAll(q.Encode(), "+", "%20") }

// With gives url with a parameter set.
func With(t testing.TB, server, name, value string) string {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = spaced(q)
	return u.String()
}

// PostgresExec runs statements in one session of their own.
func PostgresExec(t testing.TB, url string, statements ...string) {
	t.Helper()
	ctx := context.Background() // also used when the test's own context is over
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	for _, s := range statements {
		if _, err := c.Exec(ctx, s, pgx.QueryExecModeSimpleProtocol); err != nil {
			t.Fatal(fmt.Errorf("%s: %w", s, err))
		}
	}
}

// PostgresDatabase is a database of the test's own, dropped when the test ends, for
// what is set for a database as a whole.
func PostgresDatabase(t testing.TB) string {
	t.Helper()
	return databaseOn(t, PostgresServer(t), "")
}

// DatabaseName is the name of the database that a URL leads to.
func DatabaseName(t testing.TB, url string) string {
	t.Helper()
	config, err := pgx.ParseConfig(url)
	if err != nil {
		t.Fatal(err)
	}
	return config.Database
}
