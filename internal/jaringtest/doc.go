// Package jaringtest is what tests of several rooms stand on: databases of their own
// on both engines, synthetic people, and one small market town. Nothing here is
// linked into the program.
//
// Databases runs a test once for each engine. PostgreSQL is never left out: where its
// programs are missing the test fails and says what to install. The cluster is the
// tests' own, started when the first test asks and gone with the process, however
// the process ends. The migrations run once in a process; each test then gets a copy of
// the empty database they made. Files lie in memory where Linux has 2 GiB for them: every
// sync is still asked for, and what a killed process wrote is still there.
//
// `go run ./internal/jaringtest/pgcluster go test ./...` lets all packages of one run share
// a cluster, which saves a second for each.
//
// Three variables point the tests elsewhere:
//
//	JARING_TEST_POSTGRES_URL  a PostgreSQL server to use instead of an own one
//	JARING_TEST_CITUS_URL     a Citus coordinator; Databases then runs a third time
//	TMPDIR                    where the files lie, also when memory has room
package jaringtest
