package store

// Dialect names an engine.
type Dialect string

// Engines. Citus is PostgreSQL with the extension; the same text serves it.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)
