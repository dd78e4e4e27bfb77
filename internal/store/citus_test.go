package store_test

import (
	"context"
	"database/sql"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// The placing of tables, against functions that only write down how they were called:
// every table once, the referenced before the referencing, and a later table alone.
func TestPlaceTables(t *testing.T) {
	url := jaringtest.PostgresURL(t)
	jaringtest.Open(t, url)
	jaringtest.PostgresExec(t, url,
		`CREATE TABLE pg_dist_partition (logicalrel regclass, at bigserial, what text)`,
		`CREATE FUNCTION create_reference_table(t regclass) RETURNS void LANGUAGE sql AS $$ INSERT INTO pg_dist_partition (logicalrel, what) VALUES (t, t || ' everywhere ' || current_setting('citus.enable_local_reference_table_foreign_keys')) $$`,
		`CREATE FUNCTION create_distributed_table(t regclass, k text, colocate_with text DEFAULT 'default') RETURNS void LANGUAGE sql AS $$ INSERT INTO pg_dist_partition (logicalrel, what) VALUES (t, t || ' by ' || k || ' with ' || colocate_with) $$`,
	)
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	place := func(tables []store.Placement) []string {
		conn, err := db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if err := store.PlaceTables(t.Context(), conn, tables); err != nil {
			t.Fatal(err)
		}
		return placed(t, conn)
	}
	var want []string
	for _, p := range store.ShardKey {
		switch table, class, key, with := p.Parts(); {
		case class == "reference":
			want = append(want, table+" everywhere off")
		case class == "sharded" && with != "":
			want = append(want, table+" by "+key+" with "+with)
		case class == "sharded":
			want = append(want, table+" by "+key+" with default")
		}
	}
	if d := cmp.Diff(want, place(store.ShardKey)); d != "" {
		t.Errorf("placed (-want +got):\n%s", d)
	}
	if got := place(store.ShardKey); len(got) != len(want) {
		t.Errorf("placed %d tables a second time", len(got)-len(want))
	}
	jaringtest.PostgresExec(t, url, `CREATE TABLE later (worker_id uuid PRIMARY KEY)`)
	got := place(append(store.ShardKey, store.Place("later", "sharded", "worker_id", "worker")))
	if last := got[len(got)-1]; len(got) != len(want)+1 || last != "later by worker_id with worker" {
		t.Errorf("a later table was placed as %q", last)
	}
}

func placed(t *testing.T, conn *sql.Conn) (out []string) {
	t.Helper()
	rows, err := conn.QueryContext(context.Background(), `SELECT what FROM pg_dist_partition ORDER BY at`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var what string
		if err := rows.Scan(&what); err != nil {
			t.Fatal(err)
		}
		out = append(out, what)
	}
	return out
}

// A table stands behind those that its foreign keys lead to.
func TestPlacementOrder(t *testing.T) {
	url := jaringtest.PostgresURL(t)
	db := jaringtest.Open(t, url)
	at := map[string]int{}
	for i, p := range store.ShardKey {
		table, _, _, with := p.Parts()
		if _, twice := at[table]; twice {
			t.Errorf("%s has two classes", table)
		}
		if _, ok := at[with]; with != "" && !ok {
			t.Errorf("%s stands before %s", table, with)
		}
		at[table] = i
	}
	read(t, db, func(tx *store.Tx) error {
		return tx.EachRow(`SELECT f.relname::text, t.relname::text FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
			WHERE k.contype = 'f' AND f.relnamespace = current_schema()::regnamespace`, nil, func(scan func(...any) error) error {
			var from, to string
			err := scan(&from, &to)
			if at[from] < at[to] {
				t.Errorf("%s stands before %s", from, to)
			}
			return err
		})
	})
}
