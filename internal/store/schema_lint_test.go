package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// allowedTypes are those that mean the same on both engines and on every shard.
var allowedTypes = []string{"text", "int8", "int2", "bytea", "uuid"}

// schemaLint reads the catalogue of one PostgreSQL schema and names each broken rule.
type schemaLint struct {
	conn     *pgx.Conn
	classes  map[string]tableClass
	findings []string
}

type tableClass struct{ class, key, with string }

func (c tableClass) group(table string) string {
	if c.with != "" {
		return c.with
	}
	return table
}

func lintSchema(t *testing.T, url string, placements []store.Placement) []string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	l := &schemaLint{conn: conn, classes: map[string]tableClass{}}
	for _, p := range placements {
		table, class, key, with := p.Parts()
		l.classes[table] = tableClass{class, key, with}
	}
	for _, rule := range []func(context.Context) error{l.tables, l.uniqueKeys, l.foreignKeys, l.triggers, l.columns, l.sequences} {
		if err := rule(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(l.findings)
	return l.findings
}

func (l *schemaLint) find(format string, args ...any) {
	l.findings = append(l.findings, fmt.Sprintf(format, args...))
}

// query gives every row as texts.
func (l *schemaLint) query(ctx context.Context, sql string) ([][]string, error) {
	rows, err := l.conn.Query(ctx, sql)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) ([]string, error) {
		row := make([]string, len(r.FieldDescriptions()))
		dest := make([]any, len(row))
		for i := range row {
			dest[i] = &row[i]
		}
		return row, r.Scan(dest...)
	})
}

func (l *schemaLint) tables(ctx context.Context) error {
	found, err := l.query(ctx, `SELECT c.relname::text, c.relkind::text,
			(EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary))::text
		FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r','p','v','m','f')`)
	present := map[string]bool{}
	for _, row := range found {
		table := row[0]
		present[table] = true
		if row[1] != "r" {
			l.find("%s: is of kind %s, not a plain table", table, row[1])
		}
		if row[2] == "false" {
			l.find("%s: has no primary key", table)
		}
		if _, ok := l.classes[table]; !ok {
			l.find("%s: stands in no class", table)
		}
	}
	for table, c := range l.classes {
		if !present[table] {
			l.find("%s: has a class and does not exist", table)
		}
		if c.with != "" && (l.classes[c.with].class != "sharded" || l.classes[c.with].with != "") {
			l.find("%s: lies beside %s, which leads no shards", table, c.with)
		}
	}
	return err
}

func (l *schemaLint) uniqueKeys(ctx context.Context) error {
	found, err := l.query(ctx, `SELECT t.relname::text, x.relname::text,
			(SELECT coalesce(string_agg(a.attname::text, ','), '') FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = ANY (i.indkey::int2[]))
		FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
		WHERE t.relnamespace = current_schema()::regnamespace AND i.indisunique`)
	for _, row := range found {
		if c := l.classes[row[0]]; c.class == "sharded" && !slices.Contains(strings.Split(row[2], ","), c.key) {
			l.find("%s: the unique key %s lacks %s", row[0], row[1], c.key)
		}
	}
	return err
}

func (l *schemaLint) foreignKeys(ctx context.Context) error {
	found, err := l.query(ctx, `SELECT f.relname::text, t.relname::text, k.conname::text,
			(SELECT string_agg(a.attname || '=' || b.attname, ',') FROM unnest(k.conkey, k.confkey) AS u (mine, theirs)
				JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.mine
				JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = u.theirs)
		FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
		WHERE k.contype = 'f' AND f.relnamespace = current_schema()::regnamespace`)
	for _, row := range found {
		from, to := l.classes[row[0]], l.classes[row[1]]
		onKey := slices.Contains(strings.Split(row[3], ","), from.key+"="+to.key)
		switch {
		case to.class == "reference" && from.class != "local", from.class == "local" && to.class == "local":
		case from.class == "sharded" && to.class == "sharded" && from.group(row[0]) == to.group(row[1]) && onKey:
		case from.class == "sharded" && to.class == "sharded":
			l.find("%s: the foreign key %s to %s is not on their common shard key", row[0], row[2], row[1])
		default:
			l.find("%s: the foreign key %s leads from %s to %s %s", row[0], row[2], from.class, to.class, row[1])
		}
	}
	return err
}

func (l *schemaLint) triggers(ctx context.Context) error {
	found, err := l.query(ctx, `SELECT c.relname::text, g.tgname::text FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
		WHERE c.relnamespace = current_schema()::regnamespace AND NOT g.tgisinternal`)
	for _, row := range found {
		l.find("%s: has the trigger %s", row[0], row[1])
	}
	return err
}

func (l *schemaLint) columns(ctx context.Context) error {
	found, err := l.query(ctx, `SELECT c.relname::text, a.attname::text, y.typname::text, a.attidentity::text || a.attgenerated::text,
			coalesce(pg_get_expr(d.adbin, d.adrelid), '')
		FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type y ON y.oid = a.atttypid
		LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r','p') AND a.attnum > 0 AND NOT a.attisdropped`)
	keys := map[string]string{}
	for _, row := range found {
		c := l.classes[row[0]]
		if row[1] == c.key {
			keys[row[0]] = row[2]
		}
		if c.class == "local" {
			continue
		}
		if !slices.Contains(allowedTypes, row[2]) {
			l.find("%s: %s is of type %s", row[0], row[1], row[2])
		}
		if row[3] != "" {
			l.find("%s: %s is an identity or generated", row[0], row[1])
		}
		if strings.Contains(row[4], "(") {
			l.find("%s: %s takes its default from a function", row[0], row[1])
		}
	}
	for table, c := range l.classes {
		if c.class == "sharded" && keys[table] == "" {
			l.find("%s: has no column %s to be spread by", table, c.key)
		}
		if c.with != "" && keys[table] != keys[c.with] {
			l.find("%s: its key is of another type than that of %s", table, c.with)
		}
	}
	return err
}

// sequences may stand behind a local table alone.
func (l *schemaLint) sequences(ctx context.Context) error {
	found, err := l.query(ctx, `SELECT s.relname::text, coalesce((SELECT t.relname::text FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid
			WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.objid = s.oid AND d.deptype IN ('a','i')), '')
		FROM pg_class s WHERE s.relnamespace = current_schema()::regnamespace AND s.relkind = 'S'`)
	for _, row := range found {
		if l.classes[row[1]].class != "local" {
			l.find("%s: is a sequence", row[0])
		}
	}
	return err
}

// One schema must serve SQLite, PostgreSQL and Citus.
func TestSchemaServesEveryEngine(t *testing.T) {
	url := jaringtest.PostgresURL(t)
	jaringtest.Open(t, url)
	for _, f := range lintSchema(t, url, store.ShardKey) {
		t.Error(f)
	}
}

// Both engines have the same tables and columns.
func TestEnginesHaveTheSameColumns(t *testing.T) {
	lite, pg := jaringtest.SQLite(t), jaringtest.Postgres(t)
	columns := func(db *store.DB, sql string) (out []string) {
		read(t, db, func(tx *store.Tx) error {
			return tx.EachRow(sql, nil, func(scan func(...any) error) error {
				var c string
				err := scan(&c)
				out = append(out, c)
				return err
			})
		})
		slices.Sort(out)
		return out
	}
	onLite := columns(lite, `SELECT m.name || '.' || c.name || ':' || c."notnull" FROM sqlite_schema m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'schema_version%' AND c.pk = 0`)
	onPostgres := columns(pg, `SELECT c.table_name || '.' || c.column_name || ':' || CASE c.is_nullable WHEN 'NO' THEN '1' ELSE '0' END FROM information_schema.columns c
		WHERE c.table_schema = current_schema() AND c.table_name NOT LIKE 'schema_version%' AND NOT EXISTS (
			SELECT 1 FROM information_schema.key_column_usage k JOIN information_schema.table_constraints p ON p.constraint_name = k.constraint_name AND p.table_schema = k.table_schema
			WHERE p.constraint_type = 'PRIMARY KEY' AND k.table_schema = c.table_schema AND k.table_name = c.table_name AND k.column_name = c.column_name)`)
	if d := cmp.Diff(onLite, onPostgres); d != "" {
		t.Errorf("columns (-SQLite +PostgreSQL):\n%s", d)
	}
}

// The lint finds what it is for.
func TestSchemaLintOnABadSchema(t *testing.T) {
	url := jaringtest.PostgresURL(t)
	jaringtest.PostgresExec(t, url,
		`CREATE TYPE colour AS ENUM ('red')`,
		`CREATE TABLE small (id text PRIMARY KEY)`,
		`CREATE TABLE person (person_id uuid PRIMARY KEY, card text NOT NULL UNIQUE, colour colour, tags text[], data jsonb, seen timestamptz DEFAULT now())`,
		`CREATE TABLE child (person_id uuid NOT NULL, child_id uuid NOT NULL, card text REFERENCES person (card), n bigint GENERATED ALWAYS AS IDENTITY, PRIMARY KEY (person_id, child_id))`,
		`CREATE TABLE other (other_id text PRIMARY KEY, person_id uuid REFERENCES person (person_id))`,
		`CREATE TABLE tiny (tiny_id text PRIMARY KEY REFERENCES other (other_id))`,
		`CREATE TABLE loose (n bigint)`,
		`CREATE TABLE nobody (id text PRIMARY KEY)`,
		`CREATE VIEW window_on AS SELECT 1 AS one`,
		`CREATE SEQUENCE counter_seq`,
		`CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
		`CREATE TRIGGER touched BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION touch()`,
	)
	got := lintSchema(t, url, []store.Placement{
		store.Place("small", "reference", "", ""), store.Place("person", "sharded", "person_id", ""), store.Place("child", "sharded", "person_id", "person"),
		store.Place("other", "sharded", "other_id", ""), store.Place("tiny", "reference", "", ""), store.Place("loose", "sharded", "m", ""),
		store.Place("gone", "reference", "", ""), store.Place("window_on", "reference", "", ""),
	})
	want := []string{
		"child: n is an identity or generated",
		"child: the foreign key child_card_fkey to person is not on their common shard key",
		"child_n_seq: is a sequence",
		"counter_seq: is a sequence",
		"gone: has a class and does not exist",
		"loose: has no column m to be spread by",
		"loose: has no primary key",
		"nobody: stands in no class",
		"other: the foreign key other_person_id_fkey to person is not on their common shard key",
		"person: colour is of type colour",
		"person: data is of type jsonb",
		"person: has the trigger touched",
		"person: seen is of type timestamptz",
		"person: seen takes its default from a function",
		"person: tags is of type _text",
		"person: the unique key person_card_key lacks person_id",
		"tiny: the foreign key tiny_tiny_id_fkey leads from reference to sharded other",
		"window_on: has no primary key",
		"window_on: is of kind v, not a plain table",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("findings (-want +got):\n%s", d)
	}
}
