package store

import (
	"context"
	"database/sql"
	"fmt"
)

// distribute places the tables as shardKey says, where the database is Citus. It is
// done anew at every start, for tables that are not placed yet: so a PostgreSQL grows
// into Citus when the extension is made in it, and a later table finds its place.
func distribute(ctx context.Context, conn *sql.Conn) error {
	var present bool
	if err := conn.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus')`).Scan(&present); err != nil || !present {
		return err
	}
	return placeTables(ctx, conn, shardKey)
}

// placeTables places those of tables that are not placed yet, all or none.
func placeTables(ctx context.Context, conn *sql.Conn, tables []placement) error {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	// Otherwise tables that refer to a reference table are drawn in before their own turn.
	if _, err := tx.ExecContext(ctx, `SELECT set_config('citus.enable_local_reference_table_foreign_keys', 'off', true)`); err != nil {
		return err
	}
	for _, p := range tables {
		var placed bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrel = CAST($1 AS regclass))`, p.table).Scan(&placed); err != nil {
			return err
		}
		if text, args := p.statement(); !placed && text != "" {
			if _, err := tx.ExecContext(ctx, text, args...); err != nil {
				return fmt.Errorf("place table %s: %w", p.table, err)
			}
		}
	}
	return tx.Commit()
}

// statement is what places the table; empty for a local one.
func (p placement) statement() (text string, args []any) {
	switch {
	case p.class == reference:
		return `SELECT create_reference_table(CAST($1 AS regclass))`, []any{p.table}
	case p.class == sharded && p.with != "":
		return `SELECT create_distributed_table(CAST($1 AS regclass), $2, colocate_with => $3)`, []any{p.table, p.key, p.with}
	case p.class == sharded:
		return `SELECT create_distributed_table(CAST($1 AS regclass), $2)`, []any{p.table, p.key}
	}
	return "", nil
}
