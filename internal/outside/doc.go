// Package outside is what the ports to the world outside have in common – the fund's core system, a
// bank, a message gateway – and what their simulators have: patience between tries, what counts as
// this machine, a door that opens here alone, a journal that survives a crash, files that are never
// seen half written. It knows nothing of what is sent.
package outside
