package e2e

import (
	"context"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"jaring/internal/jaringtest"
)

// ownPostgres is a schema on a server of these tests alone: its processes may be killed.
func ownPostgres(t *testing.T) string {
	t.Helper()
	if os.Getenv("JARING_TEST_POSTGRES_URL") == "" {
		return jaringtest.PostgresURL(t) // the server is this process's own
	}
	cluster, err := jaringtest.StartCluster()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	t.Setenv("JARING_TEST_POSTGRES_URL", cluster.URL)
	return jaringtest.PostgresURL(t)
}

// ask connects, as soon as the server lets us.
func ask(t testing.TB, url string) *pgx.Conn {
	t.Helper()
	for end := time.Now().Add(startWithin); ; time.Sleep(10 * time.Millisecond) {
		c, err := pgx.Connect(context.Background(), url)
		if err == nil {
			return c
		}
		if time.Now().After(end) {
			t.Fatal(err)
		}
	}
}

// killOneOf kills the process behind one connection of the server under test: one that is
// busy, if any is.
func killOneOf(t testing.TB, url string) {
	t.Helper()
	c := ask(t, url)
	defer c.Close(context.Background())
	var pid int
	err := c.QueryRow(context.Background(), `SELECT pid FROM pg_stat_activity
		WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND datname = current_database()
		ORDER BY state = 'active' DESC NULLS LAST, random() LIMIT 1`).Scan(&pid)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(startWithin); c.Ping(context.Background()) == nil; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the others live on: PostgreSQL has not noticed")
		}
	}
}
