// Package bench is the measured work of `jaring bench`. Each figure stands beside the raw
// engine's on the same rows in the same run: same driver, same statements, same number in
// flight, grouped likewise, without HTTP, law and encryption. Machines are noisy; the
// ratio is what to look at, and how it changes as the book grows.
package bench
