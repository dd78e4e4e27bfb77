// Package e2e tries the real binary as a machine in an office would have it: started,
// used by 32 clients at once, killed with SIGKILL at a moment that nobody chose, and
// started again. It is tests only.
//
// The tests keep a notebook of every registration that was sent, with its key, and of
// every answer. After each blow the same requests are sent again with the same keys:
// what was acknowledged must be answered as it was, what was not must be there once
// now. In the end the rows are counted, `jaring recount` must find no difference and
// `jaring verify` no damage.
//
// A killed process does not lose what the kernel holds for it, so a kill proves nothing
// about the disk. That is the part of the traced runs (build tag soak, Linux, strace):
// they look at the calls themselves. One finds a sync of the log before each answer; one
// takes out of the files what no sync had covered at the kill, as a cut of the power
// would; one makes writes, syncs and reads fail.
//
//	JARING_BIN       a binary to try instead of one built for the test
//	SOAK_ROUNDS      kills of each kind in the soak (200)
//	SOAK_MINUTES     how long the mixed traffic lasts (3)
package e2e
