package store_test

import (
	"strings"
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// Settings by which an answered write could be lost are refused on every connection.

func TestSQLiteSettings(t *testing.T) {
	path := strings.TrimPrefix(jaringtest.SQLiteURL(t), "sqlite:")
	if err := store.ConnectSQLite(store.SQLiteDSN(path)); err != nil {
		t.Fatalf("our own settings are refused: %v", err)
	}
	for _, weaker := range [][2]string{
		{"synchronous(full)", "synchronous(off)"},
		{"synchronous(full)", "synchronous(normal)"},
		{"journal_mode(wal)", "journal_mode(memory)"},
		{"foreign_keys(1)", "foreign_keys(0)"},
	} {
		dsn := strings.Replace(store.SQLiteDSN(path), weaker[0], weaker[1], 1)
		err := store.ConnectSQLite(dsn)
		wantKey(t, err, jaring.Internal, "store.unsafe_setting")
	}
}

// What the connections in use say of themselves, the writer's and the readers'.
func TestSQLiteConnectionsInUse(t *testing.T) {
	db := jaringtest.SQLite(t)
	look := func(tx *store.Tx) error {
		var sync, keys int64
		var journal string
		_, err := tx.One(`SELECT (SELECT synchronous FROM pragma_synchronous), (SELECT foreign_keys FROM pragma_foreign_keys), (SELECT journal_mode FROM pragma_journal_mode)`, nil, &sync, &keys, &journal)
		if sync != 2 || keys != 1 || journal != "wal" {
			t.Errorf("synchronous %d, foreign_keys %d, journal_mode %s; want 2, 1, wal", sync, keys, journal)
		}
		return err
	}
	write(t, db, look)
	for range 20 {
		read(t, db, look)
	}
}

func TestPostgresSettings(t *testing.T) {
	server := jaringtest.PostgresServer(t)
	url := jaringtest.PostgresDatabase(t)
	name := jaringtest.DatabaseName(t, url)
	db := jaringtest.Open(t, url)
	write(t, db, set("safe"))

	jaringtest.PostgresExec(t, server, "ALTER DATABASE "+name+" SET synchronous_commit = off")
	_, err := store.Open(t.Context(), url)
	wantKey(t, err, jaring.Internal, "store.unsafe_setting")

	// A database already open meets it with its next connection.
	jaringtest.PostgresExec(t, server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"+name+"'")
	wantKey(t, db.Write(t.Context(), set("unsafe")), jaring.Internal, "store.unsafe_setting")

	jaringtest.PostgresExec(t, server, "ALTER DATABASE "+name+" RESET synchronous_commit")
	write(t, db, set("safe again"))
	if n := count(t, db, "setting"); n != 2 {
		t.Errorf("%d writes are there, want the two safe ones", n)
	}
}

// A refused database is left as it was found.
func TestUnsafePostgresIsNotTouched(t *testing.T) {
	url := jaringtest.PostgresURL(t)
	unsafe := jaringtest.With(t, url, "synchronous_commit", "off")
	_, err := store.Open(t.Context(), unsafe)
	wantKey(t, err, jaring.Internal, "store.unsafe_setting")
	jaringtest.PostgresExec(t, url, "CREATE TABLE office (still_free text)")
}

func TestPostgresWithoutFsync(t *testing.T) {
	cluster, err := jaringtest.StartCluster()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	jaringtest.PostgresExec(t, cluster.URL, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "SELECT pg_sleep(0.2)")
	_, err = store.Open(t.Context(), cluster.URL)
	wantKey(t, err, jaring.Internal, "store.unsafe_setting")
}

func TestForeignKeysAreEnforced(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := addWorker(t, db)
		m := sampleMembership(w)
		write(t, db, func(tx *store.Tx) error { return tx.AddMembership(m) })
		nobody := sampleWorker()
		for name, f := range map[string]func(*store.Tx) error{
			"membership of nobody": func(tx *store.Tx) error { return tx.AddMembership(sampleMembership(nobody)) },
			"capture of nobody":    func(tx *store.Tx) error { return tx.AddCapture(nobody.ID, newID[jaring.OperationID](), []byte{1}) },
			"worker with children": func(tx *store.Tx) error { return tx.Queue(`DELETE FROM worker WHERE worker_id = $1`, string(w.ID)) },
			"account of no office": func(tx *store.Tx) error {
				return tx.AddAccount(&store.AccountRecord{ID: newID[jaring.AccountID](), Login: "x", Office: newID[jaring.OfficeID]()})
			},
		} {
			if err := db.Write(t.Context(), f); jaring.CodeOf(err) != jaring.Internal {
				t.Errorf("%s: %v, want an internal error", name, err)
			}
		}
	})
}
