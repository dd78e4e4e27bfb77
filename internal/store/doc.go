// Package store is the only room that speaks SQL. One visible text serves SQLite
// and PostgreSQL (and Citus on it); dialect.go holds the few true differences.
//
// There is one way to write: DB.Write runs a function on a Tx and returns when what
// it wrote is durable. On SQLite the functions of concurrent requests are committed
// in groups, one fsync for many; on PostgreSQL each is a transaction of its own whose
// statements travel in as few round trips as the function allows (Tx.queue). Either way the
// function may run more than once – a deadlock, a broken connection, a bad neighbour
// in the group – so it decides everything anew each time and has no effect outside
// its Tx. What it must not do twice is guarded by keys made before the first try.
//
// Reads go through DB.Read, on connections that never wait for the writer.
//
// A value that must be unique but is not the shard key (NIK, registration number,
// payment code, KPJ, operation) has an index table whose primary key it is. See
// shard.go for the class of each table.
package store
