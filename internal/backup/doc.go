// Package backup writes a whole database into one file while it is in use, and fills an empty database from it.
//
// The file does not depend on the engine: what came from SQLite can be restored into PostgreSQL and back. It reads:
//
//	jaring-backup 000001 SHA-256-OF-THE-NEXT-LINE LENGTH-OF-THE-NEXT-LINE
//	{"format":1,"schema":[…],"at":"…","keys":[…],"tables":[{"name":"worker","columns":[…],"rows":…,"digest":"…"},…]}
//	gzip of all rows
//
// Both lines can be read with head -n 2. They are written last, into room kept for them, and the file gets its name
// after that: a backup that was cut off is never taken for a whole one. The rows stand table by table in the order of
// the header, each as its length and its values, a length of zero ending a table. The digest of a table is the sum of
// the SHA-256 of its rows, so it does not depend on their order, which is each engine's own; a restore reads back what
// it has written and compares. Memory is bounded by the longest row.
//
// Keys are never in a backup. The header names those without which it cannot be read, and a restore asks for them
// before it writes anything.
package backup
