package store

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// RemakeSchema drops and makes a schema of a PostgreSQL database, for benchmarks.
func RemakeSchema(ctx context.Context, url, schema string) error {
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return decode(err)
	}
	defer c.Close(ctx)
	name := pgx.Identifier{schema}
	_, err = c.Exec(ctx, "DROP SCHEMA IF EXISTS "+name.Sanitize()+" CASCADE; CREATE SCHEMA "+name.Sanitize())
	return decode(err)
}
