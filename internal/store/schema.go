package store

import (
	"context"
	"net/url"

	"github.com/jackc/pgx/v5"
)

// MakeDatabase makes a database on a PostgreSQL server, as a copy of another one unless
// template is empty. For benchmarks.
func MakeDatabase(ctx context.Context, server, name, template string) error {
	text := "CREATE DATABASE " + pgx.Identifier{name}.Sanitize()
	if template != "" {
		text += " TEMPLATE " + pgx.Identifier{template}.Sanitize()
	}
	return onServer(ctx, server, text)
}

// DropDatabase drops a database that MakeDatabase made.
func DropDatabase(ctx context.Context, server, name string) error {
	return onServer(ctx, server, "DROP DATABASE IF EXISTS "+pgx.Identifier{name}.Sanitize()+" WITH (FORCE)")
}

func onServer(ctx context.Context, server, text string) error {
	c, err := pgx.Connect(ctx, server)
	if err != nil {
		return decode(err)
	}
	defer c.Close(ctx)
	_, err = c.Exec(ctx, text)
	return decode(err)
}

// WithDatabase is the address of another database on the same server.
func WithDatabase(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		return server
	}
	u.Path = "/" + name
	return u.String()
}
