//go:build !linux

package jaringtest

// memory is empty: the usual place for temporary files is taken.
func memory() string { return "" }
