package store

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// Whole tables, read and filled without knowing what they are about: for backups.

// Column is a column of a table, with its type as both engines name it: text, uuid, bigint, smallint, bytea.
type Column struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// Table is a table with its columns in the order of their names.
type Table struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
}

// ofTheMoment are tables that speak of processes and visits under way. They are in no backup: nobody who was
// logged out since is logged in again by a restore.
var ofTheMoment = []string{"lease", "session"}

// Tables gives the tables that a backup holds, those first that others refer to.
func (tx *Tx) Tables() ([]Table, error) {
	all, err := tx.catalogue()
	if err != nil {
		return nil, err
	}
	var out []Table
	for _, p := range shardKey {
		if columns := all[p.table]; len(columns) > 0 && p.class != local && !slices.Contains(ofTheMoment, p.table) {
			out = append(out, Table{p.table, columns})
		}
	}
	return out, nil
}

// catalogue gives the columns of every table there is.
func (tx *Tx) catalogue() (map[string][]Column, error) {
	ask := `SELECT m.name, c.name, lower(c.type) FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'`
	if tx.dialect == Postgres {
		ask = `SELECT c.relname, a.attname, CASE y.typname WHEN 'int8' THEN 'bigint' WHEN 'int2' THEN 'smallint' ELSE y.typname END
			FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type y ON y.oid = a.atttypid
			WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped`
	}
	out := map[string][]Column{}
	err := tx.each(ask, nil, func(r rows) error {
		var table string
		var c Column
		err := r.Scan(&table, &c.Name, &c.Kind)
		out[table] = append(out[table], c)
		return err
	})
	for _, columns := range out {
		slices.SortFunc(columns, func(a, b Column) int { return strings.Compare(a.Name, b.Name) })
	}
	return out, err
}

// LackedTable is the name of the first of tables that is not there with exactly its columns; empty when all are.
func (tx *Tx) LackedTable(tables []Table) (string, error) {
	all, err := tx.catalogue()
	for _, t := range tables {
		if err == nil && (len(t.Columns) == 0 || !slices.Equal(all[t.Name], t.Columns)) {
			return t.Name, nil
		}
	}
	return "", err
}

// IsEmpty tells whether no table holds a row.
func (tx *Tx) IsEmpty() (bool, error) {
	all, err := tx.catalogue()
	if err != nil {
		return false, err
	}
	for table := range all {
		if strings.HasPrefix(table, schemaTable) {
			continue
		}
		n := 0
		if found, err := tx.one("SELECT 1 FROM "+table+" LIMIT 1", nil, &n); err != nil || found {
			return false, err
		}
	}
	return true, nil
}

// UUID is the value of a column of kind uuid.
type UUID = uuid.UUID

// EachRowOf gives every row of a table, its values in the order of its columns: nil, string, int64, []byte (never
// nil) or UUID. values is used again for the next row.
func (tx *Tx) EachRowOf(t Table, f func(values []any) error) error {
	values, dest := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range values {
		dest[i] = &values[i]
	}
	table := t.Name
	return tx.each("SELECT "+join(t.names())+" FROM "+table, nil, func(r rows) error {
		clear(values)
		if err := r.Scan(dest...); err != nil {
			return err
		}
		for i, v := range values {
			var err error
			if values[i], err = plain(t.Columns[i].Kind, v); err != nil {
				return fmt.Errorf("%s.%s: %w", t.Name, t.Columns[i].Name, err)
			}
		}
		return f(values)
	})
}

func (t Table) names() []string {
	out := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		out[i] = c.Name
	}
	return out
}

// plain makes one thing of what the two engines call differently.
func plain(kind string, v any) (any, error) {
	switch v := v.(type) {
	case int16:
		return int64(v), nil
	case [16]byte:
		return UUID(v), nil
	case string:
		switch kind {
		case "uuid":
			if id, ok := uuidBytes(v); ok {
				return UUID(id), nil
			}
		case "bytea":
			return []byte(v), nil
		}
		return v, nil
	case []byte:
		switch {
		case kind == "text":
			return string(v), nil
		case v == nil:
			return []byte{}, nil // SQLite's way to say that there is nothing in it
		}
		return v, nil
	case nil, int64:
		return v, nil
	}
	return nil, fmt.Errorf("a value of type %T", v)
}

// FillTable puts rows into a table; next gives values like those of EachRowOf, and nil at the end.
func (tx *Tx) FillTable(t Table, next func() ([]any, error)) (int64, error) {
	row := make([]any, len(t.Columns))
	return tx.copyIn(t.Name, t.names(), func() ([]any, error) {
		values, err := next()
		if err != nil || values == nil {
			return nil, err
		}
		for i, v := range values {
			if id, ok := v.(UUID); ok {
				v = id.String()
			}
			row[i] = v
		}
		return row, nil
	})
}

// Filling runs f, which fills empty tables: what refers to a row may come before it, and indexes are made at the end.
func (tx *Tx) Filling(tables []Table, f func() error) error {
	if tx.dialect == SQLite {
		if _, err := tx.exec("PRAGMA defer_foreign_keys = ON"); err != nil {
			return err
		}
	}
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = t.Name
	}
	return tx.IndexesLater(f, names...)
}
